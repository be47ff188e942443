/* Variables and the running flow between turns: see talk.h.
 *
 *   1 LF waiting LF intent LF lang LF hash LF step LF slot LF tries LF since LF { name LF value LF } …
 * Each is a field of base/fields.h. */
#include "dialogue/talk.h"

#include "base/fields.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char format[] = "1";

/* --- writing ------------------------------------------------------------------------------------ */

static void write_number(struct buf *out, int64_t number)
{
    buf_printf(out, "%" PRId64 "\n", number);
}

int talk_write(const struct talk *t, char *ret, size_t room)
{
    struct buf out;
    buf_init(&out, room - 1);
    ret[0] = '\0';
    if (t->intent != NULL || t->variable_count > 0) {
        fields_put(&out, format);
        write_number(&out, (int64_t)t->waiting);
        fields_put(&out, t->intent != NULL ? t->intent : "");
        fields_put(&out, t->lang != NULL ? t->lang : "");
        buf_printf(&out, "%" PRIx64 "\n", t->hash);
        write_number(&out, t->step);
        fields_put(&out, t->slot != NULL ? t->slot : "");
        write_number(&out, t->tries);
        write_number(&out, t->since);
        for (size_t i = 0; i < t->variable_count; i++) {
            fields_put(&out, t->variables[i].name);
            fields_put(&out, t->variables[i].value);
        }
    }
    int result = out.failed ? -1 : 0;
    if (result == 0)
        memcpy(ret, out.data, out.size + 1);
    buf_free(&out);
    return result;
}

/* --- reading ------------------------------------------------------------------------------------ */

static bool read_number(const char **at, int base, int64_t most, int64_t *ret)
{
    char *end;
    const char *start = *at;
    unsigned long long number = strtoull(start, &end, base);
    if (end == start || *end != '\n' || *start == '-' || (most > 0 && number > (unsigned long long)most))
        return false;
    *ret = (int64_t)number;
    *at = end + 1;
    return true;
}

static bool read_state(const char **at, struct talk *t)
{
    int64_t waiting = 0, hash = 0, step = 0, tries = 0;
    const char *first = fields_next(at, t->arena);
    if (first == NULL || strcmp(first, format) != 0 || !read_number(at, 10, TALK_CALL, &waiting))
        return false;
    t->intent = fields_next(at, t->arena);
    t->lang = fields_next(at, t->arena);
    if (t->intent == NULL || t->lang == NULL || !read_number(at, 16, 0, &hash) || !read_number(at, 10, 1 << 20, &step))
        return false;
    t->slot = fields_next(at, t->arena);
    if (t->slot == NULL || !read_number(at, 10, 1000, &tries) || !read_number(at, 10, INT64_MAX, &t->since))
        return false;
    t->waiting = (enum talk_waiting)waiting;
    t->hash = (uint64_t)hash;
    t->step = (int)step;
    t->tries = (int)tries;
    if (t->intent[0] == '\0')
        talk_end(t);
    return true;
}

int talk_read(const char *text, struct arena *arena, struct talk *ret)
{
    *ret = (struct talk){.arena = arena};
    if (text[0] != '\0' && !read_state(&text, ret)) {
        *ret = (struct talk){.arena = arena};
        return arena_failed(arena) ? -1 : 0;
    }
    while (*text != '\0' && ret->variable_count < TALK_VARIABLES_MAX) {
        struct variable v = {.name = fields_next(&text, arena)};
        v.value = v.name != NULL ? fields_next(&text, arena) : NULL;
        if (v.value == NULL)
            break;
        ret->variables[ret->variable_count++] = v;
    }
    return arena_failed(arena) ? -1 : 0;
}

/* --- variables ---------------------------------------------------------------------------------- */

static struct variable *find(const struct talk *t, const char *name)
{
    for (size_t i = 0; i < t->variable_count; i++)
        if (strcmp(t->variables[i].name, name) == 0)
            return (struct variable *)&t->variables[i];
    return NULL;
}

const char *talk_get(const struct talk *t, const char *name)
{
    const struct variable *v = find(t, name);
    return v != NULL ? v->value : NULL;
}

/* What a text takes up when written. */
static size_t field_bytes(const char *text)
{
    size_t bytes = 1;
    for (; *text != '\0'; text++)
        bytes += *text == '\n' || *text == '\\' ? 2 : 1;
    return bytes;
}

static size_t bytes_of(const struct talk *t)
{
    size_t bytes = 0;
    for (size_t i = 0; i < t->variable_count; i++)
        bytes += field_bytes(t->variables[i].name) + field_bytes(t->variables[i].value);
    return bytes;
}

int talk_set(struct talk *t, const char *name, const char *value)
{
    enum { RESERVED = 512 /* of the text: the flow's state */ };
    struct variable *v = find(t, name);
    if (value == NULL) {
        if (v != NULL)
            *v = t->variables[--t->variable_count];
        return 0;
    }
    size_t freed = v != NULL ? field_bytes(v->value) : 0,
           more = field_bytes(value) + (v != NULL ? 0 : field_bytes(name));
    if (strlen(value) > TALK_VALUE_BYTES || (v == NULL && t->variable_count == TALK_VARIABLES_MAX) ||
        bytes_of(t) - freed + more + RESERVED > DIALOGUE_TALK_BYTES)
        return -1;
    struct variable set = {v != NULL ? v->name : arena_strdup(t->arena, name), arena_strdup(t->arena, value)};
    if (set.name == NULL || set.value == NULL)
        return -1;
    if (v == NULL)
        v = &t->variables[t->variable_count++];
    *v = set;
    return 0;
}

/* Keeps those variables for which `goes` is false. */
static void drop(struct talk *t, bool (*goes)(const char *name, const char *prefix), const char *prefix)
{
    size_t kept = 0;
    for (size_t i = 0; i < t->variable_count; i++)
        if (!goes(t->variables[i].name, prefix))
            t->variables[kept++] = t->variables[i];
    t->variable_count = kept;
}

static bool is_prefixed(const char *name, const char *prefix)
{
    return strncmp(name, prefix, strlen(prefix)) == 0;
}

static bool is_below(const char *name, const char *prefix)
{
    return is_prefixed(name, prefix) && name[strlen(prefix)] == '.';
}

void talk_unset_below(struct talk *t, const char *name)
{
    drop(t, is_below, name);
}

void talk_end(struct talk *t)
{
    drop(t, is_prefixed, TALK_SLOT_PREFIX);
    talk_leave(t);
    t->intent = t->lang = NULL;
}

void talk_leave(struct talk *t)
{
    t->waiting = TALK_NOTHING;
    t->slot = NULL;
    t->hash = 0;
    t->step = t->tries = 0;
    t->since = 0;
}
