/* What a step does, by its key: see flow_action.h. */
#include "content/flow_action.h"

#include "content/expression.h"
#include "content/gesture.h"
#include "content/ident.h"
#include "content/suggest.h"
#include "content/variable.h"

#include <string.h>

enum { RANDOM_MAX = 20 };

struct flow_step *flow_new_step(struct intent_reader *r, enum flow_step_kind kind, const struct yaml_value *at,
                                const struct flow_step *parent)
{
    struct flow *flow = r->flow;
    if (flow->step_count == FLOW_STEPS_MAX) {
        if (!r->shaky)
            intent_complain(r, at, "more than %d steps in one flow; go on in another by “goto”", FLOW_STEPS_MAX);
        return NULL;
    }
    if (flow->step_count + 1 >= r->step_room) {
        size_t room = r->step_room > 0 ? r->step_room * 2 : 16;
        void *wider = arena_grow(r->collect->arena, r->steps, r->step_room * sizeof *r->steps, room * sizeof *r->steps);
        if (wider == NULL)
            return NULL;
        r->steps = wider;
        r->step_room = room;
        flow->by_number = (const struct flow_step *const *)r->steps;
    }
    struct flow_step *step = arena_alloc(r->collect->arena, sizeof *step);
    if (step == NULL)
        return NULL;
    *step = (struct flow_step){
        .kind = kind, .number = (int)++flow->step_count, .parent = parent, .place = intent_place(r, at), .slot = -1};
    r->steps[step->number] = step;
    return step;
}

struct flow_step *flow_add_step(struct intent_reader *r, struct flow_list *list, enum flow_step_kind kind,
                                const struct yaml_value *at)
{
    struct flow_step *step = flow_new_step(r, kind, at, list->parent);
    if (step == NULL)
        return NULL;
    *list->tail = list->last = step;
    list->tail = &step->next;
    return step;
}

/* --- what a step does ----------------------------------------------------------------------- */

static void find_slot(struct intent_reader *r, const struct yaml_value *v, struct flow_step *step)
{
    if (!intent_text(r, v, SITE_TEXT_BYTES))
        return;
    step->slot = flow_slot(r->flow, v->text);
    struct suggest near = suggest_start(v->text);
    for (size_t i = 0; i < r->flow->slot_count; i++)
        suggest_offer(&near, r->flow->slots[i].name);
    if (step->slot < 0)
        intent_complain(r, v, "there is no slot “%.60s”; write it under “slots”%s", v->text,
                        suggest_phrase(&near, r->collect->arena));
    else
        ((struct slot *)r->flow->slots)[step->slot].by_step = true;
}

static void read_asked_slot(struct intent_reader *r, const struct yaml_value *v, void *into)
{
    find_slot(r, v, into);
}

static void read_asked_words(struct intent_reader *r, const struct yaml_value *v, void *into)
{
    saying_texts(r, v, &((struct flow_step *)into)->saying);
}

static void read_asked_buttons(struct intent_reader *r, const struct yaml_value *v, void *into)
{
    saying_buttons(r, v, &((struct flow_step *)into)->saying);
}

static void read_ask(struct intent_reader *r, const struct yaml_value *v, struct flow_list *list)
{
    static const struct intent_key keys[] = {
        {"slot", read_asked_slot}, {"say", read_asked_words}, {"buttons", read_asked_buttons}};
    struct flow_step *step = flow_add_step(r, list, STEP_ASK, v);
    if (step == NULL)
        return;
    if (v->kind != YAML_MAP)
        find_slot(r, v, step);
    else
        intent_keys(r, v, keys, 3, step, "an ask has slot, say and buttons");
    if (v->kind == YAML_MAP && yaml_find(v, "slot") == NULL)
        intent_complain(r, v, "an ask without “slot”");
    if (step->slot >= 0 && step->saying.say_count == 0 && r->flow->slots[step->slot].ask.say_count == 0)
        intent_complain(r, v, "the slot “%s” has no question; give it “ask”, or write ask: {slot: %s, say: \"…\"}",
                        r->flow->slots[step->slot].name, r->flow->slots[step->slot].name);
}

static bool good_variable(struct intent_reader *r, const struct yaml_value *v)
{
    static const char prefix[] = "visitor.";
    const char *name = strncmp(v->key, prefix, strlen(prefix)) == 0 ? v->key + strlen(prefix) : v->key;
    bool kept = name != v->key;
    const char *fault = NULL;
    if (!variable_is_plain(name) || strlen(v->key) > FLOW_NAME_BYTES || expression_is_word(name))
        fault = "is no name for a variable: letters, digits, “_” and “-”, or visitor.NAME for what is kept";
    else if (kept ? strcmp(name, "id") == 0 || strcmp(name, "signed_in") == 0
                  : variable_is_built_in(name) || strcmp(name, "now") == 0 || strcmp(name, "visitor") == 0)
        fault = "is built in and cannot be set; choose another name";
    else if (gesture_named(name, strlen(name)) != NULL)
        fault = "is a gesture of the assistant (“{name}” in what it says); choose another name";
    if (fault != NULL)
        intent_complain_key(r, v, "“%.60s” %s", v->key, fault);
    return fault == NULL;
}

/* One step a variable. */
static void read_set(struct intent_reader *r, const struct yaml_value *v, struct flow_list *list)
{
    if (v->kind != YAML_MAP || v->count == 0) {
        intent_complain(r, v, "“set” must be a map, {name: \"value\"}");
        return;
    }
    for (const struct yaml_value *s = v->child; s != NULL; s = s->next) {
        struct flow_step *step = good_variable(r, s) ? flow_add_step(r, list, STEP_SET, s) : NULL;
        if (step == NULL || !flow_read_pair(r, s, &step->set))
            continue;
        intent_note_name(r, NAME_SET, s->key, (struct place){r->file, s->key_line, s->key_column});
    }
}

static void read_call(struct intent_reader *r, const struct yaml_value *v, struct flow_list *list)
{
    struct flow_step *step = flow_add_step(r, list, STEP_CALL, v);
    if (step != NULL)
        flow_read_call(r, v, step);
}

static void read_confirm(struct intent_reader *r, const struct yaml_value *v, struct flow_list *list)
{
    struct flow_step *step = flow_add_step(r, list, STEP_CONFIRM, v);
    if (step != NULL)
        saying_texts(r, v, &step->saying);
}

static void read_random(struct intent_reader *r, const struct yaml_value *v, struct flow_list *list)
{
    struct flow_step *step = flow_add_step(r, list, STEP_RANDOM, v);
    if (v->kind != YAML_LIST || v->count < 2 || v->count > RANDOM_MAX) {
        intent_complain(r, v, "“random” must be a list of 2 to %d lists of steps", RANDOM_MAX);
        return;
    }
    struct branch *branches = arena_array(r->collect->arena, v->count, sizeof *branches);
    if (step == NULL || branches == NULL)
        return;
    for (const struct yaml_value *b = v->child; b != NULL; b = b->next) {
        const struct flow_steps *steps = flow_read_steps(r, b, step);
        if (steps != NULL)
            branches[step->branch_count++] = (struct branch){NULL, steps, intent_place(r, b)};
    }
    step->branches = branches;
}

static void read_department(struct intent_reader *r, const struct yaml_value *v, struct flow_list *list)
{
    struct flow_step *step = flow_add_step(r, list, STEP_HANDOFF, v);
    if (step == NULL)
        return;
    intent_handoff(r, v, &step->department);
    if (step->department == NULL && !r->shaky)
        intent_complain(r, v, "a step “handoff: false” does nothing; leave it out");
}

static void read_goto(struct intent_reader *r, const struct yaml_value *v, struct flow_list *list)
{
    struct flow_step *step = flow_add_step(r, list, STEP_GOTO, v);
    if (v->kind != YAML_TEXT || !ident_valid(v->text, strlen(v->text))) {
        intent_complain(r, v, "“goto” must be the id of an intent");
        return;
    }
    const struct inner_link link = {r->lang, OPTION_INTENT, v->text, intent_place(r, v)};
    collect_link(r->collect, &link);
    if (step != NULL)
        step->target = v->text;
}

static void read_end(struct intent_reader *r, const struct yaml_value *v, struct flow_list *list)
{
    bool end = false;
    if (intent_switch(r, v, &end) && !end)
        intent_complain(r, v, "a step “end: false” does nothing; leave it out");
    flow_add_step(r, list, STEP_END, v);
}

const struct flow_action flow_actions[FLOW_ACTIONS] = {
    {"ask", read_ask, false, " buttons mood "},
    {"set", read_set, true, ""},
    {"call", read_call, true, ""},
    {"confirm", read_confirm, false, " buttons mood image card no "},
    {"random", read_random, false, ""},
    {"handoff", read_department, true, " note "},
    {"goto", read_goto, true, ""},
    {"end", read_end, true, ""},
};
