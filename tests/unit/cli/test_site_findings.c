/* What an editor is advised, from outcomes set by hand. */
#include "cli/site_findings.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct site_entry entry(const char *id, int line)
{
    return (struct site_entry){VIEW_ARTICLE, id, {"knowledge/en/x.md", line, 1}};
}

/* Ten questions at three settings: 6 right and 4 wrong, 9 and 1, 5 and none. */
static struct site_trial ten(struct site_question questions[10])
{
    for (int i = 0; i < 10; i++) {
        questions[i] = (struct site_question){.text = "x", .expected = entry("a", 1), .first = entry("a", 1)};
        questions[i].outcomes[0] = i < 6 ? SITE_RIGHT : SITE_WRONG;
        questions[i].outcomes[1] = i < 9 ? SITE_RIGHT : SITE_WRONG;
        questions[i].outcomes[2] = i < 5 ? SITE_RIGHT : SITE_OFFERED;
    }
    return (struct site_trial){
        .questions = questions, .count = 10, .settings = {0.5, 0.6, 0.7}, .setting_count = 3, .own = 0};
}

static void the_lowest_setting_that_is_right_enough_is_recommended(void **state)
{
    (void)state;
    struct site_question questions[10];
    struct site_trial t = ten(questions);
    assert_int_equal(site_findings_recommended(&t), 1);
    /* An answer to what nothing answers is a wrong one too. */
    questions[9].expected = (struct site_entry){0};
    questions[9].source = SITE_TAKEN;
    questions[8].outcomes[1] = SITE_WRONG;
    assert_int_equal(site_findings_recommended(&t), 2);
}

static void where_nothing_is_answered_nothing_is_recommended(void **state)
{
    (void)state;
    struct site_question questions[10];
    struct site_trial t = ten(questions);
    for (int i = 0; i < 10; i++)
        memset(questions[i].outcomes, SITE_NOT_UNDERSTOOD, sizeof questions[i].outcomes);
    assert_int_equal(site_findings_recommended(&t), 3);
}

static void pairs_are_counted_and_the_most_frequent_come_first(void **state)
{
    (void)state;
    struct site_question questions[10];
    struct site_trial t = ten(questions);
    questions[1].first = entry("b", 9);
    questions[4].first = entry("c", 20);
    questions[7].first = entry("c", 20);
    questions[8].first = (struct site_entry){0};
    size_t count;
    struct confusion *list = site_findings_confused(&t, &count);
    assert_non_null(list);
    assert_int_equal(count, 2);
    assert_string_equal(list[0].first->id, "c");
    assert_int_equal(list[0].count, 2);
    assert_int_equal(list[1].count, 1);
    assert_string_equal(list[1].expected->id, "a");
    free(list);
}

static void what_is_offered_is_not_missed(void **state)
{
    (void)state;
    struct site_question questions[10];
    struct site_trial t = ten(questions);
    assert_false(site_findings_missed(&t, &questions[0]));
    assert_true(site_findings_missed(&t, &questions[9]));
    t.own = 2;
    assert_false(site_findings_missed(&t, &questions[9]));
    questions[9].expected.id = NULL;
    assert_false(site_findings_missed(&t, &questions[9]));
}

static int line_in(const char *settings, int *ret_policy)
{
    const struct source source = {"sportello.yaml", settings, strlen(settings)};
    const struct site site = {.sources = &source, .source_count = 1};
    return site_findings_line(&site, ret_policy);
}

static void the_line_to_change_is_found(void **state)
{
    (void)state;
    int policy;
    assert_int_equal(line_in("name: x\npolicy:\n  # often\n  answer: 70 %\n", &policy), 4);
    assert_int_equal(policy, 2);
    assert_int_equal(line_in("name: x\npolicy:\n  offer: 30 %\n", &policy), 0);
    assert_int_equal(policy, 2);
    assert_int_equal(line_in("name: x\n", &policy), 0);
    assert_int_equal(policy, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_lowest_setting_that_is_right_enough_is_recommended),
        cmocka_unit_test(where_nothing_is_answered_nothing_is_recommended),
        cmocka_unit_test(pairs_are_counted_and_the_most_frequent_come_first),
        cmocka_unit_test(what_is_offered_is_not_missed),
        cmocka_unit_test(the_line_to_change_is_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
