/* What only shows when a flow is whole: see intent_reader.h. */
#include "content/expression.h"
#include "content/intent_reader.h"

#include <string.h>

static void warn(struct intent_reader *r, const struct place *p, const char *format, const char *name)
{
    problem_add(r->collect->problems, SEVERITY_WARNING, p->file, p->line, p->column, format, name);
}

/* --- calls and their ways out --------------------------------------------------------------- */

struct search {
    const char *name;
    bool found;
};

static void is_below(void *context, const char *name)
{
    struct search *s = context;
    size_t size = strlen(s->name);
    s->found = s->found || (strncmp(name, s->name, size) == 0 && (name[size] == '.' || name[size] == '\0'));
}

/* The `else` of the step right behind a call, if that asks for its result. */
static const struct flow_steps *way_out(const struct flow_step *step)
{
    const struct flow_step *choose = step->next;
    if (choose == NULL || choose->kind != STEP_CHOOSE || step->call->into == NULL)
        return NULL;
    struct search s = {step->call->into, false};
    const struct flow_steps *otherwise = NULL;
    for (size_t i = 0; i < choose->branch_count; i++) {
        if (choose->branches[i].when != NULL)
            expression_names(choose->branches[i].when, is_below, &s);
        else
            otherwise = choose->branches[i].steps;
    }
    return s.found ? otherwise : NULL;
}

static void check_call(struct intent_reader *r, const struct flow_step *step)
{
    struct flow_call *call = (struct flow_call *)step->call;
    if (call == NULL || call->otherwise != NULL)
        return;
    call->otherwise = way_out(step);
    if (call->otherwise != NULL)
        return;
    r->shaky = true;
    problem_add(
        r->collect->problems, SEVERITY_ERROR, step->place.file, step->place.line, step->place.column,
        "a call without a way out: a webhook may fail; add “else: [steps]”, or let the next step be an “if” on its "
        "result with an “else”");
}

/* --- steps that nothing reaches -------------------------------------------------------------- */

static bool ends_all(const struct flow_step *);

static bool list_ends(const struct flow_steps *steps)
{
    for (const struct flow_step *s = steps != NULL ? steps->first : NULL; s != NULL; s = s->next)
        if (ends_all(s))
            return true;
    return false;
}

/* True if nothing behind the step can follow it. */
static bool ends_all(const struct flow_step *step)
{
    bool always = false;
    switch (step->kind) {
    case STEP_END:
    case STEP_GOTO:
    case STEP_HANDOFF:
        return true;
    case STEP_CHOOSE:
    case STEP_RANDOM:
        for (size_t i = 0; i < step->branch_count; i++) {
            always = always || step->branches[i].when == NULL;
            if (!list_ends(step->branches[i].steps))
                return false;
        }
        return always && step->branch_count > 0;
    default:
        return false;
    }
}

static void check_reached(struct intent_reader *r)
{
    for (size_t n = 1; n <= r->flow->step_count; n++) {
        const struct flow_step *step = r->flow->by_number[n];
        if (step->next != NULL && ends_all(step))
            warn(r, &step->next->place,
                 "this step is never reached: the one before it ends the flow%s; remove one of them", "");
    }
}

/* --- slots ---------------------------------------------------------------------------------- */

static bool is_in_pattern(const struct pattern_node *n, const char *name)
{
    for (; n != NULL; n = n->next)
        if ((n->kind == PATTERN_SLOT && strcmp(n->text, name) == 0) || is_in_pattern(n->child, name))
            return true;
    return false;
}

/* True if the slot is read somewhere, or sent with all of them. */
static bool is_used(const struct intent_reader *r, const struct slot *slot)
{
    const struct collect *c = r->collect;
    for (size_t i = c->name_count; i > 0 && c->names[i - 1].flow == r->flow; i--)
        if (c->names[i - 1].use == NAME_READ && strcmp(c->names[i - 1].name, slot->name) == 0)
            return true;
    for (size_t n = 1; n <= r->flow->step_count; n++) {
        const struct flow_step *step = r->flow->by_number[n];
        /* Another intent may have the slot too. */
        if (step->kind == STEP_GOTO || (step->kind == STEP_CALL && step->call != NULL && step->call->send_count == 0))
            return true;
    }
    return false;
}

static bool can_be_filled(const struct intent_reader *r, const struct slot *slot, int index)
{
    const struct flow *flow = r->flow;
    if (slot->ask.say_count > 0 || slot->by_step || slot->visitor)
        return true;
    for (size_t i = 0; i < flow->mark_count; i++)
        if (flow->marks[i].slot == index)
            return true;
    for (size_t i = 0; i < flow->pattern_count; i++)
        if (is_in_pattern(flow->patterns[i], slot->name))
            return true;
    const struct collect *c = r->collect;
    for (size_t i = c->name_count; i > 0 && c->names[i - 1].flow == flow; i--)
        if (c->names[i - 1].use == NAME_SET && strcmp(c->names[i - 1].name, slot->name) == 0)
            return true;
    /* Anything but a text is found in what visitors say by itself. */
    return slot->type != SLOT_TEXT && slot->type != SLOT_YES_NO;
}

static void check_slots(struct intent_reader *r)
{
    for (size_t i = 0; i < r->flow->slot_count; i++) {
        const struct slot *slot = &r->flow->slots[i];
        if (!can_be_filled(r, slot, (int)i))
            warn(r, &slot->place,
                 "nothing fills the slot “%s”: give it “ask”, or mark its value in an example or a pattern",
                 slot->name);
        else if (!slot->visitor && !is_used(r, slot))
            warn(r, &slot->place, "the slot “%s” is asked for and never used; mention it, or leave it out", slot->name);
    }
}

/* The slots that patterns name. */
static void check_pattern(struct intent_reader *r, const struct pattern_node *n, const struct place *p)
{
    for (; n != NULL; n = n->next) {
        if (n->kind == PATTERN_SLOT && flow_slot(r->flow, n->text) < 0) {
            r->shaky = true;
            problem_add(r->collect->problems, SEVERITY_ERROR, p->file, p->line, p->column,
                        "there is no slot “%s”; write it under “slots”", n->text);
        }
        check_pattern(r, n->child, p);
    }
}

void flow_check(struct intent_reader *r)
{
    for (size_t i = 0; i < r->flow->pattern_count; i++)
        check_pattern(r, r->flow->patterns[i], &r->flow->pattern_places[i]);
    for (size_t n = 1; n <= r->flow->step_count; n++)
        if (r->flow->by_number[n]->kind == STEP_CALL)
            check_call(r, r->flow->by_number[n]);
    if (r->shaky)
        return;
    check_reached(r);
    check_slots(r);
}
