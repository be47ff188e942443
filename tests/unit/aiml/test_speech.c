/* Speech: each element, by what it says. The star of the tests' category is "one two three". */
#include "aiml_test.h"

#define T(template) "<category><pattern>T ^</pattern><template>" template "</template></category>"

static void elements_say_what_they_should(void **state)
{
    static const struct {
        const char *inside, *said;
    } cases[] = {
        {"<star/>", "one two three"},
        {"<star index='2'/>", ""},
        {"<first><star/></first>|<rest><star/></rest>|<rest>x</rest>", "one|two three|"},
        {"<uppercase>perché <star/></uppercase>", "PERCHÉ ONE TWO THREE"},
        {"<lowercase>ÈCCO</lowercase>", "ècco"},
        {"<formal>john o'HARA smith</formal>", "John O'hara Smith"},
        {"<sentence>hello big World</sentence>", "Hello big World"},
        {"<explode>a bè</explode>|<implode>a b c</implode>", "a b è|abc"},
        {"<think>x<set name='v'>1</set></think><get name='v'/>", "1"},
        {"<set name='v'> a  b </set>!", "a b!"},
        {"<set><name>n<star/></name>v</set><get><name>n<star/></name></get>", "vv"},
        {"<set var='l'>x</set><get var='l'/><get name='l'/>", "xxunknown"},
        {"<bot name='nobody'/>", "unknown"},
        {"<map name='successor'>9</map> <map name='predecessor'>0</map> <map name='successor'>x</map>",
         "10 -1 unknown"},
        {"<map name='plural'>berry</map> <map name='plural'>box</map> <map name='singular'>berries</map> "
         "<map name='singular'>boxes</map> <map name='singular'>glass</map>",
         "berries boxes berry box glass"},
        {"<size/> <program/> <id/>", "1 Sportello unknown"},
        {"<eval>e</eval>", "e"},
        {"a <br/> b", "a\nb"},
        {"<random><li>only</li></random>", "only"},
        {"<random></random>", ""},
        {"<topicstar/>|<thatstar/>", "|"},
        {"<person>x</person>", "x"},
    };
    struct bot *b = *state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_string_equal(bot_template(b, cases[i].inside), cases[i].said);
}

static void conditions_choose(void **state)
{
    static const struct {
        const char *inside, *said;
    } cases[] = {
        {"<think><set name='a'>Yes Sir</set></think><condition name='a' value='yes sir'>1</condition>", "1"},
        {"<condition name='a' value='x'>1</condition>", ""},
        {"<condition name='a' value='*'>1</condition>", ""},
        {"<think><set name='a'>0</set></think><condition name='a'><value>*</value>1</condition>", "1"},
        {"<think><set name='a'>2</set></think><condition name='a'><li value='1'>x</li><li "
         "value='2'>y</li><li>z</li></condition>",
         "y"},
        {"<condition name='a'><li value='1'>x</li><li>z</li></condition>", "z"},
        {"<condition name='a'><li value='unknown'>x</li><li>z</li></condition>", "x"},
        {"<think><set var='b'>1</set></think><condition><li name='a' value='1'>x</li><li "
         "var='b'><value>1</value>y</li></condition>",
         "y"},
        {"<think><set name='n'>3</set></think><condition name='n'><li value='0'>end</li><li><get name='n'/>"
         "<think><set name='n'><map name='predecessor'><get name='n'/></map></set></think><loop/></li></condition>",
         "3 2 1 end"},
    };
    struct bot *b = *state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_string_equal(bot_template(b, cases[i].inside), cases[i].said);
}

static void locals_end_with_their_category(void **state)
{
    struct bot *b = *state;
    bot_is(b, T("<set var='v'>1</set><srai>INNER</srai><get var='v'/>") "<category><pattern>INNER</"
                                                                        "pattern><template>[<get var='v'/><set "
                                                                        "var='v'>2</set>]</template></category>");
    assert_string_equal(bot_says(b, "t"), "1[unknown2]1");
    assert_string_equal(bot_says(b, "inner"), "[unknown2]");
}

static void sr_and_srai_ask_again(void **state)
{
    struct bot *b = *state;
    bot_is(
        b,
        T("<sr/>+<srai>one two <first><star/></first></srai>") "<category><pattern>ONE "
                                                               "*</pattern><template>1<star/></template></category>");
    assert_string_equal(bot_says(b, "t one x"), "1x+1two one");
}

static void dates_are_of_the_clock_that_is_passed_in(void **state)
{
    static const struct {
        const char *inside, *said;
    } cases[] = {
        {"<date format='%A %d %B %Y, %H:%M'/>", "Sunday 22 November 2026, 15:04"},
        {"<date jformat=\"EEEE d MMMM yyyy, h:mm a\"/>", "Sunday 22 November 2026, 3:04 PM"},
        {"<date format='%A' locale='it_IT'/>", "domenica"},
        {"<date/>", "Sun Nov 22 15:04:05 2026"},
        {"<interval format='%B %d'><style>days</style><from><date format='%B %d'/></from><to>December "
         "25</to></interval>",
         "33"},
        {"<interval jformat='dd/MM/yyyy' style='years' from='23/11/2000'><to><date "
         "jformat='dd/MM/yyyy'/></to></interval>",
         "25"},
        {"<interval style='days' format='%d' from='x' to='y'/>", "unknown"},
    };
    struct bot *b = *state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_string_equal(bot_template(b, cases[i].inside), cases[i].said);
    b->lang = "it";
    assert_string_equal(bot_template(b, "<date format='%a %B'/>"), "dom novembre");
}

static void substitutions_change_what_is_heard_and_said(void **state)
{
    struct bot *b = *state;
    bot_reads(
        b, "aiml/a.aiml",
        "<aiml>" T("<person><star/></person>|<person/>|<gender><star/></gender>|<normalize>it's a.com</normalize>|"
                   "<denormalize>a dot com</denormalize>") "</aiml>",
        "aiml/person.txt", "\" you \",\" me2 \"\n\" me \",\" you2 \"\n\" me2 \",\" me \"\n\" you2 \",\" you \"\n",
        "aiml/gender.substitution", "[[\"he\", \"she\"],\n[\"him\", \"her\"]]", "aiml/substitutions/normal.txt",
        "\" it's \",\" it is \"\n\".com\",\" dot com \"\n", "aiml/denormal.txt", "\" dot com \",\".com\"\n", NULL);
    assert_string_equal(bot_says(b, "t You and me"), "me and you|me and you|You and me|it is a dot com|a.com");
    assert_string_equal(bot_says(b, "t him. t b.com"),
                        "him|him|her|it is a dot com|a.com. b dot com|b dot com|b dot com|it is a dot com|a.com");
}

static void first_values_of_predicates_come_from_a_file(void **state)
{
    struct bot *b = *state;
    bot_reads(
        b, "aiml/a.aiml",
        "<aiml>" T("<get name='City'/> <bot name='NAME'/> <get name='other'/><set name='city'>Roma</set>") "</aiml>",
        "aiml/defaults.txt", "city: Bergamo\n", "aiml/bot.properties",
        "[[\"name\", \"Rosa\"], [\"default-get\", \"?\"]]", NULL);
    assert_string_equal(bot_says(b, "t"), "Bergamo Rosa ?Roma");
    assert_string_equal(bot_says(b, "t"), "Roma Rosa ?Roma");
}

static void maps_are_asked_by_words(void **state)
{
    struct bot *b = *state;
    bot_reads(b, "aiml/a.aiml", "<aiml>" T("<map name='Capital'><star/></map>") "</aiml>", "aiml/maps/capital.txt",
              "United Kingdom:London\nUnited States:Washington, D.C.\n", NULL);
    assert_string_equal(bot_says(b, "t united  kingdom!"), "London");
    assert_string_equal(bot_says(b, "t UNITED STATES"), "Washington, D.C.");
    assert_string_equal(bot_says(b, "t nowhere"), "unknown");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        BOT_TEST(elements_say_what_they_should),
        BOT_TEST(conditions_choose),
        BOT_TEST(locals_end_with_their_category),
        BOT_TEST(sr_and_srai_ask_again),
        BOT_TEST(dates_are_of_the_clock_that_is_passed_in),
        BOT_TEST(substitutions_change_what_is_heard_and_said),
        BOT_TEST(first_values_of_predicates_come_from_a_file),
        BOT_TEST(maps_are_asked_by_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
