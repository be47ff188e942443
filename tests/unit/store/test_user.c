/* Users: one name, one user; what changes ends their sessions. */
#include "unit/store/fixture.h"

static void a_name_is_taken_whatever_its_case(void **state)
{
    (void)state;
    user_now(store, "anna");
    struct store_user_add *u = NEW_JOB(store_user_add);
    u->user = (struct user){.name = "Anna", .role = "agent", .password_hash = "x"};
    run_for(store, u, STORE_REFUSED);
    u->user.name = "";
    run_for(store, u, STORE_REFUSED);
    store_job_free(&u->job);
}

static void is_found_by_name_id_and_in_the_list(void **state)
{
    (void)state;
    for (int i = 0; i < 20; i++) {
        char name[16];
        snprintf(name, sizeof name, "user%02d", i);
        user_now(store, name);
    }
    struct store_user_get *g = NEW_JOB(store_user_get);
    g->name = "user07";
    run_for(store, g, STORE_OK);
    int64_t id = g->user.id;
    g->name = NULL;
    g->id = id;
    run_for(store, g, STORE_OK);
    assert_string_equal(g->user.name, "user07");
    assert_string_equal(g->user.departments, "");
    g->list = true;
    run_for(store, g, STORE_OK);
    assert_int_equal(g->count, 20);
    assert_string_equal(g->users[19].name, "user19");
    g->list = false;
    g->id = 99;
    run_for(store, g, STORE_MISSING);
    store_job_free(&g->job);
}

static void changing_a_user_ends_the_sessions(void **state)
{
    (void)state;
    int64_t id = user_now(store, "anna");
    for (int round = 0; round < 2; round++) {
        struct store_session *s = NEW_JOB(store_session);
        s->act = SESSION_MAKE;
        token_of(5, s->token_hash);
        s->user_id = id;
        s->expires_ms = test_clock.manual_ms + 1000;
        run_for(store, s, STORE_OK);
        struct store_user_set *u = NEW_JOB(store_user_set);
        u->id = id;
        u->disabled = round == 0 ? -1 : 1;
        u->password_hash = round == 0 ? "new" : NULL;
        run_for(store, u, STORE_OK);
        s->act = SESSION_FIND;
        run_for(store, s, STORE_MISSING);
        store_job_free(&s->job);
        u->id = 77;
        run_for(store, u, STORE_MISSING);
        store_job_free(&u->job);
    }
    struct store_user_get *g = NEW_JOB(store_user_get);
    g->id = id;
    run_for(store, g, STORE_OK);
    assert_string_equal(g->user.password_hash, "new");
    assert_true(g->user.disabled);
    store_job_free(&g->job);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_name_is_taken_whatever_its_case),
        TEST(is_found_by_name_id_and_in_the_list),
        TEST(changing_a_user_ends_the_sessions),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
