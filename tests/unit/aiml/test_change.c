/* Change: substitutions, the longest first, at the ends of words where they ask for it. */
#include "aiml_test.h"

#include "aiml/change.h"

static void changed(struct bot *b, int which, const char *text, const char *expected)
{
    size_t size = 0;
    const char *out = change_text(b->aiml, which, text, strlen(text), AIML_OUTPUT_BYTES, b->arena, &size);
    assert_string_equal(out, expected);
    assert_int_equal(strlen(out), size);
}

static void the_longest_that_fits_is_put_in_once(void **state)
{
    struct bot *b = *state;
    bot_reads(
        b, "aiml/normal.txt",
        "\" can't \",\" can not \"\n\"can\",\"CAN\"\n\".com\",\" dot com \"\n\" u \",\" you \"\n\" you \",\" thou \"\n"
        "\"%20\",\" \"\n",
        NULL);
    changed(b, CHANGE_NORMAL, "I can't, CAN'T!", "I can not, can not!");
    changed(b, CHANGE_NORMAL, "pecan can'tx", "peCAN CAN'tx");
    changed(b, CHANGE_NORMAL, "see a.com now", "see a dot com now");
    changed(b, CHANGE_NORMAL, "u u  u\tand fur", "you you you and fur");
    changed(b, CHANGE_NORMAL, "a%20b", "a b");
    changed(b, CHANGE_NORMAL, "", "");
    changed(b, CHANGE_PERSON, "u can", "u can");
}

static void a_space_that_is_not_put_back_is_swallowed(void **state)
{
    struct bot *b = *state;
    bot_reads(b, "aiml/denormal.txt", "\" dot com \",\".com\"\n\" dot \",\".\"\n", NULL);
    changed(b, CHANGE_DENORMAL, "a dot com is dot com", "a.com is.com");
    changed(b, CHANGE_DENORMAL, "dot dots", ". dots");
}

static void stand_ins_are_taken_out_again(void **state)
{
    struct bot *b = *state;
    bot_reads(b, "aiml/person.txt",
              "\" you \",\" me2 \"\n\" me \",\" you2 \"\n\" me2 \",\" me \"\n\" you2 \",\" you \"\n", "aiml/gender.txt",
              "\" he \",\" she \"\n\" she \",\" he \"\n", NULL);
    changed(b, CHANGE_PERSON, "You like me.", "me like you.");
    changed(b, CHANGE_GENDER, "he likes, she", "she likes, he");
}

static void the_result_has_a_ceiling(void **state)
{
    struct bot *b = *state;
    char text[3000];
    size_t size;
    memset(text, 'a', sizeof text);
    bot_reads(b, "aiml/normal.txt", "\"a\",\"bbbbbbbbbbbbbbbbbbbb\"\n", NULL);
    change_text(b->aiml, CHANGE_NORMAL, text, sizeof text, 5000, b->arena, &size);
    assert_int_equal(size, 4999);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        BOT_TEST(the_longest_that_fits_is_put_in_once),
        BOT_TEST(a_space_that_is_not_put_back_is_swallowed),
        BOT_TEST(stand_ins_are_taken_out_again),
        BOT_TEST(the_result_has_a_ceiling),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
