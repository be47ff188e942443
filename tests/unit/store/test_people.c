/* One-time codes are used once, whoever is faster; pictures have versions. */
#include "store/people.h"

#include "unit/store/fixture.h"

static struct store_totp *totp(enum totp_act act, int64_t user)
{
    struct store_totp *t = NEW_JOB(store_totp);
    t->act = act;
    t->user = user;
    memset(t->secret, 's', sizeof t->secret);
    for (int i = 0; i < RECOVERY_CODES; i++)
        memset(t->codes[i], 'a' + i, sizeof t->codes[i]);
    t->step = 100;
    return t;
}

static enum store_result totp_now(enum totp_act act, int64_t user, int64_t step)
{
    struct store_totp *t = totp(act, user);
    t->step = step;
    store_run(store, &t->job);
    enum store_result result = t->job.result;
    store_job_free(&t->job);
    return result;
}

static void a_secret_counts_once_it_is_confirmed(void **state)
{
    (void)state;
    int64_t anna = user_now(store, "anna");
    assert_int_equal(totp_now(TOTP_BEGUN, anna, 0), STORE_MISSING);
    assert_int_equal(totp_now(TOTP_CONFIRM, anna, 100), STORE_REFUSED);
    assert_int_equal(totp_now(TOTP_BEGIN, 99, 0), STORE_MISSING);
    assert_int_equal(totp_now(TOTP_BEGIN, anna, 0), STORE_OK);
    assert_int_equal(totp_now(TOTP_USE, anna, 100), STORE_REFUSED);
    struct store_totp *t = totp(TOTP_CONFIRM, anna);
    t->secret[0] = 'x'; /* another was begun meanwhile */
    run_for(store, t, STORE_REFUSED);
    store_job_free(&t->job);
    assert_int_equal(totp_now(TOTP_CONFIRM, anna, 100), STORE_OK);
    struct store_account *a = NEW_JOB(store_account);
    a->user = anna;
    run_for(store, a, STORE_OK);
    assert_true(a->ret_totp);
    assert_int_equal(a->secret[19], 's');
    assert_int_equal(a->ret_codes_left, RECOVERY_CODES);
    store_job_free(&a->job);
    struct store_user_set *off = NEW_JOB(store_user_set);
    *off = (struct store_user_set){.job = off->job, .id = anna, .disabled = -1, .capacity = -1, .totp_off = true};
    run_for(store, off, STORE_OK);
    store_job_free(&off->job);
    assert_int_equal(totp_now(TOTP_USE, anna, 200), STORE_REFUSED);
    assert_int_equal(totp_now(TOTP_RECOVER, anna, 0), STORE_REFUSED);
}

static void a_step_is_used_once_and_never_an_older_one(void **state)
{
    (void)state;
    int64_t anna = user_now(store, "anna");
    totp_now(TOTP_BEGIN, anna, 0);
    totp_now(TOTP_CONFIRM, anna, 100);
    assert_int_equal(totp_now(TOTP_USE, anna, 100), STORE_REFUSED);
    assert_int_equal(totp_now(TOTP_USE, anna, 102), STORE_OK);
    assert_int_equal(totp_now(TOTP_USE, anna, 102), STORE_REFUSED);
    assert_int_equal(totp_now(TOTP_USE, anna, 101), STORE_REFUSED);
    assert_int_equal(totp_now(TOTP_USE, anna, 103), STORE_OK);
}

static int won;

static void count_won(struct store_job *job)
{
    won += job->result == STORE_OK;
    store_job_free(job);
}

static void of_many_at_once_one_has_the_code(void **state)
{
    (void)state;
    int64_t anna = user_now(store, "anna");
    totp_now(TOTP_BEGIN, anna, 0);
    totp_now(TOTP_CONFIRM, anna, 100);
    for (int recovery = 0; recovery < 2; recovery++) {
        won = 0;
        for (int i = 0; i < 200; i++) {
            struct store_totp *t = store_job_new(&store_totp_kind, sizeof *t, count_won, NULL);
            t->act = recovery ? TOTP_RECOVER : TOTP_USE;
            t->user = anna;
            t->step = 500;
            memset(t->codes[0], 'c', sizeof t->codes[0]);
            assert_int_equal(store_submit(store, &t->job), 0);
        }
        while (store_pump(store) > 0)
            continue;
        assert_int_equal(won, 1);
    }
}

static void a_recovery_code_is_gone_when_it_was_used(void **state)
{
    (void)state;
    int64_t anna = user_now(store, "anna"), ugo = user_now(store, "ugo");
    totp_now(TOTP_BEGIN, anna, 0);
    totp_now(TOTP_CONFIRM, anna, 100);
    assert_int_equal(totp_now(TOTP_RECOVER, ugo, 0), STORE_REFUSED);
    struct store_totp *t = totp(TOTP_RECOVER, anna);
    run_for(store, t, STORE_OK);
    assert_int_equal(t->ret_codes_left, RECOVERY_CODES - 1);
    run_for(store, t, STORE_REFUSED);
    store_job_free(&t->job);
    /* New ones replace all old ones. */
    totp_now(TOTP_BEGIN, anna, 0);
    totp_now(TOTP_CONFIRM, anna, 200);
    assert_int_equal(totp_now(TOTP_RECOVER, anna, 0), STORE_OK);
}

static void a_picture_has_a_version_and_a_ceiling(void **state)
{
    (void)state;
    static const char bytes[PICTURE_BYTES_MAX + 1] = "\x89PNG\0with a NUL";
    int64_t anna = user_now(store, "anna");
    struct store_picture *p = NEW_JOB(store_picture);
    p->user = anna;
    run_for(store, p, STORE_MISSING);
    p->set = true;
    p->type = "image/png";
    p->bytes = bytes;
    p->size = sizeof bytes;
    run_for(store, p, STORE_REFUSED);
    p->size = 20;
    run_for(store, p, STORE_OK);
    int64_t first = p->ret_version;
    run_for(store, p, STORE_OK);
    assert_true(p->ret_version > first && first > 0);
    p->set = false;
    p->bytes = NULL;
    run_for(store, p, STORE_OK);
    assert_int_equal(p->size, 20);
    assert_memory_equal(p->bytes, bytes, 20);
    assert_string_equal(p->type, "image/png");
    p->set = true;
    p->size = 0;
    run_for(store, p, STORE_OK);
    assert_int_equal(p->ret_version, 0);
    p->set = false;
    run_for(store, p, STORE_MISSING);
    p->set = true;
    p->user = 99;
    run_for(store, p, STORE_MISSING);
    store_job_free(&p->job);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_secret_counts_once_it_is_confirmed),  TEST(a_step_is_used_once_and_never_an_older_one),
        TEST(of_many_at_once_one_has_the_code),      TEST(a_recovery_code_is_gone_when_it_was_used),
        TEST(a_picture_has_a_version_and_a_ceiling),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
