/* The number that another ticket system has given: kept with the ticket and told to both sides, once. */
#include "conversation/internal.h"

#include "store/outside.h"

struct numbering {
    struct store_outside row;
    void (*done)(void *context, uint64_t number, bool kept);
    void *context;
    uint64_t number;
};

static void numbered(struct store_job *job)
{
    struct numbering *n = (struct numbering *)job;
    struct hall *h = job->context;
    const struct ticket *t = &n->row.ticket;
    struct conversation *c = job->result == STORE_OK ? conversation_of_id(h, t->conversation) : NULL;
    hall_answered(job);
    if (c != NULL && c->loaded && n->row.ret_first_seq != 0) {
        n->row.events[0].seq = n->row.ret_first_seq;
        c->last_seq = n->row.ret_first_seq;
        deliver_events(h, c, n->row.events, 1, NULL);
    }
    if (job->result == STORE_OK) {
        desk_ticket_changed(h->desk, t);
        counter_ticket(h, t);
    }
    /* A ticket that is there no more needs no number. */
    n->done(n->context, n->number, job->result != STORE_UNAVAILABLE);
    store_job_free(job);
}

int hall_outside(struct hall *h, const struct hall_number *o, uint64_t number,
                 void (*done)(void *context, uint64_t number, bool kept), void *context)
{
    struct numbering *n = hall_job(h, &store_outside_kind, sizeof *n, numbered, NULL);
    if (n == NULL)
        return -1;
    struct arena *arena = n->row.job.arena;
    struct said said = {.from = FROM_SYSTEM};
    const char *text = words_put(arena, dialogue_text("outside_number", o->lang), "{number}", o->outside);
    n->row.ticket_id = o->ticket;
    n->row.outside = body_text(arena, o->outside);
    n->row.events = arena_array(arena, 1, sizeof *n->row.events);
    said.blocks = text != NULL ? block_paragraph(arena, text) : NULL;
    n->done = done;
    n->context = context;
    n->number = number;
    if (n->row.events == NULL || said.blocks == NULL || body_message(h, arena, &said, &n->row.events[0]) < 0) {
        store_job_free(&n->row.job);
        return -1;
    }
    n->row.event_count = 1;
    return hall_submit(h, &n->row.job);
}
