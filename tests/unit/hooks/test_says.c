/* What an entry may say as one message is known before it is said: a flow is walked as its turns will go. */
#include "hooks/says.h"

#include "content/site.h"
#include "edition/edition.h"

#include <setjmp.h>
#include <sodium.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const unsigned char key[UTTERANCE_KEY_BYTES] = {7};
static struct arena *arena;

static int begin(void **state)
{
    (void)state;
    arena = arena_new(1 << 24);
    return arena != NULL && sodium_init() >= 0 ? 0 : -1;
}

static int end(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

static int by_text(const void *a, const void *b)
{
    const struct utterance_plan *x = a, *y = b;
    return strcmp(x->text, y->text);
}

/* All that the one entry of a file may say, in alphabetical order, each with a | behind it. */
static const char *says_of(const char *name, const char *text, bool *ret_open)
{
    const struct source sources[] = {{name, text, strlen(text)},
                                     {"sportello.yaml", "languages: [it]\n", strlen("languages: [it]\n")}};
    struct problems *problems = problems_new();
    struct buf image, all;
    const char *why = "";
    buf_init(&image, EDITION_IMAGE_BYTES);
    buf_init(&all, 1 << 20);
    struct site *site = site_from_sources(arena, sources, 2, "2027-01-01", problems);
    assert_non_null(site);
    assert_int_equal(problems_count(problems, SEVERITY_ERROR), 0);
    assert_int_equal(edition_compile(site, &image, problems, NULL), 0);
    struct edition *e = edition_from_image(&image, &why);
    assert_non_null(e);
    struct says says;
    says_of_entry(edition_view(e), 0, key, arena, &says);
    qsort(says.plans, says.count, sizeof *says.plans, by_text);
    for (size_t i = 0; i < says.count; i++) {
        buf_puts(&all, says.plans[i].text);
        buf_puts(&all, "|");
    }
    if (ret_open != NULL)
        *ret_open = says.open;
    const char *copy = arena_strdup(arena, all.data);
    buf_free(&all);
    buf_free(&image);
    edition_unpin(e);
    problems_free(problems);
    return copy;
}

static const char *flow_says(const char *rest, bool *ret_open)
{
    static const char head[] = "intent: prova\nexamples: [vorrei provare]\nslots:\n"
                               "  nome: {type: text, ask: \"Come ti chiami?\", retry: \"Non ho capito.\"}\n";
    return says_of("intents/it/prova.yaml", arena_printf(arena, "%ssteps:\n%s", head, rest), ret_open);
}

static void an_answer_is_one_text(void **state)
{
    bool open = true;
    assert_string_equal(says_of("knowledge/it/a.md", "## Orari? {#orari}\n\nDalle {9} alle 18.\n", &open),
                        "Dalle {9} alle 18.|");
    assert_false(open);
    (void)state;
}

static void texts_that_follow_each_other_are_one_message(void **state)
{
    bool open = true;
    assert_string_equal(
        flow_says("  - say: \"Bene.\"\n  - ask: nome\n  - say: \"Grazie.\"\n  - say: \"Ciao.\"\n", &open),
        "Bene. Come ti chiami?|Come ti chiami?|Grazie. Ciao.|Non ho capito.|");
    assert_false(open);
    (void)state;
}

static void every_branch_is_gone_and_what_is_behind_it(void **state)
{
    assert_string_equal(flow_says("  - ask: nome\n"
                                  "  - if: nome == \"a\"\n    say: \"Sei A.\"\n"
                                  "  - else: {say: \"Non sei A.\"}\n"
                                  "  - say: \"Fine.\"\n",
                                  NULL),
                        "Come ti chiami?|Non ho capito.|Non sei A. Fine.|Sei A. Fine.|");
    assert_string_equal(flow_says("  - ask: nome\n"
                                  "  - if: nome == \"a\"\n    say: \"Sei A.\"\n"
                                  "  - say: \"Fine.\"\n",
                                  NULL),
                        "Come ti chiami?|Fine.|Non ho capito.|Sei A. Fine.|");
    assert_string_equal(flow_says("  - ask: nome\n"
                                  "  - confirm: \"Davvero?\"\n    \"no\": [{say: \"Allora no.\"}, end]\n"
                                  "  - say: \"Fatto.\"\n",
                                  NULL),
                        "Allora no.|Come ti chiami?|Davvero?|Fatto.|Non ho capito.|");
    (void)state;
}

static void texts_that_take_turns_do_so_together(void **state)
{
    assert_string_equal(flow_says("  - ask: nome\n  - say: [\"A.\", \"B.\"]\n  - say: [\"Uno.\", \"Due.\"]\n", NULL),
                        "A. Uno.|B. Due.|Come ti chiami?|Non ho capito.|");
    (void)state;
}

static void a_text_with_a_value_is_not_known_before(void **state)
{
    bool open = false;
    assert_string_equal(flow_says("  - ask: nome\n  - say: \"Ciao {nome}.\"\n", &open),
                        "Come ti chiami?|Non ho capito.|");
    assert_true(open);
    (void)state;
}

static void what_is_followed_by_the_assistants_own_words_is_left_out(void **state)
{
    assert_string_equal(flow_says("  - ask: nome\n  - say: \"Ti passo una persona.\"\n  - handoff: true\n", NULL),
                        "Come ti chiami?|Non ho capito.|");
    (void)state;
}

/* As many choices one behind the other as make more ways than can be gone: it ends, and has what there is room for. */
static void there_is_an_end_of_ways(void **state)
{
    struct buf steps;
    buf_init(&steps, 1 << 16);
    buf_puts(&steps, "  - ask: nome\n");
    for (int i = 0; i < 40; i++)
        buf_printf(&steps, "  - if: nome == \"%d\"\n    say: \"Detto %d.\"\n", i, i);
    const char *all = flow_says(steps.data, NULL);
    size_t count = 0;
    for (const char *at = all; (at = strchr(at, '|')) != NULL; at++)
        count++;
    assert_int_equal(count, SAYS_MOST);
    buf_free(&steps);
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_answer_is_one_text),
        cmocka_unit_test(texts_that_follow_each_other_are_one_message),
        cmocka_unit_test(every_branch_is_gone_and_what_is_behind_it),
        cmocka_unit_test(texts_that_take_turns_do_so_together),
        cmocka_unit_test(a_text_with_a_value_is_not_known_before),
        cmocka_unit_test(what_is_followed_by_the_assistants_own_words_is_left_out),
        cmocka_unit_test(there_is_an_end_of_ways),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
