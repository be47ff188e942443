/* Intent: one-step intents. */
#include "content_test.h"

#include "content/intent.h"

static struct collect read(struct fixture *f, const char *text)
{
    struct collect c = {.arena = f->arena, .problems = f->problems};
    intent_read(&c, "intents/it/a.yaml", "it", (struct span){text, strlen(text)});
    return c;
}

static void reads_all_keys(void **state)
{
    struct fixture *f = *state;
    struct collect c =
        read(f, "intent: persona\ntitle: \"Una persona\"\nexamples: [\"voglio una persona\", operatore]\n"
                "say:\n  - |\n    Va **bene**.\n\n    - subito\n  - \"Certo!\"\n"
                "buttons: [\"[Orari](#orari)\", \"[Sito](https://example.com)\"]\n"
                "handoff: negozio\nmood: warm\n");
    assert_string_equal(printed(f), "");
    assert_int_equal(c.intent_count, 1);
    const struct intent *n = &c.intents[0];
    assert_string_equal(n->id, "persona");
    assert_string_equal(n->title, "Una persona");
    assert_int_equal(n->example_count, 2);
    assert_int_equal(n->examples[1].place.column, 34);
    assert_int_equal(n->say_count, 2);
    assert_int_equal(n->say[0]->next->kind, BLOCK_LIST);
    assert_int_equal(n->option_count, 2);
    assert_string_equal(n->options[0].target, "orari");
    assert_string_equal(n->handoff, "negozio");
    assert_string_equal(n->mood, "warm");
    assert_int_equal(c.link_count, 2); /* #orari and the department */
}

static void fills_in_what_is_left_out(void **state)
{
    struct fixture *f = *state;
    struct collect c = read(f, "intent: a\nexamples: [uno]\nhandoff: true\n");
    assert_string_equal(c.intents[0].title, "uno");
    assert_string_equal(c.intents[0].handoff, "");
    assert_string_equal(c.intents[0].mood, "neutral");
    c = read(f, "intent: a\nexamples: [uno]\nsay: x\nhandoff: false\n");
    assert_null(c.intents[0].handoff);
    assert_string_equal(printed(f), "");
}

static void all_mistakes_in_one_run(void **state)
{
    struct fixture *f = *state;
    read(f, "intent: a b\nexamples: uno\nsay: {a: b}\nbuttons: x\nhandoff: [a]\nmood: happy\nsteps: []\nwhat: 1\n");
    assert_int_equal(problems_count(f->problems, SEVERITY_ERROR), 11);
}

int main(void)
{
    const struct CMUnitTest tests[] = {TEST(reads_all_keys), TEST(fills_in_what_is_left_out),
                                       TEST(all_mistakes_in_one_run)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
