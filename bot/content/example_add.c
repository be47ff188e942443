/* One more example in an intent's YAML: see example_add.h. */
#include "content/example_add.h"

#include "content/flow.h"
#include "content/intent.h"
#include "content/same.h"
#include "content/yaml.h"

#include <string.h>

struct attempt {
    struct wording_add *add;
    struct arena *arena;
    const struct intent *intent; /* as it was */
    struct span text;            /* the file behind a byte order mark */
    size_t errors;
    const char *quoted;
    struct buf out;
};

/* --- reading back ---------------------------------------------------------------------------- */

/* The only intent of the file, or NULL. */
static const struct intent *read_intent(struct arena *arena, struct span file, size_t *ret_errors)
{
    struct problems *problems = problems_new();
    struct collect c = {.arena = arena, .problems = problems, .today = ""};
    struct span text;
    if (problems == NULL)
        return NULL;
    if (lines_check("", file.text, file.size, problems, &text) == 0)
        intent_read(&c, "", "", text);
    *ret_errors = problems_count(problems, SEVERITY_ERROR);
    problems_free(problems);
    return c.intent_count == 1 ? &c.intents[0] : NULL;
}

static bool same_replies(const struct intent *a, const struct intent *b)
{
    if (a->say_count != b->say_count || !same_options(a->options, a->option_count, b->options, b->option_count))
        return false;
    for (size_t i = 0; i < a->say_count; i++)
        if (!block_equal(a->say[i], b->say[i]))
            return false;
    return true;
}

/* Patterns, slots and steps, where they are. */
static bool same_flow(const struct flow *a, const struct flow *b)
{
    if (a == NULL || b == NULL)
        return a == b;
    return a->hash == b->hash && a->pattern_count == b->pattern_count && a->mark_count == b->mark_count;
}

/* The same intent with `more` as its second example. */
static bool is_right(const struct intent *a, const struct intent *b, const char *more)
{
    if (!same_text(a->id, b->id) || !same_text(a->title, b->title) || !same_text(a->mood, b->mood) ||
        !same_text(a->handoff, b->handoff) || !same_replies(a, b) || !same_flow(a->flow, b->flow) ||
        b->example_count != a->example_count + 1 || strcmp(b->examples[1].text, more) != 0)
        return false;
    for (size_t i = 0; i < a->example_count; i++)
        if (strcmp(a->examples[i].text, b->examples[i + (i > 0)].text) != 0)
            return false;
    return true;
}

static bool try_at(struct attempt *t, const char *at, const char *piece)
{
    struct span file = t->add->file;
    size_t errors = 0;
    if (piece == NULL)
        return false;
    buf_clear(&t->out);
    buf_add(&t->out, file.text, (size_t)(at - file.text));
    buf_puts(&t->out, piece);
    buf_add(&t->out, at, (size_t)(file.text + file.size - at));
    if (t->out.failed)
        return false;
    const struct intent *after = read_intent(t->arena, (struct span){t->out.data, t->out.size}, &errors);
    return after != NULL && errors <= t->errors && is_right(t->intent, after, t->add->wording);
}

/* --- where it goes --------------------------------------------------------------------------- */

/* The line of a value, and the byte where it begins. */
static bool find_value(const struct attempt *t, const struct yaml_value *v, struct span *ret_line, const char **ret_at)
{
    struct span rest = t->text;
    for (int line = 1; lines_next(&rest, ret_line); line++) {
        if (line < v->line)
            continue;
        const char *at = ret_line->text, *end = at + ret_line->size;
        for (int column = 1; column < v->column && at < end; column++)
            do
                at++;
            while (at < end && ((unsigned char)*at & 0xC0) == 0x80);
        *ret_at = at;
        return at < end;
    }
    return false;
}

/* The end of a text that stands on one line within brackets. */
static const char *scalar_end(const char *at, const char *end)
{
    char quote = *at;
    if (quote != '"' && quote != '\'') {
        while (at < end && *at != ',' && *at != ']' && *at != '\n' && *at != '\r')
            at++;
        while (at[-1] == ' ' || at[-1] == '\t')
            at--;
        return at;
    }
    for (at++; at < end; at++) {
        if (quote == '"' && *at == '\\' && at + 1 < end)
            at++;
        else if (*at == quote && quote == '\'' && at + 1 < end && at[1] == quote)
            at++;
        else if (*at == quote)
            return at + 1;
    }
    return end;
}

static bool try_brackets(struct attempt *t, const struct yaml_value *first)
{
    struct span line;
    const char *at;
    if (first->next != NULL)
        return find_value(t, first->next, &line, &at) && try_at(t, at, arena_printf(t->arena, "%s, ", t->quoted));
    if (!find_value(t, first, &line, &at))
        return false;
    return try_at(t, scalar_end(at, t->text.text + t->text.size), arena_printf(t->arena, ", %s", t->quoted));
}

/* What stands before an item: its indent and its dash, and nothing else. */
static bool is_dash(struct span before)
{
    struct span dash = lines_trim(before);
    return dash.size == 1 && dash.text[0] == '-' && before.text + before.size > dash.text + 1;
}

static bool try_block(struct attempt *t, const struct yaml_value *first)
{
    struct span line, next;
    const char *at, *next_at, *end = t->text.text + t->text.size;
    if (!find_value(t, first, &line, &at) || !is_dash((struct span){line.text, (size_t)(at - line.text)}))
        return false;
    const char *line_end = line.text + line.size;
    bool crlf = line_end + 1 < end && line_end[0] == '\r' && line_end[1] == '\n';
    const char *eol = crlf ? "\r\n" : "\n", *item;
    item = arena_printf(t->arena, "%.*s%s", (int)(at - line.text), line.text, t->quoted);
    if (item == NULL)
        return false;
    if (first->next == NULL)
        return try_at(t, line_end, arena_printf(t->arena, "%s%s", eol, item));
    return find_value(t, first->next, &next, &next_at) &&
           is_dash((struct span){next.text, (size_t)(next_at - next.text)}) &&
           try_at(t, next.text, arena_printf(t->arena, "%s%s", item, eol));
}

static const char *quote(struct arena *arena, const char *text)
{
    char *quoted = arena_alloc(arena, strlen(text) * 2 + 3), *to = quoted;
    if (quoted == NULL)
        return NULL;
    *to++ = '"';
    for (; *text != '\0'; text++) {
        if (*text == '"' || *text == '\\')
            *to++ = '\\';
        *to++ = *text;
    }
    *to++ = '"';
    return quoted;
}

static int put_in(struct attempt *t)
{
    struct problems *known = problems_new();
    const struct yaml_value *root =
        known != NULL ? yaml_tree(t->arena, "", 1, t->text.text, t->text.size, known) : NULL;
    const struct yaml_value *list = root != NULL ? yaml_find(root, "examples") : NULL;
    problems_free(known);
    struct span line;
    const char *at;
    if (list == NULL || list->child == NULL || !find_value(t, list, &line, &at))
        return -1;
    t->add->ret_line = list->child->line;
    t->add->ret_why = "the example cannot be put into this list without changing what the file says; put it in by hand";
    return (*at == '[' ? try_brackets(t, list->child) : try_block(t, list->child)) ? 0 : -1;
}

int example_add(struct wording_add *add, struct arena *arena, struct buf *out)
{
    struct attempt t = {.add = add, .arena = arena};
    struct problems *known = problems_new();
    int result = -1;
    add->ret_why = "there is not enough memory";
    add->ret_line = 0;
    t.quoted = quote(arena, add->wording);
    if (known == NULL || t.quoted == NULL || lines_check("", add->file.text, add->file.size, known, &t.text) < 0) {
        problems_free(known);
        return -1;
    }
    problems_free(known);
    buf_init(&t.out, (size_t)SITE_FILE_BYTES);
    t.intent = read_intent(arena, add->file, &t.errors);
    add->ret_why = "the intent is not in this file any more";
    if (t.intent != NULL && strcmp(t.intent->id, add->id) == 0) {
        add->ret_line = t.intent->place.line;
        add->ret_why = "the intent has as many examples as it may; remove one";
        if (t.intent->example_count < SITE_WORDINGS && put_in(&t) == 0)
            result = buf_add(out, t.out.data, t.out.size);
    }
    buf_free(&t.out);
    return result;
}
