/* Ask, scrub, say that it is done: see scrub.h. */
#include "net/scrub.h"

#include "base/log.h"
#include "store/erase.h"
#include "store/search.h"

#include <stdlib.h>
#include <string.h>

enum { AGAIN_MS = 10000 }; /* when somebody read for longer than SQLite waits */

struct scrubbing {
    struct job job;
    const char *folder;
    struct server *server;
    int64_t wanted;
    int result;
    char why[200];
};

static void ask(struct server *server, int64_t done);

static void run(struct job *job)
{
    struct scrubbing *s = (struct scrubbing *)job;
    const char *why = "";
    s->result = store_search_scrub(s->folder, &why);
    if (s->result < 0)
        strncat(s->why, why, sizeof s->why - 1);
}

static void scrubbed(struct job *job)
{
    struct scrubbing *s = (struct scrubbing *)job;
    struct server *server = s->server;
    server->scrubbing = false;
    if (job->ran && s->result == 0 && !server->stopping) {
        ask(server, s->wanted);
    } else if (job->ran && s->result != 0) {
        log_line(LOG_LEVEL_WARNING, "scrub_put_off", "why", s->why, NULL);
        server->scrub_at_ms = clock_mono_ms(server->config.clock) + AGAIN_MS;
        server->scrubbed = 0;
    }
    free(s);
}

static void begin(struct server *server, int64_t wanted)
{
    struct scrubbing *s = server->stopping ? NULL : calloc(1, sizeof *s);
    if (s == NULL)
        return; /* the next start, or the next one erased, does it */
    s->job = (struct job){.run = run, .done = scrubbed};
    s->folder = server->config.data;
    s->server = server;
    s->wanted = wanted;
    server->scrubbing = workers_submit(server->workers, WORK_SCRUB, &s->job) == 0;
    if (!server->scrubbing)
        free(s);
}

static void answered(struct store_job *job)
{
    struct server *server = job->context;
    const struct store_scrub *s = (const struct store_scrub *)job;
    server->scrubbing = false;
    if (job->result == STORE_OK && s->ret_wanted > s->ret_done)
        begin(server, s->ret_wanted);
    else if (job->result != STORE_OK)
        server->scrubbed = 0;
    store_job_free(job);
}

static void ask(struct server *server, int64_t done)
{
    struct store_scrub *job = store_job_new(&store_scrub_kind, sizeof *job, answered, server);
    if (job == NULL)
        return;
    job->done = done;
    server->scrubbing = store_submit(server->config.store, &job->job) == 0;
    if (!server->scrubbing)
        store_job_free(&job->job);
}

void scrub_tick(struct server *server)
{
    struct hall_counts counts;
    hall_counts(server->hall, &counts);
    /* Also the first time, for what an earlier run has left to do. */
    if (server->scrubbing || server->stopping || store_failing(server->config.store) ||
        server->scrubbed == counts.erasures + 1 || clock_mono_ms(server->config.clock) < server->scrub_at_ms)
        return;
    server->scrubbed = counts.erasures + 1;
    ask(server, 0);
}
