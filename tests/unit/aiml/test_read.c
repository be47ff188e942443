/* Read: what stands in a file, and what is refused in it. */
#include "aiml_test.h"

#define HELLO "<category><pattern>HELLO</pattern><template>hi</template></category>"

static void expect(struct bot *b, const char *problem)
{
    if (strstr(bot_problems(b), problem) == NULL)
        fail_msg("expected \"%s\" in:\n%s", problem, bot_problems(b));
}

static void a_doctype_ends_the_file(void **state)
{
    struct bot *b = *state;
    bot_reads(
        b, "aiml/a.aiml",
        "<?xml version='1.0'?>\n<!DOCTYPE aiml [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;&a;'>"
        "<!ENTITY c SYSTEM 'file:///etc/passwd'>]>\n<aiml><category><pattern>X</pattern><template>&b;&c;</template>"
        "</category></aiml>",
        "aiml/b.aiml", "<aiml>" HELLO "</aiml>", NULL);
    expect(b, "aiml/a.aiml:2:");
    expect(b, "error: a DOCTYPE is refused; remove that line");
    assert_int_equal(b->categories, 1);
    assert_string_equal(bot_says(b, "hello"), "hi");
    assert_string_equal(bot_says(b, "x"), "");
}

static void only_the_five_entities_are_known(void **state)
{
    struct bot *b = *state;
    bot_is(b, "<category><pattern>A</pattern><template>1 &lt; 2 &amp; 3 &gt; 2 &quot;&apos;</template></category>");
    assert_string_equal(bot_says(b, "a"), "1 < 2 & 3 > 2 \"'");
    assert_int_equal(problems_count(b->problems, SEVERITY_ERROR), 0);
    bot_is(b, "<category><pattern>A</pattern><template>&nbsp;</template></category>");
    assert_int_equal(problems_count(b->problems, SEVERITY_ERROR), 1);
}

static void nesting_has_a_ceiling(void **state)
{
    struct bot *b = *state;
    struct buf deep;
    buf_init(&deep, 64 << 20);
    buf_puts(&deep, "<aiml>" HELLO "<category><pattern>X</pattern><template>");
    for (int i = 0; i < 1000000; i++)
        buf_puts(&deep, "<think>");
    bot_reads(b, "aiml/a.aiml", deep.data, NULL);
    expect(b, "error: more than 64 elements within one another");
    assert_string_equal(bot_says(b, "hello"), "hi");
    buf_free(&deep);
}

static void what_is_refused_is_told_and_says_nothing(void **state)
{
    static const char *const refused[] = {"system", "javascript", "sraix", "learn", "learnf", "oob", "uniq", "select"};
    struct bot *b = *state;
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        const char *name = refused[i];
        assert_string_equal(bot_template(b, arena_printf(b->arena, "a <%s>b <star/></%s> c", name, name)), "a c");
        expect(b, arena_printf(b->arena, "warning: <%s>: ", name));
    }
    assert_int_equal(problems_count(b->problems, SEVERITY_ERROR), 0);
}

static void the_first_of_two_equal_categories_counts(void **state)
{
    struct bot *b = *state;
    bot_reads(b, "aiml/a.aiml", "<aiml>\n" HELLO "</aiml>", "aiml/b.aiml",
              "<aiml>\n\n<category><pattern>hello!</pattern><that>*</that><template>other</template></category></aiml>",
              NULL);
    assert_string_equal(bot_says(b, "hello"), "hi");
    expect(b, "aiml/b.aiml:3:");
    expect(b, "the same pattern as aiml/a.aiml:2, which comes first and counts");
    assert_int_equal(b->reply.line, 2);
    assert_string_equal(b->reply.file, "aiml/a.aiml");
}

static void what_is_wrong_is_told_with_its_place(void **state)
{
    static const struct {
        const char *inside, *problem;
    } cases[] = {
        {"<category><template>x</template></category>", "a category without pattern"},
        {"<category><pattern>X</pattern></category>", "a category without template"},
        {"<category><pattern>?!</pattern><template>x</template></category>", "a pattern without words"},
        {"stray <category/>", "this text is not read"},
        {"<pattern>X</pattern>", "<pattern>: not read: it has no place here"},
        {"<category><pattern>X</pattern><template><blink>x</blink></template></category>",
         "<blink>: not an element of AIML"},
        {"<category><pattern>X</pattern><template><srai tail='1'>x</srai></template></category>",
         "<srai tail=…>: this attribute is not known"},
        {"<category><pattern>X <set>nothing</set></pattern><template>x</template></category>", "no set \"nothing\""},
        {"<category><pattern>X</pattern><template><map name='m'>x</map></template></category>", "no map \"m\""},
        {"<category><pattern>X <regex>a+</regex></pattern><template>x</template></category>",
         "<regex>: not known in a pattern"},
        {"<category><pattern>X</template></category>", "XML: Opening and ending tag mismatch"},
    };
    struct bot *b = *state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        bot_is(b, cases[i].inside);
        expect(b, cases[i].problem);
    }
    bot_reads(b, "aiml/a.aiml", "<html/>", "aiml/e.aiml", "", "aiml/odd.txt", "x", NULL);
    expect(b, "not AIML: the file must begin with <aiml>");
    expect(b, "aiml/e.aiml: warning: empty");
    expect(b, "aiml/odd.txt: warning: not read");
}

static void a_pattern_has_a_ceiling(void **state)
{
    struct bot *b = *state;
    struct buf long_one;
    buf_init(&long_one, 1 << 20);
    buf_puts(&long_one, HELLO "<category><pattern>");
    for (int i = 0; i < AIML_PATTERN_WORDS + 5; i++)
        buf_puts(&long_one, "A ");
    buf_puts(&long_one, "</pattern><template>x</template></category><category><pattern>");
    for (int i = 0; i < AIML_PATTERN_BYTES; i++)
        buf_puts(&long_one, "B");
    buf_puts(&long_one, "B</pattern><template>x</template></category>");
    bot_is(b, long_one.data);
    expect(b, "a pattern of more than 120 words");
    expect(b, "a pattern of more than 4096 bytes");
    assert_string_equal(bot_says(b, "hello"), "hi");
    buf_free(&long_one);
}

static void white_space_of_the_file_is_one_space(void **state)
{
    struct bot *b = *state;
    assert_string_equal(bot_template(b, "\n   a\n\t b <star/>\n <think>x</think>\n c\xc2\xa0\n"),
                        "a b one two three c");
    assert_string_equal(bot_template(b, "6,50\xc2\xa0€"), "6,50\xc2\xa0€");
}

static void without_files_there_is_no_image(void **state)
{
    struct bot *b = *state;
    struct source other = {"knowledge/it/a.md", "x", 1};
    assert_int_equal(aiml_compile(&other, 1, b->problems, &b->image, &b->categories), 0);
    assert_int_equal(b->image.size, 0);
    assert_int_equal(b->categories, 0);
    assert_false(aiml_reads("knowledge/it/a.aiml"));
    assert_true(aiml_reads("aiml/deep/er/a.AIML") && aiml_reads("aiml/bot.properties") &&
                aiml_reads("aiml/lookups/normal.txt"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        BOT_TEST(a_doctype_ends_the_file),
        BOT_TEST(only_the_five_entities_are_known),
        BOT_TEST(nesting_has_a_ceiling),
        BOT_TEST(what_is_refused_is_told_and_says_nothing),
        BOT_TEST(the_first_of_two_equal_categories_counts),
        BOT_TEST(what_is_wrong_is_told_with_its_place),
        BOT_TEST(a_pattern_has_a_ceiling),
        BOT_TEST(white_space_of_the_file_is_one_space),
        BOT_TEST(without_files_there_is_no_image),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
