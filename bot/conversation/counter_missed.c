/* Coming back: what became of the chats that were an agent's. Steps have numbers, so nothing hangs on clocks. */
#include "conversation/counter.h"

struct coming_back {
    struct store_missed missed; /* first: a job is its kind's struct */
    uint64_t client;            /* 0 = only the newest step is wanted */
};

static void missed_known(struct store_job *job)
{
    const struct coming_back *b = (const struct coming_back *)job;
    struct hall *h = job->context;
    hall_answered(job);
    if (job->result == STORE_OK && b->missed.ret_newest > h->newest_event)
        h->newest_event = b->missed.ret_newest;
    const struct agent *a = b->client != 0 ? counter_agent(h, b->client) : NULL;
    for (size_t i = 0; a != NULL && job->result == STORE_OK && i < b->missed.count; i++) {
        const struct work_missed *m = &b->missed.rows[i];
        hall_send(h, b->client,
                  &(struct outgoing){.kind = OUT_DESK_MISSED, .ticket = m->ticket, .cause = m->cause, .name = m->name});
    }
    store_job_free(job);
}

static void ask(struct hall *h, uint64_t client, int64_t user, int64_t after)
{
    struct coming_back *b = hall_job(h, &store_missed_kind, sizeof *b, missed_known, NULL);
    if (b == NULL)
        return;
    b->client = client;
    b->missed.user = user;
    b->missed.after = after;
    hall_submit(h, &b->missed.job);
}

void counter_missed(struct hall *h, const struct agent *a, int64_t after)
{
    ask(h, a->client, a->user, after);
}

void counter_begin(struct hall *h)
{
    ask(h, 0, 0, -1);
}
