/* What an entry may say, found by walking its flow: see says.h. */
#include "hooks/says.h"

#include "content/flow.h"

#include <string.h>

/* Texts that take turns do so all together: in a message, the k-th of each (modulo how many it has). */
enum { TURNS = 6 };

struct walk {
    const struct view *view;
    const char *lang;
    const unsigned char *key;
    struct arena *arena;
    struct says *says;
    size_t turn;  /* k */
    size_t steps; /* looked at */
};

/* --- plans ---------------------------------------------------------------------------------------- */

static bool is_known(const struct says *says, const char *id)
{
    for (size_t i = 0; i < says->count; i++)
        if (strcmp(says->plans[i].id, id) == 0)
            return true;
    return false;
}

/* `values`: a brace in it is a value's. */
static void add(struct walk *w, const struct block *blocks, bool values)
{
    struct says *says = w->says;
    struct utterance_plan plan;
    if (blocks == NULL || says->count == SAYS_MOST ||
        utterance_plan(view_settings(w->view), w->key, w->lang, blocks, w->arena, &plan) < 0)
        return;
    if (values && strchr(plan.text, '{') != NULL)
        says->open = true;
    else if (!is_known(says, plan.id))
        says->plans[says->count++] = plan;
}

/* `said` and behind it what the saying says this time: new blocks, since those of a flow are shared. */
static const struct block *joined(struct walk *w, const struct block *said, const struct saying *saying)
{
    const struct block *lists[] = {said, saying->say_count > 0 ? saying->say[w->turn % saying->say_count] : NULL};
    struct block *first = NULL, **end = &first;
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        for (const struct block *b = lists[i]; b != NULL; b = b->next) {
            struct block *copy = arena_alloc(w->arena, sizeof *copy);
            if (copy == NULL)
                return NULL;
            *copy = *b;
            copy->next = NULL;
            *end = copy;
            end = &copy->next;
        }
    return first;
}

/* --- steps ---------------------------------------------------------------------------------------- */

/* Where a flow goes on behind a step; NULL = it is over. */
static const struct flow_step *behind(const struct flow_step *s)
{
    while (s != NULL && s->next == NULL)
        s = s->parent;
    return s != NULL ? s->next : NULL;
}

/* What is said from the step on, behind what was said before in the same message. */
static void go(struct walk *w, const struct flow *flow, const struct flow_step *s, const struct block *said)
{
    for (; s != NULL && w->steps < SAYS_STEPS_MOST; s = behind(s)) {
        w->steps++;
        switch (s->kind) {
        case STEP_SAY:
            said = joined(w, said, &s->saying);
            break;
        case STEP_ASK:
            add(w, joined(w, said, s->saying.say_count > 0 ? &s->saying : &flow->slots[s->slot].ask), true);
            return;
        case STEP_CONFIRM:
            add(w, joined(w, said, &s->saying), true);
            return;
        case STEP_CHOOSE:
        case STEP_RANDOM:
            for (size_t i = 0; i < s->branch_count; i++)
                go(w, flow, s->branches[i].steps->first, said);
            if (s->branch_count > 0 && (s->kind == STEP_RANDOM || s->branches[s->branch_count - 1].when == NULL))
                return; /* one of them is taken */
            break;
        case STEP_CALL:
            add(w, said, true); /* its answer is another turn */
            return;
        case STEP_END:
            if (!s->cancelled)
                add(w, said, true);
            return;
        case STEP_HANDOFF: /* followed by the assistant's own words, */
        case STEP_GOTO:    /* or by another intent's */
        case STEP_KINDS:
            return;
        case STEP_SET:
            break;
        }
    }
    if (s == NULL)
        add(w, said, true);
}

static void go_from(struct walk *w, const struct flow *flow, const struct flow_steps *steps)
{
    if (steps != NULL)
        go(w, flow, steps->first, NULL);
}

/* Whatever a message of a flow may begin with. */
static void walk_flow(struct walk *w, const struct flow *flow)
{
    go_from(w, flow, flow->steps);
    go_from(w, flow, flow->stranger);
    for (size_t i = 0; i < flow->slot_count; i++) {
        const struct slot *slot = &flow->slots[i];
        add(w, joined(w, NULL, &slot->ask), true);
        add(w, joined(w, NULL, &slot->retry), true);
        go_from(w, flow, slot->otherwise);
    }
    for (size_t i = 1; i <= flow->step_count; i++) {
        const struct flow_step *s = flow->by_number[i];
        if (s->kind == STEP_ASK || s->kind == STEP_CONFIRM || s->kind == STEP_CALL)
            go(w, flow, behind(s), NULL);
        for (size_t k = 0; s->kind == STEP_CONFIRM && k < s->branch_count; k++)
            go_from(w, flow, s->branches[k].steps);
        if (s->call != NULL)
            go_from(w, flow, s->call->otherwise);
    }
}

void says_of_entry(const struct view *view, uint32_t entry, const unsigned char key[UTTERANCE_KEY_BYTES],
                   struct arena *arena, struct says *ret)
{
    struct view_entry e = view_entry(view, entry);
    const struct flow *flow = view_flow(view, entry);
    struct walk w = {.view = view, .lang = e.lang, .key = key, .arena = arena, .says = ret};
    ret->count = 0;
    ret->open = false;
    for (size_t k = 0; k < e.say_count; k++)
        add(&w, view_say(view, entry, k, arena), e.kind != VIEW_ARTICLE);
    for (; flow != NULL && flow_has_steps(flow) && w.turn < TURNS; w.turn++)
        walk_flow(&w, flow);
}
