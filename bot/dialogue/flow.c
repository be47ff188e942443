/* Running the steps of a flow: see flow.h. One table row a kind of step. */
#include "dialogue/slots.h"

#include <string.h>

/* What running a step comes to. */
enum go {
    GO_FAILED = -1, /* without memory */
    GO_ON,          /* to the step in `to` (NULL = behind this one) */
    GO_WAIT,        /* no more in this turn: a question was put, a webhook called, a person offered */
    GO_END          /* the flow is over */
};

/* The next slot to be asked for before the first step, or -1. */
static int opening_slot(const struct run *r)
{
    for (size_t i = 0; i < r->flow->slot_count; i++) {
        const struct slot *s = &r->flow->slots[i];
        if (s->ask.say_count > 0 && !s->by_step && slots_value(r, (int)i) == NULL)
            return (int)i;
    }
    return -1;
}

/* --- steps -------------------------------------------------------------------------------------- */

static enum go run_say(struct run *r, const struct flow_step *s, const struct flow_step **to)
{
    (void)to;
    return flow_say(r, &s->saying) < 0 ? GO_FAILED : GO_ON;
}

static enum go run_ask(struct run *r, const struct flow_step *s, const struct flow_step **to)
{
    (void)to;
    if (slots_value(r, s->slot) != NULL)
        return GO_ON;
    return flow_ask_slot(r, s->slot, s) < 0 ? GO_FAILED : GO_WAIT;
}

/* A variable that does not fit ends the flow: going on without it would say something wrong. */
static enum go give_up(struct run *r)
{
    return flow_offer_person(r->step, r->talk, "flow_trouble") < 0 ? GO_FAILED : GO_WAIT;
}

static int set_value(struct run *r, const char *name, const char *value)
{
    static const char visitors[] = "visitor.";
    int slot = flow_slot(r->flow, name);
    if (strncmp(name, visitors, strlen(visitors)) == 0)
        slots_keep(r, name, value);
    if (slot < 0)
        return talk_set(r->talk, name, value);
    if (value[0] != '\0')
        return slots_set(r, slot, value);
    /* Emptied: what is remembered of the visitor must not fill it again. */
    const char *known = r->flow->slots[slot].visitor ? arena_printf(r->step->arena, "%s%s", visitors, name) : NULL;
    if (known != NULL)
        slots_keep(r, known, value);
    return slots_set(r, slot, NULL);
}

static enum go run_set(struct run *r, const struct flow_step *s, const struct flow_step **to)
{
    const struct flow_pair *set = &s->set;
    const char *value = set->expression != NULL
                            ? expression_value(set->expression, names_lookup, &r->names, r->step->arena)
                            : fill_text(&r->names, set->value, false);
    (void)to;
    if (value == NULL)
        return GO_FAILED;
    return set_value(r, set->name, value) < 0 ? give_up(r) : GO_ON;
}

static enum go run_choose(struct run *r, const struct flow_step *s, const struct flow_step **to)
{
    for (size_t i = 0; i < s->branch_count; i++) {
        const struct branch *b = &s->branches[i];
        if (b->when != NULL && !expression_holds(b->when, names_lookup, &r->names))
            continue;
        *to = b->steps->first;
        break;
    }
    return GO_ON;
}

static enum go run_random(struct run *r, const struct flow_step *s, const struct flow_step **to)
{
    if (s->branch_count > 0)
        *to = s->branches[r->step->heard->chance % s->branch_count].steps->first;
    return GO_ON;
}

/* What is sent: what the editor listed, else every slot that is filled. */
static int list_sends(const struct run *r, const struct flow_call *call, struct wanted_call *ret)
{
    size_t room = call->send_count > 0 ? call->send_count : r->flow->slot_count, count = 0;
    struct variable *sends = arena_array(r->step->arena, room + 1, sizeof *sends);
    if (sends == NULL)
        return -1;
    for (size_t i = 0; i < call->send_count; i++) {
        const struct flow_pair *p = &call->sends[i];
        const char *value = p->expression != NULL
                                ? expression_value(p->expression, names_lookup, (void *)&r->names, r->step->arena)
                                : fill_text(&r->names, p->value, false);
        if (value == NULL)
            return -1;
        sends[count++] = (struct variable){p->name, value};
    }
    for (size_t i = 0; call->send_count == 0 && i < r->flow->slot_count; i++) {
        const char *value = slots_value(r, (int)i);
        if (value != NULL)
            sends[count++] = (struct variable){r->flow->slots[i].name, value};
    }
    ret->sends = sends;
    ret->send_count = count;
    return 0;
}

static enum go run_call(struct run *r, const struct flow_step *s, const struct flow_step **to)
{
    struct wanted_call *wanted = arena_alloc(r->step->arena, sizeof *wanted);
    (void)to;
    if (wanted == NULL || list_sends(r, s->call, wanted) < 0)
        return GO_FAILED;
    wanted->webhook = s->call->webhook;
    wanted->intent = r->talk->intent;
    wanted->timeout_ms = s->call->timeout_ms;
    wanted->safe = s->call->safe;
    r->step->out->call = wanted;
    r->talk->waiting = TALK_CALL;
    r->talk->step = s->number;
    return GO_WAIT;
}

static enum go run_confirm(struct run *r, const struct flow_step *s, const struct flow_step **to)
{
    (void)to;
    r->talk->tries = 1;
    return flow_ask_confirm(r, s) < 0 ? GO_FAILED : GO_WAIT;
}

static enum go run_handoff(struct run *r, const struct flow_step *s, const struct flow_step **to)
{
    struct outcome *o = r->step->out;
    const struct block *said = o->blocks;
    (void)to;
    o->note = s->note != NULL ? fill_text(&r->names, s->note, true) : NULL;
    if ((s->note != NULL && o->note == NULL) || flow_report(r->step, r->talk) < 0)
        return GO_FAILED;
    talk_end(r->talk);
    int result = r->step->heard->who == WHO_WAITING
                     ? reply_text(r->step, OUTCOME_HANDOFF, "already_waiting", false)
                     : reply_hand_over(r->step, s->department != NULL ? s->department : "", "rule", said);
    return result < 0 ? GO_FAILED : GO_END;
}

static enum go run_goto(struct run *r, const struct flow_step *s, const struct flow_step **to)
{
    (void)to;
    r->next = view_find(r->step->view, VIEW_INTENT, r->talk->lang, s->target);
    return r->next != VIEW_NONE ? GO_END : give_up(r);
}

static enum go run_end(struct run *r, const struct flow_step *s, const struct flow_step **to)
{
    (void)to;
    return s->cancelled && reply_say_key(r->step, "flow_cancelled") < 0 ? GO_FAILED : GO_END;
}

static enum go (*const runs[STEP_KINDS])(struct run *, const struct flow_step *, const struct flow_step **) = {
    [STEP_SAY] = run_say,   [STEP_ASK] = run_ask,         [STEP_SET] = run_set,       [STEP_CHOOSE] = run_choose,
    [STEP_CALL] = run_call, [STEP_CONFIRM] = run_confirm, [STEP_RANDOM] = run_random, [STEP_HANDOFF] = run_handoff,
    [STEP_GOTO] = run_goto, [STEP_END] = run_end,
};

/* --- from step to step -------------------------------------------------------------------------- */

/* The step behind this one, or behind the one it lies in. */
static const struct flow_step *behind(const struct flow_step *s)
{
    while (s != NULL && s->next == NULL)
        s = s->parent;
    return s != NULL ? s->next : NULL;
}

/* The flow is over; whoever was in it always hears something. */
static int finish_flow(struct run *r)
{
    if (r->next != VIEW_NONE)
        return 0;
    if (flow_report(r->step, r->talk) < 0)
        return -1;
    talk_end(r->talk);
    return r->step->out->blocks == NULL ? reply_say_key(r->step, r->gives_up ? "flow_cancelled" : "flow_done") : 0;
}

int flow_run(struct run *r, const struct flow_step *s)
{
    while (s != NULL) {
        const struct flow_step *to = NULL;
        if (r->left-- <= 0)
            return give_up(r) == GO_FAILED ? -1 : 0;
        enum go go = runs[s->kind](r, s, &to);
        if (go == GO_FAILED)
            return -1;
        if (go == GO_WAIT)
            return 0;
        if (go == GO_END)
            break;
        s = to != NULL ? to : behind(s);
    }
    return finish_flow(r);
}

int flow_go_on(struct run *r)
{
    const struct flow_step *at = r->talk->step > 0 ? r->flow->by_number[r->talk->step] : NULL;
    if (at != NULL)
        return flow_run(r, flow_is_aside(r) ? at : behind(at));
    int slot = opening_slot(r);
    return slot >= 0 ? flow_ask_slot(r, slot, NULL) : flow_run(r, r->flow->steps->first);
}

int flow_go_behind(struct run *r)
{
    return flow_run(r, behind(r->flow->by_number[r->talk->step]));
}

int flow_way_out(struct run *r, const struct flow_steps *otherwise)
{
    if (otherwise == NULL)
        return flow_offer_person(r->step, r->talk, "flow_stuck");
    r->gives_up = true;
    return flow_run(r, otherwise->first);
}
