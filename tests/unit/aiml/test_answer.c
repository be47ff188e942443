/* Answer: a message, sentence by sentence; limits; what is a fallback. */
#include "aiml_test.h"

#define CATEGORY(pattern, template)                                                                                    \
    "<category><pattern>" pattern "</pattern><template>" template "</template></category>"

static void the_same_goes_in_the_same_comes_out(void **state)
{
    struct bot *b = *state;
    bot_is(b, CATEGORY("A *", "<random><li>1</li><li>2</li><li>3</li><li>4</li></random>"
                              "<random><li>1</li><li>2</li><li>3</li><li>4</li></random><set name='x'><star/></set>"));
    struct aiml_heard heard = {.text = "a b", .lang = "en", .now = b->now, .chance = 7};
    struct aiml_memory before = {0};
    struct aiml_reply one, two;
    bool differs = false;
    assert_int_equal(aiml_answer(b->aiml, &heard, &before, b->arena, &one), 0);
    assert_int_equal(aiml_answer(b->aiml, &heard, &before, b->arena, &two), 0);
    assert_string_equal(one.text, two.text);
    assert_int_equal(before.predicate_count, 0);
    for (heard.chance = 0; heard.chance < 50; heard.chance++) {
        assert_int_equal(aiml_answer(b->aiml, &heard, &before, b->arena, &two), 0);
        differs = differs || strcmp(one.text, two.text) != 0;
    }
    assert_true(differs);
}

static void sentences_are_answered_one_by_one(void **state)
{
    struct bot *b = *state;
    bot_is(b, CATEGORY("HELLO", "hi") CATEGORY("HOW ARE YOU", "Fine!") CATEGORY("BYE", "see you"));
    assert_string_equal(bot_says(b, "Hello. How are you? Bye!!!"), "hi. Fine! see you");
    assert_string_equal(bot_says(b, "hello\nbye"), "hi. see you");
    assert_string_equal(bot_says(b, "hello. qqq. bye"), "hi. see you");
    assert_true(b->reply.matched && !b->reply.fallback);
    assert_string_equal(bot_says(b, ""), "");
}

static void only_an_ultimate_default_is_a_fallback(void **state)
{
    struct bot *b = *state;
    bot_is(b, CATEGORY("*", "what?") CATEGORY("HELLO", "hi") CATEGORY("PLEASE *", "<srai><star/></srai>")
                  CATEGORY("WELL *", "well <srai><star/></srai>") CATEGORY(
                      "NOTE *", "<think><srai><star/></srai></think>noted") "<category><pattern>*</pattern><that>WHICH "
                                                                            "ONE</that><template>that "
                                                                            "one</template></category>" CATEGORY(
                                                                                "PICK", "Which one?"));
    static const struct {
        const char *text;
        bool fallback;
    } cases[] = {{"hello", false},    {"xyz", true},       {"please hello", false}, {"please xyz", true},
                 {"well xyz", false}, {"note xyz", false}, {"xyz. hello", false},   {"xyz. abc", true}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        bot_says(b, cases[i].text);
        assert_int_equal(b->reply.fallback, cases[i].fallback);
        assert_true(b->reply.matched);
    }
    bot_says(b, "pick");
    assert_string_equal(bot_says(b, "xyz"), "that one");
    assert_false(b->reply.fallback);
    bot_is(b, CATEGORY("^", "empty"));
    bot_says(b, "xyz");
    assert_true(b->reply.fallback);
    bot_is(b, CATEGORY("_", "any"));
    bot_says(b, "xyz");
    assert_false(b->reply.fallback);
}

static void what_has_no_end_is_a_fault(void **state)
{
    static const struct {
        const char *inside;
        enum aiml_fault fault;
    } cases[] = {
        {"<srai>T</srai>", AIML_FAULT_DEPTH},
        {"<srai>T <star/> <star/></srai>", AIML_FAULT_DEPTH},
        {"<think><srai>T</srai><srai>T</srai></think>", AIML_FAULT_DEPTH},
        {"<condition name='x'><li>a<loop/></li></condition>", AIML_FAULT_LOOP},
        {"<think><condition name='x'><li><loop/></li></condition></think>", AIML_FAULT_LOOP},
    };
    struct bot *b = *state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_string_equal(bot_template(b, cases[i].inside), "");
        assert_int_equal(b->reply.fault, cases[i].fault);
        assert_true(strlen(aiml_fault_name(b->reply.fault)) > 10);
    }
}

static void an_answer_has_a_ceiling(void **state)
{
    struct bot *b = *state;
    bot_is(b, CATEGORY("GROW", "<set name='s'>0123456789</set><srai>MORE</srai>") CATEGORY(
                  "MORE", "<set name='s'><get name='s'/><get name='s'/><get name='s'/></set><srai>MORE</srai>"));
    assert_string_equal(bot_says(b, "grow"), "");
    assert_int_equal(b->reply.fault, AIML_FAULT_LENGTH);
    assert_int_equal(b->memory.predicate_count, 0);
    assert_int_equal(b->memory.past_count, 1);
}

static void a_full_arena_is_told(void **state)
{
    struct bot *b = *state;
    struct arena *small = arena_new(2000);
    struct aiml_heard heard = {.text = "hello", .lang = "en", .now = b->now};
    bot_is(b, CATEGORY("HELLO", "hi"));
    assert_int_equal(aiml_answer(b->aiml, &heard, &b->memory, small, &b->reply), -1);
    arena_free(small);
}

static void an_answer_needs_no_more_than_is_said(void **state)
{
    static const char *const insides[] = {
        "<srai>T <star/> <star/></srai>",
        "<think><srai>T</srai><srai>T</srai></think>",
        "<condition name='x'><li><person2><person><star/></person></person2><set "
        "name='v'><star/></set><loop/></li></condition>",
        "<condition name='x'><li><set var='v'><star/></set><think><srai>Q "
        "<star/></srai></think><loop/></li></condition>",
        "<uppercase><lowercase><formal><explode><star/></explode></formal></lowercase></uppercase><srai>T "
        "<star/></srai>",
    };
    struct bot *b = *state;
    char said[4096] = "t";
    for (size_t at = 1; at + 3 < sizeof said; at += 3)
        memcpy(said + at, " so", 4);
    for (size_t i = 0; i < sizeof insides / sizeof *insides; i++) {
        struct arena *enough = arena_new(AIML_ANSWER_BYTES);
        struct aiml_heard heard = {.text = said, .lang = "en", .now = b->now};
        struct aiml_reply reply;
        char *one = arena_printf(
            b->arena,
            "<aiml><category><pattern>T ^</pattern><template>%s</template></category>"
            "<category><pattern>* SO * SO * SO * SO * END</pattern><template>x</template></category></aiml>",
            insides[i]);
        bot_reads(b, "aiml/a.aiml", one, "aiml/person.txt", "\"so\",\"so so so so so so so so so so\"\n", NULL);
        assert_int_equal(aiml_answer(b->aiml, &heard, &b->memory, enough, &reply), 0);
        assert_int_not_equal(reply.fault, AIML_FAULT_NONE);
        assert_true(arena_used(enough) < AIML_ANSWER_BYTES);
        arena_free(enough);
    }
}

static void the_trail_tells_who_spoke(void **state)
{
    struct bot *b = *state;
    bot_is(b, "\n" CATEGORY("A", "<srai>B</srai>") "\n" CATEGORY("B", "b"));
    bot_says(b, "a");
    assert_int_equal(b->reply.trail_count, 2);
    struct aiml_category c = aiml_category(b->aiml, b->reply.trail[1]);
    assert_string_equal(c.pattern, "B");
    assert_string_equal(c.that, "*");
    assert_string_equal(c.file, "aiml/a.aiml");
    assert_int_equal(c.line, 3);
    assert_int_equal(b->reply.line, 2);
}

static void what_was_said_before_can_be_told(void **state)
{
    struct bot *b = *state;
    bot_is(b, CATEGORY("ONE *", "First <star/>. And more.") CATEGORY("TWO", "second") CATEGORY(
                  "TELL", "<input/>|<input index='1'/>|<input index='3'/>|<request/>|<request index='2'/>|<response/>|"
                          "<response index='2'/>|<that/>|<that index='2,1'/>|<that index='2,2'/>|<that index='9'/>"));
    bot_says(b, "one x. one y");
    bot_says(b, "two");
    assert_string_equal(bot_says(b, "tell"),
                        "tell|two|one x.|two|one x. one y|second|First x. And more. First y. And more.|"
                        "second|And more.|First y.|");
}

static void control_characters_from_outside_do_no_harm(void **state)
{
    struct bot *b = *state;
    bot_is(b, CATEGORY("SAY *", "<star/> <link><text>t</text><url>https://a.example/</url></link>"));
    assert_string_equal(bot_says(b, "say a\x1e"
                                    "0\x1f b"),
                        "a 0 b t");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        BOT_TEST(the_same_goes_in_the_same_comes_out),
        BOT_TEST(sentences_are_answered_one_by_one),
        BOT_TEST(only_an_ultimate_default_is_a_fallback),
        BOT_TEST(what_has_no_end_is_a_fault),
        BOT_TEST(an_answer_has_a_ceiling),
        BOT_TEST(a_full_arena_is_told),
        BOT_TEST(an_answer_needs_no_more_than_is_said),
        BOT_TEST(the_trail_tells_who_spoke),
        BOT_TEST(what_was_said_before_can_be_told),
        BOT_TEST(control_characters_from_outside_do_no_harm),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
