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

/* --- closed by the visitor ------------------------------------------------------------------- */

static void left_known(struct store_job *job)
{
    const struct store_ticket *got = (const struct store_ticket *)job;
    struct hall *h = job->context;
    hall_answered(job);
    if (job->result == STORE_OK && got->count == 1)
        counter_ticket(h, &got->tickets[0]);
    store_job_free(job);
}

void counter_left(struct hall *h, const struct ticket *t)
{
    struct store_ticket *job = hall_job(h, &store_ticket_kind, sizeof *job, left_known, NULL);
    if (job != NULL)
        job->id = t->id;
    if (job == NULL || hall_submit(h, &job->job) < 0)
        counter_ticket(h, t);
}

void counter_begin(struct hall *h)
{
    ask(h, 0, 0, -1);
}
