/* Values of an intent's file, one by one: see intent_reader.h. */
#include "content/intent_reader.h"

#include "content/gesture.h"
#include "content/ident.h"
#include "content/suggest.h"
#include "content/variable.h"

#include <stdlib.h>
#include <string.h>

static void complain_at(struct intent_reader *r, int line, int column, const char *format, va_list values)
{
    const char *message = arena_vprintf(r->collect->arena, format, values);
    r->shaky = true;
    problem_add(r->collect->problems, SEVERITY_ERROR, r->file, line, column, "%s",
                message != NULL ? message : "memory is short");
}

void intent_complain(struct intent_reader *r, const struct yaml_value *v, const char *format, ...)
{
    va_list values;
    va_start(values, format);
    complain_at(r, v->line, v->column, format, values);
    va_end(values);
}

void intent_complain_key(struct intent_reader *r, const struct yaml_value *v, const char *format, ...)
{
    va_list values;
    va_start(values, format);
    complain_at(r, v->key != NULL ? v->key_line : v->line, v->key != NULL ? v->key_column : v->column, format, values);
    va_end(values);
}

bool intent_text(struct intent_reader *r, const struct yaml_value *v, size_t most)
{
    if (v->kind != YAML_TEXT || v->text[0] == '\0')
        intent_complain(r, v, "a text must stand here");
    else if (strlen(v->text) > most)
        intent_complain(r, v, "a text that is too long");
    else if (yaml_text_uncut(r->file, v, r->collect->problems))
        return true;
    r->shaky = true;
    return false;
}

bool intent_number(struct intent_reader *r, const struct yaml_value *v, int low, int high, int *ret)
{
    char *end = NULL;
    long n = v->kind == YAML_TEXT && v->text[0] != '\0' && strlen(v->text) < 10 ? strtol(v->text, &end, 10) : low - 1L;
    if (end == NULL || *end != '\0' || n < low || n > high) {
        intent_complain(r, v, "a whole number from %d to %d must stand here", low, high);
        return false;
    }
    *ret = (int)n;
    return true;
}

bool intent_switch(struct intent_reader *r, const struct yaml_value *v, bool *ret)
{
    bool yes = v->kind == YAML_TEXT && !v->quoted && strcmp(v->text, "true") == 0;
    if (!yes && (v->kind != YAML_TEXT || v->quoted || strcmp(v->text, "false") != 0)) {
        intent_complain(r, v, "true or false must stand here, without quotes");
        return false;
    }
    *ret = yes;
    return true;
}

struct place intent_place(const struct intent_reader *r, const struct yaml_value *v)
{
    return (struct place){r->file, v->line, v->column};
}

int intent_column(const struct yaml_value *v)
{
    return v->column + (v->quoted && !v->literal);
}

void intent_note_name(struct intent_reader *r, enum name_use use, const char *name, struct place place)
{
    const struct used_name n = {r->flow, r->lang, name, use, place};
    if (name != NULL)
        collect_name(r->collect, &n);
}

/* Where the byte `at` of a text stands; where its lines are not those of the file, where the text begins. */
static struct place place_in(const struct intent_reader *r, const struct yaml_value *v, size_t at)
{
    struct place p = intent_place(r, v);
    if (strchr(v->text, '\n') != NULL || v->literal)
        return p;
    p.column = intent_column(v);
    for (size_t i = 0; i < at; i++)
        p.column += ((unsigned char)v->text[i] & 0xC0) != 0x80;
    return p;
}

static void note_names(struct intent_reader *r, const struct yaml_value *v, bool gestures)
{
    const char *name, *at = v->text, *brace;
    size_t size;
    while ((brace = variable_next(&at, &name, &size)) != NULL)
        if (!gestures || gesture_named(name, size) == NULL)
            intent_note_name(r, NAME_READ, arena_strndup(r->collect->arena, name, size),
                             place_in(r, v, (size_t)(name - v->text)));
}

void intent_note_template(struct intent_reader *r, const struct yaml_value *v)
{
    note_names(r, v, false);
}

void intent_note_said(struct intent_reader *r, const struct yaml_value *v)
{
    note_names(r, v, true);
}

struct noting {
    struct intent_reader *reader;
    const struct yaml_value *value;
};

/* At the first place where the name stands. */
static void note_one(void *context, const char *name)
{
    const struct noting *n = context;
    const char *at = n->value->text, *found = NULL;
    for (size_t size; found == NULL && *at != '\0'; at += size > 0 ? size : 1) {
        size = variable_size(at);
        found = size == strlen(name) && memcmp(at, name, size) == 0 ? at : NULL;
    }
    size_t offset = found != NULL ? (size_t)(found - n->value->text) : 0;
    intent_note_name(n->reader, NAME_READ, name, place_in(n->reader, n->value, offset));
}

const struct expression *intent_expression(struct intent_reader *r, const struct yaml_value *v, size_t skip)
{
    struct place p = place_in(r, v, skip);
    const struct expression *e =
        expression_read(r->collect->arena, r->file, p.line, p.column, v->text + skip, r->collect->problems);
    if (e == NULL)
        r->shaky = true;
    else
        expression_names(e, note_one, &(struct noting){r, v});
    return e;
}

void intent_refuse_key(struct intent_reader *r, const struct yaml_value *v, const struct intent_key *keys, size_t count,
                       const char *what)
{
    r->shaky = true;
    if (yaml_is_secret(r->file, v, r->collect->problems))
        return;
    struct suggest near = suggest_start(v->key);
    for (size_t k = 0; k < count; k++)
        suggest_offer(&near, keys[k].name);
    intent_complain_key(r, v, "unknown key “%.60s”; %s%s", v->key, what, suggest_phrase(&near, r->collect->arena));
}

void intent_keys(struct intent_reader *r, const struct yaml_value *map, const struct intent_key *keys, size_t count,
                 void *into, const char *what)
{
    for (const struct yaml_value *v = map->child; v != NULL; v = v->next) {
        size_t k = 0;
        while (k < count && strcmp(keys[k].name, v->key) != 0)
            k++;
        if (k == count)
            intent_refuse_key(r, v, keys, count, what);
    }
    for (size_t k = 0; k < count; k++) {
        const struct yaml_value *v = yaml_find(map, keys[k].name);
        if (v != NULL)
            keys[k].read(r, v, into);
    }
}

void intent_handoff(struct intent_reader *r, const struct yaml_value *v, const char **ret)
{
    bool yes = v->kind == YAML_TEXT && !v->quoted && strcmp(v->text, "true") == 0;
    bool no = v->kind == YAML_TEXT && !v->quoted && strcmp(v->text, "false") == 0;
    if (no)
        return;
    if (!yes && (v->kind != YAML_TEXT || !ident_valid(v->text, strlen(v->text)))) {
        intent_complain(r, v, "“handoff” must be the id of a department, or true for the default one");
        return;
    }
    *ret = yes ? "" : v->text;
    const struct inner_link link = {r->lang, OPTION_AGENT, *ret, intent_place(r, v)};
    collect_link(r->collect, &link);
}

void intent_patterns(struct intent_reader *r, const struct yaml_value *v)
{
    if (v->kind != YAML_LIST || v->count == 0 || v->count > FLOW_PATTERNS_MAX) {
        intent_complain(r, v, "“patterns” must be a list of 1 to %d texts", FLOW_PATTERNS_MAX);
        return;
    }
    const struct pattern_node **list = arena_array(r->collect->arena, v->count, sizeof *list);
    struct place *places = arena_array(r->collect->arena, v->count, sizeof *places);
    if (list == NULL || places == NULL)
        return;
    struct flow *flow = r->flow;
    for (const struct yaml_value *p = v->child; p != NULL; p = p->next) {
        if (!intent_text(r, p, SITE_TEXT_BYTES))
            continue;
        list[flow->pattern_count] =
            pattern_read(r->collect->arena, r->file, p->line, intent_column(p), p->text, r->collect->problems);
        if (list[flow->pattern_count] == NULL)
            r->shaky = true;
        else
            places[flow->pattern_count++] = intent_place(r, p);
    }
    flow->patterns = list;
    flow->pattern_places = places;
}
