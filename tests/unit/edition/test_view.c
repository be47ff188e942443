/* A turn sees the entries as the editors wrote them. */
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

static struct arena *arena, *turn;
static struct edition *edition;

static const struct view *open_view(void)
{
    arena = arena_new(16 << 20);
    turn = arena_new(16 << 20);
    edition = small_edition(arena, NULL);
    assert_non_null(edition);
    return edition_view(edition);
}

static void close_view(void)
{
    edition_unpin(edition);
    arena_free(arena);
    arena_free(turn);
}

static void entries_are_what_was_written(void **state)
{
    const struct view *v = open_view();
    assert_int_equal(view_count(v), SMALL_ARTICLES + SMALL_INTENTS);
    for (uint32_t i = 0; i < SMALL_ARTICLES; i++) {
        struct view_entry e = view_entry(v, i);
        struct buf said;
        buf_init(&said, 4096);
        assert_int_equal(e.kind, VIEW_ARTICLE);
        assert_string_equal(e.id, small_articles[i].id);
        assert_string_equal(e.lang, small_articles[i].lang);
        assert_string_equal(e.title, small_articles[i].question);
        assert_string_equal(e.file, "knowledge/faq.md");
        assert_int_equal(e.line, 10 * i + 1);
        assert_int_equal(e.option_count, 3);
        assert_string_equal(view_option(v, i, 1).target, "vendite");
        assert_int_equal(view_option(v, i, 2).kind, OPTION_URL);
        assert_string_equal(e.mood, "neutral");
        assert_null(e.handoff);
        block_to_text(view_say(v, i, 0, turn), &said);
        assert_string_equal(said.data, small_articles[i].answer);
        assert_int_equal(view_find(v, VIEW_ARTICLE, e.lang, e.id), i);
        buf_free(&said);
    }
    close_view();
    (void)state;
}

static void intents_too(void **state)
{
    const struct view *v = open_view();
    uint32_t person = view_find(v, VIEW_INTENT, "en", "persona"), greeting = view_find(v, VIEW_INTENT, "it", "saluto");
    assert_true(person != VIEW_NONE && greeting != VIEW_NONE);
    assert_string_equal(view_entry(v, person).handoff, "vendite");
    assert_int_equal(view_entry(v, person).say_count, 0);
    assert_int_equal(view_entry(v, greeting).say_count, 2);
    assert_string_equal(view_entry(v, greeting).mood, "warm");
    assert_int_equal(view_find(v, VIEW_ARTICLE, "it", "saluto"), VIEW_NONE);
    assert_int_equal(view_find(v, VIEW_INTENT, "de", "saluto"), VIEW_NONE);
    assert_non_null(view_say(v, greeting, 99, turn));
    close_view();
    (void)state;
}

static void trees_come_back_whole(void **state)
{
    struct block text = {.kind = BLOCK_TEXT, .text = "qui"}, after = {.kind = BLOCK_TEXT, .text = " dopo"};
    struct block link = {.kind = BLOCK_LINK, .target = "https://example.org/", .child = &text, .next = &after};
    struct block paragraph = {.kind = BLOCK_PARAGRAPH, .child = &link},
                 item = {.kind = BLOCK_ITEM, .child = &paragraph};
    struct block list = {.kind = BLOCK_LIST, .level = 1, .child = &item}, first = {.kind = BLOCK_RULE, .next = &list};
    struct article article = {.id = "a", .lang = "it", .question = "Dove?", .answer = &first, .answer_text = ""};
    arena = arena_new(16 << 20);
    turn = arena_new(16 << 20);
    struct site site = {.settings = settings_default(arena), .articles = &article, .article_count = 1};
    struct problems *problems = problems_new();
    struct buf image;
    const char *why;
    buf_init(&image, EDITION_IMAGE_BYTES);
    assert_int_equal(edition_compile(&site, &image, problems, NULL), 0);
    edition = edition_from_image(&image, &why);
    const struct block *b = view_say(edition_view(edition), 0, 0, turn);
    assert_int_equal(b->kind, BLOCK_RULE);
    assert_int_equal(b->next->level, 1);
    const struct block *l = b->next->child->child->child;
    assert_string_equal(l->target, "https://example.org/");
    assert_string_equal(l->child->text, "qui");
    assert_string_equal(l->next->text, " dopo");
    assert_null(l->next->next);
    problems_free(problems);
    buf_free(&image);
    close_view();
    (void)state;
}

static void candidates_are_the_views_own_numbers(void **state)
{
    const struct view *v = open_view();
    struct understanding u;
    view_understand(v, "en", "How long is the warranty?", NULL, turn, &u);
    assert_int_equal(u.candidates[0].entry, view_find(v, VIEW_ARTICLE, "en", "garanzia"));
    view_understand(v, "it", "grazie mille", NULL, turn, &u);
    assert_int_equal(u.candidates[0].entry, view_find(v, VIEW_INTENT, "it", "grazie"));
    view_understand(v, "fr", "Quanto dura la garanzia?", &explained, turn, &u);
    assert_non_null(strstr(u.explanation, "1. is “Quanto dura la garanzia?”, knowledge/faq.md:41"));
    assert_int_equal(u.candidates[0].entry, view_find(v, VIEW_ARTICLE, "it", "garanzia"));
    close_view();
    (void)state;
}

static void the_language_is_the_texts_or_the_pages(void **state)
{
    const struct view *v = open_view();
    assert_string_equal(view_language(v, "quanto costa la spedizione", "en"), "it");
    assert_string_equal(view_language(v, "how much does it cost", "it"), "en");
    assert_string_equal(view_language(v, "ok", "en"), "en");
    assert_string_equal(view_language(v, "ok", "fr"), "it");
    assert_string_equal(settings_text(view_settings(v), &view_settings(v)->departments[1].name, "en"), "Sales");
    close_view();
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(entries_are_what_was_written),
        cmocka_unit_test(intents_too),
        cmocka_unit_test(trees_come_back_whole),
        cmocka_unit_test(candidates_are_the_views_own_numbers),
        cmocka_unit_test(the_language_is_the_texts_or_the_pages),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
