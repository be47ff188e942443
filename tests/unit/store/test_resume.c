/* A conversation is found again by its visitor's token. */
#include "unit/store/fixture.h"

static struct store_load *load(int visitor, enum store_result expected)
{
    struct store_load *l = NEW_JOB(store_load);
    token_of(visitor, l->token_hash);
    run_for(store, l, expected);
    return l;
}

static void is_found_by_token_with_its_state(void **state)
{
    (void)state;
    struct store_turn *t = said(1, "a", "x");
    t->lang = "it";
    t->page = "/shop";
    t->memory = "m";
    t->edition = 3;
    t->who = STORE_WHO_BOT;
    run_for(store, t, STORE_OK);
    store_job_free(&t->job);
    t = said(1, "b", "x"); /* leaves what it does not name */
    run_for(store, t, STORE_OK);
    store_job_free(&t->job);
    struct store_load *l = load(1, STORE_OK);
    assert_int_equal(l->row.last_seq, 2);
    assert_int_equal(l->row.edition, 3);
    assert_int_equal(l->row.who, STORE_WHO_BOT);
    assert_string_equal(l->row.lang, "it");
    assert_string_equal(l->row.page, "/shop");
    assert_string_equal(l->row.memory, "m");
    assert_int_equal(l->row.ticket, 0);
    assert_string_equal(l->row.owner_name, "");
    assert_int_equal(l->row.visitor, l->ret_visitor);
    store_job_free(&l->job);
}

static void tells_a_known_visitor_without_one_from_an_unknown_one(void **state)
{
    (void)state;
    struct store_turn *t = said(1, "a", "x");
    t->who = STORE_WHO_CLOSED;
    run_for(store, t, STORE_OK);
    store_job_free(&t->job);
    struct store_load *l = load(1, STORE_MISSING);
    assert_true(l->ret_visitor > 0);
    store_job_free(&l->job);
    l = load(2, STORE_MISSING);
    assert_int_equal(l->ret_visitor, 0);
    store_job_free(&l->job);
}

static void names_the_live_ticket_before_a_message(void **state)
{
    (void)state;
    int64_t anna = user_now(store, "anna");
    asked_now(store, 1, TICKET_MESSAGE, "shop", "it");
    struct store_load *l = load(1, STORE_OK);
    assert_int_equal(l->row.ticket, 1001);
    store_job_free(&l->job);
    asked_now(store, 1, TICKET_WAITING, "shop", "it");
    asked_now(store, 1, TICKET_WAITING, "shop", "it");
    struct store_assign *a = NEW_JOB(store_assign);
    a->user = anna;
    a->to = TICKET_CLAIMED;
    a->capacity = 1;
    a->who = STORE_WHO_AGENT;
    run_for(store, a, STORE_OK);
    store_job_free(&a->job);
    l = load(1, STORE_OK);
    assert_int_equal(l->row.ticket, 1002);
    assert_int_equal(l->row.owner, anna);
    assert_string_equal(l->row.owner_name, "anna");
    assert_int_equal(l->row.who, STORE_WHO_AGENT);
    store_job_free(&l->job);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(is_found_by_token_with_its_state),
        TEST(tells_a_known_visitor_without_one_from_an_unknown_one),
        TEST(names_the_live_ticket_before_a_message),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
