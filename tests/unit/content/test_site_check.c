/* Site_check: what only shows across files, in two languages. */
#include "content_test.h"

#include "content/site.h"

static const char *told(struct fixture *f, const struct source *sources, size_t count)
{
    struct fixture own = {f->arena, problems_new()};
    assert_non_null(site_from_sources(f->arena, sources, count, "2026-11-22", own.problems));
    const char *text = printed(&own);
    problems_free(own.problems);
    return text;
}

#define SOURCE(path, text)                                                                                             \
    {                                                                                                                  \
        path, text, sizeof(text) - 1                                                                                   \
    }

static void ids_are_unique_within_a_language_only(void **state)
{
    struct fixture *f = *state;
    static const struct source sources[] = {
        SOURCE("intents/it/a.yaml", "intent: a\nexamples: [uno]\nsay: x\n"),
        SOURCE("knowledge/en/a.md", "## One? {#a}\n\nx\n"),
        SOURCE("knowledge/it/a.md", "## Uno due? {#a}\n\nx\n"),
        SOURCE("knowledge/it/b.md", "## Tre? {#a}\n\nx\n"),
    };
    const char *text = told(f, sources, 4);
    assert_string_equal(text, "knowledge/it/b.md:1:1: error: the id “a” is already that of the entry in "
                              "knowledge/it/a.md:1; choose another\n");
}

static void links_lead_within_their_language(void **state)
{
    struct fixture *f = *state;
    static const struct source sources[] = {
        SOURCE("knowledge/en/a.md", "## One? {#a}\n\nx\n\n- [b](#b)\n"),
        SOURCE("knowledge/it/a.md", "## Uno? {#a}\n\nx\n\n- [b](#b)\n\n## Due? {#b}\n\nx\n"),
    };
    const char *text = told(f, sources, 2);
    assert_non_null(strstr(text, "knowledge/en/a.md:5:7: error: dead link: there is no entry “b” in en"));
    assert_non_null(strstr(text, "knowledge/it/a.md:7:1: warning: the entry “b” has no twin in en"));
    assert_null(strstr(text, "no entry “b” in it"));
}

static void starters_may_be_missing_in_one_language(void **state)
{
    struct fixture *f = *state;
    static const struct source sources[] = {
        SOURCE("knowledge/en/a.md", "## One? {#a}\n\nx\n"),
        SOURCE("knowledge/it/a.md", "## Uno? {#a}\n\nx\n\n## Due? {#b}\n\nx\n"),
        SOURCE("sportello.yaml", "starters:\n  - a\n  - b\n  - c\n"),
    };
    const char *text = told(f, sources, 3);
    assert_null(strstr(text, "starter “a”"));
    assert_non_null(strstr(text, "sportello.yaml:3:5: warning: the starter “b” does not exist in en"));
    assert_non_null(strstr(text, "sportello.yaml:4:5: error: the starter “c” is no id"));
}

static void the_same_words_in_two_places_are_a_warning(void **state)
{
    struct fixture *f = *state;
    static const struct source sources[] = {
        SOURCE("intents/it/a.yaml", "intent: ciao\nexamples: [\"Ciao!\", ciao]\nsay: x\n"),
        SOURCE("knowledge/it/a.md", "## Città? {#a}\n- CIAO\n- citta\n\nx\n"),
        SOURCE("sportello.yaml", "languages: [it]\n"),
    };
    const char *text = told(f, sources, 3);
    assert_non_null(strstr(text, "knowledge/it/a.md:3:3: warning: “citta” is said twice here"));
    assert_non_null(
        strstr(text, "intents/it/a.yaml:2:12: warning: “Ciao!” also stands in the entry “a” in knowledge/it/a.md:2"));
    assert_null(strstr(text, "error"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(ids_are_unique_within_a_language_only),
        TEST(links_lead_within_their_language),
        TEST(starters_may_be_missing_in_one_language),
        TEST(the_same_words_in_two_places_are_a_warning),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
