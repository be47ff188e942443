/* A small site tried on itself: what is hidden, what is asked, and what comes of it at each setting. */
#include "cli/site_trial.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const char knowledge[] = "## How much does shipping cost? {#shipping}\n"
                                "- how much is shipping\n"
                                "- parcel fee?\n"
                                "\nSix euro.\n\n"
                                "## When is the shop open? {#hours}\n"
                                "- when does the shop open\n"
                                "- is the shop open now\n"
                                "\nFrom nine.\n\n"
                                "## Do you sell gift vouchers? {#vouchers}\n"
                                "\nYes.\n";
static const char chat[] = "# Goal: two questions, one of them beside the point.\n"
                           "visitor: how much does the shipping cost\n"
                           "  expect article shipping\n"
                           "visitor: who won the elections in peru\n"
                           "  expect fallback\n";

struct fixture {
    struct sitefiles files;
    struct call call;
    struct site_trial trial;
};

static int set_up_with(void **state, const char *settings)
{
    struct fixture *f = calloc(1, sizeof *f);
    f->files.arena = arena_new((size_t)1 << 30);
    f->files.problems = problems_new();
    f->call = (struct call){.out = stdout, .err = stderr, .quiet = true};
    const struct source sources[] = {
        {"knowledge/en/shop.md", knowledge, sizeof knowledge - 1},
        {"sportello.yaml", settings, strlen(settings)},
        {"tests/dialogues/en/shop.chat", chat, sizeof chat - 1},
    };
    f->files.site = site_from_sources(f->files.arena, sources, 3, "2026-01-01", f->files.problems);
    problems_print(f->files.problems, stdout);
    assert_int_equal(problems_count(f->files.problems, SEVERITY_ERROR), 0);
    *state = f;
    return site_trial(&f->call, &f->files, NULL, f->files.arena, NULL, NULL, &f->trial);
}

static int set_up(void **state)
{
    return set_up_with(state, "languages: [en]\n");
}

static int set_up_bold(void **state)
{
    return set_up_with(state, "languages: [en]\npolicy: {answer: 62 %, offer: 60 %}\n");
}

static int tear_down(void **state)
{
    struct fixture *f = *state;
    problems_free(f->files.problems);
    arena_free(f->files.arena);
    free(f);
    return 0;
}

static const struct site_question *find(const struct fixture *f, const char *text)
{
    for (size_t i = 0; i < f->trial.count; i++)
        if (strcmp(f->trial.questions[i].text, text) == 0)
            return &f->trial.questions[i];
    fail_msg("“%s” was not asked", text);
    return NULL;
}

static void every_wording_and_every_checked_line_is_asked_once(void **state)
{
    const struct fixture *f = *state;
    assert_int_equal(f->trial.count, 6 + 3 + 2); /* wordings, articles taken away, lines of the dialogue */
    const struct site_question *q = find(f, "is the shop open now");
    assert_string_equal(q->expected.id, "hours");
    assert_string_equal(q->place.file, "knowledge/en/shop.md");
    assert_int_equal(q->place.line, 9);
    assert_int_equal(find(f, "How much does shipping cost?")->place.line, 1);
    q = find(f, "who won the elections in peru");
    assert_true(q->source == SITE_DIALOGUE && q->expected.id == NULL);
    assert_int_equal(q->place.line, 4);
    assert_string_equal(find(f, "how much does the shipping cost")->expected.id, "shipping");
}

static void an_entry_with_one_wording_is_not_tried_but_named(void **state)
{
    const struct fixture *f = *state;
    assert_int_equal(f->trial.untried_count, 1);
    assert_string_equal(f->trial.untried[0].id, "vouchers");
    for (size_t i = 0; i < f->trial.count; i++)
        assert_true(f->trial.questions[i].expected.id == NULL ||
                    strcmp(f->trial.questions[i].expected.id, "vouchers") != 0);
}

/* It has no word in common with the rest: while it stands in the site it is as good as certain, hidden it cannot
 * be answered. */
static void a_wording_is_hidden_while_it_is_asked(void **state)
{
    const struct fixture *f = *state;
    const struct site_question *q = find(f, "parcel fee?");
    for (size_t k = 0; k < f->trial.setting_count; k++)
        assert_int_not_equal(q->outcomes[k], SITE_RIGHT);
    assert_string_equal(find(f, "how much is shipping")->first.id, "shipping");
}

/* Its question is the surest of all while it is there. */
static void an_entry_taken_away_is_not_answered_with(void **state)
{
    const struct fixture *f = *state;
    size_t taken = 0;
    for (size_t i = 0; i < f->trial.count; i++) {
        const struct site_question *q = &f->trial.questions[i];
        if (q->source != SITE_TAKEN)
            continue;
        taken++;
        assert_null(q->expected.id);
        for (size_t k = 0; k < f->trial.setting_count; k++)
            assert_int_not_equal(q->outcomes[k], SITE_RIGHT);
        assert_true(q->first.id == NULL || q->place.line != q->first.place.line);
    }
    assert_int_equal(taken, 3);
    assert_int_equal(site_trial_unanswerable(&f->trial, SITE_TAKEN), 3);
}

static void the_row_of_settings_holds_the_sites_own(void **state)
{
    const struct fixture *f = *state;
    assert_int_equal(f->trial.setting_count, 9);
    assert_float_equal(f->trial.settings[f->trial.own], 0.70, 1e-9);
    for (size_t k = 1; k < f->trial.setting_count; k++)
        assert_true(f->trial.settings[k] > f->trial.settings[k - 1]);
}

static void a_setting_of_its_own_is_added_in_its_place(void **state)
{
    const struct fixture *f = *state;
    assert_int_equal(f->trial.setting_count, 10);
    assert_float_equal(f->trial.settings[3], 0.62, 1e-9);
    assert_int_equal(f->trial.own, 3);
}

/* Every question ends in one way at each setting, and a higher one never answers more. */
static void outcomes_add_up_and_answers_fall(void **state)
{
    const struct fixture *f = *state;
    size_t before = SIZE_MAX;
    for (size_t k = 0; k < f->trial.setting_count; k++) {
        size_t all = 0, answered = 0;
        for (int o = 0; o < SITE_OUTCOMES; o++) {
            size_t count = site_trial_count(&f->trial, k, (enum site_outcome)o);
            all += count;
            answered += o == SITE_RIGHT || o == SITE_WRONG ? count : 0;
        }
        assert_int_equal(all, 7);
        assert_true(answered <= before);
        before = answered;
        assert_int_equal(site_trial_overreach(&f->trial, k, SITE_DIALOGUE), 0);
        assert_true(f->trial.dialogues_passed[k] <= f->trial.dialogues);
    }
    assert_int_equal(f->trial.dialogues, 1);
    assert_true(site_trial_count(&f->trial, 0, SITE_RIGHT) > 0);
    assert_int_equal(site_trial_unanswerable(&f->trial, SITE_DIALOGUE), 1);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(every_wording_and_every_checked_line_is_asked_once),
        TEST(an_entry_with_one_wording_is_not_tried_but_named),
        TEST(a_wording_is_hidden_while_it_is_asked),
        TEST(an_entry_taken_away_is_not_answered_with),
        TEST(the_row_of_settings_holds_the_sites_own),
        cmocka_unit_test_setup_teardown(a_setting_of_its_own_is_added_in_its_place, set_up_bold, tear_down),
        TEST(outcomes_add_up_and_answers_fall),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
