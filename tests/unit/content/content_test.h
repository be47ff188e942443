/* What the tests of bot/content share: an arena and a list of problems for each test. */
#ifndef CONTENT_TEST_H
#define CONTENT_TEST_H

#include "base/arena.h"
#include "base/problem.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

struct fixture {
    struct arena *arena;
    struct problems *problems;
};

static inline int set_up(void **state)
{
    struct fixture *f = calloc(1, sizeof *f);
    f->arena = arena_new((size_t)1 << 30);
    f->problems = problems_new();
    *state = f;
    return 0;
}

static inline int tear_down(void **state)
{
    struct fixture *f = *state;
    arena_free(f->arena);
    problems_free(f->problems);
    free(f);
    return 0;
}

/* The problems as they are printed. */
static inline const char *printed(struct fixture *f)
{
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    problems_print(f->problems, out);
    fclose(out);
    const char *copy = arena_strdup(f->arena, text);
    free(text);
    return copy;
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)

#endif
