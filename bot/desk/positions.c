/* Places and ranges, told only when they change. Places are the store's: they come from the view that
 * assignments are taken from, at most once a tick. */
#include "desk/room.h"

#include "desk/hours.h"
#include "desk/range.h"

#include <string.h>

/* Closing time comes nearer by itself. */
enum { RETELL_MS = 60 * 1000 };

static int64_t closing_of(const struct desk *d, const char *department)
{
    return hours_closing(lane_department(d, department), d->zone, room_wall(d));
}

/* What can be said of a place: no range outside hours or where it would end after closing time; not
 * open at all where even its low end is after it. */
static struct desk_help help_at(const struct desk *d, int64_t closing, const struct pace *pace, int slots, int online,
                                int64_t position)
{
    struct desk_help help = {.online = online};
    int64_t now = room_wall(d);
    help.open = closing > now;
    help.ranged = help.open && pace != NULL &&
                  range_of(position, slots, pace->samples, pace->mean_seconds, &help.wait_low, &help.wait_high);
    if (!help.ranged)
        return help;
    int64_t left = (closing - now) / 1000;
    help.open = help.wait_low <= left;
    help.ranged = help.wait_high <= left;
    help.beyond = !help.ranged;
    if (!help.ranged)
        help.wait_low = help.wait_high = 0;
    return help;
}

/* Makes no lane: strangers' words must not fill the table. */
struct desk_help desk_help(const struct desk *d, const char *department, const char *lang)
{
    const char *id = department != NULL && *department != '\0' ? department : d->settings->departments[0].id;
    int64_t ahead = 0;
    int slots = 0, online = 0;
    if (lang == NULL)
        lang = "";
    for (size_t i = 0; i < d->lane_count; i++) {
        if (strcmp(d->lanes[i]->department, id) == 0 && strcmp(d->lanes[i]->lang, lang) == 0)
            ahead = (int64_t)d->lanes[i]->queued;
    }
    for (size_t i = 0; i < d->agent_count; i++) {
        if (!agent_takes(d->agents[i]) || !agent_speaks(d->agents[i], id, lang))
            continue;
        slots += agent_capacity(d, d->agents[i]);
        online++;
    }
    return help_at(d, closing_of(d, id), map_get_str(d->pace_map, id), slots, online, ahead + 1);
}

struct desk_help desk_help_at(const struct desk *d, int64_t ticket)
{
    const struct seat *s = seat_find(d, ticket);
    if (s == NULL || s->ticket.position == 0)
        return (struct desk_help){0};
    return help_at(d, closing_of(d, s->lane->department), s->lane->pace, s->lane->slots, s->lane->online,
                   s->ticket.position);
}

static void tell(struct desk *d, struct seat *s, int slots, int online, int64_t closing)
{
    if (!seat_queued(s) || s->ticket.position == 0) {
        s->told_position = -1;
        return;
    }
    struct desk_help help = help_at(d, closing, s->lane->pace, slots, online, s->ticket.position);
    int low = help.ranged ? help.wait_low / 60 : -1, high = help.ranged ? (help.wait_high + 59) / 60 : -1;
    int hope = (help.open ? 1 : 0) | (help.online > 0 ? 2 : 0) | (help.beyond ? 4 : 0);
    if (s->told_position == s->ticket.position && s->told_low == low && s->told_high == high && s->told_hope == hope)
        return;
    s->told_hope = hope;
    s->told_position = s->ticket.position;
    s->told_low = low;
    s->told_high = high;
    d->listener.position(d->listener.context, &s->ticket, help.ranged, help.wait_low, help.wait_high);
}

void positions_tell(struct desk *d, struct seat *s)
{
    struct lane *lane = s->lane;
    /* Kept, because the listener may ask for more of the same place. */
    lane->slots = lane_slots(d, lane, &lane->online);
    tell(d, s, lane->slots, lane->online, closing_of(d, lane->department));
}

static void tell_all(struct desk *d)
{
    d->ranges_changed = false;
    d->told_ms = room_now(d);
    for (size_t i = 0; i < d->lane_count; i++) {
        struct lane *lane = d->lanes[i];
        lane->slots = lane_slots(d, lane, &lane->online);
        lane->closing_ms = closing_of(d, lane->department);
    }
    for (size_t i = 0; i < d->seat_count; i++)
        tell(d, d->seats[i], d->seats[i]->lane->slots, d->seats[i]->lane->online, d->seats[i]->lane->closing_ms);
}

static void positions_answered(struct store_job *job)
{
    if (!room_answered(job))
        return;
    struct desk *d = job->context;
    const struct store_positions *p = (const struct store_positions *)job;
    d->asking_positions = false;
    if (job->result != STORE_OK)
        d->places_changed = true;
    for (size_t i = 0; i < p->count; i++) {
        struct seat *s = seat_find(d, p->rows[i].ticket);
        if (s != NULL)
            s->ticket.position = p->rows[i].position;
    }
    if (job->result == STORE_OK)
        tell_all(d);
    store_job_free(job);
}

static int ask(struct desk *d)
{
    struct store_positions *p = store_job_new(&store_positions_kind, sizeof *p, positions_answered, d);
    if (p == NULL)
        return -1;
    return room_submit(d, &p->job);
}

void positions_tick(struct desk *d)
{
    if (d->places_changed && !d->asking_positions && ask(d) == 0) {
        d->asking_positions = true;
        d->places_changed = false;
    } else if (d->ranges_changed || room_now(d) - d->told_ms >= RETELL_MS) {
        tell_all(d);
    }
}
