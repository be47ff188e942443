/* The store's queue, thread and groups: see store.h. A group is one transaction; a writing job in
 * it that is refused leaves no trace and does not hurt its neighbours. A group that only reads takes no write lock and
 * no fsync. */
#include "store/store.h"

#include "base/mailbox.h"
#include "store/families.h"
#include "store/kind.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { BEGIN_WRITE, BEGIN_READ, COMMIT, ROLLBACK, SAVEPOINT, RELEASE, UNDO, PROBE, STATEMENTS };
static const char *const sql[STATEMENTS] = {
    [BEGIN_WRITE] = "BEGIN IMMEDIATE",
    [BEGIN_READ] = "BEGIN",
    [COMMIT] = "COMMIT",
    [ROLLBACK] = "ROLLBACK",
    [SAVEPOINT] = "SAVEPOINT job",
    [RELEASE] = "RELEASE job",
    [UNDO] = "ROLLBACK TO job",
    [PROBE] = "UPDATE queue_counter SET last = last",
};
const struct db_statements store_statements = {DB_STORE, STATEMENTS, sql};

struct store {
    struct db db; /* the thread's, once started */
    char *folder;
    const struct clock *clock;
    struct mailbox *queue, *answers;
    atomic_size_t under_way; /* submitted and not pumped */
    bool started, probing;
    pthread_t thread;
    atomic_bool failing;
    void (*wake)(void *context);
    void *context;
    atomic_llong newest_step; /* committed */
    int64_t told_step;        /* the loop's: up to here the listener knows */
    void (*stepped)(void *context);
    void *stepped_context;
};

struct store *store_open(const char *folder, const struct clock *clock, const char **ret_why)
{
    struct store *s = calloc(1, sizeof *s);
    if (s == NULL || (s->folder = strdup(folder)) == NULL) {
        free(s);
        *ret_why = "no memory";
        return NULL;
    }
    s->clock = clock;
    if (db_open(&s->db, folder, ret_why) != 0)
        goto fail;
    s->queue = mailbox_new(STORE_QUEUE_MAX, NULL, NULL);
    if (s->queue == NULL) {
        *ret_why = "no memory";
        goto fail_queue;
    }
    atomic_init(&s->failing, sqlite3_db_readonly(s->db.sqlite, "main") == 1);
    return s;
fail_queue:
    db_close(&s->db);
fail:
    free(s->folder);
    free(s);
    return NULL;
}

void *store_job_new(const struct store_job_kind *kind, size_t size, void (*done)(struct store_job *), void *context)
{
    struct arena *arena = arena_new(STORE_JOB_BYTES);
    struct store_job *job = arena != NULL ? arena_alloc(arena, size) : NULL;
    if (job == NULL) {
        arena_free(arena);
        return NULL;
    }
    job->kind = kind;
    job->arena = arena;
    job->done = done;
    job->context = context;
    return job;
}

void store_job_free(struct store_job *job)
{
    if (job != NULL)
        arena_free(job->arena);
}

/* --- one job ------------------------------------------------------------------------------ */

static bool job_writes(const struct store_job *job)
{
    return job->kind->writes_now != NULL ? job->kind->writes_now(job) : job->kind->writes;
}

static void plain(struct db *db, size_t which)
{
    db_change(db, &store_statements, which, NULL, 0);
}

/* What the job answers, whatever went wrong within it. */
static enum store_result judge(struct db *db, struct store_job *job, enum store_result result)
{
    if (db->error != 0)
        return db_refused_by_disk(db->error) ? STORE_UNAVAILABLE : STORE_REFUSED;
    return arena_failed(job->arena) ? STORE_UNAVAILABLE : result;
}

static void run_read(struct db *db, struct store_job *job)
{
    db->error = 0;
    job->result = judge(db, job, job->kind->run(db, job));
    db->error = 0;
}

/* How a group's jobs are kept apart. Nearly every job checks before it changes anything, so at first none
 * gets a savepoint; where one left half a change behind, the group is run again with one for each. */
enum care { CARE_LITTLE, CARE_SAVEPOINTS };
enum { GROUP_DONE = 0, GROUP_LOST = -1, GROUP_NEEDS_CARE = 1 };

static int run_write(struct db *db, struct store_job *job, enum care care)
{
    db->error = 0;
    if (care == CARE_SAVEPOINTS)
        plain(db, SAVEPOINT);
    sqlite3_int64 before = sqlite3_total_changes64(db->sqlite);
    job->result = judge(db, job, job->kind->run(db, job));
    bool disk = db->error != 0 && db_refused_by_disk(db->error);
    db->error = 0;
    if (disk || sqlite3_get_autocommit(db->sqlite))
        return GROUP_LOST;
    bool changed = sqlite3_total_changes64(db->sqlite) != before;
    if (care == CARE_LITTLE)
        return job->result != STORE_OK && changed ? GROUP_NEEDS_CARE : GROUP_DONE;
    if (job->result != STORE_OK)
        plain(db, UNDO);
    plain(db, RELEASE);
    return db->error == 0 ? GROUP_DONE : GROUP_LOST;
}

/* --- a group ------------------------------------------------------------------------------- */

static void end_transaction(struct db *db)
{
    db->error = 0;
    if (!sqlite3_get_autocommit(db->sqlite))
        plain(db, ROLLBACK);
    db->error = 0;
}

/* The readers of a group, in a transaction that writes nothing; without one if it cannot be had. */
static void run_reads(struct db *db, struct store_job **jobs, size_t count)
{
    db->error = 0;
    plain(db, BEGIN_READ);
    for (size_t i = 0; i < count; i++) {
        if (!job_writes(jobs[i]))
            run_read(db, jobs[i]);
    }
    end_transaction(db);
}

/* A copy of each writing job's struct, to give it back as it was if the group fails. */
static int keep_inputs(struct store_job **jobs, size_t count, void **ret_kept)
{
    memset(ret_kept, 0, count * sizeof *ret_kept);
    for (size_t i = 0; i < count; i++) {
        if (!job_writes(jobs[i]))
            continue;
        ret_kept[i] = arena_alloc(jobs[i]->arena, jobs[i]->kind->size);
        if (ret_kept[i] == NULL)
            return -1;
        memcpy(ret_kept[i], jobs[i], jobs[i]->kind->size);
    }
    return 0;
}

/* GROUP_DONE = committed. */
static int run_all(struct db *db, struct store_job **jobs, size_t count, enum care care)
{
    int result = GROUP_DONE;
    db->error = 0;
    plain(db, BEGIN_WRITE);
    if (db->error != 0)
        return GROUP_LOST;
    for (size_t i = 0; i < count && result == GROUP_DONE; i++) {
        if (!job_writes(jobs[i]))
            run_read(db, jobs[i]);
        else
            result = run_write(db, jobs[i], care);
        if (sqlite3_get_autocommit(db->sqlite))
            result = GROUP_LOST;
    }
    if (result != GROUP_DONE)
        return result;
    plain(db, COMMIT);
    return db->error == 0 ? GROUP_DONE : GROUP_LOST;
}

static void give_back(struct store_job **jobs, size_t count, void **kept)
{
    for (size_t i = 0; i < count; i++) {
        if (!job_writes(jobs[i]))
            continue;
        if (kept[i] != NULL)
            memcpy(jobs[i], kept[i], jobs[i]->kind->size);
        jobs[i]->result = STORE_UNAVAILABLE;
    }
}

/* A connection that found its file read-only stays so: it is opened anew for the next try. */
static void reopen_if_read_only(struct store *s)
{
    struct db fresh;
    const char *why;
    if (sqlite3_db_readonly(s->db.sqlite, "main") != 1 || db_open(&fresh, s->folder, &why) != 0)
        return;
    db_close(&s->db);
    s->db = fresh;
}

static void run_group(struct store *s, struct store_job **jobs, size_t count)
{
    void *kept[STORE_GROUP_MAX];
    bool writes = false;
    for (size_t i = 0; i < count; i++)
        writes = writes || job_writes(jobs[i]);
    s->db.now_ms = clock_wall_ms(s->clock);
    if (!writes) {
        run_reads(&s->db, jobs, count);
        return;
    }
    reopen_if_read_only(s);
    int result = keep_inputs(jobs, count, kept) != 0 ? GROUP_LOST : run_all(&s->db, jobs, count, CARE_LITTLE);
    if (result == GROUP_NEEDS_CARE) {
        end_transaction(&s->db);
        give_back(jobs, count, kept);
        result = run_all(&s->db, jobs, count, CARE_SAVEPOINTS);
    }
    bool failed = result != GROUP_DONE;
    if (failed) {
        end_transaction(&s->db);
        give_back(jobs, count, kept);
        run_reads(&s->db, jobs, count);
    } else if (s->stepped != NULL)
        atomic_store(&s->newest_step, steps_newest(&s->db));
    atomic_store(&s->failing, failed);
}

void store_on_steps(struct store *s, void (*stepped)(void *context), void *context)
{
    s->stepped = stepped;
    s->stepped_context = context;
}

/* On the loop. */
static void tell_steps(struct store *s)
{
    int64_t newest = atomic_load(&s->newest_step);
    if (s->stepped == NULL || newest == s->told_step)
        return;
    s->told_step = newest;
    s->stepped(s->stepped_context);
}

bool store_failing(const struct store *s)
{
    return atomic_load(&s->failing);
}

void store_run(struct store *s, struct store_job *job)
{
    run_group(s, &job, 1);
}

/* --- the way back from a disk that refuses -------------------------------------------------- */

/* Changes nothing, and yet writes a page: the group it is in tells whether the disk takes it. */
static enum store_result run_probe(struct db *db, struct store_job *job)
{
    (void)job;
    db_change(db, &store_statements, PROBE, NULL, 0);
    return STORE_OK;
}
static const struct store_job_kind probe_kind = {
    .name = "probe", .size = sizeof(struct store_job), .writes = true, .run = run_probe};

static void probed(struct store_job *job)
{
    struct store *s = job->context;
    s->probing = false;
    store_job_free(job);
}

void store_tick(struct store *s)
{
    struct store_job *job;
    if (!store_failing(s) || s->probing || (job = store_job_new(&probe_kind, sizeof *job, probed, s)) == NULL)
        return;
    s->probing = store_submit(s, job) == 0;
    if (!s->probing)
        store_job_free(job);
}

/* --- the thread and the queue --------------------------------------------------------------- */

/* Where a group had several jobs, more are on their way: a moment's wait makes the next group larger, and a
 * commit costs the same however much is in it. A lone job never waits. */
enum { GATHER_FROM = 4 };
static const struct timespec gather = {.tv_nsec = 4000000};

static void *serve(void *context)
{
    struct store *s = context;
    struct store_job *jobs[STORE_GROUP_MAX];
    size_t count;
    pthread_setname_np(pthread_self(), "store");
    while ((count = mailbox_wait(s->queue, (void **)jobs, STORE_GROUP_MAX)) > 0) {
        run_group(s, jobs, count);
        for (size_t i = 0; i < count; i++)
            mailbox_put_wait(s->answers, jobs[i]);
        if (count >= GATHER_FROM)
            nanosleep(&gather, NULL);
    }
    return NULL;
}

int store_start(struct store *s, void (*wake)(void *context), void *context)
{
    /* As large as what may be under way, so that the thread never waits for the loop. */
    s->answers = mailbox_new(STORE_QUEUE_MAX, wake, context);
    if (s->answers == NULL)
        return -1;
    if (pthread_create(&s->thread, NULL, serve, s) != 0) {
        mailbox_free(s->answers);
        s->answers = NULL;
        return -1;
    }
    s->started = true;
    return 0;
}

int store_submit(struct store *s, struct store_job *job)
{
    /* Counted first, so that the answer cannot come before it is. */
    if (atomic_fetch_add(&s->under_way, 1) < STORE_QUEUE_MAX && mailbox_put(s->queue, job) == 0)
        return 0;
    atomic_fetch_sub(&s->under_way, 1);
    return -1;
}

size_t store_pump(struct store *s)
{
    struct store_job *jobs[STORE_GROUP_MAX];
    size_t count, total = 0;
    while ((count = mailbox_take(s->started ? s->answers : s->queue, (void **)jobs, STORE_GROUP_MAX)) > 0) {
        if (!s->started)
            run_group(s, jobs, count);
        atomic_fetch_sub(&s->under_way, count);
        for (size_t i = 0; i < count; i++)
            jobs[i]->done(jobs[i]);
        total += count;
    }
    tell_steps(s);
    return total;
}

void store_close(struct store *s)
{
    if (s == NULL)
        return;
    mailbox_close(s->queue);
    if (s->started)
        pthread_join(s->thread, NULL);
    store_pump(s);
    mailbox_free(s->answers);
    mailbox_free(s->queue);
    db_close(&s->db);
    free(s->folder);
    free(s);
}
