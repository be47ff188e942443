/* What visitors were first told of their wait, noted so that it can be held against the truth. */
#include "conversation/internal.h"

#include "store/live.h"

static void noted(struct store_job *job)
{
    struct hall *h = job->context;
    struct conversation *c = hall_answered(job);
    if (c != NULL && job->result != STORE_OK)
        c->told = 0; /* the next time */
    store_job_free(job);
    if (c != NULL)
        conversation_release(h, c);
}

/* As the page shows it: whole minutes, never narrower than the range. */
void told_range(struct hall *h, struct conversation *c, int64_t ticket, int wait_low, int wait_high)
{
    struct store_told *job = c->told != ticket ? hall_job(h, &store_told_kind, sizeof *job, noted, c) : NULL;
    if (job == NULL)
        return;
    job->ticket = ticket;
    job->low = wait_low > 0 ? wait_low / 60 : 0;
    job->high = wait_high > 60 ? (wait_high + 59) / 60 : 1;
    if (job->high <= job->low)
        job->high = job->low + 1;
    c->told = ticket;
    if (hall_submit(h, &job->job) < 0)
        c->told = 0;
}
