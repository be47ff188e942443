/* Answers that could not be delivered: the one move of a ticket that has no seat any more. */
#include "store/undelivered.h"

#include "desk/room.h"

/* How an agent closes what needs no answer (docs/protocol.md). */
static const char no_answer_wanted[] = "spam";

static void told(struct store_job *job)
{
    if (!room_answered(job))
        return;
    struct desk *d = job->context;
    const struct store_undelivered *u = (const struct store_undelivered *)job;
    const struct desk_listener *l = &d->listener;
    bool good = job->result == STORE_OK;
    if (good && u->ret_moved) {
        struct seat *seat = seat_apply(d, &u->ticket, NULL);
        l->moved(l->context, CAUSE_UNDELIVERED, u->ret_before, seat != NULL ? &seat->ticket : &u->ticket, 0, NULL, 0);
    } else if (good) {
        desk_ticket_changed(d, &u->ticket);
    }
    if (l->undelivered != NULL)
        l->undelivered(l->context, u->id, good || job->result == STORE_MISSING, good ? &u->ticket : NULL,
                       good ? &u->ret_note : NULL);
    store_job_free(job);
}

int desk_undelivered(struct desk *d, const struct desk_undelivered *what)
{
    const struct desk_move *row = &ticket_moves[CAUSE_UNDELIVERED];
    struct store_undelivered *u = store_job_new(&store_undelivered_kind, sizeof *u, told, d);
    if (u == NULL)
        return -1;
    u->id = what->delivery;
    u->error = arena_strdup(u->job.arena, what->error);
    u->note = arena_strdup(u->job.arena, what->note);
    u->from = row->from;
    u->to = row->to;
    u->cause = desk_cause_name(CAUSE_UNDELIVERED);
    u->unless = no_answer_wanted;
    if (u->error == NULL || u->note == NULL) {
        store_job_free(&u->job);
        return -1;
    }
    return room_submit(d, &u->job);
}
