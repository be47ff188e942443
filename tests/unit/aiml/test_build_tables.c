/* Tables: sets, maps, substitutions and properties as other programs write them. */
#include "aiml_test.h"

static void both_ways_of_writing_read_alike(void **state)
{
    static const char categories[] =
        "<aiml><category><pattern>A <set>s</set></pattern><template><star/>=<map name='m'><star/></map>"
        "</template></category></aiml>";
    struct bot *b = *state;
    bot_reads(b, "aiml/a.aiml", categories, "aiml/sets/s.txt", "\xef\xbb\xbfRed Wine\r\n\r\nbeer\r\n",
              "aiml/maps/m.txt", "# a remark\nred wine : good: very\nbeer=fine\n", NULL);
    assert_string_equal(bot_says(b, "a red wine"), "Red Wine=good: very");
    assert_string_equal(bot_says(b, "a beer"), "beer=fine");
    bot_reads(b, "aiml/a.aiml", categories, "aiml/s.set", "[[\"Red\", \"Wine\"], [\"beer\"]]", "aiml/m.map",
              "[\n[\"red wine\", \"good \\u00e8 \\\"so\\\"\"],\n[\"beer\",\"fine\"]]", NULL);
    assert_string_equal(bot_says(b, "a red wine"), "Red Wine=good è \"so\"");
    assert_string_equal(bot_says(b, "a beer"), "beer=fine");
    assert_string_equal(bot_problems(b), "");
}

static void mistakes_are_told_with_their_line(void **state)
{
    static const struct {
        const char *path, *text, *problem;
    } cases[] = {
        {"aiml/maps/m.txt", "a:b\nc\n", "aiml/maps/m.txt:2:1: warning: not read: write `name:value`"},
        {"aiml/normal.txt", "\n\"a\",\"b\n", "aiml/normal.txt:2:1: error: a quote without its end"},
        {"aiml/normal.txt", "abc\n", "aiml/normal.txt:1:1: warning: not read: write \"from\",\"to\""},
        {"aiml/sets/s.txt", "ok\nbad \xff\n", "aiml/sets/s.txt:2:1: error: not UTF-8"},
    };
    struct bot *b = *state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        bot_reads(b, cases[i].path, cases[i].text, NULL);
        assert_non_null(strstr(bot_problems(b), cases[i].problem));
    }
    bot_reads(b, "aiml/sets/s.txt", "a", "aiml/x/s.set", "b", NULL);
    assert_non_null(strstr(bot_problems(b), "a second set \"s\"; join the two files"));
}

static void a_line_has_a_ceiling(void **state)
{
    struct bot *b = *state;
    char *line = arena_alloc(b->arena, AIML_LINE_BYTES + 100);
    memset(line, 'x', AIML_LINE_BYTES + 50);
    bot_reads(b, "aiml/sets/s.txt", line, "aiml/maps/m.txt", line, "aiml/person.txt", line, NULL);
    assert_int_equal(problems_count(b->problems, SEVERITY_ERROR), 3);
    assert_non_null(strstr(bot_problems(b), "longer than 4096 bytes"));
}

static void a_built_in_map_can_be_replaced(void **state)
{
    struct bot *b = *state;
    bot_reads(b, "aiml/a.aiml",
              "<aiml><category><pattern>A *</pattern><template><map "
              "name='successor'><star/></map></template></category></aiml>",
              "aiml/maps/successor.txt", "1:uno\n", NULL);
    assert_string_equal(bot_says(b, "a 1"), "uno");
    assert_string_equal(bot_says(b, "a 2"), "unknown");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        BOT_TEST(both_ways_of_writing_read_alike),
        BOT_TEST(mistakes_are_told_with_their_line),
        BOT_TEST(a_line_has_a_ceiling),
        BOT_TEST(a_built_in_map_can_be_replaced),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
