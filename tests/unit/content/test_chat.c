/* Chat: dialogues and their globs. */
#include "content_test.h"

#include "content/chat.h"

static const struct chat *read(struct fixture *f, const char *text)
{
    return chat_read(f->arena, "a.chat", "it", text, strlen(text), f->problems);
}

static void reads_a_dialogue(void **state)
{
    struct fixture *f = *state;
    const struct chat *c = read(f, "# Goal: a price.\r\n\r\n# a comment\r\nvisitor: quanto costa\r\nbot: *6,50 €*\r\n"
                                   "  expect article costo, confidence >= 0.60, says uno, due, mood glad\r\n"
                                   "pick: Altro\r\n\texpect handoff, fallback, offers x, kind answer, intent y\r\n");
    assert_string_equal(printed(f), "");
    assert_string_equal(c->goal, "a price.");
    assert_int_equal(c->count, 12);
    assert_int_equal(c->lines[0].line, 4);
    assert_int_equal(c->lines[0].column, 10);
    assert_int_equal(c->lines[1].kind, CHAT_BOT);
    assert_int_equal(c->lines[3].check, CHECK_CONFIDENCE);
    assert_int_equal(c->lines[3].comparison, 1);
    assert_true(c->lines[3].number > 0.59 && c->lines[3].number < 0.61);
    assert_string_equal(c->lines[4].text, "uno, due");
    assert_int_equal(c->lines[5].check, CHECK_MOOD);
    assert_int_equal(c->lines[7].check, CHECK_HANDOFF);
    assert_string_equal(c->lines[7].text, "");
    assert_int_equal(c->lines[7].column, 9);
}

static void reads_comparisons(void **state)
{
    struct fixture *f = *state;
    const struct chat *c =
        read(f, "# Goal: x\nvisitor: y\n  expect confidence < 0.5, confidence <= 1, confidence >0, confidence => 1\n");
    assert_int_equal(c->count, 4);
    assert_int_equal(c->lines[1].comparison, -2);
    assert_int_equal(c->lines[2].comparison, -1);
    assert_int_equal(c->lines[3].comparison, 2);
    assert_int_equal(problems_count(f->problems, SEVERITY_ERROR), 1);
}

static void globs_match_whole_texts(void **state)
{
    (void)state;
    static const struct {
        const char *glob, *text;
        bool match;
    } cases[] = {
        {"ciao", "ciao", true},
        {"ciao", "ciao!", false},
        {"*", "", true},
        {"*6,50 €*", "costa 6,50 € e", true},
        {"a*b*c", "axxbyyc", true},
        {"a*b*c", "axxbyy", false},
        {"a b", "a \n\n b", true},
        {"a  b ", " a b", true},
        {"*ab", "aab", true},
        {"", "", true},
        {"", "x", false},
        {"a*", "a", true},
        {"*a*a*a*a*b", "aaaaaaaaaaaaaaaaaaaaaaaa", false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        if (chat_glob(cases[i].glob, cases[i].text) != cases[i].match)
            fail_msg("%s | %s", cases[i].glob, cases[i].text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {TEST(reads_a_dialogue), TEST(reads_comparisons), TEST(globs_match_whole_texts)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
