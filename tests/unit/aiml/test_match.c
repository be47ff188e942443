/* Match: which category is chosen, and what its stars are. */
#include "aiml_test.h"

#include "aiml/match.h"

#define CATEGORY(pattern, template)                                                                                    \
    "<category><pattern>" pattern "</pattern><template>" template "</template></category>"

static void priorities_are_those_of_aiml_2(void **state)
{
    struct bot *b = *state;
    static const char *const patterns[] = {"*", "^", "<set>colour</set>", "RED", "_", "#", "$RED"};
    char all[2000] = "";
    /* Each one added wins over all before it. */
    for (size_t i = 0; i < sizeof patterns / sizeof *patterns; i++) {
        char *file = arena_printf(b->arena, "%s<category><pattern>GO %s</pattern><template>%zu</template></category>",
                                  all, patterns[i], i);
        snprintf(all, sizeof all, "%s", file);
        bot_reads(b, "aiml/a.aiml", arena_printf(b->arena, "<aiml>%s</aiml>", all), "aiml/sets/colour.txt", "red\n",
                  NULL);
        char expected[8];
        snprintf(expected, sizeof expected, "%zu", i);
        assert_string_equal(bot_says(b, "go red"), expected);
    }
}

static void wildcards_take_as_few_words_as_they_can(void **state)
{
    struct bot *b = *state;
    bot_is(b, CATEGORY("* AND *", "<star/>|<star index=\"2\"/>") CATEGORY("# SO #", "<star/>|<star index=\"2\"/>"));
    assert_string_equal(bot_says(b, "a b and c and d"), "a b|c and d");
    assert_string_equal(bot_says(b, "so"), "|");
    assert_string_equal(bot_says(b, "well, so it is"), "well|it is");
    assert_string_equal(bot_says(b, "and c"), "");
    assert_false(b->reply.matched);
    assert_true(b->reply.fallback);
}

static void a_set_takes_as_many_words_as_it_can(void **state)
{
    struct bot *b = *state;
    bot_reads(b, "aiml/a.aiml",
              "<aiml>" CATEGORY("I LIKE <set>colour</set>", "<star/>!")
                  CATEGORY("I LIKE <set>colour</set> *", "<star/>+<star index='2'/>")
                      CATEGORY("N <set>number</set>", "<star/>") "</aiml>",
              "aiml/sets/colour.txt", "Red\nRed Orange\n", NULL);
    assert_string_equal(bot_says(b, "I like RED"), "Red!");
    assert_string_equal(bot_says(b, "I like red orange"), "Red Orange!");
    assert_string_equal(bot_says(b, "I like red orange wine"), "Red Orange+wine");
    assert_string_equal(bot_says(b, "I like red wine"), "Red+wine");
    assert_string_equal(bot_says(b, "n 42"), "42");
    assert_string_equal(bot_says(b, "n fortytwo"), "");
}

static void that_and_topic_choose_among_equal_patterns(void **state)
{
    struct bot *b = *state;
    bot_is(b, CATEGORY("ASK", "Tea? Or coffee?")
                  CATEGORY("YES", "plain") "<category><pattern>YES</pattern><that>OR *</that><template>about "
                                           "<thatstar/></template></category>"
                                           "<topic name='TEA *'><category><pattern>YES</pattern><template>topic "
                                           "<topicstar/></template></category></topic>"
                                           "<category><pattern>SET *</pattern><template><think><set "
                                           "name='topic'><star/></set></think>ok</template></category>");
    assert_string_equal(bot_says(b, "yes"), "plain");
    bot_says(b, "ask");
    assert_string_equal(bot_says(b, "yes"), "about coffee");
    bot_says(b, "set tea time");
    assert_string_equal(bot_says(b, "yes"), "topic time");
    /* A that is looked at before a topic, as its place in the path has it. */
    bot_says(b, "ask");
    assert_string_equal(bot_says(b, "yes"), "about coffee");
}

static void properties_stand_in_patterns(void **state)
{
    struct bot *b = *state;
    bot_reads(b, "aiml/a.aiml",
              "<aiml>" CATEGORY("ARE YOU <bot name='name'/>", "I am.")
                  CATEGORY("ARE YOU <bot name='age'/>", "no") "</aiml>",
              "aiml/properties.txt", "name:Rosa Bianchi\n", NULL);
    assert_string_equal(bot_says(b, "are you rosa bianchi"), "I am.");
    assert_non_null(strstr(bot_problems(b), "no property \"age\""));
}

static void a_search_that_goes_astray_is_cut_short(void **state)
{
    struct bot *b = *state;
    char text[AIML_WORDS * 2 + 1];
    bot_is(b, CATEGORY("* A * A * A * A * A * A * A * A * END", "never"));
    for (size_t i = 0; i < AIML_WORDS; i++)
        memcpy(text + 2 * i, "a ", 2);
    text[sizeof text - 1] = '\0';
    assert_string_equal(bot_says(b, text), "");
    assert_int_equal(b->reply.fault, AIML_FAULT_NONE);
    struct heard part[PARTS] = {[PART_THAT] = match_nothing(), [PART_TOPIC] = match_nothing()};
    struct match m;
    struct match_scratch many = {.steps = AIML_STEPS}, few = {.steps = 10};
    assert_int_equal(match_hear(b->aiml, text, strlen(text), b->arena, &part[PART_PATTERN]), 0);
    assert_int_equal(match_find(b->aiml, part, &many, b->arena, &m), 0);
    assert_int_equal(m.category, 0);
    assert_true(AIML_STEPS - many.steps < 50000);
    assert_int_equal(match_find(b->aiml, part, &few, b->arena, &m), -1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        BOT_TEST(priorities_are_those_of_aiml_2),      BOT_TEST(wildcards_take_as_few_words_as_they_can),
        BOT_TEST(a_set_takes_as_many_words_as_it_can), BOT_TEST(that_and_topic_choose_among_equal_patterns),
        BOT_TEST(properties_stand_in_patterns),        BOT_TEST(a_search_that_goes_astray_is_cut_short),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
