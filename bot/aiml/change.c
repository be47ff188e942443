/* Substitutions: see change.h. */
#include "aiml/change.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

struct writer {
    char *to;
    size_t used, room;
};

static void put(struct writer *w, char c)
{
    bool space = c == ' ' || c == '\t' || c == '\r';
    if (space && (w->used == 0 || w->to[w->used - 1] == ' '))
        return;
    if (w->used + 1 < w->room)
        w->to[w->used++] = space ? ' ' : c;
}

static bool in_word(unsigned char c)
{
    return isalnum(c) || c >= 0x80;
}

static bool fits(const struct aiml *a, const struct image_change *c, const char *text, size_t size, size_t at)
{
    if (c->from_size > size - at || strncasecmp(a->text + c->from, text + at, c->from_size) != 0)
        return false;
    if ((c->flags & CHANGE_LEFT) != 0 && at > 0 && in_word((unsigned char)text[at - 1]))
        return false;
    size_t end = at + c->from_size;
    return (c->flags & CHANGE_RIGHT) == 0 || end == size || !in_word((unsigned char)text[end]);
}

static const struct image_change *find(const struct aiml *a, const uint32_t *starts, const char *text, size_t size,
                                       size_t at, unsigned only)
{
    unsigned char first = (unsigned char)tolower((unsigned char)text[at]);
    for (uint32_t i = starts[first]; i < starts[first + 1]; i++)
        if ((a->changes[i].flags & only) == only && fits(a, &a->changes[i], text, size, at))
            return &a->changes[i];
    return NULL;
}

/* One pass over the text; `only`: flags that an entry must have. */
static const char *pass(const struct aiml *a, int which, const char *text, size_t size, size_t room, unsigned only,
                        struct arena *arena, size_t *ret_size)
{
    const uint32_t *starts = a->starts + (size_t)which * STARTS_EACH;
    size_t wanted = a->named[TABLE_CHANGES + which].count > 0 ? size * CHANGE_GROWS + CHANGE_MORE : size + 1;
    struct writer w = {.room = wanted < room ? wanted : room};
    w.to = arena_alloc(arena, w.room);
    if (w.to == NULL)
        return NULL;
    for (size_t at = 0; at < size;) {
        const struct image_change *c = find(a, starts, text, size, at, only);
        if (c == NULL) {
            put(&w, text[at++]);
            continue;
        }
        if ((c->flags & CHANGE_SWALLOW) != 0 && w.used > 0 && w.to[w.used - 1] == ' ')
            w.used--;
        for (const char *t = a->text + c->to; *t != '\0'; t++)
            put(&w, *t);
        at += c->from_size;
    }
    while (w.used > 0 && w.to[w.used - 1] == ' ')
        w.used--;
    w.to[w.used] = '\0';
    *ret_size = w.used;
    return w.to;
}

static bool has_stand_ins(const struct aiml *a, int which)
{
    const struct image_table *t = &a->named[TABLE_CHANGES + which];
    for (uint32_t i = 0; i < t->count; i++)
        if ((a->changes[t->first + i].flags & CHANGE_STAND_IN) != 0)
            return true;
    return false;
}

const char *change_text(const struct aiml *a, int which, const char *text, size_t size, size_t room,
                        struct arena *arena, size_t *ret_size)
{
    const char *once = pass(a, which, text, size, room, 0, arena, ret_size);
    if (once == NULL || which == CHANGE_NORMAL || which == CHANGE_DENORMAL || !has_stand_ins(a, which))
        return once;
    return pass(a, which, once, *ret_size, room, CHANGE_STAND_IN, arena, ret_size);
}
