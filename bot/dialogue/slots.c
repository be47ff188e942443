/* The values that a flow collects: see slots.h. */
#include "dialogue/slots.h"

#include "text/fold.h"
#include "text/stem.h"
#include "text/token.h"

#include <string.h>

enum { FOUND_MOST = 8 };

struct entity_now flow_now(const struct heard_time *t)
{
    return (struct entity_now){t->year, t->month, t->day, t->hour, t->minute};
}

/* --- values ------------------------------------------------------------------------------------- */

static const char *slot_key(const struct run *r, int slot)
{
    return arena_printf(r->step->arena, TALK_SLOT_PREFIX "%s", r->flow->slots[slot].name);
}

const char *slots_value(const struct run *r, int slot)
{
    const char *key = slot_key(r, slot);
    return key != NULL ? talk_get(r->talk, key) : NULL;
}

void slots_keep(struct run *r, const char *name, const char *value)
{
    struct step *s = r->step;
    size_t i = 0;
    while (i < s->keep_count && strcmp(s->keeps[i].name, name) != 0)
        i++;
    if (i == STEP_KEEPS_MAX)
        return;
    s->keeps[i] = (struct variable){name, value};
    s->keep_count += i == s->keep_count;
    /* A variable of this name must not hide the new value. */
    if (talk_get(r->talk, name) != NULL)
        talk_set(r->talk, name, value);
}

int slots_set(struct run *r, int slot, const char *value)
{
    const struct slot *wanted = &r->flow->slots[slot];
    const char *key = slot_key(r, slot);
    if (key == NULL || arena_failed(r->step->arena) || talk_set(r->talk, key, value) < 0)
        return -1;
    const char *name =
        wanted->visitor && value != NULL ? arena_printf(r->step->arena, "visitor.%s", wanted->name) : NULL;
    if (name != NULL)
        slots_keep(r, name, value);
    return 0;
}

enum entity_outcome slots_read(const struct run *r, int slot, const char *text, struct entity_found *ret,
                               const char **ret_why)
{
    const struct entity *reader = view_slot(r->step->view, r->entry, slot);
    struct entity_now now = flow_now(&r->step->heard->now);
    *ret_why = NULL;
    return reader != NULL ? entity_read(reader, text, &now, r->step->arena, ret, ret_why) : ENTITY_NONE;
}

/* --- from a sentence ---------------------------------------------------------------------------- */

/* The most telling kinds first: a number is also part of a date, a date of a moment. */
static const enum slot_type by_evidence[] = {SLOT_EMAIL, SLOT_REGEX, SLOT_PHONE,  SLOT_MOMENT, SLOT_DATE,
                                             SLOT_TIME,  SLOT_MONEY, SLOT_CHOICE, SLOT_NUMBER};

static bool is_taken(const struct taken *t, const struct entity_found *f)
{
    for (size_t i = 0; i < t->count; i++)
        if (f->at < t->end[i] && t->at[i] < f->at + f->size)
            return true;
    return false;
}

void slots_take(struct taken *t, size_t at, size_t size)
{
    if (t->count == FLOW_SLOTS_MAX)
        return;
    t->at[t->count] = at;
    t->end[t->count++] = at + size;
}

/* The first value in the text that is still free; returns how many there are. */
static size_t find_value(const struct run *r, int slot, const char *text, const struct taken *taken,
                         struct entity_found *ret)
{
    struct entity_found found[FOUND_MOST];
    struct entity_now now = flow_now(&r->step->heard->now);
    const struct entity *reader = view_slot(r->step->view, r->entry, slot);
    size_t count = reader != NULL ? entity_find(reader, text, &now, r->step->arena, found, FOUND_MOST) : 0, free = 0;
    for (size_t i = 0; i < count; i++) {
        if (is_taken(taken, &found[i]))
            continue;
        if (free++ == 0)
            *ret = found[i];
    }
    return free;
}

/* One slot, if it is empty (or with `again` full). Returns whether it has another value now. */
static bool fill_one(struct run *r, int slot, const char *text, struct taken *taken, bool again)
{
    struct entity_found found;
    const char *value = slots_value(r, slot);
    if ((value != NULL) != again || find_value(r, slot, text, taken, &found) == 0)
        return false;
    slots_take(taken, found.at, found.size);
    return (value == NULL || strcmp(value, found.value) != 0) && slots_set(r, slot, found.value) == 0;
}

/* All slots of a type. One value alone that is told anew is meant for the last of them that was filled. */
static int fill_type(struct run *r, enum slot_type type, const char *text, struct taken *taken, bool again)
{
    struct entity_found found;
    size_t count = r->flow->slot_count;
    bool backwards = false, asked = false;
    int filled = 0;
    for (size_t k = 0; k < count; k++) {
        size_t i = backwards ? count - 1 - k : k;
        if (r->flow->slots[i].type != type)
            continue;
        if (again && !asked && find_value(r, (int)i, text, taken, &found) == 1) {
            asked = backwards = true;
            k = (size_t)-1;
            continue;
        }
        asked = true;
        filled += fill_one(r, (int)i, text, taken, again);
    }
    return filled;
}

int slots_fill(struct run *r, const char *text, struct taken *taken, bool again)
{
    int named = again ? slots_named(r, text) : -1, filled = 0;
    if (named >= 0)
        filled += fill_one(r, named, text, taken, true);
    for (size_t k = 0; k < sizeof by_evidence / sizeof *by_evidence; k++)
        filled += fill_type(r, by_evidence[k], text, taken, again);
    return filled;
}

void slots_fill_from_story(struct run *r, const char *text)
{
    struct taken taken = {.count = 0};
    for (size_t k = 0; k < sizeof by_evidence / sizeof *by_evidence && by_evidence[k] != SLOT_TIME; k++)
        fill_type(r, by_evidence[k], text, &taken, false);
}

/* The first value of a kind in the text, NULL = none. */
static const char *value_of_kind(const struct run *r, enum entity_type type, const char *text, struct taken *taken)
{
    const struct entity_spec spec = {.type = type, .future = type == ENTITY_DATE};
    char why[ENTITY_WHY_BYTES];
    struct entity *reader = entity_new(&spec, r->step->lang, why);
    struct entity_now now = flow_now(&r->step->heard->now);
    struct entity_found found;
    const char *value = NULL;
    if (reader != NULL && entity_find(reader, text, &now, r->step->arena, &found, 1) == 1 && !is_taken(taken, &found)) {
        value = arena_strdup(r->step->arena, found.value);
        slots_take(taken, found.at, found.size);
    }
    entity_free(reader);
    return value;
}

int slots_correct_moments(struct run *r, const char *text, struct taken *taken)
{
    int changed = 0;
    for (size_t i = 0; i < r->flow->slot_count; i++) {
        const char *told = r->flow->slots[i].type == SLOT_MOMENT ? slots_value(r, (int)i) : NULL;
        const char *hour = told != NULL ? strchr(told, 'T') : NULL;
        const char *time = hour != NULL ? value_of_kind(r, ENTITY_TIME, text, taken) : NULL;
        const char *date = hour != NULL ? value_of_kind(r, ENTITY_DATE, text, taken) : NULL;
        if (time == NULL && date == NULL)
            continue;
        const char *value =
            arena_printf(r->step->arena, "%.*sT%s", date != NULL ? (int)strlen(date) : (int)(hour - told),
                         date != NULL ? date : told, time != NULL ? time : hour + 1);
        changed += value != NULL && strcmp(value, told) != 0 && slots_set(r, (int)i, value) == 0;
    }
    return changed;
}

/* --- at the beginning --------------------------------------------------------------------------- */

/* Choices and expressions may have changed since the value was given. */
static const char *still_fits(const struct run *r, int slot, const char *value)
{
    enum slot_type type = r->flow->slots[slot].type;
    struct entity_found found;
    const char *why;
    if (type != SLOT_CHOICE && type != SLOT_REGEX)
        return value;
    return slots_read(r, slot, value, &found, &why) == ENTITY_FOUND ? found.value : NULL;
}

/* Slots of an earlier flow stay where the new one has the same; all others go. */
static void hand_on(struct run *r, const struct flow *from)
{
    struct talk *t = r->talk;
    const size_t prefix = strlen(TALK_SLOT_PREFIX);
    for (size_t i = t->variable_count; i-- > 0;) {
        const char *name = t->variables[i].name, *value = t->variables[i].value;
        if (strncmp(name, TALK_SLOT_PREFIX, prefix) != 0)
            continue;
        int old = from != NULL ? flow_slot(from, name + prefix) : -1, now = flow_slot(r->flow, name + prefix);
        bool same = old >= 0 && now >= 0 && from->slots[old].type == r->flow->slots[now].type;
        talk_set(t, name, same ? still_fits(r, now, value) : NULL);
    }
}

static int take_captures(struct run *r, const char *text, const struct match *match, struct taken *taken)
{
    for (size_t i = 0; i < match->count; i++) {
        const struct match_capture *c = &match->captures[i];
        int slot = flow_slot(r->flow, c->slot);
        const char *words = arena_strndup(r->step->arena, text + c->at, c->size), *why = NULL;
        struct entity_found found;
        if (words == NULL)
            return -1;
        if (slot < 0 || slots_read(r, slot, words, &found, &why) != ENTITY_FOUND)
            continue;
        slots_set(r, slot, found.value);
        slots_take(taken, c->at + found.at, found.size);
    }
    return 0;
}

/* What the visitor told in an earlier conversation. */
static void take_known(struct run *r)
{
    for (size_t i = 0; i < r->flow->slot_count; i++) {
        const struct slot *slot = &r->flow->slots[i];
        const char *name = slot->visitor ? arena_printf(r->step->arena, "visitor.%s", slot->name) : NULL;
        const char *known = name != NULL ? names_value(&r->names, name) : NULL;
        const char *key = slot_key(r, (int)i);
        if (known != NULL && known[0] != '\0' && key != NULL && slots_value(r, (int)i) == NULL)
            talk_set(r->talk, key, still_fits(r, (int)i, known));
    }
}

int slots_begin(struct run *r, const struct flow *from, const char *text, const struct match *match)
{
    struct taken taken = {.count = 0};
    hand_on(r, from);
    if (match != NULL && take_captures(r, text, match, &taken) < 0)
        return -1;
    if (text != NULL)
        slots_fill(r, text, &taken, false);
    take_known(r);
    return arena_failed(r->step->arena) ? -1 : 0;
}

/* --- by name ------------------------------------------------------------------------------------ */

/* Whether a text has a word of the same stem. */
static bool mentions(const char *lang, const char *text, const char *word)
{
    char wanted[TOKEN_BYTES + 1], stem[TOKEN_BYTES + 1];
    struct token_reader words = token_reader(word, strlen(word)), reader = token_reader(text, strlen(text));
    struct token t;
    if (!token_next(&words, &t))
        return false;
    stem_word(lang, t.word, t.length, wanted, sizeof wanted);
    while (token_next(&reader, &t)) {
        stem_word(lang, t.word, t.length, stem, sizeof stem);
        if (strcmp(stem, wanted) == 0)
            return true;
    }
    return false;
}

int slots_named(const struct run *r, const char *text)
{
    for (size_t i = 0; i < r->flow->slot_count; i++)
        if (r->flow->slots[i].ask.say_count > 0 && slots_value(r, (int)i) != NULL &&
            mentions(r->step->lang, text, r->flow->slots[i].name))
            return (int)i;
    return -1;
}
