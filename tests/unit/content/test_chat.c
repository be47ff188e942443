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

static void reads_what_the_world_is_like(void **state)
{
    struct fixture *f = *state;
    const struct chat *c = read(f, "# Goal: x.\n"
                                   "from: {intent: ordine, asking: numero, numero: AB-1234, n: 3}\n"
                                   "clock: 2028-02-29 23:59\nlater: 90 minutes\nlater: 1 day\nchance: 3\n"
                                   "signed-in: u 1\n"
                                   "webhook ordini: {a: 1, b: {c: [x, {d: y}]}, e: \"è: sì\"}\n"
                                   "webhook ordini: fails\nvisitor: ciao\n");
    assert_string_equal(printed(f), "");
    assert_int_equal(c->count, 9);
    assert_int_equal(c->lines[0].kind, CHAT_FROM);
    assert_int_equal(c->lines[0].pair_count, 4);
    assert_string_equal(c->lines[0].pairs[2].name, "numero");
    assert_string_equal(c->lines[0].pairs[2].value, "AB-1234");
    assert_int_equal(c->lines[1].moment.month, 2);
    assert_int_equal(c->lines[1].moment.minute, 59);
    assert_true(c->lines[2].seconds == 90 * 60 && c->lines[3].seconds == 24 * 3600);
    assert_true(c->lines[4].number == 3);
    assert_string_equal(c->lines[5].text, "u 1");
    const struct chat_line *webhook = &c->lines[6];
    assert_string_equal(webhook->text, "ordini");
    assert_int_equal(webhook->pair_count, 4);
    assert_string_equal(webhook->pairs[1].name, "b.c.1");
    assert_string_equal(webhook->pairs[2].name, "b.c.2.d");
    assert_string_equal(webhook->pairs[3].value, "è: sì");
    assert_true(c->lines[7].fails);
}

static void mistakes_in_the_world_have_their_place(void **state)
{
    static const struct {
        const char *line, *printed;
    } rows[] = {
        {"from: {intent: ordine}", "a.chat:2:7: error: write for example"},
        {"from:", "a.chat:2:1: error: write for example"},
        {"clock: tomorrow", "a.chat:2:8: error: write a day and a time"},
        {"clock: 2027-13-01 10:00", "a.chat:2:8: error: write a day and a time"},
        {"later: soon", "a.chat:2:8: error: write how much time"},
        {"later:   0 days", "a.chat:2:10: error: write how much time"},
        {"chance: x", "a.chat:2:9: error: write a number"},
        {"signed-in:", "a.chat:2:1: error: write who it is"},
        {"webhook ordini: perhaps", "a.chat:2:9: error: write “webhook NAME"},
        {"webhook due parole: {a: 1}", "a.chat:2:9: error: write “webhook NAME"},
        {"webhook ordini: {a: 1, a: 2}", "a.chat:2:24: error: the key “a” is given twice"},
        {"webhook ordini: {a: [1}", "a.chat:2:23: error: not YAML"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct fixture *f = *state;
        char text[200];
        snprintf(text, sizeof text, "# Goal: x.\n%s\nvisitor: ciao\n", rows[i].line);
        problems_free(f->problems);
        f->problems = problems_new();
        read(f, text);
        if (strncmp(printed(f), rows[i].printed, strlen(rows[i].printed)) != 0)
            fail_msg("“%s”: %s", rows[i].line, printed(f));
    }
}

static void more_values_than_a_flow_can_use_are_refused(void **state)
{
    struct fixture *f = *state;
    char text[4096] = "# Goal: x.\nwebhook ordini: {";
    for (int i = 0; i <= CHAT_PAIRS_MAX; i++)
        snprintf(text + strlen(text), sizeof text - strlen(text), "%sk%d: v", i > 0 ? ", " : "", i);
    snprintf(text + strlen(text), sizeof text - strlen(text), "}\nvisitor: ciao\n");
    read(f, text);
    assert_non_null(strstr(printed(f), "more than 100 values"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {TEST(reads_a_dialogue),
                                       TEST(reads_comparisons),
                                       TEST(globs_match_whole_texts),
                                       TEST(reads_what_the_world_is_like),
                                       TEST(mistakes_in_the_world_have_their_place),
                                       TEST(more_values_than_a_flow_can_use_are_refused)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
