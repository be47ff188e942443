/* Steps, branches and lists of them: see flow.h. */
#include "content/flow_action.h"

#include <string.h>

enum { NOTE_BYTES = 2000 };

#define STEPS_KNOWN                                                                                                    \
    "a step is say, ask, set, if, else if, else, call, confirm, random, handoff, goto or end, with buttons, mood, "    \
    "image, card, note, no or then beside it"

/* --- what stands beside --------------------------------------------------------------------- */

static const struct {
    const char *key;
    void (*read)(struct intent_reader *, const struct yaml_value *, struct saying *);
} parts[] = {
    {"say", saying_texts},       {"image", saying_image}, {"card", saying_card},
    {"buttons", saying_buttons}, {"mood", saying_mood},
};
enum { PARTS = sizeof parts / sizeof *parts };

static bool is_listed(const char *list, const char *key)
{
    const char *at = strstr(list, key);
    size_t size = strlen(key);
    return at != NULL && at > list && at[-1] == ' ' && at[size] == ' ';
}

static bool is_branch_key(const char *key)
{
    return strcmp(key, "if") == 0 || strcmp(key, "else if") == 0 || strcmp(key, "else") == 0;
}

static const struct flow_action *find_action(struct intent_reader *r, const struct yaml_value *map)
{
    const struct flow_action *found = NULL;
    for (size_t i = 0; i < FLOW_ACTIONS; i++) {
        const struct yaml_value *v = yaml_find(map, flow_actions[i].key);
        if (v == NULL)
            continue;
        if (found != NULL)
            intent_complain_key(r, v, "“%s” and “%s” in one step; begin a line with “- ” for each", found->key,
                                flow_actions[i].key);
        found = found == NULL ? &flow_actions[i] : found;
    }
    return found;
}

/* Refuses keys that have no business in the step. */
static void check_keys(struct intent_reader *r, const struct yaml_value *map, const struct flow_action *action,
                       bool says)
{
    static const struct intent_key known[] = {{"say", NULL},     {"ask", NULL},     {"set", NULL},   {"if", NULL},
                                              {"else if", NULL}, {"else", NULL},    {"call", NULL},  {"confirm", NULL},
                                              {"random", NULL},  {"handoff", NULL}, {"goto", NULL},  {"end", NULL},
                                              {"buttons", NULL}, {"mood", NULL},    {"image", NULL}, {"card", NULL},
                                              {"note", NULL},    {"no", NULL},      {"then", NULL}};
    for (const struct yaml_value *v = map->child; v != NULL; v = v->next) {
        size_t k = 0;
        while (k < sizeof known / sizeof *known && strcmp(known[k].name, v->key) != 0)
            k++;
        bool part = false, is_action = false;
        for (size_t i = 0; i < PARTS; i++)
            part = part || strcmp(parts[i].key, v->key) == 0;
        for (size_t i = 0; i < FLOW_ACTIONS; i++)
            is_action = is_action || strcmp(flow_actions[i].key, v->key) == 0;
        if (k == sizeof known / sizeof *known)
            intent_refuse_key(r, v, known, k, STEPS_KNOWN);
        else if (is_branch_key(v->key) || is_action || (part && says) ||
                 (action != NULL && is_listed(action->beside, v->key)))
            continue;
        else if (strcmp(v->key, "say") == 0 && action != NULL)
            intent_complain_key(r, v, "“say” beside “%s”; make a step of its own of it%s", action->key,
                                strcmp(action->key, "ask") == 0 ? ", or write ask: {slot: …, say: \"…\"}" : "");
        else
            intent_complain_key(r, v, "“%s” has nothing to belong to in this step", v->key);
    }
}

/* What is said in the step, from the parts that are there. */
static void read_parts(struct intent_reader *r, const struct yaml_value *map, size_t first, struct saying *saying)
{
    for (size_t i = first; i < PARTS; i++) {
        const struct yaml_value *v = yaml_find(map, parts[i].key);
        if (v != NULL)
            parts[i].read(r, v, saying);
    }
}

static void read_beside(struct intent_reader *r, const struct yaml_value *map, struct flow_step *step)
{
    const struct yaml_value *note = yaml_find(map, "note"), *no = yaml_find(map, "no");
    if (step->kind == STEP_HANDOFF && note != NULL && intent_text(r, note, NOTE_BYTES)) {
        step->note = note->text;
        intent_note_template(r, note);
    }
    struct branch *branch =
        step->kind == STEP_CONFIRM && no != NULL ? arena_alloc(r->collect->arena, sizeof *branch) : NULL;
    if (branch == NULL)
        return;
    *branch = (struct branch){NULL, flow_read_steps(r, no, step), intent_place(r, no)};
    step->branches = branch;
    step->branch_count = branch->steps != NULL;
}

static void read_plain(struct intent_reader *r, const struct yaml_value *map, struct flow_list *list)
{
    const struct flow_action *action = find_action(r, map);
    bool heard = yaml_find(map, "say") != NULL || yaml_find(map, "image") != NULL || yaml_find(map, "card") != NULL;
    bool says = heard && (action == NULL || action->after_say);
    check_keys(r, map, action, says);
    if (action == NULL && !heard && !r->shaky)
        intent_complain(r, map, "a step that does nothing; " STEPS_KNOWN);
    if (says) {
        struct flow_step *step = flow_add_step(r, list, STEP_SAY, map);
        if (step != NULL)
            read_parts(r, map, 0, &step->saying);
    }
    if (action == NULL)
        return;
    const struct flow_step *before = list->last;
    action->read(r, yaml_find(map, action->key), list);
    if (list->last == before || list->last == NULL)
        return;
    if (!says)
        read_parts(r, map, 1, &list->last->saying);
    read_beside(r, map, list->last);
}

/* --- branches ------------------------------------------------------------------------------- */

static const char *branch_key(const struct yaml_value *v)
{
    for (const struct yaml_value *k = v->kind == YAML_MAP ? v->child : NULL; k != NULL; k = k->next)
        if (is_branch_key(k->key))
            return k->key;
    return NULL;
}

static bool is_empty(const struct yaml_value *v)
{
    return v->kind == YAML_TEXT && v->text[0] == '\0' && !v->quoted;
}

static const struct flow_steps *read_list(struct intent_reader *, const struct yaml_value *, struct flow_step *parent,
                                          bool beside_branch);

/* The steps beside or below `if`, `else if` and `else`. */
static const struct flow_steps *branch_steps(struct intent_reader *r, const struct yaml_value *v, const char *key,
                                             struct flow_step *choose)
{
    const struct yaml_value *condition = yaml_find(v, key), *then = yaml_find(v, "then");
    const struct yaml_value *steps = then;
    if (strcmp(key, "else") == 0 && !is_empty(condition))
        steps = condition;
    if (steps == NULL)
        return read_list(r, v, choose, true);
    for (const struct yaml_value *k = v->child; k != NULL; k = k->next)
        if (k != condition && k != then)
            intent_complain_key(r, k, "“%.60s” beside “%s”; put it among those steps", k->key, steps->key);
    return flow_read_steps(r, steps, choose);
}

static void read_branch(struct intent_reader *r, const struct yaml_value *v, const char *key, struct flow_step *choose,
                        struct branch *branches)
{
    const struct yaml_value *condition = yaml_find(v, key);
    struct branch *branch = &branches[choose->branch_count];
    bool last = choose->branch_count > 0 && branch[-1].when == NULL;
    *branch = (struct branch){.place = intent_place(r, v)};
    if (last)
        intent_complain(r, v, "“%s” behind “else” is never reached; put “else” last", key);
    if (strcmp(key, "else") != 0) {
        if (!intent_text(r, condition, EXPRESSION_BYTES))
            return;
        branch->when = intent_expression(r, condition, 0);
        if (branch->when == NULL)
            return;
    }
    branch->steps = branch_steps(r, v, key, choose);
    choose->branch_count += branch->steps != NULL;
}

/* An `if` and what follows it of `else if` and `else`; returns the last of them. */
static const struct yaml_value *read_choose(struct intent_reader *r, const struct yaml_value *v, struct flow_list *list)
{
    size_t room = 1;
    for (const struct yaml_value *n = list->lone ? NULL : v->next; n != NULL; n = n->next, room++) {
        const char *key = branch_key(n);
        if (key == NULL || strcmp(key, "if") == 0)
            break;
    }
    struct flow_step *choose = flow_add_step(r, list, STEP_CHOOSE, v);
    struct branch *branches = arena_array(r->collect->arena, room, sizeof *branches);
    for (size_t i = 0; i < room; i++, v = i < room ? v->next : v)
        if (choose != NULL && branches != NULL)
            read_branch(r, v, branch_key(v), choose, branches);
    if (choose != NULL)
        choose->branches = branches;
    return v;
}

/* --- lists ---------------------------------------------------------------------------------- */

/* `- end` and `- handoff` need nothing behind them. */
static void read_word(struct intent_reader *r, const struct yaml_value *v, struct flow_list *list)
{
    bool end = strcmp(v->text, "end") == 0, handoff = strcmp(v->text, "handoff") == 0;
    struct flow_step *step = end || handoff ? flow_add_step(r, list, end ? STEP_END : STEP_HANDOFF, v) : NULL;
    if (!end && !handoff)
        intent_complain(r, v, "“%.60s” is no step; " STEPS_KNOWN, v->text);
    if (step == NULL || end)
        return;
    step->department = "";
}

static const struct yaml_value *read_step(struct intent_reader *r, const struct yaml_value *v, struct flow_list *list)
{
    const char *key = branch_key(v);
    if (v->kind == YAML_TEXT)
        read_word(r, v, list);
    else if (v->kind == YAML_LIST)
        intent_complain(r, v, "a list where a step must stand; a step is written “- say: …”");
    else if (key == NULL)
        read_plain(r, v, list);
    else if (strcmp(key, "if") == 0)
        return read_choose(r, v, list);
    else
        intent_complain(r, v, "“%s” without an “if” right before it", key);
    return v;
}

/* `beside_branch`: a map that is one step beside its own `if` or `else`, which has been read. */
static const struct flow_steps *read_list(struct intent_reader *r, const struct yaml_value *v, struct flow_step *parent,
                                          bool beside_branch)
{
    struct flow_steps *steps = arena_alloc(r->collect->arena, sizeof *steps);
    if (v->kind == YAML_TEXT || (v->kind == YAML_LIST && v->count == 0)) {
        intent_complain(r, v, "steps must stand here: a list, each beginning with “- ”");
        return NULL;
    }
    if (steps == NULL || r->depth >= FLOW_DEPTH_MAX) {
        intent_complain(r, v, "more than %d lists of steps in one another; go on in another intent by “goto”",
                        FLOW_DEPTH_MAX);
        return NULL;
    }
    struct flow_list list = {.tail = &steps->first, .parent = parent, .lone = v->kind == YAML_MAP};
    r->depth++;
    if (beside_branch)
        read_plain(r, v, &list);
    else if (v->kind == YAML_MAP)
        read_step(r, v, &list);
    else
        for (const struct yaml_value *s = v->child; s != NULL; s = s->next)
            s = read_step(r, s, &list);
    r->depth--;
    return steps->first != NULL ? steps : NULL;
}

const struct flow_steps *flow_read_steps(struct intent_reader *r, const struct yaml_value *v, struct flow_step *parent)
{
    return read_list(r, v, parent, false);
}
