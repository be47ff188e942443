/* A site compiled is what it was; close questions are pointed out. */
#include "unit/edition/small_site.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const struct understand_options explained = {.explain = true};

static struct problems *compile(const struct site *site, struct buf *image)
{
    struct problems *problems = problems_new();
    assert_int_equal(edition_compile(site, image, problems, NULL), 0);
    assert_int_equal(problems_count(problems, SEVERITY_ERROR), 0);
    return problems;
}

static void the_same_site_makes_the_same_image(void **state)
{
    struct arena *arena = arena_new(16 << 20);
    struct buf a, b;
    buf_init(&a, EDITION_IMAGE_BYTES);
    buf_init(&b, EDITION_IMAGE_BYTES);
    problems_free(compile(small_site(arena, NULL), &a));
    problems_free(compile(small_site(arena, NULL), &b));
    assert_int_equal(a.size, b.size);
    assert_memory_equal(a.data, b.data, a.size);
    buf_free(&a);
    buf_free(&b);
    arena_free(arena);
    (void)state;
}

static void close_questions_are_named_with_their_places(void **state)
{
    struct arena *arena = arena_new(16 << 20);
    struct site *site = small_site(arena, NULL);
    struct article *articles = (struct article *)site->articles;
    size_t count;
    struct buf image;
    buf_init(&image, EDITION_IMAGE_BYTES);
    articles[1].question = "Quanto costa una spedizione?";
    struct problems *problems = compile(site, &image);
    const struct problem *p = problems_sorted(problems, &count);
    assert_int_equal(count, 1);
    assert_int_equal(p[0].severity, SEVERITY_WARNING);
    assert_string_equal(p[0].file, "knowledge/faq.md");
    assert_int_equal(p[0].line, 11);
    assert_non_null(strstr(p[0].message, "knowledge/faq.md:1,"));
    problems_free(problems);
    buf_free(&image);
    arena_free(arena);
    (void)state;
}

static void an_empty_site_compiles(void **state)
{
    struct arena *arena = arena_new(16 << 20), *turn = arena_new(1 << 20);
    struct site empty = {.root = ".", .settings = settings_default(arena)};
    struct buf image;
    struct understanding u;
    const char *why;
    buf_init(&image, EDITION_IMAGE_BYTES);
    problems_free(compile(&empty, &image));
    struct edition *e = edition_from_image(&image, &why);
    assert_non_null(e);
    assert_int_equal(view_count(edition_view(e)), 0);
    assert_int_equal(view_understand(edition_view(e), "it", "ciao", &explained, turn, &u), 0);
    assert_int_equal(u.count, 0);
    assert_int_equal(view_find(edition_view(e), VIEW_ARTICLE, "it", "x"), VIEW_NONE);
    edition_unpin(e);
    buf_free(&image);
    arena_free(arena);
    arena_free(turn);
    (void)state;
}

static void too_large_is_a_problem(void **state)
{
    struct arena *arena = arena_new(16 << 20);
    struct problems *problems = problems_new();
    struct buf small;
    buf_init(&small, 1000);
    assert_int_equal(edition_compile(small_site(arena, NULL), &small, problems, NULL), -1);
    assert_int_equal(problems_count(problems, SEVERITY_ERROR), 1);
    problems_free(problems);
    buf_free(&small);
    arena_free(arena);
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_same_site_makes_the_same_image),
        cmocka_unit_test(close_questions_are_named_with_their_places),
        cmocka_unit_test(an_empty_site_compiles),
        cmocka_unit_test(too_large_is_a_problem),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
