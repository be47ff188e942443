/* The clocks of tickets, looked at once a second. A move that could not be saved is simply due again
 * at the next tick. */
#include "desk/room.h"

static bool due(int64_t now, int64_t since, int seconds)
{
    return now - since >= seconds * INT64_C(1000);
}

/* A visitor is silent while the last word was the agent's (or nobody's, since the agent joined). */
static void silence(struct desk *d, struct seat *s, int64_t now)
{
    if (s->said_ms > s->answered_ms)
        return;
    if (due(now, s->answered_ms, d->settings->silent_park_seconds)) {
        submit_move(d, s, CAUSE_VISITOR_SILENT, 0, NULL, NULL);
    } else if (!s->asked && due(now, s->answered_ms, d->settings->silent_ask_seconds)) {
        s->asked = true;
        d->listener.silent(d->listener.context, &s->ticket);
    }
}

/* True if the visitor is away for so long that the ticket is parked. Who asked for a call may go. */
static bool absence(struct desk *d, struct seat *s, int64_t now)
{
    bool parks = (ticket_moves[CAUSE_VISITOR_GONE].from & 1u << s->ticket.state) != 0 && !s->ticket.callback;
    if (!parks || s->online || !due(now, s->offline_ms, d->settings->offline_park_seconds))
        return false;
    submit_move(d, s, CAUSE_VISITOR_GONE, 0, NULL, NULL);
    return true;
}

static void parked(struct desk *d, struct seat *s)
{
    /* Back while the parking was under way. */
    if (visitors_is_back(s))
        visitors_bring_back(d, s);
    else if (room_wall(d) >= s->night_ms)
        submit_move(d, s, CAUSE_NIGHT, 0, NULL, NULL);
}

static void seat_tick(struct desk *d, struct seat *s, int64_t now)
{
    if (s->moving > 0 || absence(d, s, now))
        return;
    switch (s->ticket.state) {
    case TICKET_OFFERED:
        if (now >= s->offer_ends_ms)
            submit_move(d, s, CAUSE_DECLINED, 0, NULL, NULL);
        break;
    case TICKET_CLAIMED:
        transfer_tick(d, s);
        if (!s->ticket.callback)
            silence(d, s, now);
        break;
    case TICKET_PARKED:
        parked(d, s);
        break;
    default:
        break;
    }
}

void desk_tick(struct desk *d)
{
    if (!d->loaded) {
        if (!d->loading)
            desk_load(d);
        return;
    }
    int64_t now = room_now(d);
    agents_tick(d);
    for (size_t i = 0; i < d->seat_count; i++)
        seat_tick(d, d->seats[i], now);
    assign_work(d);
    positions_tick(d);
}
