/* Circles of `goto`: see site_circles.h. */
#include "content/site_circles.h"

#include "base/map.h"
#include "content/flow.h"

#include <string.h>

enum { CIRCLE_MAX = 16, LOOKS_MAX = 200000, INTENTS_MAX = 1 << 24 };

/* A `goto` that may come before any confirmation, and the slots asked for on the way to it. */
struct edge {
    size_t from, to;
    uint32_t asked;
    const struct flow_step *step;
};

struct circles {
    const struct collect *site;
    struct map *by_id; /* "lang id" → intent */
    struct edge *edges;
    size_t count, room;
    size_t *first; /* of each intent's edges; they lie together */
    const struct edge *path[CIRCLE_MAX];
    size_t length, looks;
    bool failed;
};

static const struct intent *find(const struct circles *c, const char *lang, const char *id)
{
    const char *key = arena_printf(c->site->arena, "%s %s", lang, id);
    return key != NULL ? map_get_str(c->by_id, key) : NULL;
}

/* --- edges --------------------------------------------------------------------------------- */

struct way {
    uint32_t asked;
    bool confirmed;
};

static void add_edge(struct circles *c, size_t from, const struct flow_step *step, uint32_t asked)
{
    const struct intent *to = step->target != NULL ? find(c, c->site->intents[from].lang, step->target) : NULL;
    if (to == NULL)
        return;
    if (c->count == c->room) {
        size_t room = c->room > 0 ? c->room * 2 : 32;
        void *wider = arena_grow(c->site->arena, c->edges, c->count * sizeof *c->edges, room * sizeof *c->edges);
        c->failed = c->failed || wider == NULL;
        if (wider == NULL)
            return;
        c->edges = wider;
        c->room = room;
    }
    c->edges[c->count++] = (struct edge){from, (size_t)(to - c->site->intents), asked, step};
}

static struct way walk(struct circles *c, size_t from, const struct flow_steps *steps, struct way way)
{
    for (const struct flow_step *s = steps != NULL ? steps->first : NULL; s != NULL; s = s->next) {
        struct way after = way;
        if (s->kind == STEP_ASK && s->slot >= 0)
            after.asked |= (uint32_t)1 << s->slot;
        if (s->kind == STEP_GOTO && !way.confirmed)
            add_edge(c, from, s, way.asked);
        if (s->kind == STEP_CONFIRM)
            after.confirmed = true;
        if (s->kind == STEP_CALL && s->call != NULL && s->call->otherwise != NULL &&
            s->call->otherwise->first->parent == s)
            walk(c, from, s->call->otherwise, way);
        for (size_t i = 0; i < s->branch_count; i++) {
            struct way branch = walk(c, from, s->branches[i].steps, after);
            if (s->kind != STEP_CONFIRM)
                way = (struct way){way.asked | branch.asked, way.confirmed || branch.confirmed};
        }
        way = (struct way){way.asked | after.asked, way.confirmed || after.confirmed};
    }
    return way;
}

static void add_edges(struct circles *c, size_t from)
{
    const struct flow *flow = c->site->intents[from].flow;
    struct way way = {0};
    for (size_t i = 0; i < flow->slot_count; i++)
        if (flow->slots[i].ask.say_count > 0 && !flow->slots[i].by_step)
            way.asked |= (uint32_t)1 << i;
    walk(c, from, flow->steps, way);
    walk(c, from, flow->stranger, (struct way){0});
}

/* --- circles -------------------------------------------------------------------------------- */

static bool sets(const struct flow *flow, const char *name)
{
    for (size_t n = 1; n <= flow->step_count; n++)
        if (flow->by_number[n]->kind == STEP_SET && flow->by_number[n]->set.name != NULL &&
            strcmp(flow->by_number[n]->set.name, name) == 0)
            return true;
    return false;
}

/* True if a slot is asked for again in each round. */
static bool asks_again(const struct circles *c, const char *slot)
{
    for (size_t i = 0; i < c->length; i++) {
        const struct flow *flow = c->site->intents[c->path[i]->from].flow;
        if (flow_slot(flow, slot) < 0 || sets(flow, slot))
            return true;
    }
    return false;
}

static bool waits(const struct circles *c)
{
    for (size_t i = 0; i < c->length; i++) {
        const struct flow *flow = c->site->intents[c->path[i]->from].flow;
        for (size_t s = 0; s < flow->slot_count; s++)
            if ((c->path[i]->asked >> s & 1) != 0 && asks_again(c, flow->slots[s].name))
                return true;
    }
    return false;
}

static void tell(const struct circles *c)
{
    struct arena *arena = c->site->arena;
    const char *names = c->site->intents[c->path[0]->from].id;
    for (size_t i = 0; i < c->length && names != NULL; i++)
        names = arena_printf(arena, "%s → %s", names, c->site->intents[c->path[i]->to].id);
    const struct place *p = &c->path[0]->step->place;
    problem_add(c->site->problems, SEVERITY_ERROR, p->file, p->line, p->column,
                "“goto” leads round in a circle in which nothing is asked (%s); add a question, or end one of them",
                names != NULL ? names : "");
}

/* Circles through `start` whose other intents come behind it, so that each is met once. */
static bool look(struct circles *c, size_t start, size_t at)
{
    for (size_t e = c->first[at]; e < c->first[at + 1] && c->looks < LOOKS_MAX; e++) {
        const struct edge *edge = &c->edges[e];
        bool seen = edge->to < start || c->length == CIRCLE_MAX;
        c->looks++;
        for (size_t i = 0; i < c->length && edge->to != start; i++)
            seen = seen || c->path[i]->from == edge->to;
        if (seen)
            continue;
        c->path[c->length++] = edge;
        bool found = edge->to == start ? !waits(c) : look(c, start, edge->to);
        if (found && edge->to == start)
            tell(c);
        c->length--;
        if (found)
            return true; /* one circle an intent is enough to mend it */
    }
    return false;
}

int site_circles(const struct collect *site)
{
    struct circles c = {.site = site, .by_id = map_new(INTENTS_MAX)};
    c.first = arena_array(site->arena, site->intent_count + 1, sizeof *c.first);
    c.failed = c.by_id == NULL || c.first == NULL;
    for (size_t i = 0; i < site->intent_count && !c.failed; i++) {
        const struct intent *n = &site->intents[i];
        const char *key = n->flow != NULL ? arena_printf(site->arena, "%s %s", n->lang, n->id) : NULL;
        c.failed = n->flow != NULL && (key == NULL || map_put_str(c.by_id, key, (void *)n) < 0);
    }
    for (size_t i = 0; i < site->intent_count && !c.failed; i++) {
        if (site->intents[i].flow != NULL)
            add_edges(&c, i);
        c.first[i + 1] = c.count;
    }
    for (size_t i = 0; i < site->intent_count && !c.failed; i++)
        look(&c, i, i);
    map_free(c.by_id);
    return c.failed ? -1 : 0;
}
