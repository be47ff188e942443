/* Any text as a condition and as a pattern: read, evaluated, compared, within their ceilings. */
#include "content/expression.h"
#include "content/pattern_cover.h"
#include "edition/need.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* Every name has some of the text as its value. */
struct values {
    const char *text;
    int asked;
};

static const char *look_up(void *context, const char *name)
{
    struct values *v = context;
    size_t size = strlen(v->text);
    if (++v->asked > 2 * EXPRESSION_STEPS)
        abort();
    return size > 0 ? v->text + (size_t)(unsigned char)name[0] % size : NULL;
}

static void note(void *context, const char *name)
{
    if (name == NULL || strlen(name) >= EXPRESSION_NAME_BYTES)
        abort();
    ++*(int *)context;
}

static void try_condition(struct arena *arena, const char *text, struct problems *problems)
{
    size_t before = problems_count(problems, SEVERITY_ERROR);
    const struct expression *e = expression_read(arena, "a", 1, 1, text, problems);
    if ((e == NULL) != (problems_count(problems, SEVERITY_ERROR) > before))
        abort(); /* a mistake without a word, or a word without a mistake */
    if (e == NULL)
        return;
    struct values v = {text, 0};
    int names = 0;
    expression_holds(e, look_up, &v);
    v.asked = 0;
    if (expression_value(e, look_up, &v, arena) == NULL)
        abort();
    expression_names(e, note, &names);
}

static void try_patterns(struct arena *arena, const char *first, const char *second, struct problems *problems)
{
    static const struct flow flow = {0};
    struct pattern_of a = {pattern_read(arena, "a", 1, 1, first, problems), &flow};
    struct pattern_of b = {pattern_read(arena, "a", 1, 1, second, problems), &flow};
    if (a.pattern == NULL || b.pattern == NULL)
        return;
    uint64_t needed, all, unused;
    pattern_words(a.pattern, &needed, &unused);
    pattern_words(b.pattern, &unused, &all);
    struct needed need = need_of(a.pattern);
    if (need.count > NEED_SETS || !need_met(&need, UINT64_MAX))
        abort();
    if (pattern_covers(&a, &b) && (needed & ~all) != 0)
        abort();
}

/* Two texts, parted by a line break. */
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct arena *arena = arena_new((size_t)64 << 20);
    struct problems *problems = problems_new();
    char *first = arena_strndup(arena, (const char *)bytes, size), *second = strchr(first, '\n');
    if (second != NULL)
        *second++ = '\0';
    try_condition(arena, first, problems);
    try_patterns(arena, first, second != NULL ? second : first, problems);
    problems_free(problems);
    arena_free(arena);
    return 0;
}
