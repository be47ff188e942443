/* A tree from libyaml's events: see yaml.h. */
#include "content/yaml.h"

#include "base/map.h"
#include "content/lines.h"

#include <ctype.h>
#include <string.h>
#include <yaml.h>

struct builder {
    struct arena *arena;
    struct problems *problems;
    const char *file;
    int first_line;
    yaml_parser_t parser;
    struct span rest; /* source lines behind `line_text`, for finding comments */
    struct span line_text;
    size_t line_number; /* of line_text, from 0; SIZE_MAX before the first */
    size_t values;
};

static void complain(struct builder *b, yaml_mark_t at, const char *message)
{
    problem_add(b->problems, SEVERITY_ERROR, b->file, b->first_line + (int)at.line, (int)at.column + 1, "%s", message);
}

static const char *unhinted(const char *problem)
{
    return problem != NULL ? problem : "out of memory";
}

static void complain_syntax(struct builder *b)
{
    const yaml_parser_t *p = &b->parser;
    const char *problem = unhinted(p->problem);
    const char *hint = "a text with “: ”, or beginning with one of [ { * & ! | > % @ `, must stand in quotes";
    if (strstr(problem, "cannot start any token") != NULL)
        hint = "indent with spaces, not tabs, and put texts that begin with a sign in quotes";
    else if (strstr(problem, "unexpected end of stream") != NULL)
        hint = "close the quotes or brackets";
    yaml_mark_t at = p->problem_mark;
    problem_add(b->problems, SEVERITY_ERROR, b->file, b->first_line + (int)at.line, (int)at.column + 1,
                "not YAML: %s; %s", problem, hint);
}

static int next_event(struct builder *b, yaml_event_t *ret)
{
    if (yaml_parser_parse(&b->parser, ret))
        return 0;
    complain_syntax(b);
    return -1;
}

/* Column of a comment that stands behind `end` on its line, or 0. Events come in order, so the
 * lines are walked once. */
static int comment_column(struct builder *b, yaml_mark_t end)
{
    while (b->line_number == SIZE_MAX || b->line_number < end.line) {
        if (!lines_next(&b->rest, &b->line_text))
            return 0;
        b->line_number++;
    }
    size_t at = 0;
    for (size_t column = 0; column < end.column && at < b->line_text.size; column++)
        do
            at++;
        while (at < b->line_text.size && ((unsigned char)b->line_text.text[at] & 0xC0) == 0x80);
    size_t hash = at;
    while (hash < b->line_text.size && (b->line_text.text[hash] == ' ' || b->line_text.text[hash] == '\t'))
        hash++;
    if (hash == at || hash == b->line_text.size || b->line_text.text[hash] != '#')
        return 0;
    return lines_column(b->line_text.text, hash);
}

static struct yaml_value *new_value(struct builder *b, enum yaml_kind kind, yaml_mark_t at)
{
    if (++b->values > YAML_VALUES_MAX) {
        complain(b, at, "too many values in one file; split it");
        return NULL;
    }
    struct yaml_value *v = arena_alloc(b->arena, sizeof *v);
    if (v == NULL)
        return NULL;
    v->kind = kind;
    v->line = b->first_line + (int)at.line;
    v->column = (int)at.column + 1;
    return v;
}

static struct yaml_value *read_scalar(struct builder *b, const yaml_event_t *e)
{
    const char *text = (const char *)e->data.scalar.value;
    if (memchr(text, '\0', e->data.scalar.length) != NULL) {
        complain(b, e->start_mark, "a NUL in a text; remove the “\\0”");
        return NULL;
    }
    struct yaml_value *v = new_value(b, YAML_TEXT, e->start_mark);
    if (v == NULL)
        return NULL;
    yaml_scalar_style_t style = e->data.scalar.style;
    v->quoted = style != YAML_PLAIN_SCALAR_STYLE;
    v->literal = style == YAML_LITERAL_SCALAR_STYLE;
    v->text = arena_strndup(b->arena, text, e->data.scalar.length);
    if (!v->quoted && e->data.scalar.length > 0)
        v->cut_column = comment_column(b, e->end_mark);
    return v->text != NULL ? v : NULL;
}

static struct yaml_value *read_value(struct builder *b, yaml_event_t *e, int depth);

static int read_children(struct builder *b, struct yaml_value *parent, yaml_event_type_t end, int depth)
{
    struct yaml_value **tail = &parent->child;
    for (;;) {
        yaml_event_t e;
        if (next_event(b, &e) < 0)
            return -1;
        if (e.type == end) {
            yaml_event_delete(&e);
            return 0;
        }
        struct yaml_value *v = read_value(b, &e, depth);
        if (v == NULL)
            return -1;
        *tail = v;
        tail = &v->next;
        parent->count++;
    }
}

/* One pair; the key's event is consumed. */
static struct yaml_value *read_pair(struct builder *b, yaml_event_t *e, int depth)
{
    yaml_mark_t at = e->start_mark;
    if (e->type != YAML_SCALAR_EVENT) {
        complain(b, at, "a key must be a plain text");
        yaml_event_delete(e);
        return NULL;
    }
    struct yaml_value *key = read_value(b, e, depth);
    yaml_event_t value;
    if (key == NULL || next_event(b, &value) < 0)
        return NULL;
    struct yaml_value *v = read_value(b, &value, depth);
    if (v == NULL)
        return NULL;
    v->key = key->text;
    v->key_line = key->line;
    v->key_column = key->column;
    return v;
}

static int read_pairs(struct builder *b, struct yaml_value *parent, int depth)
{
    struct map *seen = map_new(YAML_VALUES_MAX);
    struct yaml_value **tail = &parent->child;
    int result = -1;
    for (yaml_event_t e; seen != NULL && next_event(b, &e) == 0;) {
        if (e.type == YAML_MAPPING_END_EVENT) {
            yaml_event_delete(&e);
            result = 0;
            break;
        }
        struct yaml_value *v = read_pair(b, &e, depth);
        if (v == NULL)
            break;
        const struct yaml_value *first = map_get_str(seen, v->key);
        if (first != NULL) {
            problem_add(b->problems, SEVERITY_ERROR, b->file, v->key_line, v->key_column,
                        "the key “%s” is given twice, first in line %d; keep one", v->key, first->key_line);
            continue;
        }
        if (map_put_str(seen, v->key, v) < 0)
            break;
        *tail = v;
        tail = &v->next;
        parent->count++;
    }
    map_free(seen);
    return result;
}

static bool is_decorated(const yaml_event_t *e)
{
    switch (e->type) {
    case YAML_SCALAR_EVENT:
        return e->data.scalar.anchor != NULL || e->data.scalar.tag != NULL;
    case YAML_SEQUENCE_START_EVENT:
        return e->data.sequence_start.anchor != NULL || e->data.sequence_start.tag != NULL;
    case YAML_MAPPING_START_EVENT:
        return e->data.mapping_start.anchor != NULL || e->data.mapping_start.tag != NULL;
    default:
        return e->type == YAML_ALIAS_EVENT;
    }
}

/* Consumes the event. NULL after an error. */
static struct yaml_value *read_value(struct builder *b, yaml_event_t *e, int depth)
{
    struct yaml_value *v = NULL;
    if (is_decorated(e)) {
        complain(b, e->start_mark,
                 "anchors (&), aliases (*) and tags (!) are not used here; write the value out, "
                 "in quotes if it begins with such a sign");
    } else if (e->type == YAML_SCALAR_EVENT) {
        v = read_scalar(b, e);
    } else if (depth >= YAML_DEPTH_MAX) {
        complain(b, e->start_mark, "lists and maps in one another too deeply");
    } else {
        bool map = e->type == YAML_MAPPING_START_EVENT;
        v = new_value(b, map ? YAML_MAP : YAML_LIST, e->start_mark);
        if (v != NULL && (map ? read_pairs(b, v, depth + 1) : read_children(b, v, YAML_SEQUENCE_END_EVENT, depth + 1)))
            v = NULL;
    }
    yaml_event_delete(e);
    return v;
}

static struct yaml_value *empty_document(struct builder *b)
{
    yaml_mark_t start = {0};
    return new_value(b, YAML_MAP, start);
}

static struct yaml_value *read_document(struct builder *b)
{
    struct yaml_value *root = NULL;
    for (yaml_event_t e; next_event(b, &e) == 0;) {
        switch (e.type) {
        case YAML_STREAM_END_EVENT:
            yaml_event_delete(&e);
            return root != NULL ? root : empty_document(b);
        case YAML_STREAM_START_EVENT:
        case YAML_DOCUMENT_END_EVENT:
            break;
        case YAML_DOCUMENT_START_EVENT:
            if (root == NULL)
                break;
            complain(b, e.start_mark, "a second document in the file; one file holds one");
            yaml_event_delete(&e);
            return NULL;
        default:
            root = read_value(b, &e, 0);
            if (root == NULL)
                return NULL;
            continue; /* read_value has consumed the event */
        }
        yaml_event_delete(&e);
    }
    return NULL;
}

struct yaml_value *yaml_tree(struct arena *arena, const char *file, int line, const char *text, size_t size,
                             struct problems *problems)
{
    if (size > YAML_BYTES_MAX) {
        problem_add(problems, SEVERITY_ERROR, file, 0, 0, "larger than %d MiB", YAML_BYTES_MAX >> 20);
        return NULL;
    }
    struct builder b = {.arena = arena,
                        .problems = problems,
                        .file = file,
                        .first_line = line,
                        .rest = {text, size},
                        .line_number = SIZE_MAX};
    if (!yaml_parser_initialize(&b.parser))
        return NULL;
    yaml_parser_set_encoding(&b.parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&b.parser, (const unsigned char *)text, size);
    struct yaml_value *root = read_document(&b);
    yaml_parser_delete(&b.parser);
    if (root != NULL && root->kind == YAML_TEXT && root->text[0] == '\0' && !root->quoted)
        return empty_document(&b);
    return root;
}

const struct yaml_value *yaml_find(const struct yaml_value *map, const char *key)
{
    for (const struct yaml_value *v = map->kind == YAML_MAP ? map->child : NULL; v != NULL; v = v->next)
        if (strcmp(v->key, key) == 0)
            return v;
    return NULL;
}

bool yaml_text_uncut(const char *file, const struct yaml_value *v, struct problems *problems)
{
    if (v->cut_column == 0)
        return true;
    problem_add(problems, SEVERITY_ERROR, file, v->line, v->cut_column,
                "“ #” begins a comment and cuts the text to “%.60s”; put the text in quotes", v->text);
    return false;
}

bool yaml_is_secret(const char *file, const struct yaml_value *v, struct problems *problems)
{
    static const char *const signs[] = {"password", "passwd",      "passphrase", "secret", "token",
                                        "api_key",  "private_key", "apikey",     "api-key"};
    if (v->kind != YAML_TEXT || v->text[0] == '\0')
        return false;
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        if (strcasestr(v->key, signs[i]) == NULL)
            continue;
        char shout[64] = "";
        for (size_t k = 0; v->key[k] != '\0' && k + 1 < sizeof shout; k++)
            shout[k] = (char)(isalnum((unsigned char)v->key[k]) ? toupper((unsigned char)v->key[k]) : '_');
        problem_add(problems, SEVERITY_ERROR, file, v->line, v->column,
                    "“%.60s” looks like a secret, which must not stand in the site; put it into the file "
                    "DATA/secrets/%.60s or the environment variable SPORTELLO_SECRET_%s",
                    v->key, v->key, shout);
        return true;
    }
    return false;
}

const char *yaml_kind_name(enum yaml_kind kind)
{
    static const char *const names[] = {[YAML_TEXT] = "a text", [YAML_LIST] = "a list", [YAML_MAP] = "a map"};
    return names[kind];
}
