/* Moves under way: built from the table, carried out by the store, told after the commit. */
#include "desk/room.h"

#include <string.h>

/* A move with what is to be told when it is done. */
struct moving {
    struct store_move move;
    enum desk_cause cause;
    enum ticket_state before;
    int64_t user;
    const char *cid;
};

void submit_refused(struct desk *d, int64_t user, int64_t ticket, const char *why, const char *cid)
{
    if (user != 0)
        d->listener.refused(d->listener.context, user, ticket, why, cid);
}

/* With whom the conversation is after a move; -1 = as before. A message that is closed says nothing about
 * the conversation, which has gone on without it. */
static int who_after(const struct desk_move *row, enum ticket_state before)
{
    if (row->to_bot)
        return before == TICKET_MESSAGE ? -1 : STORE_WHO_BOT;
    if (row->stays)
        return -1;
    switch (row->to) {
    case TICKET_CLAIMED:
        return STORE_WHO_AGENT;
    case TICKET_CLOSED:
        return -1;
    default:
        return STORE_WHO_WAITING;
    }
}

static void tell_moved(struct desk *d, const struct moving *m)
{
    const struct ticket *t = &m->move.ticket;
    struct seat *seat = seat_apply(d, t, NULL);
    if (m->before == TICKET_CLAIMED && t->state == TICKET_CLOSED) {
        struct lane *lane = lane_of(d, t->department, t->lang);
        if (lane != NULL)
            pace_ask(d, lane->pace);
    }
    d->listener.moved(d->listener.context, m->cause, m->before, seat != NULL ? &seat->ticket : t, m->move.ret_first_seq,
                      m->move.events, m->move.event_count);
    d->listener.agents(d->listener.context);
}

/* An agent who declined, or let an offer run out, is passed over for as long as an offer lasts: others
 * come first, and nobody further behind is given to this one meanwhile. */
static void pause_decliner(struct desk *d, const struct moving *m)
{
    struct agent *a = agent_find(d, m->move.owner_is);
    if (m->cause == CAUSE_DECLINED && a != NULL)
        a->paused_ms = room_now(d) + d->settings->offer_seconds * INT64_C(1000);
}

/* The mirror lags behind the row: a turn of the visitor has changed it meanwhile. */
static void catch_up(struct desk *d, struct seat *seat, const struct ticket *now)
{
    if (now->id == 0)
        visitors_refresh(d, 0, seat->ticket.id);
    else if (now->state == TICKET_CLOSED)
        visitors_left(d, seat);
    else
        seat_apply(d, now, NULL);
}

static void move_answered(struct store_job *job)
{
    if (!room_answered(job))
        return;
    struct desk *d = job->context;
    struct moving *m = (struct moving *)job;
    struct seat *seat = seat_find(d, m->move.ticket_id);
    if (seat != NULL)
        seat->moving--;
    if (seat != NULL && m->cause == CAUSE_TRANSFERRED)
        seat->handover.accepted = false;
    switch (job->result) {
    case STORE_OK:
        pause_decliner(d, m);
        tell_moved(d, m);
        if (m->user != 0 && m->cid != NULL && d->listener.done != NULL)
            d->listener.done(d->listener.context, m->user, m->cid);
        break;
    case STORE_UNAVAILABLE:
        submit_refused(d, m->user, m->move.ticket_id, "not_saved", m->cid);
        break;
    case STORE_MISSING:
        if (seat != NULL)
            seat_drop(d, seat);
        submit_refused(d, m->user, m->move.ticket_id, "not_yours", m->cid);
        break;
    default:
        if (seat != NULL)
            catch_up(d, seat, &m->move.ticket);
        submit_refused(d, m->user, m->move.ticket_id, "not_yours", m->cid);
    }
    store_job_free(job);
    assign_work(d);
}

static void fill(struct desk *d, struct moving *m, const struct seat *s, const char *note)
{
    const struct desk_move *row = &ticket_moves[m->cause];
    const struct ticket *t = &s->ticket;
    struct agent *owner = agent_find(d, m->user != 0 ? m->user : t->owner);
    m->move.ticket_id = t->id;
    m->move.from = row->from & 1u << t->state;
    m->move.to = row->stays ? t->state : row->to;
    m->move.owner_is = !row->needs_owner ? 0 : t->owner != 0 ? t->owner : STORE_NOBODY;
    m->move.owner = row->drops_owner ? 0 : -1;
    if (row->takes_owner || (t->owner == 0 && m->user != 0))
        m->move.owner = m->user;
    m->move.who = who_after(row, t->state);
    m->move.undelivered = t->undelivered;
    m->move.events = arena_array(m->move.job.arena, 2, sizeof *m->move.events);
    if (m->move.events != NULL)
        m->move.event_count =
            d->words.events(d->words.context, m->cause, t, t->lang, owner != NULL ? owner->name : t->owner_name, note,
                            m->move.job.arena, m->move.events);
}

static void submit(struct desk *d, struct seat *s, enum desk_cause cause, int64_t user, const char *department,
                   const char *note, const char *cid)
{
    if ((ticket_moves[cause].from & 1u << s->ticket.state) == 0) {
        submit_refused(d, user, s->ticket.id, "not_yours", cid);
        return;
    }
    int64_t ticket = s->ticket.id;
    struct moving *m = store_job_new(&store_move_kind, sizeof *m, move_answered, d);
    if (m == NULL) {
        submit_refused(d, user, ticket, "not_saved", cid);
        return;
    }
    m->cause = cause;
    m->before = s->ticket.state;
    m->user = user;
    m->cid = cid != NULL ? arena_strdup(m->move.job.arena, cid) : NULL;
    /* How an agent closed it is the ticket's cause; a note at handing back is not. */
    m->move.cause = cause == CAUSE_CLOSED && note != NULL && *note != '\0' ? arena_strdup(m->move.job.arena, note)
                                                                           : desk_cause_name(cause);
    m->move.department = department != NULL ? arena_strdup(m->move.job.arena, department) : NULL;
    fill(d, m, s, note);
    s->moving++;
    if (room_submit(d, &m->move.job) != 0) {
        s->moving--;
        submit_refused(d, user, ticket, "not_saved", cid);
    }
}

void submit_move(struct desk *d, struct seat *s, enum desk_cause cause, int64_t user, const char *note, const char *cid)
{
    submit(d, s, cause, user, NULL, note, cid);
}

void submit_reroute(struct desk *d, struct seat *s, int64_t user, const char *department, const char *note,
                    const char *cid)
{
    submit(d, s, CAUSE_REROUTED, user, department, note, cid);
}

/* --- what agents do ------------------------------------------------------------------------------ */

/* The seat, if the agent owns it where a row of the table asks for the owner. */
static struct seat *own_seat(struct desk *d, int64_t user, int64_t ticket, const char *cid)
{
    struct seat *s = seat_find(d, ticket);
    bool owned = s != NULL && (s->ticket.owner == user || s->ticket.owner == 0);
    if (owned)
        return s;
    submit_refused(d, user, ticket, "not_yours", cid);
    return NULL;
}

static void agent_moves(struct desk *d, int64_t user, int64_t ticket, enum desk_cause cause, const char *note,
                        const char *cid)
{
    struct seat *s = own_seat(d, user, ticket, cid);
    if (s != NULL)
        submit_move(d, s, cause, user, note, cid);
}

void desk_accept(struct desk *d, int64_t user, int64_t ticket)
{
    agent_moves(d, user, ticket, CAUSE_ACCEPTED, NULL, NULL);
}

void desk_decline(struct desk *d, int64_t user, int64_t ticket)
{
    agent_moves(d, user, ticket, CAUSE_DECLINED, NULL, NULL);
}

void desk_hand_back(struct desk *d, int64_t user, int64_t ticket, const char *note, const char *cid)
{
    agent_moves(d, user, ticket, CAUSE_HANDED_BACK, note, cid);
}

void desk_close(struct desk *d, int64_t user, int64_t ticket, const char *cause, const char *cid)
{
    agent_moves(d, user, ticket, CAUSE_CLOSED, cause, cid);
}
