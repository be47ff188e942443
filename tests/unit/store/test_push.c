/* Who is told of a visitor: subscriptions last as long as their login, ten of a user, of those who serve the place. */
#include "store/push.h"
#include "unit/store/fixture.h"

static int64_t person(const char *name, const char *role, const char *departments, const char *languages)
{
    struct store_user_add *j = NEW_JOB(store_user_add);
    j->user = (struct user){
        .name = name, .role = role, .password_hash = "x", .departments = departments, .languages = languages};
    run_for(store, j, STORE_OK);
    int64_t id = j->user.id;
    store_job_free(&j->job);
    return id;
}

static void session_of(int token, int64_t user, enum session_act what)
{
    struct store_session *s = NEW_JOB(store_session);
    s->act = what;
    token_of(token, s->token_hash);
    s->user_id = user;
    s->expires_ms = test_clock.manual_ms + 10000;
    run_for(store, s, STORE_OK);
    store_job_free(&s->job);
}

static void subscribe(int token, const char *endpoint, enum store_result expected)
{
    struct store_push_add *j = NEW_JOB(store_push_add);
    token_of(token, j->session);
    j->row = (struct push_row){.endpoint = endpoint, .p256dh = "point", .auth = "secret", .lang = "it"};
    run_for(store, j, expected);
    store_job_free(&j->job);
}

static void drop(const char *endpoint, int64_t user, enum store_result expected)
{
    struct store_push_drop *j = NEW_JOB(store_push_drop);
    j->endpoint = endpoint;
    j->user = user;
    run_for(store, j, expected);
    store_job_free(&j->job);
}

/* The endpoints that would be told, with "," between. */
static const char *told(int64_t user, const char *department, const char *lang)
{
    static char all[4096];
    struct store_push_list *j = NEW_JOB(store_push_list);
    j->user = user;
    j->department = department;
    j->lang = lang;
    run_for(store, j, STORE_OK);
    all[0] = '\0';
    for (size_t i = 0; i < j->count; i++) {
        size_t at = strlen(all);
        snprintf(all + at, sizeof all - at, "%s%s", i > 0 ? "," : "", j->rows[i].endpoint);
        assert_string_equal(j->rows[i].p256dh, "point");
        assert_string_equal(j->rows[i].auth, "secret");
    }
    store_job_free(&j->job);
    return all;
}

static void those_are_told_who_serve_the_department_in_the_language(void **state)
{
    (void)state;
    session_of(1, person("anna", "agent", "", ""), SESSION_MAKE);
    session_of(2, person("ugo", "agent", "ordini,negozio", "it"), SESSION_MAKE);
    session_of(3, person("eva", "editor", "", ""), SESSION_MAKE);
    session_of(4, person("leo", "agent", "ordini2", ""), SESSION_MAKE);
    subscribe(1, "a", STORE_OK);
    subscribe(2, "u", STORE_OK);
    subscribe(3, "e", STORE_OK);
    subscribe(4, "l", STORE_OK);
    assert_string_equal(told(0, "ordini", "it"), "a,u");
    assert_string_equal(told(0, "negozio", "en"), "a");
    assert_string_equal(told(0, "ordini2", "en"), "a,l");
    assert_string_equal(told(0, "x", "it"), "a");
}

static void a_subscription_ends_with_its_login(void **state)
{
    (void)state;
    int64_t anna = person("anna", "agent", "", "");
    session_of(1, anna, SESSION_MAKE);
    subscribe(1, "a", STORE_OK);
    subscribe(9, "b", STORE_MISSING);
    assert_string_equal(told(anna, "", ""), "a");
    session_of(1, anna, SESSION_DROP);
    assert_string_equal(told(anna, "", ""), "");
    drop("a", 0, STORE_MISSING);
    session_of(2, anna, SESSION_MAKE);
    subscribe(2, "a", STORE_OK);
    test_clock.manual_ms += 10001;
    assert_string_equal(told(anna, "", ""), "");
}

static void ten_are_kept_and_the_oldest_goes(void **state)
{
    (void)state;
    int64_t anna = person("anna", "agent", "", "");
    char name[16];
    session_of(1, anna, SESSION_MAKE);
    for (int i = 1; i <= 12; i++) {
        snprintf(name, sizeof name, "e%d", i);
        subscribe(1, name, STORE_OK);
    }
    assert_string_equal(told(anna, "", ""), "e3,e4,e5,e6,e7,e8,e9,e10,e11,e12");
    subscribe(1, "e3", STORE_OK); /* again: nothing changes */
    assert_string_equal(told(anna, "", ""), "e3,e4,e5,e6,e7,e8,e9,e10,e11,e12");
}

static void an_endpoint_belongs_to_who_logged_in_last(void **state)
{
    (void)state;
    int64_t anna = person("anna", "agent", "", ""), ugo = person("ugo", "agent", "", "");
    session_of(1, anna, SESSION_MAKE);
    session_of(2, ugo, SESSION_MAKE);
    subscribe(1, "a", STORE_OK);
    subscribe(2, "a", STORE_OK);
    assert_string_equal(told(anna, "", ""), "");
    assert_string_equal(told(ugo, "", ""), "a");
    drop("a", anna, STORE_MISSING);
    drop("a", ugo, STORE_OK);
}

static void what_is_over_a_ceiling_is_refused(void **state)
{
    (void)state;
    char huge[PUSH_ENDPOINT_BYTES + 2];
    memset(huge, 'x', sizeof huge);
    huge[sizeof huge - 1] = '\0';
    session_of(1, person("anna", "agent", "", ""), SESSION_MAKE);
    subscribe(1, huge, STORE_REFUSED);
    huge[PUSH_ENDPOINT_BYTES] = '\0';
    subscribe(1, huge, STORE_OK);
}

static void what_a_user_chose_is_remembered(void **state)
{
    (void)state;
    int64_t anna = person("anna", "agent", "", "");
    session_of(1, anna, SESSION_MAKE);
    subscribe(1, "a", STORE_OK);
    struct store_push_presence *p = NEW_JOB(store_push_presence);
    p->user = anna;
    p->presence = 3;
    run_for(store, p, STORE_OK);
    store_job_free(&p->job);
    struct store_push_list *j = NEW_JOB(store_push_list);
    j->user = anna;
    run_for(store, j, STORE_OK);
    assert_int_equal(j->rows[0].presence, 3);
    store_job_free(&j->job);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(those_are_told_who_serve_the_department_in_the_language),
        TEST(a_subscription_ends_with_its_login),
        TEST(ten_are_kept_and_the_oldest_goes),
        TEST(an_endpoint_belongs_to_who_logged_in_last),
        TEST(what_is_over_a_ceiling_is_refused),
        TEST(what_a_user_chose_is_remembered),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
