/* Sets, maps, substitutions and properties from their files: see build.h and aiml.h. */
#include "aiml/build.h"
#include "aiml/build_sets.h"
#include "aiml/rows.h"
#include "aiml/words.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { STEM_BYTES = 128, KEY_BYTES = 1024 };

enum table_kind { KIND_NONE, KIND_CATEGORIES, KIND_SET, KIND_MAP, KIND_CHANGES, KIND_PROPERTIES, KIND_DEFAULTS };

static const char *const change_names[CHANGES] = {"normal", "denormal", "person", "person2", "gender"};

static int change_of(const char *stem)
{
    for (int i = 0; i < CHANGES; i++)
        if (strcasecmp(stem, change_names[i]) == 0)
            return i;
    return -1;
}

/* What the file at this path is; `stem` gets its name without folder and ending. */
static enum table_kind kind_of(const char *path, char stem[STEM_BYTES])
{
    if (strncmp(path, "aiml/", 5) != 0)
        return KIND_NONE;
    const char *name = strrchr(path, '/') + 1, *dot = strrchr(name, '.');
    if (dot == NULL || dot == name || (size_t)(dot - name) >= STEM_BYTES)
        return KIND_NONE;
    memcpy(stem, name, (size_t)(dot - name));
    stem[dot - name] = '\0';
    bool txt = strcasecmp(dot, ".txt") == 0;
    if (strcasecmp(dot, ".aiml") == 0)
        return KIND_CATEGORIES;
    if (strcasecmp(dot, ".set") == 0 || (txt && name - path > 5 && strncmp(name - 5, "sets/", 5) == 0))
        return KIND_SET;
    if (strcasecmp(dot, ".map") == 0 || (txt && name - path > 5 && strncmp(name - 5, "maps/", 5) == 0))
        return KIND_MAP;
    if ((txt || strcasecmp(dot, ".substitution") == 0) && change_of(stem) >= 0)
        return KIND_CHANGES;
    if (strcasecmp(dot, ".properties") == 0 || (txt && strcasecmp(stem, "properties") == 0))
        return KIND_PROPERTIES;
    if (strcasecmp(dot, ".pdefaults") == 0 || (txt && strcasecmp(stem, "defaults") == 0))
        return KIND_DEFAULTS;
    return KIND_NONE;
}

bool aiml_reads(const char *path)
{
    char stem[STEM_BYTES];
    return kind_of(path, stem) != KIND_NONE;
}

/* A list of texts that grows; each is malloc'd. */
struct list {
    char **items;
    size_t count, room;
};

static int list_add(struct list *l, const char *text)
{
    if (l->count == l->room) {
        size_t room = l->room > 0 ? l->room * 2 : 64;
        char **wider = reallocarray(l->items, room, sizeof *wider);
        if (wider == NULL)
            return -1;
        l->items = wider;
        l->room = room;
    }
    l->items[l->count] = strdup(text);
    return l->items[l->count] != NULL ? (l->count++, 0) : -1;
}

static void list_free(struct list *l)
{
    for (size_t i = 0; i < l->count; i++)
        free(l->items[i]);
    free(l->items);
}

static bool row_good(struct build *b, const struct source *s, const struct rows *r, const char *fault, size_t lines)
{
    if (fault != NULL)
        problem_add(b->problems, SEVERITY_ERROR, s->path, r->line, 1, "%s", fault);
    if (lines == AIML_TABLE_LINES)
        problem_add(b->problems, SEVERITY_ERROR, s->path, r->line, 1, "more than %d lines; the rest is not read",
                    AIML_TABLE_LINES);
    return fault == NULL && lines < AIML_TABLE_LINES;
}

static int read_set(struct build *b, const struct source *s, const char *name)
{
    struct rows r;
    struct row row;
    struct list entries = {0};
    const char *fault;
    int result = 0;
    rows_init(&r, s->bytes, s->size);
    for (size_t lines = 0; result == 0 && rows_next(&r, &row, &fault); lines++) {
        char joined[AIML_LINE_BYTES];
        size_t used = 0;
        if (!row_good(b, s, &r, fault, lines))
            continue;
        for (size_t i = 0; i < row.count && used < sizeof joined; i++)
            used += (size_t)snprintf(joined + used, sizeof joined - used, "%s%s", i > 0 ? " " : "", row.field[i]);
        result = list_add(&entries, joined);
    }
    rows_free(&r);
    if (result == 0 && build_set(b, name) != 0)
        problem_add(b->problems, SEVERITY_ERROR, s->path, 0, 0, "a second set \"%s\"; join the two files", name);
    else if (result == 0 && sets_add(b, name, (const char *const *)entries.items, entries.count) == 0)
        result = -1;
    list_free(&entries);
    return result;
}

static size_t small_letters(char *to, size_t room, const char *from)
{
    size_t n = 0;
    for (; from[n] != '\0' && n + 1 < room; n++)
        to[n] = (char)tolower((unsigned char)from[n]);
    to[n] = '\0';
    return n;
}

/* Rows of two as pairs behind those there are; `folded`: keys are compared by their words. */
static int read_pairs(struct build *b, const struct source *s, bool folded)
{
    struct rows r;
    struct row row;
    const char *fault;
    int result = 0;
    rows_init(&r, s->bytes, s->size);
    for (size_t lines = 0; result == 0 && rows_next(&r, &row, &fault); lines++) {
        char key[KEY_BYTES];
        if (!row_good(b, s, &r, fault, lines) || (row.field[0][0] == '#' && !row.quoted))
            continue;
        if (!rows_part(&r, &row, ':') && !rows_part(&r, &row, '=')) {
            problem_add(b->problems, SEVERITY_WARNING, s->path, r.line, 1, "not read: write `name:value`");
            continue;
        }
        if (folded)
            words_key(row.field[0], strlen(row.field[0]), key, sizeof key);
        else
            small_letters(key, sizeof key, row.field[0]);
        struct image_pair p = {.key = build_text(b, key, strlen(key))};
        p.value = build_text(b, row.field[1], strlen(row.field[1]));
        if (build_add(b, SECTION_PAIRS, &p) == NULL)
            result = -1;
    }
    rows_free(&r);
    return result;
}

struct order {
    const char *text;
};

static int by_key(const void *a, const void *b, void *order)
{
    const struct image_pair *x = a, *y = b;
    const char *text = ((struct order *)order)->text;
    int result = strcmp(text + x->key, text + y->key);
    return result != 0 ? result : x->value < y->value ? -1 : x->value > y->value;
}

/* Puts the pairs from `first` on in order; of equal keys the first stays. */
static uint32_t settle_pairs(struct build *b, uint32_t first)
{
    struct image_pair *p = (struct image_pair *)(void *)b->section[SECTION_PAIRS].data + first;
    uint32_t count = (uint32_t)build_count(b, SECTION_PAIRS) - first, kept = 0;
    const char *text = b->section[SECTION_TEXT].data;
    if (count > 1)
        qsort_r(p, count, sizeof *p, by_key, &(struct order){text});
    for (uint32_t i = 0; i < count; i++)
        if (i == 0 || strcmp(text + p[i].key, text + p[kept - 1].key) != 0)
            p[kept++] = p[i];
    b->section[SECTION_PAIRS].size = (first + kept) * sizeof *p;
    return kept;
}

static int add_map(struct build *b, const char *name, uint32_t first, uint32_t count, enum built_in built)
{
    struct image_table t = {build_text(b, name, strlen(name)), first, count, built};
    char key[STEM_BYTES];
    size_t n = small_letters(key, sizeof key, name);
    if (build_add(b, SECTION_MAPS, &t) == NULL)
        return -1;
    return map_put(b->maps, key, n, (void *)(uintptr_t)build_count(b, SECTION_MAPS));
}

static int read_map(struct build *b, const struct source *s, const char *name)
{
    uint32_t first = (uint32_t)build_count(b, SECTION_PAIRS);
    if (build_map(b, name) != 0) {
        problem_add(b->problems, SEVERITY_ERROR, s->path, 0, 0, "a second map \"%s\"; join the two files", name);
        return 0;
    }
    if (read_pairs(b, s, true) < 0)
        return -1;
    return add_map(b, name, first, settle_pairs(b, first), BUILT_NONE);
}

/* Where a change stands in its row: by its first byte without case, then the longest first, then as it stood. */
static int by_change(const void *a, const void *b, void *order)
{
    const struct image_change *x = a, *y = b;
    const char *text = ((struct order *)order)->text;
    int p = tolower((unsigned char)text[x->from]), q = tolower((unsigned char)text[y->from]);
    if (p != q)
        return p - q;
    if (x->from_size != y->from_size)
        return x->from_size > y->from_size ? -1 : 1;
    return x->from < y->from ? -1 : x->from > y->from;
}

/* `me2` → `me`: files made for an interpreter that goes through them row by row put `me2` in first. */
static bool is_stand_in(const char *from, size_t size, const char *to)
{
    to += strspn(to, " ");
    size_t n = strlen(to);
    while (n > 0 && to[n - 1] == ' ')
        n--;
    return n > 0 && size == n + 1 && from[n] == '2' && strncasecmp(from, to, n) == 0;
}

static int add_change(struct build *b, const char *from, const char *to)
{
    struct image_change c = {0};
    size_t size = strlen(from);
    if (*from == ' ')
        c.flags |= CHANGE_LEFT | (*to != ' ' ? CHANGE_SWALLOW : 0u);
    if (size > 0 && from[size - 1] == ' ')
        c.flags |= CHANGE_RIGHT;
    while (*from == ' ')
        from++, size--;
    while (size > 0 && from[size - 1] == ' ')
        size--;
    if (size == 0)
        return 0;
    if ((c.flags & CHANGE_LEFT) != 0)
        to += strspn(to, " ");
    if (is_stand_in(from, size, to))
        c.flags |= CHANGE_STAND_IN;
    c.from = build_text(b, from, size);
    c.from_size = (uint32_t)size;
    size_t to_size = strlen(to);
    while ((c.flags & CHANGE_RIGHT) != 0 && to_size > 0 && to[to_size - 1] == ' ')
        to_size--; /* the text's own follows, or a mark, or nothing */
    c.to = build_text(b, to, to_size);
    return build_add(b, SECTION_CHANGES, &c) != NULL ? 0 : -1;
}

static int read_changes(struct build *b, const struct source *s)
{
    struct rows r;
    struct row row;
    const char *fault;
    int result = 0;
    rows_init(&r, s->bytes, s->size);
    for (size_t lines = 0; result == 0 && rows_next(&r, &row, &fault); lines++) {
        if (!row_good(b, s, &r, fault, lines) || (row.field[0][0] == '#' && !row.quoted))
            continue;
        if (rows_part(&r, &row, ':'))
            result = add_change(b, row.field[0], row.field[1]);
        else
            problem_add(b->problems, SEVERITY_WARNING, s->path, r.line, 1, "not read: write \"from\",\"to\"");
    }
    rows_free(&r);
    return result;
}

static int index_changes(struct build *b, struct image_table *t)
{
    struct image_change *c = (struct image_change *)(void *)b->section[SECTION_CHANGES].data + t->first;
    const char *text = b->section[SECTION_TEXT].data;
    if (t->count > 1)
        qsort_r(c, t->count, sizeof *c, by_change, &(struct order){text});
    uint32_t at = 0;
    for (int byte = 0; byte < STARTS_EACH; byte++) {
        while (byte < 256 && at < t->count && tolower((unsigned char)text[c[at].from]) < byte)
            at++;
        uint32_t start = t->first + (byte < 256 ? at : t->count);
        if (build_add(b, SECTION_STARTS, &start) == NULL)
            return -1;
    }
    return 0;
}

/* All files of one kind, one table behind the other. */
static int read_kind(struct build *b, const struct source *s, size_t count, enum table_kind kind, int change)
{
    char stem[STEM_BYTES];
    int result = 0;
    for (size_t i = 0; i < count && result == 0; i++) {
        if (kind_of(s[i].path, stem) != kind || (kind == KIND_CHANGES && change_of(stem) != change))
            continue;
        if (kind == KIND_SET)
            result = read_set(b, &s[i], stem);
        else if (kind == KIND_MAP)
            result = read_map(b, &s[i], stem);
        else if (kind == KIND_CHANGES)
            result = read_changes(b, &s[i]);
        else
            result = read_pairs(b, &s[i], false);
    }
    return result;
}

static int add_named(struct build *b, const struct source *s, size_t count, int table)
{
    bool changes = table >= TABLE_CHANGES;
    enum image_section section = changes ? SECTION_CHANGES : SECTION_PAIRS;
    enum table_kind kind = changes ? KIND_CHANGES : table == TABLE_PROPERTIES ? KIND_PROPERTIES : KIND_DEFAULTS;
    struct image_table t = {.first = (uint32_t)build_count(b, section)};
    if (read_kind(b, s, count, kind, table - TABLE_CHANGES) < 0)
        return -1;
    t.count = changes ? (uint32_t)build_count(b, section) - t.first : settle_pairs(b, t.first);
    if (changes && index_changes(b, &t) < 0)
        return -1;
    return build_add(b, SECTION_NAMED, &t) != NULL ? 0 : -1;
}

int build_tables(struct build *b, const struct source *s, size_t count)
{
    static const struct {
        const char *name;
        enum built_in built;
    } maps[] = {{"successor", BUILT_SUCCESSOR},
                {"predecessor", BUILT_PREDECESSOR},
                {"singular", BUILT_SINGULAR},
                {"plural", BUILT_PLURAL}};
    int result = 0;
    for (int table = 0; table < TABLES && result == 0; table++)
        result = add_named(b, s, count, table);
    if (result < 0 || read_kind(b, s, count, KIND_SET, 0) < 0 || read_kind(b, s, count, KIND_MAP, 0) < 0)
        return -1;
    if (build_set(b, "number") == 0 && sets_add(b, "number", NULL, 0) == 0)
        return -1;
    for (size_t i = 0; i < sizeof maps / sizeof *maps && result == 0; i++)
        if (build_map(b, maps[i].name) == 0)
            result = add_map(b, maps[i].name, 0, 0, maps[i].built);
    return result;
}
