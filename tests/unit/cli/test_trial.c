/* What is learned from a corpus and what is not, seen from its answers. */
#include "cli/trial.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

struct fixture {
    struct corpus *corpus;
    struct trial trial;
};

static int set_up(void **state)
{
    struct fixture *f = calloc(1, sizeof *f);
    f->corpus = corpus_new();
    *state = f;
    return f->corpus != NULL ? 0 : -1;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;
    trial_free(&f->trial);
    corpus_free(f->corpus);
    free(f);
    return 0;
}

static void read_text(struct fixture *f, struct corpus_part *part, const char *text)
{
    char path[] = "/tmp/sportello-trial-XXXXXX";
    int fd = mkstemp(path);
    struct problems *problems = problems_new();
    assert_true(fd >= 0 && problems != NULL);
    assert_int_equal(write(fd, text, strlen(text)), strlen(text));
    close(fd);
    int result =
        part != NULL ? corpus_read(f->corpus, part, path, problems) : corpus_read_answers(f->corpus, path, problems);
    unlink(path);
    problems_free(problems);
    assert_int_equal(result, 0);
}

static const char train[] = "how much is shipping\tshipping_cost\n"
                            "what do you charge for delivery\tshipping_cost\n"
                            "when do you open\topening-hours\n"
                            "are you open on sunday\topening-hours\n"
                            "can i send it back\treturns\n"
                            "i want my money back\treturns\n"
                            "what is the weather like\toos\n"
                            "tell me a joke about bananas\toos\n";

static void run(struct fixture *f, const char *asked, bool oos_as_class)
{
    const struct trial_options options = {.lang = "en", .oos_as_class = oos_as_class};
    read_text(f, &f->corpus->test, asked);
    assert_int_equal(trial_learn(&f->trial, f->corpus, &options), 0);
    assert_int_equal(trial_ask(&f->trial, f->corpus, &options), 0);
}

/* The first label, "" = none. */
static const char *first(const struct fixture *f, size_t line)
{
    uint32_t label = f->trial.answers[line].labels[0];
    return label != TRIAL_NONE ? f->corpus->labels[label].name : "";
}

static void each_question_gets_its_label(void **state)
{
    struct fixture *f = *state;
    read_text(f, &f->corpus->train, train);
    run(f, "how much do you charge for shipping\tx\nis it open on sunday\tx\nsend back\tx\n", false);
    assert_int_equal(f->trial.entry_count, 3);
    assert_string_equal(first(f, 0), "shipping_cost");
    assert_string_equal(first(f, 1), "opening-hours");
    assert_string_equal(first(f, 2), "returns");
    for (size_t i = 0; i < 3; i++) {
        const struct trial_answer *a = &f->trial.answers[i];
        assert_true(a->confidences[0] > 0 && a->confidences[0] <= 1 && a->in_scope > 0 && a->in_scope <= 1);
        assert_true(a->confidences[0] >= a->confidences[1] && a->us > 0);
    }
    assert_true(f->trial.train_s > 0 && f->trial.image.size > 0);
}

/* "returns" stands in no line but as a label. */
static void the_name_of_a_label_is_one_more_wording(void **state)
{
    struct fixture *f = *state;
    read_text(f, &f->corpus->train, train);
    run(f, "returns\tx\nopening hours\tx\n", false);
    assert_string_equal(first(f, 0), "returns");
    assert_string_equal(first(f, 1), "opening-hours");
}

static void out_of_scope_is_a_label_only_when_it_is_wished(void **state)
{
    struct fixture *f = *state;
    read_text(f, &f->corpus->train, train);
    run(f, "tell me a joke about bananas\toos\n", false);
    assert_string_not_equal(first(f, 0), "oos");
    trial_free(&f->trial);
    const struct trial_options options = {.lang = "en", .oos_as_class = true};
    assert_int_equal(trial_learn(&f->trial, f->corpus, &options), 0);
    assert_int_equal(trial_ask(&f->trial, f->corpus, &options), 0);
    assert_int_equal(f->trial.entry_count, 3);
    assert_string_equal(first(f, 0), "oos");
    const struct trial_answer *a = &f->trial.answers[0];
    assert_true(a->in_scope < 0.5 && a->confidences[0] > 0.5f);
    trial_free(&f->trial);
    f->corpus->test.count = 0;
    run(f, "how much is shipping\tshipping_cost\nmy grandmother sings about the moon\toos\n", true);
    assert_string_equal(first(f, 0), "shipping_cost");
    assert_string_equal(first(f, 1), "oos");
}

/* Without an example of it there is no such label: what is most like something is given, however unsure. */
static void out_of_scope_is_no_label_without_an_example(void **state)
{
    struct fixture *f = *state;
    read_text(f, &f->corpus->train, "when do you open\topening-hours\ncan i send it back\treturns\n");
    run(f, "open the bananas\toos\n", true);
    assert_int_equal(f->trial.outside, TRIAL_NONE);
    assert_string_equal(first(f, 0), "opening-hours");
}

/* With entries their question is learned instead of the name, and so is the answer; an entry
 * without a line of its own is one too. */
static void entries_are_learned_with_question_and_answer(void **state)
{
    struct fixture *f = *state;
    read_text(f, &f->corpus->train, "can i send it back\t1\nwhen do you open\t2\n");
    read_text(f, NULL,
              "1\tReturning goods\tKeep the receipt.\n2\tOpening hours\tFrom nine.\n3\tParking\tBehind the house.\n");
    run(f, "parking\tx\nreceipt\tx\nreturning goods\tx\n", false);
    assert_int_equal(f->trial.entry_count, 3);
    assert_string_equal(first(f, 0), "3");
    assert_string_equal(first(f, 1), "1");
    assert_string_equal(first(f, 2), "1");
}

static void a_label_that_is_only_asked_is_not_learned(void **state)
{
    struct fixture *f = *state;
    read_text(f, &f->corpus->train, train);
    run(f, "payment\tpayment\n", false);
    assert_int_equal(f->trial.entry_count, 3);
    assert_string_not_equal(first(f, 0), "payment");
}

static void an_odd_question_has_an_orderly_answer(void **state)
{
    struct fixture *f = *state;
    read_text(f, &f->corpus->train, train);
    run(f, "\tx\n?!\tx\n\xF0\x9F\x94\xA9\tx\n", false);
    for (size_t i = 0; i < 3; i++) {
        const struct trial_answer *a = &f->trial.answers[i];
        assert_true(a->in_scope >= 0 && a->in_scope < 0.5 && a->confidences[0] < 0.5f);
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(each_question_gets_its_label),
        TEST(the_name_of_a_label_is_one_more_wording),
        TEST(out_of_scope_is_a_label_only_when_it_is_wished),
        TEST(out_of_scope_is_no_label_without_an_example),
        TEST(entries_are_learned_with_question_and_answer),
        TEST(a_label_that_is_only_asked_is_not_learned),
        TEST(an_odd_question_has_an_orderly_answer),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
