/* Sessions are found until they expire, are dropped, or their user is disabled. */
#include "unit/store/fixture.h"

static enum store_result act(enum session_act what, int token, int64_t user, int64_t expires_ms)
{
    struct store_session *s = NEW_JOB(store_session);
    s->act = what;
    token_of(token, s->token_hash);
    s->user_id = user;
    s->expires_ms = expires_ms;
    store_run(store, &s->job);
    enum store_result result = s->job.result;
    if (what == SESSION_FIND && result == STORE_OK)
        assert_string_equal(s->user.name, "anna");
    store_job_free(&s->job);
    return result;
}

static void a_session_lives_until_it_expires_or_is_dropped(void **state)
{
    (void)state;
    int64_t anna = user_now(store, "anna"), now = test_clock.manual_ms;
    assert_int_equal(act(SESSION_MAKE, 1, anna, now + 1000), STORE_OK);
    assert_int_equal(act(SESSION_MAKE, 2, anna, now + 5000), STORE_OK);
    assert_int_equal(act(SESSION_MAKE, 3, 99, now + 5000), STORE_REFUSED);
    assert_int_equal(act(SESSION_FIND, 1, 0, 0), STORE_OK);
    assert_int_equal(act(SESSION_FIND, 3, 0, 0), STORE_MISSING);
    test_clock.manual_ms += 1000;
    assert_int_equal(act(SESSION_FIND, 1, 0, 0), STORE_MISSING);
    assert_int_equal(act(SESSION_FIND, 2, 0, 0), STORE_OK);
    assert_int_equal(act(SESSION_DROP, 2, 0, 0), STORE_OK);
    assert_int_equal(act(SESSION_DROP, 2, 0, 0), STORE_MISSING);
    assert_int_equal(act(SESSION_FIND, 2, 0, 0), STORE_MISSING);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
int main(void)
{
    const struct CMUnitTest tests[] = {TEST(a_session_lives_until_it_expires_or_is_dropped)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
