/* Answers that could not be delivered: worded for the desk, and told to it. */
#include "conversation/counter.h"

int hall_undelivered(struct hall *h, const struct hall_undelivered *u)
{
    struct arena *arena = h->scratch;
    const char *text = dialogue_text("undelivered_note", hall_settings(h)->languages.items[0]);
    arena_reset(arena);
    text = words_put(arena, text, "{to}", u->to);
    text = text != NULL ? words_put(arena, text, "{why}", u->why) : NULL;
    if (text == NULL)
        return -1;
    return desk_undelivered(h->desk, &(struct desk_undelivered){u->delivery, u->why, text});
}

void counter_undelivered(void *context, int64_t delivery, bool kept, const struct ticket *t,
                         const struct work_note *note)
{
    struct hall *h = context;
    const struct ticket *now = t != NULL ? desk_ticket(h->desk, t->id) : NULL; /* NULL = it stays closed */
    if (now != NULL)
        counter_ticket(h, now);
    if (t != NULL)
        counter_spread_note(h, t, note);
    if (h->replier.told != NULL)
        h->replier.told(h->replier.context, delivery, kept);
}

static void mended(struct store_job *job)
{
    struct hall *h = job->context;
    const struct store_ticket *j = (const struct store_ticket *)job;
    hall_answered(job);
    if (job->result == STORE_OK && j->count == 1)
        counter_changed(h, &j->tickets[0]);
    store_job_free(job);
}

void hall_mended(struct hall *h, int64_t ticket)
{
    struct store_ticket *j = hall_job(h, &store_ticket_kind, sizeof *j, mended, NULL);
    if (j == NULL)
        return;
    j->id = ticket;
    hall_submit(h, &j->job);
}
