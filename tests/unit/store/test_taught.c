/* What agents teach joins the questions that wait for an editor, with who said so. */
#include "unit/store/fixture.h"

#include "store/taught.h"

static int64_t teach(int64_t user, const char *text, const char *entry, const char *answer, enum store_result expected)
{
    struct store_teach *t = NEW_JOB(store_teach);
    t->user = user;
    t->note = (struct learn_note){.text = text, .fold = text, .lang = "it", .entry = entry, .edition = 1};
    t->answer = answer;
    run_for(store, t, expected);
    int64_t question = t->ret_question;
    store_job_free(&t->job);
    return question;
}

static struct store_learn_list *read_question(int64_t id)
{
    struct store_learn_list *l = NEW_JOB(store_learn_list);
    l->id = id;
    run_for(store, l, STORE_OK);
    return l;
}

static int64_t times(const struct learn_question *q, enum learn_outcome outcome)
{
    int64_t count = 0;
    for (size_t i = 0; i < q->count_count; i++)
        count += q->counts[i].outcome == outcome && q->counts[i].source == LEARN_BY_AGENT ? q->counts[i].count : 0;
    return count;
}

static void a_draft_is_kept_once_an_agent_and_a_choice_is_counted(void **state)
{
    (void)state;
    int64_t anna = user_now(store, "anna"), ugo = user_now(store, "ugo");
    int64_t id = teach(anna, "affilate le forbici", NULL, "Sì, 5 euro.", STORE_OK);
    assert_int_equal(teach(anna, "affilate le forbici", NULL, "Sì, 6 euro.", STORE_OK), id);
    assert_int_equal(teach(ugo, "affilate le forbici", "", "No.", STORE_OK), id);
    assert_int_equal(teach(ugo, "affilate le forbici", "entry:affilatura", NULL, STORE_OK), id);
    assert_int_equal(teach(ugo, "affilate le forbici", "entry:affilatura", NULL, STORE_OK), id);
    struct store_learn_list *l = read_question(id);
    const struct learn_question *q = &l->rows[0];
    assert_int_equal(times(q, LEARN_TAUGHT), 2);
    assert_int_equal(times(q, LEARN_PICKED), 2);
    assert_int_equal(q->taught_count, 3);
    for (size_t i = 0; i < q->taught_count; i++) {
        const struct learn_taught *t = &q->taught[i];
        bool hers = strcmp(t->user, "anna") == 0;
        assert_string_equal(t->answer, hers ? "Sì, 6 euro." : t->entry[0] != '\0' ? "" : "No.");
        assert_true(t->at_ms > 0);
    }
    store_job_free(&l->job);
}

static void it_is_bounded(void **state)
{
    (void)state;
    static char longer[LEARN_ANSWER_BYTES + 2];
    int64_t anna = user_now(store, "anna");
    memset(longer, 'x', sizeof longer - 1);
    teach(anna, "domanda", NULL, longer, STORE_REFUSED);
    teach(anna, "domanda", NULL, NULL, STORE_REFUSED);
    teach(anna, "domanda", NULL, "", STORE_REFUSED);
    teach(anna, "", NULL, "risposta", STORE_REFUSED);
    teach(anna, "domanda", NULL, longer + 1, STORE_OK);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
int main(void)
{
    const struct CMUnitTest tests[] = {TEST(a_draft_is_kept_once_an_agent_and_a_choice_is_counted),
                                       TEST(it_is_bounded)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
