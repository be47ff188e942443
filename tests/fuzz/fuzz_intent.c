/* Any bytes as the file of an intent: what comes out is what flow.h promises. */
#include "content/intent.h"

#include "content/flow.h"

#include <stdint.h>
#include <stdlib.h>

static void check_steps(const struct flow *flow, const struct flow_steps *steps, int depth);

static void check_step(const struct flow *flow, const struct flow_step *s, int depth)
{
    if (s->number < 1 || (size_t)s->number > flow->step_count || flow->by_number[s->number] != s)
        abort();
    if (s->kind >= STEP_KINDS || s->slot >= (int)flow->slot_count)
        abort();
    for (size_t i = 0; i < s->branch_count; i++)
        check_steps(flow, s->branches[i].steps, depth);
    if (s->call != NULL && s->call->otherwise != NULL && s->call->otherwise->first->parent == s)
        check_steps(flow, s->call->otherwise, depth);
}

static void check_steps(const struct flow *flow, const struct flow_steps *steps, int depth)
{
    if (steps->first == NULL || depth >= FLOW_DEPTH_MAX)
        abort();
    for (const struct flow_step *s = steps->first; s != NULL; s = s->next)
        check_step(flow, s, depth + 1);
}

/* What an edition may carry: a file without mistakes. */
static void check_whole(const struct intent *n)
{
    const struct flow *flow = n->flow;
    for (size_t i = 1; i <= flow->step_count; i++) {
        const struct flow_step *s = flow->by_number[i];
        bool call = s->kind == STEP_CALL, ask = s->kind == STEP_ASK;
        if ((call && (s->call == NULL || s->call->otherwise == NULL || s->call->webhook == NULL)) ||
            (ask && s->slot < 0) || (s->kind == STEP_HANDOFF && s->department == NULL) ||
            (s->kind == STEP_GOTO && s->target == NULL) || (s->kind == STEP_CHOOSE && s->branch_count == 0) ||
            (s->kind == STEP_RANDOM && s->branch_count < 2) ||
            ((s->kind == STEP_SAY || s->kind == STEP_CONFIRM) && s->saying.say_count == 0) ||
            (s->kind == STEP_SET && (s->set.name == NULL || (s->set.value == NULL) == (s->set.expression == NULL))))
            abort();
    }
    for (size_t i = 0; i < flow->slot_count; i++)
        if (flow->slots[i].tries < 1 || flow->slots[i].tries > FLOW_TRIES_MAX ||
            (flow->slots[i].type == SLOT_REGEX && flow->slots[i].match == NULL) ||
            (flow->slots[i].type == SLOT_CHOICE && flow->slots[i].choice_count == 0))
            abort();
    for (size_t i = 0; i < flow->mark_count; i++) {
        const struct mark *m = &flow->marks[i];
        if ((size_t)m->wording >= n->example_count || (size_t)m->slot >= flow->slot_count ||
            m->at + m->size > strlen(n->examples[m->wording].text))
            abort();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct arena *arena = arena_new((size_t)256 << 20);
    struct problems *problems = problems_new();
    struct collect c = {.arena = arena, .problems = problems};
    struct span text;
    if (lines_check("fuzz.yaml", (const char *)bytes, size, problems, &text) == 0)
        intent_read(&c, "fuzz.yaml", "it", text);
    for (size_t i = 0; i < c.intent_count; i++) {
        const struct flow *flow = c.intents[i].flow;
        if (flow != NULL && flow->steps != NULL)
            check_steps(flow, flow->steps, 0);
        if (flow != NULL && problems_count(problems, SEVERITY_ERROR) == 0)
            check_whole(&c.intents[i]);
    }
    problems_free(problems);
    arena_free(arena);
    return 0;
}
