/* The desk's life: made, loaded, given new settings, freed. What it does is in the files beside this. */
#include "desk/room.h"

#include <stdlib.h>

int64_t room_now(const struct desk *d)
{
    return clock_mono_ms(d->clock);
}

int64_t room_wall(const struct desk *d)
{
    return clock_wall_ms(d->clock);
}

int room_submit(struct desk *d, struct store_job *job)
{
    if (store_submit(d->store, job) != 0) {
        store_job_free(job);
        return -1;
    }
    d->under_way++;
    return 0;
}

static void tear_down(struct desk *d)
{
    seats_free(d);
    agents_free(d);
    lanes_free(d);
    zone_free(d->zone);
    free(d);
}

bool room_answered(struct store_job *job)
{
    struct desk *d = job->context;
    d->under_way--;
    if (!d->freed)
        return true;
    store_job_free(job);
    if (d->under_way == 0)
        tear_down(d);
    return false;
}

struct desk *desk_new(struct store *store, const struct clock *clock, const struct settings *settings,
                      const struct desk_words *words, const struct desk_listener *listener)
{
    struct desk *d = calloc(1, sizeof *d);
    if (d == NULL)
        return NULL;
    d->store = store;
    d->clock = clock;
    d->settings = settings;
    d->words = *words;
    d->listener = *listener;
    d->by_id = map_new(ROOM_TICKETS_MAX);
    d->by_conversation = map_new(ROOM_TICKETS_MAX);
    d->lane_map = map_new(ROOM_LANES_MAX);
    d->pace_map = map_new(ROOM_LANES_MAX);
    d->zone = zone_new(settings->timezone);
    if (d->by_id != NULL && d->by_conversation != NULL && d->lane_map != NULL && d->pace_map != NULL && d->zone != NULL)
        return d;
    tear_down(d);
    return NULL;
}

/* Answers that are still to come find it marked and free it with the last. */
void desk_free(struct desk *d)
{
    if (d == NULL)
        return;
    d->freed = true;
    if (d->under_way == 0)
        tear_down(d);
}

void desk_settings(struct desk *d, const struct settings *settings)
{
    struct zone *zone = zone_new(settings->timezone);
    if (zone != NULL) {
        zone_free(d->zone);
        d->zone = zone;
    }
    d->settings = settings;
    paces_ask(d);
    agents_changed(d);
    assign_work(d);
}

/* --- loading -------------------------------------------------------------------------------- */

/* Owners are awaited like agents whose page was just closed: first the lease, then the grace. Visitors
 * are away until they are seen. */
static void load_answered(struct store_job *job)
{
    if (!room_answered(job))
        return;
    struct desk *d = job->context;
    const struct store_queue *q = (const struct store_queue *)job;
    for (size_t i = 0; job->result == STORE_OK && i < q->count; i++) {
        const struct ticket *t = &q->tickets[i];
        if (t->owner != 0 && (t->state == TICKET_CLAIMED || t->state == TICKET_OFFERED))
            agent_expected(d, t->owner, t->owner_name);
        struct seat *s = seat_apply(d, t, NULL);
        if (s != NULL) {
            s->online = false;
            s->offline_ms = room_now(d);
        }
    }
    d->loaded = job->result == STORE_OK;
    d->loading = false;
    store_job_free(job);
    if (!d->loaded)
        return; /* the next tick tries again */
    paces_ask(d);
    assign_work(d);
}

int desk_load(struct desk *d)
{
    struct store_queue *q = store_job_new(&store_queue_kind, sizeof *q, load_answered, d);
    if (q == NULL)
        return -1;
    q->limit = ROOM_TICKETS_MAX;
    if (room_submit(d, &q->job) != 0)
        return -1;
    d->loading = true;
    return 0;
}

bool desk_ready(const struct desk *d)
{
    return d->loaded;
}

/* --- looking -------------------------------------------------------------------------------- */

const struct ticket *desk_ticket_of(const struct desk *d, int64_t conversation)
{
    const struct seat *s = seat_of(d, conversation);
    return s != NULL ? &s->ticket : NULL;
}

const struct ticket *desk_ticket(const struct desk *d, int64_t id)
{
    const struct seat *s = seat_find(d, id);
    return s != NULL ? &s->ticket : NULL;
}

size_t desk_tickets(const struct desk *d, const struct ticket **ret, size_t room)
{
    for (size_t i = 0; i < d->seat_count && i < room; i++)
        ret[i] = &d->seats[i]->ticket;
    return d->seat_count;
}

size_t desk_count(const struct desk *d, enum ticket_state state)
{
    size_t count = 0;
    for (size_t i = 0; i < d->seat_count; i++)
        count += d->seats[i]->ticket.state == state;
    return count;
}

enum presence desk_presence_of(const struct desk *d, int64_t user)
{
    const struct agent *a = agent_find(d, user);
    return a != NULL ? agent_presence(a) : PRESENCE_OFFLINE;
}
