/* Who gets which ticket. A decision walks the queue from its head and finds for each ticket the agent
 * with the lightest load; the store then gives it only if it is that ticket's turn, so a decision
 * made on a mirror that lags behind is refused and made again, never carried out wrongly. */
#include "desk/room.h"

#include <stdlib.h>
#include <string.h>

enum { RETRY_MS = 1000 };

struct assigning {
    struct store_assign assign;
    bool wanted; /* the agent asked for it */
};

static bool in_turn(const struct seat *s)
{
    return s->moving == 0 && seat_in_line(s);
}

/* --- what came of it -------------------------------------------------------------------------- */

static void tell_assigned(struct desk *d, const struct store_assign *j, enum ticket_state before)
{
    struct seat *s = seat_apply(d, &j->ticket, NULL);
    const struct ticket *t = s != NULL ? &s->ticket : &j->ticket;
    bool offered = j->to == TICKET_OFFERED;
    d->listener.moved(d->listener.context, offered ? CAUSE_OFFERED : CAUSE_TAKEN, before, t, j->ret_first_seq,
                      j->events, offered ? 0 : j->event_count);
    if (offered)
        d->listener.offered(d->listener.context, j->user, t, d->settings->offer_seconds);
    d->listener.agents(d->listener.context);
}

/* The mirror did not know whose turn it is: reads both tickets and lets the agent stand in line again. */
static void look_again(struct desk *d, const struct assigning *g, struct agent *a)
{
    visitors_refresh(d, 0, g->assign.ret_other);
    visitors_refresh(d, 0, g->assign.expect);
    if (a != NULL && g->wanted)
        a->wants = true;
}

static void not_assigned(struct desk *d, const struct assigning *g, struct agent *a)
{
    static const char *const whys[] = {
        [STORE_MISSING] = "nothing_waits", [STORE_REFUSED] = "no_room", [STORE_UNAVAILABLE] = "not_saved"};
    if (g->assign.job.result == STORE_MISSING)
        visitors_refresh(d, 0, g->assign.expect);
    if (g->wanted)
        submit_refused(d, g->assign.user, 0, whys[g->assign.job.result], NULL);
    else if (a != NULL && a->paused_ms < room_now(d) + RETRY_MS)
        a->paused_ms = room_now(d) + RETRY_MS;
}

static void assign_answered(struct store_job *job)
{
    if (!room_answered(job))
        return;
    struct desk *d = job->context;
    struct assigning *g = (struct assigning *)job;
    struct agent *a = agent_find(d, g->assign.user);
    struct seat *s = seat_find(d, g->assign.expect);
    if (a != NULL)
        a->coming--;
    if (s != NULL)
        s->moving--;
    if (job->result == STORE_OK)
        tell_assigned(d, &g->assign, s != NULL ? s->ticket.state : TICKET_WAITING);
    else if (job->result == STORE_REFUSED && g->assign.ret_other != 0)
        look_again(d, g, a);
    else
        not_assigned(d, g, a);
    store_job_free(job);
    assign_work(d);
}

/* --- asking the store -------------------------------------------------------------------------- */

/* A copy, because the agent may change while the job is under way. */
static const char *const *copy_list(struct arena *arena, const char **items, size_t count)
{
    const char **copy = arena_array(arena, count, sizeof *copy);
    for (size_t i = 0; copy != NULL && i < count; i++)
        copy[i] = arena_strdup(arena, items[i]);
    return copy;
}

static void give(struct desk *d, struct agent *a, struct seat *s, enum ticket_state to, bool wanted)
{
    struct assigning *g = store_job_new(&store_assign_kind, sizeof *g, assign_answered, d);
    if (g == NULL)
        return;
    struct store_assign *j = &g->assign;
    struct arena *arena = j->job.arena;
    g->wanted = wanted;
    j->user = a->id;
    j->to = to;
    j->departments = copy_list(arena, a->department_items, a->department_count);
    j->languages = copy_list(arena, a->language_items, a->language_count);
    j->department_count = a->department_count;
    j->language_count = a->language_count;
    j->capacity = agent_capacity(d, a);
    j->who = STORE_WHO_AGENT;
    j->expect = s->ticket.id;
    j->events = arena_array(arena, 2, sizeof *j->events);
    if (to == TICKET_CLAIMED && j->events != NULL)
        j->event_count =
            d->words.events(d->words.context, CAUSE_TAKEN, &s->ticket, s->ticket.lang, a->name, NULL, arena, j->events);
    a->coming++;
    s->moving++;
    if (!arena_failed(arena) && room_submit(d, &j->job) == 0)
        return;
    a->coming--;
    s->moving--;
    if (wanted)
        submit_refused(d, a->id, 0, "not_saved", NULL);
}

/* --- pull: agents take the next ------------------------------------------------------------------ */

static void serve(struct desk *d, struct agent *a)
{
    a->wants = false;
    if (agent_room(d, a) < 1) {
        submit_refused(d, a->id, 0, "no_room", NULL);
        return;
    }
    for (size_t i = 0; i < d->seat_count; i++) {
        struct seat *s = d->seats[i];
        if (in_turn(s) && agent_serves(a, s->lane)) {
            give(d, a, s, TICKET_CLAIMED, true);
            return;
        }
    }
    submit_refused(d, a->id, 0, "nothing_waits", NULL);
}

/* In the order in which they asked. */
static void serve_who_asked(struct desk *d)
{
    for (;;) {
        struct agent *first = NULL;
        for (size_t i = 0; i < d->agent_count; i++) {
            struct agent *a = d->agents[i];
            if (a->wants && (first == NULL || a->wants_order < first->wants_order))
                first = a;
        }
        if (first == NULL)
            return;
        serve(d, first);
    }
}

void desk_take_next(struct desk *d, int64_t user)
{
    struct agent *a = agent_find(d, user);
    if (a == NULL || a->pages == 0) {
        submit_refused(d, user, 0, "no_room", NULL);
        return;
    }
    if (!a->wants)
        a->wants_order = ++d->wants_last;
    a->wants = true;
    assign_work(d);
}

/* --- push: tickets are offered ------------------------------------------------------------------- */

/* In how many departments and languages; all of them is the most. */
static size_t breadth(const struct agent *a)
{
    size_t departments = a->department_count > 0 ? a->department_count : SETTINGS_DEPARTMENTS_MAX;
    return departments * (a->language_count > 0 ? a->language_count : SETTINGS_LANGUAGES_MAX);
}

/* Lighter load first, then who can serve less else, then who has been free the longest. */
static bool better(const struct desk *d, const struct agent *a, const struct agent *b)
{
    int room_a = agent_room(d, a), room_b = agent_room(d, b);
    if (room_a != room_b)
        return room_a > room_b;
    if (breadth(a) != breadth(b))
        return breadth(a) < breadth(b);
    return a->idle_ms < b->idle_ms;
}

static struct agent *best_for(const struct desk *d, struct agent **free_agents, size_t count, const struct lane *lane)
{
    struct agent *best = NULL;
    for (size_t i = 0; i < count; i++) {
        struct agent *a = free_agents[i];
        if (agent_room(d, a) > 0 && agent_serves(a, lane) && (best == NULL || better(d, a, best)))
            best = a;
    }
    return best;
}

/* Begins a pass: which lanes push. False = none in which somebody waits. */
static bool begin_pass(struct desk *d)
{
    bool any = false;
    d->pass++;
    for (size_t i = 0; i < d->lane_count; i++) {
        struct lane *lane = d->lanes[i];
        lane->held = lane->held_last = NULL;
        lane->pushes = lane->queued > 0 && settings_pushes(d->settings, lane_department(d, lane->department));
        any = any || lane->pushes;
    }
    return any;
}

static void hold(struct seat *s)
{
    struct lane *lane = s->lane;
    s->behind = NULL;
    if (lane->held == NULL)
        lane->held = s;
    else
        lane->held_last->behind = s;
    lane->held_last = s;
}

/* Takes out the earliest of those passed by that the agent serves; NULL = none. */
static struct seat *unhold_first(struct desk *d, struct agent *a)
{
    struct lane *first = NULL;
    for (size_t i = 0; i < d->lane_count; i++) {
        struct lane *lane = d->lanes[i];
        bool earlier =
            lane->held != NULL && (first == NULL || lane->held->ticket.enqueue_seq < first->held->ticket.enqueue_seq);
        if (earlier && agent_serves(a, lane))
            first = lane;
    }
    if (first == NULL)
        return NULL;
    struct seat *s = first->held;
    first->held = s->behind;
    return s;
}

/* Gives the ticket to the best agent for it, after those before it that are this agent's to take first. Adds what was
 * given to *ret_given; false = nobody has room for it. */
static bool push_seat(struct desk *d, struct seat *s, struct agent **free_agents, size_t count, int *ret_given)
{
    for (;;) {
        struct agent *a = best_for(d, free_agents, count, s->lane);
        if (a == NULL)
            return false;
        struct seat *earlier = unhold_first(d, a);
        int room = agent_room(d, a);
        give(d, a, earlier != NULL ? earlier : s, TICKET_OFFERED, false);
        ++*ret_given;
        if (earlier == NULL || agent_room(d, a) == room) /* not submitted: the store is full */
            return true;
    }
}

static void push(struct desk *d)
{
    size_t count = 0;
    int64_t now = room_now(d);
    int room = 0, given = 0;
    if (!begin_pass(d))
        return;
    struct agent **free_agents = d->agent_count > 0 ? calloc(d->agent_count, sizeof *free_agents) : NULL;
    if (free_agents == NULL)
        return;
    for (size_t i = 0; i < d->agent_count; i++) {
        struct agent *a = d->agents[i];
        if (!agent_takes(a) || agent_room(d, a) < 1 || now < a->paused_ms)
            continue;
        free_agents[count++] = a;
        room += agent_room(d, a);
    }
    for (size_t i = 0; i < d->seat_count && given < room; i++) {
        struct seat *s = d->seats[i];
        if (!in_turn(s) || s->lane->barren == d->pass)
            continue;
        if (!s->lane->pushes)
            hold(s);
        else if (!push_seat(d, s, free_agents, count, &given))
            s->lane->barren = d->pass;
    }
    free(free_agents);
}

void assign_work(struct desk *d)
{
    if (!d->loaded || d->deciding)
        return;
    d->deciding = true;
    serve_who_asked(d);
    push(d);
    d->deciding = false;
}
