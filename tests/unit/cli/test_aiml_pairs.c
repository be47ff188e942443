/* Pairs: left out by what they use, printed as another interpreter would, judged. */
#include "cli/aiml_pairs.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include <string.h>

static const char *excluded(const char *categories, const char *const *said, size_t count, size_t step)
{
    struct arena *arena = arena_new(8 << 20);
    struct problems *problems = problems_new();
    struct aiml_step steps[4];
    static const char *const expected[] = {"x"};
    struct buf image;
    buf_init(&image, 1 << 24);
    const char *whole = arena_printf(arena, "<aiml>%s</aiml>", categories);
    struct source source = {"aiml/a.aiml", whole, strlen(whole)};
    assert_int_equal(aiml_compile(&source, 1, problems, &image, NULL), 0);
    struct aiml *a = aiml_open(image.data, image.size);
    for (size_t i = 0; i < count; i++)
        steps[i] = (struct aiml_step){said[i], expected, 1};
    struct aiml_case c = {.suite = "", .test = "", .steps = steps, .step_count = count};
    struct aiml_heard heard = {.text = said[step], .lang = "en", .now = {2026, 1, 1, 0, 0, 0}};
    struct aiml_memory nothing = {0};
    struct aiml_reply reply;
    assert_int_equal(aiml_answer(a, &heard, &nothing, arena, &reply), 0);
    const char *reason = aiml_pair_excluded(a, &c, step, &reply);
    aiml_free(a);
    buf_free(&image);
    problems_free(problems);
    arena_free(arena);
    return reason;
}

#define CATEGORY(pattern, template)                                                                                    \
    "<category><pattern>" pattern "</pattern><template>" template "</template></category>"

static void a_pair_is_left_out_for_what_it_uses(void **state)
{
    (void)state;
    static const struct {
        const char *categories, *said, *reason; /* part of the reason, NULL = judged */
    } cases[] = {
        {CATEGORY("A", "x") CATEGORY("B", "<sraix>y</sraix>"), "a", NULL},
        {CATEGORY("A", "x") CATEGORY("B", "<sraix>y</sraix>"), "b", "outside"},
        {CATEGORY("A", "<srai>B</srai>") CATEGORY("B", "<system>y</system>"), "a", "outside"},
        {CATEGORY("A <set>none</set> END", "x"), "a b c end", "a set that none"},
        {CATEGORY("A <set>none</set> END", "x"), "a end", NULL},
        {CATEGORY("A <set>roman</set>", "x"), "a b", "only that interpreter has"},
        {CATEGORY("A", "<map name='none'>x</map>"), "a", "a map that none"},
        {CATEGORY("A", "<bot name='none'/>"), "a", "a property of the bot"},
        {CATEGORY("A", "<program/>"), "a", "own name"},
        {CATEGORY("A", "<b>x</b>"), "a", "other XML"},
        {CATEGORY("A", "<learn>x</learn>"), "a", NULL},
        {CATEGORY("A", "<learn>x</learn><srai>B</srai>") CATEGORY("B", "y"), "a", "taught before"},
        {CATEGORY("A", "<oob>x</oob>"), "a", NULL},
        {CATEGORY("A", "x"), " ", "says nothing"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *reason = excluded(cases[i].categories, &cases[i].said, 1, 0);
        if (cases[i].reason == NULL ? reason != NULL : reason == NULL || strstr(reason, cases[i].reason) == NULL)
            fail_msg("%s: %s", cases[i].categories, reason != NULL ? reason : "judged");
    }
}

static void what_was_taught_before_is_missed(void **state)
{
    (void)state;
    static const char *const said[] = {"teach", "a"};
    const char *reason = excluded(CATEGORY("TEACH", "<learnf>x</learnf>") CATEGORY("A", "x"), said, 2, 1);
    assert_non_null(reason);
    assert_non_null(strstr(reason, "taught before"));
}

static void every_reason_is_listed_once(void **state)
{
    (void)state;
    for (size_t i = 0; aiml_pair_reasons[i] != NULL; i++)
        for (size_t k = 0; k < i; k++)
            assert_string_not_equal(aiml_pair_reasons[i], aiml_pair_reasons[k]);
}

static void the_finish_is_that_of_the_other_interpreter(void **state)
{
    (void)state;
    static const struct {
        const char *text, *printed;
    } cases[] = {
        {"", ""}, {"hi", "Hi."}, {"hi there!", "Hi there!"}, {"I said,hi", "I said, hi."}, {" a \n\t b? ", "A b?"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct aiml_reply reply = {.text = cases[i].text};
        struct aiml_step step = {"", (const char *const[]){"nothing", cases[i].text}, 2};
        struct buf out;
        buf_init(&out, 1 << 16);
        aiml_pair_print(&reply, &out);
        assert_string_equal(out.data, cases[i].printed);
        assert_true(aiml_pair_right(out.data, &step));
        step.out_count = 1;
        assert_false(aiml_pair_right(out.data, &step));
        buf_free(&out);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_pair_is_left_out_for_what_it_uses),
        cmocka_unit_test(what_was_taught_before_is_missed),
        cmocka_unit_test(every_reason_is_listed_once),
        cmocka_unit_test(the_finish_is_that_of_the_other_interpreter),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
