/* Chats that change hands: to a colleague, who is asked first, or to another department; and messages and callbacks
 * that become somebody's. An offer to a colleague keeps a slot of theirs free until it ends. */
#include "desk/room.h"

#include <stdlib.h>
#include <string.h>

static const char *name_of(const struct desk *d, int64_t user)
{
    const struct agent *a = agent_find(d, user);
    return a != NULL ? a->name : "";
}

/* --- an offer's end ------------------------------------------------------------------------- */

void transfer_end(struct desk *d, struct seat *s, int value)
{
    int64_t to = s->handover.to;
    if (to == 0)
        return;
    struct agent *colleague = agent_find(d, to);
    if (colleague != NULL)
        colleague->handed--;
    free(s->handover.note);
    int64_t from = s->handover.from;
    s->handover = (struct handover){0};
    if (d->listener.transferred != NULL)
        d->listener.transferred(d->listener.context, from, to, &s->ticket, name_of(d, to), value);
}

void transfers_end_to(struct desk *d, const struct agent *a)
{
    for (size_t i = 0; i < d->seat_count && a->handed > 0; i++) {
        if (d->seats[i]->handover.to == a->id && !d->seats[i]->handover.accepted)
            transfer_end(d, d->seats[i], -1);
    }
}

void transfers_end_from(struct desk *d, const struct agent *a)
{
    for (size_t i = 0; i < d->seat_count; i++) {
        if (d->seats[i]->handover.from == a->id && !d->seats[i]->handover.accepted)
            transfer_end(d, d->seats[i], 0);
    }
}

void transfer_tick(struct desk *d, struct seat *s)
{
    if (s->handover.to != 0 && !s->handover.accepted && room_now(d) >= s->handover.ends_ms)
        transfer_end(d, s, -1);
}

/* --- offering and answering --------------------------------------------------------------------- */

static void tell_offer(struct desk *d, const struct seat *s)
{
    int64_t left = (s->handover.ends_ms - room_now(d)) / 1000;
    if (left > 0 && d->listener.transfer_offered != NULL)
        d->listener.transfer_offered(d->listener.context, s->handover.to, &s->ticket, name_of(d, s->handover.from),
                                     s->handover.note, (int)left);
}

void transfers_tell(struct desk *d, const struct agent *a)
{
    for (size_t i = 0; i < d->seat_count && a->handed > 0; i++) {
        if (d->seats[i]->handover.to == a->id)
            tell_offer(d, d->seats[i]);
    }
}

/* The user's own chat, or NULL after telling that it is not. */
static struct seat *own_chat(struct desk *d, int64_t user, int64_t ticket, const char *cid)
{
    struct seat *s = seat_find(d, ticket);
    if (s != NULL && s->ticket.state == TICKET_CLAIMED && s->ticket.owner == user && !s->handover.accepted)
        return s;
    submit_refused(d, user, ticket, "not_yours", cid);
    return NULL;
}

/* NULL = the colleague can be asked. */
static const char *why_not(const struct desk *d, struct agent *colleague, const struct seat *s)
{
    if (colleague == NULL || colleague->id == s->ticket.owner || !agent_takes(colleague))
        return "they_are_away";
    if (!agent_serves(colleague, s->lane))
        return "they_do_not_serve";
    return agent_room(d, colleague) < 1 ? "they_are_full" : NULL;
}

void desk_transfer(struct desk *d, int64_t user, int64_t ticket, int64_t to_user, const char *note, const char *cid)
{
    struct seat *s = own_chat(d, user, ticket, cid);
    struct agent *colleague = agent_find(d, to_user);
    if (s == NULL)
        return;
    if (s->handover.to != 0)
        transfer_end(d, s, 0);
    const char *why = why_not(d, colleague, s);
    char *kept = why == NULL ? strdup(note != NULL ? note : "") : NULL;
    if (kept == NULL) {
        submit_refused(d, user, ticket, why != NULL ? why : "not_saved", cid);
        return;
    }
    s->handover = (struct handover){
        .from = user, .to = to_user, .ends_ms = room_now(d) + d->settings->offer_seconds * INT64_C(1000), .note = kept};
    colleague->handed++;
    tell_offer(d, s);
}

void desk_transfer_answer(struct desk *d, int64_t user, int64_t ticket, bool yes, const char *cid)
{
    struct seat *s = seat_find(d, ticket);
    if (s == NULL || s->handover.to != user || s->handover.accepted) {
        submit_refused(d, user, ticket, "not_yours", cid);
        return;
    }
    if (!yes) {
        transfer_end(d, s, -1);
        assign_work(d);
        return;
    }
    /* The slot that was kept may be gone: somebody has lowered the colleague's capacity meanwhile. */
    const struct agent *colleague = agent_find(d, user);
    if (colleague == NULL || agent_room(d, colleague) < 0) {
        transfer_end(d, s, -1);
        submit_refused(d, user, ticket, "no_room", cid);
        return;
    }
    int under_way = s->moving;
    submit_move(d, s, CAUSE_TRANSFERRED, user, NULL, cid);
    s->handover.accepted = s->moving > under_way;
}

bool desk_handover_of(const struct desk *d, int64_t ticket, struct desk_handover *ret)
{
    const struct seat *s = seat_find(d, ticket);
    if (s == NULL || s->handover.to == 0)
        return false;
    *ret = (struct desk_handover){.from = s->handover.from,
                                  .to = s->handover.to,
                                  .from_name = name_of(d, s->handover.from),
                                  .to_name = name_of(d, s->handover.to),
                                  .note = s->handover.note,
                                  .until_ms = room_wall(d) + s->handover.ends_ms - room_now(d)};
    return true;
}

/* --- to another department ----------------------------------------------------------------------- */

static const struct department *department_named(const struct desk *d, const char *id)
{
    const struct department *found = id != NULL && *id != '\0' ? lane_department(d, id) : NULL;
    return found != NULL && strcmp(found->id, id) == 0 ? found : NULL;
}

void desk_reroute(struct desk *d, int64_t user, int64_t ticket, const char *department, const char *note,
                  const char *cid)
{
    struct seat *s = own_chat(d, user, ticket, cid);
    if (s == NULL)
        return;
    const struct department *to = department_named(d, department);
    if (to == NULL || strcmp(to->id, s->ticket.department) == 0)
        submit_refused(d, user, ticket, "no_department", cid);
    else
        submit_reroute(d, s, user, to->id, note, cid);
}

/* --- messages and callbacks ---------------------------------------------------------------------- */

void desk_own(struct desk *d, int64_t user, int64_t ticket, const char *cid)
{
    struct agent *a = agent_find(d, user);
    struct seat *s = seat_find(d, ticket);
    const struct agent *owner = s != NULL && s->ticket.owner != 0 ? agent_find(d, s->ticket.owner) : NULL;
    bool free_to_take = owner == NULL || agent_presence(owner) == PRESENCE_OFFLINE;
    if (a == NULL || s == NULL || !free_to_take || !agent_serves(a, s->lane))
        submit_refused(d, user, ticket, "not_yours", cid);
    else
        submit_move(d, s, CAUSE_OWNED, user, NULL, cid);
}

void desk_release(struct desk *d, int64_t user, int64_t ticket, const char *cid)
{
    struct seat *s = seat_find(d, ticket);
    if (s == NULL || s->ticket.owner != user)
        submit_refused(d, user, ticket, "not_yours", cid);
    else
        submit_move(d, s, CAUSE_RELEASED, user, NULL, cid);
}
