/* The texts of one language are gathered, with their numbers in the edition. */
#include "edition/review.h"
#include "unit/edition/small_site.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void one_language_is_gathered(void **state)
{
    struct arena *arena = arena_new(16 << 20);
    struct site *site = small_site(arena, NULL);
    struct review_language l;
    assert_int_equal(review_language_init(&l, site, "en"), 0);
    assert_int_equal(l.count, SMALL_ARTICLES / 2 + SMALL_INTENTS / 2);
    assert_int_equal(l.numbers[0], SMALL_ARTICLES / 2);
    assert_string_equal(l.entries[0].phrasings[0], small_articles[SMALL_ARTICLES / 2].question);
    assert_int_equal(l.entries[0].phrasing_count, 2);
    assert_int_equal(l.numbers[l.count - 1], SMALL_ARTICLES + SMALL_INTENTS - 1);
    assert_string_equal(l.entries[l.count - 1].answer, "");
    review_language_free(&l);
    assert_int_equal(review_language_init(&l, site, "de"), 0);
    assert_int_equal(l.count, 0);
    review_language_free(&l);
    arena_free(arena);
    (void)state;
}

static void a_wording_like_its_title_counts_once(void **state)
{
    struct arena *arena = arena_new(16 << 20);
    struct wording same = {"Dove siete?", {"a.md", 2, 1}};
    struct article article = {
        .id = "a", .lang = "it", .question = "Dove siete?", .wordings = &same, .wording_count = 1};
    struct site site = {.settings = settings_default(arena), .articles = &article, .article_count = 1};
    struct review_language l;
    assert_int_equal(review_language_init(&l, &site, "it"), 0);
    assert_int_equal(l.entries[0].phrasing_count, 1);
    review_language_free(&l);
    arena_free(arena);
    (void)state;
}

static void a_bad_index_is_told(void **state)
{
    struct arena *arena = arena_new(16 << 20);
    struct site *site = small_site(arena, NULL);
    struct review_language l;
    struct problems *problems = problems_new();
    uint64_t nothing[8] = {0};
    assert_int_equal(review_language_init(&l, site, "it"), 0);
    assert_int_equal(review_close_questions(site, &l, nothing, sizeof nothing, problems), -1);
    review_language_free(&l);
    problems_free(problems);
    arena_free(arena);
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_language_is_gathered),
        cmocka_unit_test(a_wording_like_its_title_counts_once),
        cmocka_unit_test(a_bad_index_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
