/* Users: one name, one user; what changes ends their sessions. */
#include "store/people.h"
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

static struct store_user_set *change_of(int64_t id)
{
    struct store_user_set *u = NEW_JOB(store_user_set);
    u->id = id;
    u->disabled = u->capacity = -1;
    return u;
}

static void what_is_not_named_stays_and_each_change_is_noted(void **state)
{
    (void)state;
    int64_t id = user_now(store, "anna");
    struct store_user_set *u = change_of(id);
    u->capacity = 5;
    u->departments = "sales,garden";
    u->email = "anna@shop.example";
    u->by = (struct audit_by){42, "192.0.2.1"};
    run_for(store, u, STORE_OK);
    u->capacity = 21;
    run_for(store, u, STORE_REFUSED);
    store_job_free(&u->job);
    struct store_user_get *g = NEW_JOB(store_user_get);
    g->id = id;
    run_for(store, g, STORE_OK);
    assert_int_equal(g->user.capacity, 5);
    assert_string_equal(g->user.departments, "sales,garden");
    assert_string_equal(g->user.email, "anna@shop.example");
    assert_string_equal(g->user.role, "agent");
    assert_string_equal(g->user.password_hash, "x");
    assert_false(g->user.disabled);
    store_job_free(&g->job);
    struct store_audit_list *l = NEW_JOB(store_audit_list);
    l->limit = 10;
    run_for(store, l, STORE_OK);
    assert_int_equal(l->count, 4);
    assert_int_equal(l->rows[0].user, 42);
    assert_string_equal(l->rows[0].act, "user_capacity");
    assert_string_equal(l->rows[2].act, "user_departments");
    assert_string_equal(l->rows[2].detail, "anna: - > sales,garden");
    store_job_free(&l->job);
}

static void somebody_who_may_do_everything_is_left(void **state)
{
    (void)state;
    int64_t anna = user_now(store, "anna"), ugo = user_now(store, "ugo");
    struct store_user_set *u = change_of(anna);
    u->role = "admin";
    run_for(store, u, STORE_OK);
    u->disabled = 1;
    run_for(store, u, STORE_REFUSED);
    assert_true(u->ret_last_admin);
    u->disabled = -1;
    u->role = "agent";
    run_for(store, u, STORE_REFUSED);
    u->id = ugo;
    u->role = "admin";
    run_for(store, u, STORE_OK);
    u->id = anna;
    u->role = NULL;
    u->disabled = 1;
    run_for(store, u, STORE_OK);
    u->id = ugo;
    run_for(store, u, STORE_REFUSED);
    store_job_free(&u->job);
}

static void a_new_password_leaves_the_session_that_set_it(void **state)
{
    (void)state;
    int64_t id = user_now(store, "anna");
    unsigned char own[TOKEN_HASH_BYTES];
    token_of(2, own);
    for (int i = 1; i <= 3; i++) {
        struct store_session *s = NEW_JOB(store_session);
        token_of(i, s->token_hash);
        s->user_id = id;
        s->expires_ms = test_clock.manual_ms + 1000;
        run_for(store, s, STORE_OK);
        store_job_free(&s->job);
    }
    struct store_user_set *u = change_of(id);
    u->password_hash = "new";
    u->keep = own;
    run_for(store, u, STORE_OK);
    store_job_free(&u->job);
    struct store_sessions *l = NEW_JOB(store_sessions);
    l->user = id;
    memcpy(l->token_hash, own, sizeof own);
    run_for(store, l, STORE_OK);
    assert_int_equal(l->count, 1);
    assert_true(l->rows[0].own);
    store_job_free(&l->job);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_name_is_taken_whatever_its_case),      TEST(is_found_by_name_id_and_in_the_list),
        TEST(changing_a_user_ends_the_sessions),      TEST(what_is_not_named_stays_and_each_change_is_noted),
        TEST(somebody_who_may_do_everything_is_left), TEST(a_new_password_leaves_the_session_that_set_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
