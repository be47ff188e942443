/* A worker's own connection for reading: see reader.h. */
#include "store/reader.h"

#include "store/kind.h"

#include <stdlib.h>
#include <string.h>

/* Instructions of SQLite's between two looks at the clock: well under a millisecond. */
enum { STEPS_BETWEEN_LOOKS = 4000 };

struct reader {
    struct db db;
    char *folder;
    const struct clock *clock;
    int64_t limit_ms, end_ms;
    bool open;
};

struct reader *reader_new(const char *folder, const struct clock *clock, int64_t limit_ms)
{
    struct reader *r = calloc(1, sizeof *r);
    if (r == NULL || (r->folder = strdup(folder)) == NULL) {
        free(r);
        return NULL;
    }
    r->clock = clock;
    r->limit_ms = limit_ms;
    return r;
}

void reader_free(struct reader *r)
{
    if (r == NULL)
        return;
    if (r->open)
        db_close(&r->db);
    free(r->folder);
    free(r);
}

static int past_limit(void *context)
{
    const struct reader *r = context;
    return clock_mono_ms(r->clock) >= r->end_ms;
}

static int open_now(struct reader *r)
{
    const char *why;
    if (r->open)
        return 0;
    if (db_open_reader(&r->db, r->folder, &why) != 0)
        return -1;
    sqlite3_progress_handler(r->db.sqlite, STEPS_BETWEEN_LOOKS, past_limit, r);
    r->open = true;
    return 0;
}

static enum store_result run(struct reader *r, struct store_job *job)
{
    struct db *db = &r->db;
    db->error = 0;
    db->now_ms = clock_wall_ms(r->clock);
    r->end_ms = clock_mono_ms(r->clock) + r->limit_ms;
    if (db_exec(db, "BEGIN") != SQLITE_OK)
        return STORE_UNAVAILABLE;
    enum store_result result = job->kind->run(db, job);
    if (db->error != 0)
        result = db_refused_by_disk(db->error) ? STORE_UNAVAILABLE : STORE_REFUSED;
    else if (arena_failed(job->arena))
        result = STORE_UNAVAILABLE;
    r->end_ms = INT64_MAX;
    db_exec(db, "ROLLBACK");
    return result;
}

void reader_run(struct reader *r, struct store_job *job)
{
    bool writes = job->kind->writes_now != NULL ? job->kind->writes_now(job) : job->kind->writes;
    if (writes)
        job->result = STORE_REFUSED;
    else
        job->result = open_now(r) == 0 ? run(r, job) : STORE_UNAVAILABLE;
}
