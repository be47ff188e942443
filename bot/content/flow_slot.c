/* Slots: see flow.h. */
#include "content/blind.h"
#include "content/expression.h"
#include "content/gesture.h"
#include "content/ident.h"
#include "content/intent_reader.h"
#include "content/suggest.h"
#include "content/variable.h"

#include <stdlib.h>
#include <string.h>

enum { VALUE_BYTES = 200, MATCH_BYTES = 1000, SYNONYMS_MAX = 50, TRIES_DEFAULT = 3 };

static const char *const types[SLOT_TYPES] = {
    [SLOT_TEXT] = "text",     [SLOT_NUMBER] = "number", [SLOT_DATE] = "date",    [SLOT_TIME] = "time",
    [SLOT_MOMENT] = "moment", [SLOT_MONEY] = "money",   [SLOT_EMAIL] = "email",  [SLOT_PHONE] = "phone",
    [SLOT_REGEX] = "regex",   [SLOT_CHOICE] = "choice", [SLOT_YES_NO] = "yes_no"};

const char *slot_type_name(enum slot_type type)
{
    return types[type];
}

static void read_type(struct intent_reader *r, const struct yaml_value *v, void *into)
{
    struct slot *slot = into;
    const char *text = v->kind == YAML_TEXT ? v->text : "";
    struct suggest near = suggest_start(text);
    for (int t = 0; t < SLOT_TYPES; t++) {
        suggest_offer(&near, types[t]);
        if (strcmp(types[t], text) == 0) {
            slot->type = (enum slot_type)t;
            return;
        }
    }
    intent_complain(r, v,
                    "“type” must be one of text, number, date, time, moment, money, email, phone, regex, choice, "
                    "yes_no%s",
                    suggest_phrase(&near, r->collect->arena));
}

static void read_match(struct intent_reader *r, const struct yaml_value *v, void *into)
{
    struct slot *slot = into;
    if (!intent_text(r, v, MATCH_BYTES))
        return;
    slot->match = v->text;
    if (slot->type != SLOT_REGEX)
        intent_complain_key(r, v, "“match” is for slots of the type regex; write “type: regex” or leave it out");
}

/* --- choices ------------------------------------------------------------------------------- */

static void read_synonyms(struct intent_reader *r, const struct yaml_value *v, void *into)
{
    struct slot_choice *choice = into;
    if (v->kind != YAML_LIST || v->count > SYNONYMS_MAX) {
        intent_complain(r, v, "“synonyms” must be a list of at most %d texts", SYNONYMS_MAX);
        return;
    }
    const char **list = arena_array(r->collect->arena, v->count, sizeof *list);
    for (const struct yaml_value *s = v->child; s != NULL && list != NULL; s = s->next)
        if (intent_text(r, s, VALUE_BYTES))
            list[choice->synonym_count++] = s->text;
    choice->synonyms = list;
}

static void read_choice_title(struct intent_reader *r, const struct yaml_value *v, void *into)
{
    struct slot_choice *choice = into;
    if (intent_text(r, v, VALUE_BYTES))
        choice->title = v->text;
}

/* `value: title`, `value: {title, synonyms}`, or in a list the value alone. */
static struct slot_choice read_choice(struct intent_reader *r, const struct yaml_value *v)
{
    static const struct intent_key keys[] = {{"title", read_choice_title}, {"synonyms", read_synonyms}};
    struct slot_choice choice = {.value = v->key};
    if (v->key == NULL) {
        read_choice_title(r, v, &choice);
        choice.value = choice.title;
        return choice;
    }
    if (v->kind == YAML_MAP)
        intent_keys(r, v, keys, 2, &choice, "a choice has title and synonyms");
    else
        read_choice_title(r, v, &choice);
    if (strlen(v->key) > VALUE_BYTES || v->key[0] == '\0')
        intent_complain_key(r, v, "a choice's value must be a text of at most %d bytes", VALUE_BYTES);
    if (choice.title == NULL)
        choice.title = choice.value;
    return choice;
}

static void read_choices(struct intent_reader *r, const struct yaml_value *v, void *into)
{
    struct slot *slot = into;
    if (slot->type != SLOT_CHOICE)
        intent_complain_key(r, v, "“choices” is for slots of the type choice; write “type: choice” or leave it out");
    if (v->kind == YAML_TEXT || v->count < 1 || v->count > FLOW_CHOICES_MAX) {
        intent_complain(r, v, "“choices” must be a map of 1 to %d choices, value: title", FLOW_CHOICES_MAX);
        return;
    }
    struct slot_choice *list = arena_array(r->collect->arena, v->count, sizeof *list);
    for (const struct yaml_value *c = v->child; c != NULL && list != NULL; c = c->next) {
        list[slot->choice_count] = read_choice(r, c);
        const char *value = list[slot->choice_count].value;
        for (size_t i = 0; i < slot->choice_count && value != NULL; i++)
            if (blind_compare(list[i].value, value) == 0)
                intent_complain_key(r, c, "the choice “%.60s” is given twice; keep one", value);
        slot->choice_count += value != NULL;
    }
    slot->choices = list;
}

/* --- ranges -------------------------------------------------------------------------------- */

/* A number as editors write it: 12, -3, 12.5. */
static bool read_bound(struct intent_reader *r, const struct yaml_value *v, const struct slot *slot, double *ret)
{
    bool fits = slot->type == SLOT_NUMBER || slot->type == SLOT_MONEY || slot->type == SLOT_TEXT;
    if (!fits) {
        intent_complain_key(r, v, "“%s” is for numbers, money and texts; leave it out", v->key);
        return false;
    }
    const char *text = v->kind == YAML_TEXT ? v->text : "";
    size_t size = strspn(text, "0123456789.-");
    char *end = NULL;
    double number = size > 0 && size < 20 && text[size] == '\0' ? strtod(text, &end) : 0;
    if (end == NULL || *end != '\0' || (slot->type == SLOT_TEXT && (number < 0 || number > SITE_TEXT_BYTES))) {
        intent_complain(r, v,
                        slot->type == SLOT_TEXT ? "a number of letters must stand here, at most 4096"
                                                : "a number must stand here, such as 10 or 2.5");
        return false;
    }
    *ret = number;
    return true;
}

static void read_least(struct intent_reader *r, const struct yaml_value *v, void *into)
{
    struct slot *slot = into;
    slot->has_least = read_bound(r, v, slot, &slot->least);
}

static void read_most(struct intent_reader *r, const struct yaml_value *v, void *into)
{
    struct slot *slot = into;
    slot->has_most = read_bound(r, v, slot, &slot->most);
    if (slot->has_least && slot->has_most && slot->least > slot->most)
        intent_complain(r, v, "“max” is less than “min”");
}

static void read_when(struct intent_reader *r, const struct yaml_value *v, void *into)
{
    static const char *const names[] = {"past", "any", "future"};
    struct slot *slot = into;
    if (slot->type != SLOT_DATE && slot->type != SLOT_MOMENT)
        intent_complain_key(r, v, "“when” is for dates and moments; leave it out");
    for (int i = 0; i < 3; i++)
        if (v->kind == YAML_TEXT && strcmp(names[i], v->text) == 0) {
            slot->when = i - 1;
            return;
        }
    intent_complain(r, v, "“when” must be future, past or any");
}

/* --- asking -------------------------------------------------------------------------------- */

static void read_ask(struct intent_reader *r, const struct yaml_value *v, void *into)
{
    saying_texts(r, v, &((struct slot *)into)->ask);
}

static void read_buttons(struct intent_reader *r, const struct yaml_value *v, void *into)
{
    saying_buttons(r, v, &((struct slot *)into)->ask);
}

static void read_retry(struct intent_reader *r, const struct yaml_value *v, void *into)
{
    saying_texts(r, v, &((struct slot *)into)->retry);
}

static void read_tries(struct intent_reader *r, const struct yaml_value *v, void *into)
{
    intent_number(r, v, 1, FLOW_TRIES_MAX, &((struct slot *)into)->tries);
}

static void read_visitor(struct intent_reader *r, const struct yaml_value *v, void *into)
{
    intent_switch(r, v, &((struct slot *)into)->visitor);
}

/* `agent`, `agent:DEPARTMENT`, `cancel`, or steps. */
static void read_otherwise(struct intent_reader *r, const struct yaml_value *v, void *into)
{
    struct slot *slot = into;
    if (v->kind != YAML_TEXT) {
        slot->otherwise = flow_read_steps(r, v, NULL);
        return;
    }
    bool cancel = strcmp(v->text, "cancel") == 0, agent = strncmp(v->text, "agent", 5) == 0;
    const char *department = !agent ? "" : v->text[5] == ':' ? v->text + 6 : v->text + 5;
    bool named = agent && department[0] != '\0';
    if ((!cancel && !agent) || (agent && strchr(":", v->text[5]) == NULL) ||
        (named && !ident_valid(department, strlen(department)))) {
        intent_complain(r, v, "“else” must be agent, agent:DEPARTMENT, cancel, or a list of steps");
        return;
    }
    struct flow_step *step = flow_new_step(r, cancel ? STEP_END : STEP_HANDOFF, v, NULL);
    struct flow_steps *steps = arena_alloc(r->collect->arena, sizeof *steps);
    if (step == NULL || steps == NULL)
        return;
    step->cancelled = cancel;
    step->department = cancel ? NULL : department;
    steps->first = step;
    slot->otherwise = steps;
    const struct inner_link link = {r->lang, OPTION_AGENT, department, intent_place(r, v)};
    if (agent)
        collect_link(r->collect, &link);
}

/* --- the whole ----------------------------------------------------------------------------- */

/* `type` comes first: the others look at it. */
static const struct intent_key keys[] = {
    {"type", read_type},   {"match", read_match}, {"choices", read_choices}, {"min", read_least},
    {"max", read_most},    {"when", read_when},   {"ask", read_ask},         {"buttons", read_buttons},
    {"retry", read_retry}, {"tries", read_tries}, {"else", read_otherwise},  {"visitor", read_visitor},
};

static bool good_name(struct intent_reader *r, const struct yaml_value *v)
{
    const char *fault = NULL;
    if (!variable_is_plain(v->key) || strlen(v->key) > FLOW_NAME_BYTES)
        fault = "is no name for a slot: letters, digits, “_” and “-”, beginning with a letter";
    else if (expression_is_word(v->key))
        fault = "is a word of the conditions; choose another name";
    else if (variable_is_built_in(v->key) || strcmp(v->key, "now") == 0 || strcmp(v->key, "visitor") == 0)
        fault = "is the name of something built in; choose another";
    else if (gesture_named(v->key, strlen(v->key)) != NULL)
        fault = "is a gesture of the assistant (“{name}” in what it says); choose another name";
    if (fault != NULL)
        intent_complain_key(r, v, "“%.60s” %s", v->key, fault);
    return fault == NULL;
}

static void read_slot(struct intent_reader *r, const struct yaml_value *v, struct slot *slot)
{
    if (v->kind != YAML_MAP) {
        intent_complain(r, v, "a slot is written {type: text, ask: \"…\"}");
        return;
    }
    intent_keys(r, v, keys, sizeof keys / sizeof *keys, slot,
                "a slot has type, match, choices, min, max, when, ask, buttons, retry, tries, else and visitor");
    if (slot->type == SLOT_REGEX && yaml_find(v, "match") == NULL)
        intent_complain(r, v, "a slot of the type regex needs “match”, the expression that its values follow");
    if (slot->type == SLOT_CHOICE && yaml_find(v, "choices") == NULL)
        intent_complain(r, v, "a slot of the type choice needs “choices”, a map value: title");
    if (slot->ask.say_count == 0 && slot->ask.option_count > 0)
        intent_complain_key(r, yaml_find(v, "buttons"), "buttons stand under a question; give the slot “ask”");
}

void flow_read_slots(struct intent_reader *r, const struct yaml_value *v)
{
    if (v->kind != YAML_MAP || v->count > FLOW_SLOTS_MAX) {
        intent_complain(r, v, "“slots” must be a map of at most %d slots, name: {type: …}", FLOW_SLOTS_MAX);
        return;
    }
    struct slot *list = arena_array(r->collect->arena, v->count + 1, sizeof *list);
    size_t count = 0;
    if (list == NULL)
        return;
    /* All names first: the steps of one slot may ask for another. */
    for (const struct yaml_value *s = v->child; s != NULL; s = s->next)
        if (good_name(r, s))
            list[count++] =
                (struct slot){.name = s->key, .place = {r->file, s->key_line, s->key_column}, .tries = TRIES_DEFAULT};
    r->flow->slots = list;
    r->flow->slot_count = count;
    count = 0;
    for (const struct yaml_value *s = v->child; s != NULL; s = s->next)
        if (count < r->flow->slot_count && list[count].name == s->key)
            read_slot(r, s, &list[count++]);
}
