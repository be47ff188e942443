/* The mirror of the open tickets, ordered by enqueue_seq, found by id and by conversation. */
#include "desk/room.h"

#include "desk/hours.h"

#include <stdlib.h>
#include <string.h>

enum { DAY_MS = 24 * 3600 * 1000 };

struct seat *seat_find(const struct desk *d, int64_t ticket)
{
    return map_get(d->by_id, &ticket, sizeof ticket);
}

struct seat *seat_of(const struct desk *d, int64_t conversation)
{
    struct seat *best = NULL;
    for (struct seat *s = map_get(d->by_conversation, &conversation, sizeof conversation); s != NULL; s = s->sibling) {
        bool live = s->ticket.state != TICKET_MESSAGE;
        bool best_live = best != NULL && best->ticket.state != TICKET_MESSAGE;
        if (best == NULL || live > best_live || (live == best_live && s->ticket.id > best->ticket.id))
            best = s;
    }
    return best;
}

/* A callback with an owner is an appointment. */
bool seat_in_line(const struct seat *s)
{
    return s->ticket.state == TICKET_WAITING || (s->ticket.state == TICKET_CALLBACK && s->ticket.owner == 0);
}

bool seat_queued(const struct seat *s)
{
    return seat_in_line(s) || s->ticket.state == TICKET_OFFERED;
}

/* Index of the first seat with a seq not below. */
static size_t place_of(const struct desk *d, int64_t seq)
{
    size_t low = 0, high = d->seat_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (d->seats[middle]->ticket.enqueue_seq < seq)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* --- what a seat counts for ---------------------------------------------------------------- */

static void count_in(struct desk *d, struct seat *s, int sign)
{
    enum ticket_state state = s->ticket.state;
    bool held = state == TICKET_OFFERED || state == TICKET_CLAIMED;
    struct agent *owner = held ? agent_find(d, s->ticket.owner) : NULL;
    if (owner != NULL && state == TICKET_OFFERED)
        owner->offers += sign;
    if (owner != NULL && state == TICKET_CLAIMED)
        owner->chats += sign;
    if (owner != NULL && sign < 0)
        owner->idle_ms = room_now(d);
    if (seat_queued(s)) {
        s->lane->queued += (size_t)sign;
        d->places_changed = true;
    }
}

/* When a ticket parked at `since` becomes a message: closing time, or midnight where that is never or
 * days away. */
static int64_t night_after(const struct desk *d, const char *id, int64_t since)
{
    const struct department *department = lane_department(d, id);
    int64_t closing = hours_closing(department, d->zone, since);
    bool closes_daily = department->hour_count > 0 && closing < since + DAY_MS;
    return closes_daily ? closing : hours_midnight(d->zone, since);
}

/* The clocks that a state starts. A chat that changed hands goes on: who spoke last waits for an answer. */
static void start_clocks(struct desk *d, struct seat *s, bool handed_over)
{
    int64_t now = room_now(d);
    switch (s->ticket.state) {
    case TICKET_OFFERED:
        s->offer_ends_ms = now + d->settings->offer_seconds * INT64_C(1000);
        break;
    case TICKET_CLAIMED:
        if (handed_over && s->said_ms > s->answered_ms)
            break;
        s->said_ms = 0;
        s->answered_ms = now;
        s->asked = false;
        break;
    case TICKET_PARKED:
        s->night_ms = night_after(d, s->ticket.department, s->ticket.changed_ms);
        break;
    default:
        break;
    }
}

/* --- making, changing, dropping --------------------------------------------------------------- */

/* A copy whose strings lie in one piece of memory, to be freed by the caller. NULL without memory. */
static char *copy_ticket(const struct ticket *from, struct ticket *to)
{
    struct ticket copy = *from;
    const char **const texts[] = {&copy.department, &copy.lang,       &copy.question,   &copy.why,     &copy.corrected,
                                  &copy.page,       &copy.tried,      &copy.name,       &copy.contact, &copy.text,
                                  &copy.cause,      &copy.owner_name, &copy.page_title, &copy.slots,   &copy.tags,
                                  &copy.invited,    &copy.identity,   &copy.outside};
    const size_t count = sizeof texts / sizeof *texts;
    size_t size = 0;
    for (size_t i = 0; i < count; i++) {
        if (*texts[i] == NULL)
            *texts[i] = "";
        size += strlen(*texts[i]) + 1;
    }
    char *strings = malloc(size), *at = strings;
    for (size_t i = 0; strings != NULL && i < count; i++) {
        size_t length = strlen(*texts[i]) + 1;
        *texts[i] = memcpy(at, *texts[i], length);
        at += length;
    }
    if (strings != NULL)
        *to = copy;
    return strings;
}

static void seat_free(struct seat *s)
{
    free(s->handover.note);
    free(s->strings);
    free(s);
}

static int enter(struct desk *d, struct seat *s)
{
    const struct ticket *t = &s->ticket;
    if (d->seat_count == d->seat_room) {
        size_t room = d->seat_room == 0 ? 64 : d->seat_room * 2;
        struct seat **grown = realloc(d->seats, room * sizeof *grown);
        if (grown == NULL)
            return -1;
        d->seats = grown;
        d->seat_room = room;
    }
    if (map_put(d->by_id, &t->id, sizeof t->id, s) != 0)
        return -1;
    s->sibling = map_get(d->by_conversation, &t->conversation, sizeof t->conversation);
    if (map_put(d->by_conversation, &t->conversation, sizeof t->conversation, s) != 0) {
        map_remove(d->by_id, &t->id, sizeof t->id);
        return -1;
    }
    size_t at = place_of(d, t->enqueue_seq);
    memmove(d->seats + at + 1, d->seats + at, (d->seat_count - at) * sizeof *d->seats);
    d->seats[at] = s;
    d->seat_count++;
    return 0;
}

static struct seat *seat_new(struct desk *d, const struct ticket *t)
{
    struct seat *s = calloc(1, sizeof *s);
    if (s == NULL || (s->strings = copy_ticket(t, &s->ticket)) == NULL) {
        free(s);
        return NULL;
    }
    s->lane = lane_of(d, t->department, t->lang);
    if (s->lane == NULL || enter(d, s) != 0) {
        seat_free(s);
        return NULL;
    }
    s->online = true;
    s->told_position = -1;
    count_in(d, s, 1);
    start_clocks(d, s, false);
    return s;
}

struct seat *seat_apply(struct desk *d, const struct ticket *t, bool *ret_new)
{
    struct seat *s = seat_find(d, t->id);
    if (ret_new != NULL)
        *ret_new = s == NULL;
    if (t->state == TICKET_CLOSED) {
        if (s != NULL)
            seat_drop(d, s);
        return NULL;
    }
    if (s == NULL)
        return seat_new(d, t);
    struct ticket copy;
    struct lane *lane = lane_of(d, t->department, t->lang);
    char *strings = lane != NULL ? copy_ticket(t, &copy) : NULL;
    if (strings == NULL)
        return NULL;
    bool state_changed = copy.state != s->ticket.state, owner_changed = copy.owner != s->ticket.owner;
    count_in(d, s, -1);
    free(s->strings);
    s->strings = strings;
    s->ticket = copy;
    s->lane = lane;
    count_in(d, s, 1);
    if (state_changed || owner_changed) {
        start_clocks(d, s, !state_changed);
        transfer_end(d, s, copy.state == TICKET_CLAIMED && copy.owner == s->handover.to ? 1 : 0);
    }
    return s;
}

void desk_ticket_changed(struct desk *d, const struct ticket *t)
{
    if (seat_find(d, t->id) != NULL)
        seat_apply(d, t, NULL);
}

void seat_drop(struct desk *d, struct seat *s)
{
    const struct ticket *t = &s->ticket;
    transfer_end(d, s, 0);
    count_in(d, s, -1);
    size_t at = place_of(d, t->enqueue_seq);
    memmove(d->seats + at, d->seats + at + 1, (d->seat_count - at - 1) * sizeof *d->seats);
    d->seat_count--;
    map_remove(d->by_id, &t->id, sizeof t->id);
    struct seat *first = map_get(d->by_conversation, &t->conversation, sizeof t->conversation);
    if (first == s) {
        if (s->sibling != NULL)
            map_put(d->by_conversation, &t->conversation, sizeof t->conversation, s->sibling);
        else
            map_remove(d->by_conversation, &t->conversation, sizeof t->conversation);
    } else {
        while (first->sibling != s)
            first = first->sibling;
        first->sibling = s->sibling;
    }
    seat_free(s);
}

void seats_free(struct desk *d)
{
    for (size_t i = 0; i < d->seat_count; i++)
        seat_free(d->seats[i]);
    free(d->seats);
    map_free(d->by_id);
    map_free(d->by_conversation);
}
