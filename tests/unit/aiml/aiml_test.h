/* A small bot for tests: files given as text, answers with a fixed clock and chance, a memory that goes on. */
#ifndef AIML_TEST_H
#define AIML_TEST_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "aiml/aiml.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct bot {
    struct arena *arena;
    struct problems *problems;
    struct buf image;
    struct aiml *aiml;
    struct aiml_memory memory;
    struct aiml_reply reply;
    struct aiml_clock now;
    const char *lang;
    uint64_t chance;
    size_t categories;
    char *printed;
};

static int bot_set_up(void **state)
{
    struct bot *b = calloc(1, sizeof *b);
    b->arena = arena_new((size_t)64 << 20);
    b->problems = problems_new();
    b->now = (struct aiml_clock){2026, 11, 22, 15, 4, 5};
    b->lang = "en";
    buf_init(&b->image, (size_t)1 << 30);
    *state = b;
    return 0;
}

static int bot_tear_down(void **state)
{
    struct bot *b = *state;
    aiml_free(b->aiml);
    buf_free(&b->image);
    problems_free(b->problems);
    arena_free(b->arena);
    free(b->printed);
    free(b);
    return 0;
}

/* Reads path, text, path, text …, NULL. */
__attribute__((unused)) static void bot_reads(struct bot *b, ...)
{
    struct source sources[16];
    size_t count = 0;
    va_list all;
    va_start(all, b);
    for (const char *path; (path = va_arg(all, const char *)) != NULL; count++) {
        const char *text = va_arg(all, const char *);
        sources[count] = (struct source){path, text, strlen(text)};
    }
    va_end(all);
    aiml_free(b->aiml);
    b->aiml = NULL;
    buf_clear(&b->image);
    assert_int_equal(aiml_compile(sources, count, b->problems, &b->image, &b->categories), 0);
    b->aiml = aiml_open(b->image.data, b->image.size);
    assert_non_null(b->aiml);
    b->memory = (struct aiml_memory){0};
}

/* One file of categories: what stands between <aiml> and </aiml>. */
__attribute__((unused)) static void bot_is(struct bot *b, const char *categories)
{
    char *whole = arena_printf(b->arena, "<aiml version=\"2.0\">%s</aiml>", categories);
    assert_non_null(whole);
    bot_reads(b, "aiml/a.aiml", whole, NULL);
}

__attribute__((unused)) static const char *bot_says(struct bot *b, const char *text)
{
    struct aiml_heard heard = {.text = text, .lang = b->lang, .now = b->now, .chance = b->chance};
    assert_int_equal(aiml_answer(b->aiml, &heard, &b->memory, b->arena, &b->reply), 0);
    b->memory = b->reply.memory;
    return b->reply.text;
}

/* A bot of one category `T` with this template, asked once. */
__attribute__((unused)) static const char *bot_template(struct bot *b, const char *inside)
{
    bot_is(b, arena_printf(b->arena, "<category><pattern>T ^</pattern><template>%s</template></category>", inside));
    return bot_says(b, "T one two three");
}

/* All problems so far, a line each. */
__attribute__((unused)) static const char *bot_problems(struct bot *b)
{
    size_t size;
    free(b->printed);
    FILE *f = open_memstream(&b->printed, &size);
    problems_print(b->problems, f);
    fclose(f);
    return b->printed;
}

#define BOT_TEST(f) cmocka_unit_test_setup_teardown(f, bot_set_up, bot_tear_down)

#endif
