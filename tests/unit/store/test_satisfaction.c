/* One verdict a conversation, of its own visitor, with the ticket and the person it was about. */
#include "store/satisfaction.h"

#include "unit/store/fixture.h"

static struct store_satisfy *satisfy(int visitor, int value, const char *text, enum store_result expected)
{
    struct store_satisfy *s = NEW_JOB(store_satisfy);
    token_of(visitor, s->token_hash);
    s->value = value;
    s->text = text;
    run_for(store, s, expected);
    return s;
}

static void a_verdict_is_about_the_newest_conversation_and_who_had_it(void **state)
{
    (void)state;
    int64_t anna = user_now(store, "anna");
    store_job_free(&satisfy(1, 3, "", STORE_MISSING)->job);
    asked_now(store, 1, TICKET_WAITING, "shop", "it");
    struct store_satisfy *s = satisfy(1, 3, "not yet", STORE_OK);
    assert_int_equal(s->ret_ticket, 0);
    int64_t conversation = s->ret_conversation;
    store_job_free(&s->job);
    struct store_assign *a = NEW_JOB(store_assign);
    a->user = anna;
    a->to = TICKET_CLAIMED;
    a->capacity = 1;
    run_for(store, a, STORE_OK);
    store_job_free(&a->job);
    s = satisfy(1, 5, NULL, STORE_OK);
    assert_int_equal(s->ret_ticket, 1001);
    assert_int_equal(s->ret_conversation, conversation);
    store_job_free(&s->job);
    store_job_free(&satisfy(2, 5, NULL, STORE_MISSING)->job);
}

static void what_is_no_verdict_is_refused(void **state)
{
    (void)state;
    static char longer[SATISFACTION_TEXT_BYTES + 2];
    memset(longer, 'x', sizeof longer - 1);
    asked_now(store, 1, TICKET_WAITING, "shop", "it");
    store_job_free(&satisfy(1, 0, "", STORE_REFUSED)->job);
    store_job_free(&satisfy(1, 6, "", STORE_REFUSED)->job);
    store_job_free(&satisfy(1, 3, longer, STORE_REFUSED)->job);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(a_verdict_is_about_the_newest_conversation_and_who_had_it),
        TEST(what_is_no_verdict_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
