/* Tables of what visitors write and what is read of it. A value that begins with "!" is a reason for refusing,
 * NULL is nothing of the kind. */
#ifndef TESTS_UNIT_ENTITY_TABLE_H
#define TESTS_UNIT_ENTITY_TABLE_H

#include "entity/entity.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

struct row {
    const char *text, *value;
};

/* A Sunday. */
static const struct entity_now sunday = {2026, 11, 22, 13, 0};

static struct entity *made(const struct entity_spec *spec, const char *lang)
{
    char why[ENTITY_WHY_BYTES];
    struct entity *e = entity_new(spec, lang, why);
    if (e == NULL)
        fail_msg("not made: %s", why);
    return e;
}

/* What is read of one text, as the table has it. */
static inline void check_row(const struct entity *e, const struct entity_now *now, const char *text, const char *value)
{
    struct arena *arena = arena_new(1 << 22);
    struct entity_found f = {0};
    const char *why;
    enum entity_outcome outcome = entity_read(e, text, now, arena, &f, &why);
    const char *got = outcome == ENTITY_NONE ? NULL : outcome == ENTITY_REFUSED ? why : f.value;
    const char *expected = value != NULL && *value == '!' ? value + 1 : value;
    bool kind = (outcome == ENTITY_REFUSED) == (value != NULL && *value == '!');
    bool same = got == NULL || expected == NULL ? got == expected : strcmp(got, expected) == 0;
    if (!kind || !same)
        fail_msg("\"%s\": expected %s, got %s%s", text, value ? value : "nothing", outcome == ENTITY_REFUSED ? "!" : "",
                 got ? got : "nothing");
    if (outcome != ENTITY_NONE)
        assert_true(f.at + f.size <= strlen(text) && f.certainty >= 0 && f.certainty <= 1);
    arena_free(arena);
}

static inline void check_rows(const struct entity_spec *spec, const char *lang, const struct entity_now *now,
                              const struct row *rows, size_t count)
{
    struct entity *e = made(spec, lang);
    for (size_t i = 0; i < count; i++)
        check_row(e, now, rows[i].text, rows[i].value);
    entity_free(e);
}

/* What is found in a sentence that nobody asked for: the values with single spaces between. */
static inline void check_found(const struct entity_spec *spec, const char *lang, const struct row *rows, size_t count)
{
    struct entity *e = made(spec, lang);
    for (size_t i = 0; i < count; i++) {
        struct arena *arena = arena_new(1 << 22);
        struct entity_found f[8];
        char all[500] = "";
        size_t found = entity_find(e, rows[i].text, &sunday, arena, f, 8), end = 0;
        for (size_t k = 0; k < found; k++) {
            assert_true(f[k].at >= end && f[k].at + f[k].size <= strlen(rows[i].text));
            end = f[k].at + f[k].size;
            strncat(all, k > 0 ? "|" : "", sizeof all - strlen(all) - 1);
            strncat(all, f[k].value, sizeof all - strlen(all) - 1);
        }
        if (strcmp(all, rows[i].value) != 0)
            fail_msg("\"%s\": expected %s, found %s", rows[i].text, rows[i].value, all);
        arena_free(arena);
    }
    entity_free(e);
}

#define ROWS(rows) rows, sizeof(rows) / sizeof *(rows)

#endif
