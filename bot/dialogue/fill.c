/* Values in place of names: see fill.h. */
#include "dialogue/fill.h"

#include "content/gesture.h"
#include "content/variable.h"
#include "entity/entity.h"

#include <stdio.h>
#include <string.h>

enum { FILLED_BYTES = 32 << 10, DEPTH_MAX = 64 };

/* --- names -------------------------------------------------------------------------------------- */

static const char *lang_of(const struct names *n)
{
    return n->step->lang;
}

static const char *now_date(const struct names *n)
{
    const struct heard_time *t = &n->step->heard->now;
    return arena_printf(n->step->arena, "%04d-%02d-%02d", t->year, t->month, t->day);
}

static const char *now_time(const struct names *n)
{
    const struct heard_time *t = &n->step->heard->now;
    return arena_printf(n->step->arena, "%02d:%02d", t->hour, t->minute);
}

static const char *now_hour(const struct names *n)
{
    return arena_printf(n->step->arena, "%d", n->step->heard->now.hour);
}

static const char *now_weekday(const struct names *n)
{
    return arena_printf(n->step->arena, "%d", n->step->heard->now.weekday + 1);
}

static const char *people_are_there(const struct names *n)
{
    const struct help *h = &n->step->heard->help;
    return h->open && h->online > 0 ? "true" : "false";
}

static const struct {
    const char *name;
    const char *(*value)(const struct names *);
    enum entity_type type; /* how it is said */
} built_ins[] = {
    {"lang", lang_of, ENTITY_TEXT},
    {"now.date", now_date, ENTITY_DATE},
    {"now.time", now_time, ENTITY_TIME},
    {"now.hour", now_hour, ENTITY_TEXT},
    {"now.weekday", now_weekday, ENTITY_TEXT},
    {"open", people_are_there, ENTITY_TEXT},
};

static const char *slot_value(const struct names *n, const char *name)
{
    char key[FLOW_NAME_BYTES + sizeof TALK_SLOT_PREFIX];
    if (n->flow == NULL || flow_slot(n->flow, name) < 0)
        return NULL;
    snprintf(key, sizeof key, TALK_SLOT_PREFIX "%s", name);
    return talk_get(n->talk, key);
}

const char *names_value(const struct names *n, const char *name)
{
    const char *value = slot_value(n, name);
    if (value == NULL)
        value = talk_get(n->talk, name);
    for (size_t i = 0; i < n->step->heard->fact_count && value == NULL; i++)
        if (strcmp(n->step->heard->facts[i].name, name) == 0)
            value = n->step->heard->facts[i].value;
    for (size_t i = 0; i < sizeof built_ins / sizeof *built_ins && value == NULL; i++)
        if (strcmp(built_ins[i].name, name) == 0)
            value = built_ins[i].value(n);
    return value;
}

const char *names_lookup(void *names, const char *name)
{
    return names_value(names, name);
}

static const char *choice_title(const struct slot *s, const char *value)
{
    for (size_t i = 0; i < s->choice_count; i++)
        if (strcmp(s->choices[i].value, value) == 0)
            return s->choices[i].title;
    return value;
}

const char *names_said(const struct names *n, const char *name)
{
    const char *value = slot_value(n, name);
    if (value != NULL) {
        const struct slot *s = &n->flow->slots[flow_slot(n->flow, name)];
        return s->type == SLOT_CHOICE
                   ? choice_title(s, value)
                   : entity_say(entity_type_named(slot_type_name(s->type)), value, lang_of(n), n->step->arena);
    }
    value = names_value(n, name);
    for (size_t i = 0; i < sizeof built_ins / sizeof *built_ins && value != NULL; i++)
        if (strcmp(built_ins[i].name, name) == 0)
            return entity_say(built_ins[i].type, value, lang_of(n), n->step->arena);
    return value;
}

/* --- templates ---------------------------------------------------------------------------------- */

enum manner { CANONICAL, SAID, ADDRESS };

static void put_encoded(struct buf *out, const char *value)
{
    for (; *value != '\0'; value++) {
        unsigned char c = (unsigned char)*value;
        bool plain =
            (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || strchr("-._~", c) != NULL;
        plain ? buf_putc(out, (char)c) : buf_printf(out, "%%%02X", c);
    }
}

static void put_value(const struct names *n, const char *name, enum manner manner, struct buf *out)
{
    const char *value = manner == SAID ? names_said(n, name) : names_value(n, name);
    if (value != NULL && manner == ADDRESS)
        put_encoded(out, value);
    else if (value != NULL)
        buf_puts(out, value);
}

static const char *fill(const struct names *n, const char *text, enum manner manner)
{
    const char *at = text, *brace, *name;
    size_t size;
    if (text == NULL || strchr(text, '{') == NULL)
        return text;
    struct buf out;
    buf_init(&out, FILLED_BYTES);
    while ((brace = variable_next(&at, &name, &size)) != NULL) {
        char key[EXPRESSION_NAME_BYTES];
        buf_add(&out, text, (size_t)(brace - text));
        text = at;
        if (gesture_named(name, size) != NULL) /* escaped: it is meant as text */
            buf_printf(&out, "{%.*s}", (int)size, name);
        if (size >= sizeof key)
            continue;
        memcpy(key, name, size);
        key[size] = '\0';
        put_value(n, key, manner, &out);
    }
    buf_puts(&out, text);
    /* Past the ceiling: what fitted. */
    const char *copy = arena_strdup(n->step->arena, out.data);
    buf_free(&out);
    return copy;
}

const char *fill_text(const struct names *n, const char *text, bool said)
{
    return fill(n, text, said ? SAID : CANONICAL);
}

const char *fill_address(const struct names *n, const char *text)
{
    return fill(n, text, ADDRESS);
}

static int copy_blocks(const struct names *n, const struct block *b, int depth, struct block **ret)
{
    *ret = NULL;
    for (; b != NULL && depth < DEPTH_MAX; b = b->next) {
        struct block *copy = arena_alloc(n->step->arena, sizeof *copy);
        if (copy == NULL)
            return -1;
        *copy = *b;
        copy->next = NULL;
        copy->text = fill(n, b->text, SAID);
        copy->target = fill(n, b->target, ADDRESS);
        if ((copy->text == NULL) != (b->text == NULL) || (copy->target == NULL) != (b->target == NULL) ||
            copy_blocks(n, b->child, depth + 1, &copy->child) < 0)
            return -1;
        *ret = copy;
        ret = &copy->next;
    }
    return 0;
}

const struct block *fill_blocks(const struct names *n, const struct block *blocks)
{
    struct block *copy = NULL;
    return copy_blocks(n, blocks, 0, &copy) == 0 ? copy : NULL;
}
