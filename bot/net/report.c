/* Reading beside the store's thread: see report.h. */
#include "net/report.h"

#include "store/reader.h"
#include "store/search.h"

#include <stdlib.h>

/* Chats of one job: some milliseconds, for which visitors' turns wait. */
enum { CHATS_AT_ONCE = 10 };

struct reading {
    struct job job;
    struct reader *reader;
    struct store_job *read;
};

static void run(struct job *job)
{
    struct reading *r = (struct reading *)job;
    reader_run(r->reader, r->read);
}

static void done(struct job *job)
{
    struct reading *r = (struct reading *)job;
    struct store_job *read = r->read;
    if (!job->ran)
        read->result = STORE_UNAVAILABLE;
    free(r);
    read->done(read);
}

int report_submit(struct server *server, struct store_job *job)
{
    struct reading *r = server->stopping ? NULL : malloc(sizeof *r);
    if (r == NULL)
        return -1;
    *r = (struct reading){.job = {.run = run, .done = done}, .reader = server->reader, .read = job};
    if (workers_submit(server->workers, WORK_REPORT, &r->job) == 0)
        return 0;
    free(r);
    return -1;
}

/* --- the index -------------------------------------------------------------------------------------------- */

static void index_some(struct server *server, size_t limit);

static void indexed(struct store_job *job)
{
    struct server *server = job->context;
    bool goes_on = job->result == STORE_OK && ((const struct store_search_index *)job)->ret_more && !server->stopping;
    server->indexing = false;
    store_job_free(job);
    if (goes_on)
        index_some(server, CHATS_AT_ONCE);
}

static void index_some(struct server *server, size_t limit)
{
    struct store_search_index *job = store_job_new(&store_search_index_kind, sizeof *job, indexed, server);
    if (job == NULL)
        return;
    job->limit = limit;
    server->indexing = store_submit(server->config.store, &job->job) == 0;
    if (!server->indexing)
        store_job_free(&job->job);
}

void report_tick(struct server *server)
{
    if (!server->indexing && !server->stopping && !store_failing(server->config.store))
        index_some(server, 0);
}
