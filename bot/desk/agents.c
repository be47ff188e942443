/* The people of the desk: who is in, who answers, who has room. An agent whose lease ran out keeps
 * the chats for the grace; then they go back to the queue, each to its own place. */
#include "desk/room.h"

#include <stdlib.h>
#include <string.h>

static size_t place_of(const struct desk *d, int64_t user)
{
    size_t low = 0, high = d->agent_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (d->agents[middle]->id < user)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

struct agent *agent_find(const struct desk *d, int64_t user)
{
    size_t at = place_of(d, user);
    return at < d->agent_count && d->agents[at]->id == user ? d->agents[at] : NULL;
}

enum presence agent_presence(const struct agent *a)
{
    return a->pages > 0 && !a->lost ? a->presence : PRESENCE_OFFLINE;
}

bool agent_takes(const struct agent *a)
{
    return agent_presence(a) == PRESENCE_ONLINE;
}

int agent_capacity(const struct desk *d, const struct agent *a)
{
    return a->capacity > 0 ? a->capacity : d->settings->agent_capacity;
}

int agent_room(const struct desk *d, const struct agent *a)
{
    return agent_capacity(d, a) - a->offers - a->chats - a->coming - a->handed;
}

static bool lists(const char **items, size_t count, const char *item)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(items[i], item) == 0)
            return true;
    }
    return count == 0;
}

bool agent_speaks(const struct agent *a, const char *department, const char *lang)
{
    return lists(a->department_items, a->department_count, department) &&
           lists(a->language_items, a->language_count, lang);
}

/* Remembered for each lane, because a decision asks it for many tickets. */
bool agent_serves(struct agent *a, const struct lane *lane)
{
    if (lane->index >= a->serves_room) {
        size_t room = lane->index + 16;
        signed char *grown = realloc(a->serves, room);
        if (grown == NULL)
            return false;
        memset(grown + a->serves_room, 0, room - a->serves_room);
        a->serves = grown;
        a->serves_room = room;
    }
    signed char *known = &a->serves[lane->index];
    if (*known == 0)
        *known = agent_speaks(a, lane->department, lane->lang) ? 1 : -1;
    return *known > 0;
}

/* Splits "a, b" into *ret_items; the text is cut where the commas were. -1 without memory. */
static int split(char *text, const char ***ret_items, size_t *ret_count)
{
    size_t room = 1, count = 0;
    for (const char *c = text; *c != '\0'; c++)
        room += *c == ',';
    const char **items = calloc(room, sizeof *items);
    if (items == NULL)
        return -1;
    char *rest = text, *item;
    while ((item = strsep(&rest, ", ")) != NULL) {
        if (*item != '\0')
            items[count++] = item;
    }
    *ret_items = items;
    *ret_count = count;
    return 0;
}

static void forget_user(struct agent *a)
{
    free(a->name);
    free(a->departments);
    free(a->languages);
    free(a->department_items);
    free(a->language_items);
    free(a->serves);
    a->name = a->departments = a->languages = NULL;
    a->department_items = a->language_items = NULL;
    a->serves = NULL;
    a->serves_room = 0;
}

static int learn_user(struct agent *a, const struct user *user)
{
    forget_user(a);
    a->capacity = user->capacity;
    a->name = strdup(user->name != NULL ? user->name : "");
    a->departments = strdup(user->departments != NULL ? user->departments : "");
    a->languages = strdup(user->languages != NULL ? user->languages : "");
    if (a->name == NULL || a->departments == NULL || a->languages == NULL ||
        split(a->departments, &a->department_items, &a->department_count) != 0)
        return -1;
    return split(a->languages, &a->language_items, &a->language_count);
}

static void count_tickets(struct desk *d, struct agent *a)
{
    for (size_t i = 0; i < d->seat_count; i++) {
        const struct ticket *t = &d->seats[i]->ticket;
        a->offers += t->owner == a->id && t->state == TICKET_OFFERED;
        a->chats += t->owner == a->id && t->state == TICKET_CLAIMED;
        a->handed += d->seats[i]->handover.to == a->id;
    }
}

static struct agent *agent_new(struct desk *d, const struct user *user)
{
    struct agent **grown =
        d->agent_count < ROOM_AGENTS_MAX ? realloc(d->agents, (d->agent_count + 1) * sizeof *grown) : NULL;
    if (grown == NULL)
        return NULL;
    d->agents = grown;
    struct agent *a = calloc(1, sizeof *a);
    if (a == NULL || learn_user(a, user) != 0) {
        if (a != NULL)
            forget_user(a);
        free(a);
        return NULL;
    }
    a->id = user->id;
    a->presence = PRESENCE_ONLINE;
    a->alive_ms = a->idle_ms = room_now(d);
    size_t at = place_of(d, a->id);
    memmove(d->agents + at + 1, d->agents + at, (d->agent_count - at) * sizeof *d->agents);
    d->agents[at] = a;
    d->agent_count++;
    count_tickets(d, a);
    return a;
}

struct agent *agent_expected(struct desk *d, int64_t user, const char *name)
{
    struct agent *a = agent_find(d, user);
    return a != NULL ? a : agent_new(d, &(struct user){.id = user, .name = name});
}

void agent_drop(struct desk *d, struct agent *a)
{
    size_t at = place_of(d, a->id);
    memmove(d->agents + at, d->agents + at + 1, (d->agent_count - at - 1) * sizeof *d->agents);
    d->agent_count--;
    forget_user(a);
    free(a);
}

void agents_changed(struct desk *d)
{
    d->ranges_changed = true;
    d->listener.agents(d->listener.context);
}

static void tell_reach(struct desk *d, const struct agent *a, bool lost)
{
    for (size_t i = 0; i < d->seat_count; i++) {
        const struct ticket *t = &d->seats[i]->ticket;
        if (t->owner == a->id && t->state == TICKET_CLAIMED)
            d->listener.reach(d->listener.context, t, lost);
    }
}

/* Starts a move of each ticket that the agent has in a state. */
static void release(struct desk *d, const struct agent *a, enum ticket_state state, enum desk_cause cause)
{
    for (size_t i = 0; i < d->seat_count; i++) {
        struct seat *s = d->seats[i];
        if (s->ticket.owner == a->id && s->ticket.state == state && s->moving == 0)
            submit_move(d, s, cause, 0, NULL, NULL);
    }
}

static void found_again(struct desk *d, struct agent *a)
{
    a->alive_ms = room_now(d);
    if (!a->lost)
        return;
    a->lost = false;
    tell_reach(d, a, false);
    agents_changed(d);
}

/* --- what agents' pages tell ----------------------------------------------------------------- */

static void tell_offers(struct desk *d, const struct agent *a)
{
    for (size_t i = 0; i < d->seat_count; i++) {
        const struct seat *s = d->seats[i];
        int64_t left = (s->offer_ends_ms - room_now(d)) / 1000;
        if (s->ticket.owner == a->id && s->ticket.state == TICKET_OFFERED && left > 0)
            d->listener.offered(d->listener.context, a->id, &s->ticket, (int)left);
    }
    transfers_tell(d, a);
}

void desk_agent_offers(struct desk *d, int64_t user)
{
    const struct agent *a = agent_find(d, user);
    if (a != NULL)
        tell_offers(d, a);
}

void desk_agent_in(struct desk *d, const struct user *user)
{
    struct agent *a = agent_find(d, user->id);
    if (a == NULL)
        a = agent_new(d, user);
    else if (learn_user(a, user) != 0)
        return;
    if (a == NULL)
        return;
    a->pages++;
    found_again(d, a);
    agents_changed(d);
    tell_offers(d, a);
    assign_work(d);
}

void desk_agent_changed(struct desk *d, const struct user *user)
{
    struct agent *a = agent_find(d, user->id);
    if (a == NULL || learn_user(a, user) != 0)
        return;
    agents_changed(d);
    assign_work(d);
}

void desk_agent_out(struct desk *d, int64_t user)
{
    struct agent *a = agent_find(d, user);
    if (a == NULL || a->pages == 0)
        return;
    if (--a->pages == 0)
        agents_changed(d);
}

void desk_agent_alive(struct desk *d, int64_t user)
{
    struct agent *a = agent_find(d, user);
    if (a == NULL || a->pages == 0)
        return;
    bool was_lost = a->lost;
    found_again(d, a);
    if (was_lost)
        assign_work(d);
}

int desk_agent_presence(struct desk *d, int64_t user, enum presence presence)
{
    struct agent *a = agent_find(d, user);
    if (a == NULL || a->pages == 0)
        return -1;
    if (a->presence != presence) {
        a->presence = presence;
        a->paused_ms = 0;
        if (!agent_takes(a)) {
            release(d, a, TICKET_OFFERED, CAUSE_DECLINED);
            transfers_end_to(d, a);
        }
        agents_changed(d);
    }
    assign_work(d);
    return 0;
}

size_t desk_agents(const struct desk *d, struct desk_agent *ret, size_t room)
{
    size_t count = 0;
    for (size_t i = 0; i < d->agent_count; i++) {
        const struct agent *a = d->agents[i];
        if (agent_presence(a) == PRESENCE_OFFLINE)
            continue;
        if (count < room)
            ret[count] = (struct desk_agent){.id = a->id,
                                             .name = a->name,
                                             .presence = agent_presence(a),
                                             .chats = a->chats,
                                             .capacity = agent_capacity(d, a)};
        count++;
    }
    return count;
}

/* --- the lease ----------------------------------------------------------------------------------- */

static void lose(struct desk *d, struct agent *a)
{
    a->lost = true;
    a->lost_ms = room_now(d);
    a->wants = false;
    release(d, a, TICKET_OFFERED, CAUSE_DECLINED);
    transfers_end_to(d, a);
    transfers_end_from(d, a);
    tell_reach(d, a, true);
    agents_changed(d);
}

void agents_tick(struct desk *d)
{
    int64_t now = room_now(d);
    for (size_t i = 0; i < d->agent_count; i++) {
        struct agent *a = d->agents[i];
        if (!a->lost && now - a->alive_ms >= d->settings->lease_seconds * INT64_C(1000))
            lose(d, a);
        if (!a->lost || now - a->lost_ms < d->settings->grace_seconds * INT64_C(1000))
            continue;
        release(d, a, TICKET_OFFERED, CAUSE_DECLINED);
        release(d, a, TICKET_CLAIMED, CAUSE_LEASE_LOST);
        if (a->pages == 0 && a->chats == 0 && a->offers == 0 && a->coming == 0 && a->handed == 0) {
            agent_drop(d, a);
            i--;
        }
    }
}

void agents_free(struct desk *d)
{
    for (size_t i = 0; i < d->agent_count; i++) {
        forget_user(d->agents[i]);
        free(d->agents[i]);
    }
    free(d->agents);
}
