/* Sessions are found until they expire, are dropped, or their user is disabled. */
#include "store/people.h"
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

enum { IDLE_MS = 60000 };

static enum store_result seen(enum session_act what, int token)
{
    struct store_session *s = NEW_JOB(store_session);
    s->act = what;
    s->idle_ms = IDLE_MS;
    token_of(token, s->token_hash);
    store_run(store, &s->job);
    enum store_result result = s->job.result;
    store_job_free(&s->job);
    return result;
}

static void an_idle_session_ends_and_one_that_is_seen_does_not(void **state)
{
    (void)state;
    int64_t anna = user_now(store, "anna"), expires = test_clock.manual_ms + 10 * IDLE_MS;
    act(SESSION_MAKE, 1, anna, expires);
    act(SESSION_MAKE, 2, anna, expires);
    for (int i = 0; i < 4; i++) {
        test_clock.manual_ms += IDLE_MS - 1;
        assert_int_equal(seen(SESSION_TOUCH, 1), STORE_OK);
    }
    assert_int_equal(seen(SESSION_FIND, 2), STORE_MISSING);
    assert_int_equal(seen(SESSION_TOUCH, 2), STORE_MISSING);
    test_clock.manual_ms += IDLE_MS - 1;
    assert_int_equal(seen(SESSION_FIND, 1), STORE_OK); /* which only looks */
    test_clock.manual_ms += 1;
    assert_int_equal(seen(SESSION_FIND, 1), STORE_MISSING);
    assert_int_equal(act(SESSION_FIND, 1, 0, 0), STORE_OK); /* where there is no such limit */
    test_clock.manual_ms = expires - 1;
    assert_int_equal(seen(SESSION_TOUCH, 1), STORE_MISSING);
    assert_int_equal(act(SESSION_TOUCH, 1, 0, 0), STORE_OK);
    test_clock.manual_ms = expires; /* the whole time is over, whatever was seen */
    assert_int_equal(seen(SESSION_FIND, 1), STORE_MISSING);
}

static void ones_own_sessions_are_listed_and_the_others_ended(void **state)
{
    (void)state;
    int64_t anna = user_now(store, "anna"), ugo = user_now(store, "ugo"), expires = test_clock.manual_ms + 100000;
    for (int i = 1; i <= 3; i++) {
        act(SESSION_MAKE, i, anna, expires);
        test_clock.manual_ms += 10;
    }
    act(SESSION_MAKE, 4, ugo, expires);
    struct store_sessions *l = NEW_JOB(store_sessions);
    l->user = anna;
    token_of(2, l->token_hash);
    run_for(store, l, STORE_OK);
    assert_int_equal(l->count, 3);
    assert_true(l->rows[0].made_ms > l->rows[2].made_ms);
    assert_false(l->rows[0].own);
    assert_true(l->rows[1].own);
    struct store_session *s = NEW_JOB(store_session);
    s->act = SESSION_DROP_OTHERS;
    s->user_id = anna;
    token_of(2, s->token_hash);
    run_for(store, s, STORE_OK);
    assert_int_equal(s->ret_dropped, 2);
    run_for(store, l, STORE_OK);
    assert_int_equal(l->count, 1);
    l->user = ugo;
    run_for(store, l, STORE_OK);
    assert_int_equal(l->count, 1);
    store_job_free(&s->job);
    store_job_free(&l->job);
}

static void a_browser_is_remembered_for_who_logged_in_with_it(void **state)
{
    (void)state;
    int64_t anna = user_now(store, "anna");
    user_now(store, "ugo");
    unsigned char device[TOKEN_HASH_BYTES];
    /* One more than are kept: the oldest goes. */
    for (int i = 1; i <= STORE_DEVICES_MAX + 1; i++) {
        struct store_session *s = NEW_JOB(store_session);
        token_of(100 + i, device);
        token_of(i, s->token_hash);
        s->user_id = anna;
        s->expires_ms = test_clock.manual_ms + 1000;
        s->device = device;
        s->address = i == 5 ? "203.0.113.5" : "192.0.2.1";
        run_for(store, s, STORE_OK);
        store_job_free(&s->job);
        test_clock.manual_ms += 10;
    }
    struct store_login *l = NEW_JOB(store_login);
    l->name = "ANNA";
    l->address = "203.0.113.5";
    l->device = device;
    run_for(store, l, STORE_OK);
    assert_int_not_equal(l->ret_device, 0);
    assert_true(l->ret_address_known);
    assert_false(l->user.totp);
    l->ret_device = 0;
    l->address = "203.0.113.6";
    token_of(101, device);
    run_for(store, l, STORE_OK);
    assert_int_equal(l->ret_device, 0);
    assert_false(l->ret_address_known);
    token_of(110, device);
    l->name = "ugo";
    run_for(store, l, STORE_OK);
    assert_int_equal(l->ret_device, 0);
    l->name = "nobody";
    run_for(store, l, STORE_MISSING);
    store_job_free(&l->job);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_session_lives_until_it_expires_or_is_dropped),
        TEST(an_idle_session_ends_and_one_that_is_seen_does_not),
        TEST(ones_own_sessions_are_listed_and_the_others_ended),
        TEST(a_browser_is_remembered_for_who_logged_in_with_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
