/* Webhooks under way and visitors' values: stored with the turn, gone with the turn that hears the answer. */
#include "unit/store/fixture.h"

/* A turn of visitor 1 that wants a call, ends another, or neither (NULL). */
static int64_t turn(const char *cid, const char *calls, const char *ends, enum store_result expected)
{
    struct store_turn *t = said(1, cid, "x");
    struct call_new call = {.id = calls, .body = "what it takes"};
    t->call = calls != NULL ? &call : NULL;
    t->ended_call = ends;
    run_for(store, t, expected);
    int64_t conversation = t->conversation;
    store_job_free(&t->job);
    return conversation;
}

/* The id of the only call there is, "" = none. */
static const char *open_call(void)
{
    static char id[CALL_ID_BYTES + 1];
    struct store_calls *j = NEW_JOB(store_calls);
    run_for(store, j, STORE_OK);
    assert_true(j->count <= 1);
    id[0] = '\0';
    if (j->count == 1)
        snprintf(id, sizeof id, "%s", j->rows[0].id);
    store_job_free(&j->job);
    return id;
}

static void a_call_lives_from_its_turn_to_the_one_with_its_answer(void **state)
{
    (void)state;
    assert_string_equal(open_call(), "");
    int64_t conversation = turn("a", "call_1", NULL, STORE_OK);
    assert_string_equal(open_call(), "call_1");
    struct store_load *l = NEW_JOB(store_load);
    l->conversation = conversation;
    run_for(store, l, STORE_OK);
    assert_non_null(l->call);
    assert_string_equal(l->call->id, "call_1");
    assert_string_equal(l->call->body, "what it takes");
    assert_int_equal(l->call->conversation, conversation);
    store_job_free(&l->job);
    /* The answer's turn calls again. */
    turn(NULL, "call_2", "call_1", STORE_OK);
    assert_string_equal(open_call(), "call_2");
    turn(NULL, NULL, "call_2", STORE_OK);
    assert_string_equal(open_call(), "");
    l = NEW_JOB(store_load);
    l->conversation = conversation;
    run_for(store, l, STORE_OK);
    assert_null(l->call);
    store_job_free(&l->job);
}

static void an_answer_to_a_call_that_is_gone_leaves_nothing(void **state)
{
    (void)state;
    turn("a", "call_1", NULL, STORE_OK);
    turn(NULL, NULL, "call_0", STORE_MISSING);
    turn(NULL, NULL, "call_1", STORE_OK);
    turn("z", NULL, "call_1", STORE_MISSING);
    turn("z", NULL, NULL, STORE_OK); /* its message was not kept */
}

static void a_resend_makes_no_second_call(void **state)
{
    (void)state;
    turn("a", "call_1", NULL, STORE_OK);
    turn("a", "call_2", NULL, STORE_DUPLICATE);
    assert_string_equal(open_call(), "call_1");
}

static void a_closed_conversation_waits_for_nothing(void **state)
{
    (void)state;
    turn("a", "call_1", NULL, STORE_OK);
    struct store_turn *t = said(1, "bye", "");
    t->who = STORE_WHO_CLOSED;
    run_for(store, t, STORE_OK);
    store_job_free(&t->job);
    assert_string_equal(open_call(), "");
}

static void what_is_too_long_is_refused(void **state)
{
    (void)state;
    char id[CALL_ID_BYTES + 2];
    memset(id, 'x', sizeof id - 1);
    id[sizeof id - 1] = '\0';
    turn("a", id, NULL, STORE_REFUSED);
    turn("a", id + 1, NULL, STORE_OK);
}

static void keep(int visitor, const char *name, const char *value, enum store_result expected)
{
    struct store_turn *t = said(visitor, NULL, "x");
    struct visitor_value v = {name, value};
    t->values = &v;
    t->value_count = 1;
    run_for(store, t, expected);
    store_job_free(&t->job);
}

static void values_belong_to_their_visitor_and_are_so_many(void **state)
{
    (void)state;
    char name[VISITOR_NAME_BYTES + 2];
    keep(1, "visitor.name", "Ugo", STORE_OK);
    keep(1, "visitor.name", "Ada", STORE_OK);
    keep(2, "visitor.name", "Eva", STORE_OK);
    for (int i = 0; i < VISITOR_VALUES_MAX + 5; i++) {
        snprintf(name, sizeof name, "visitor.v%02d", i);
        keep(1, name, "x", STORE_OK);
    }
    keep(1, "visitor.name", "Ida", STORE_OK); /* there is always room for a new value of an old name */
    memset(name, 'n', sizeof name - 1);
    name[sizeof name - 1] = '\0';
    keep(1, name, "x", STORE_REFUSED);
    struct store_load *l = NEW_JOB(store_load);
    token_of(1, l->token_hash);
    run_for(store, l, STORE_OK);
    assert_int_equal(l->value_count, VISITOR_VALUES_MAX);
    assert_string_equal(l->values[0].name, "visitor.name");
    assert_string_equal(l->values[0].value, "Ida");
    store_job_free(&l->job);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(a_call_lives_from_its_turn_to_the_one_with_its_answer),
        TEST(an_answer_to_a_call_that_is_gone_leaves_nothing),
        TEST(a_resend_makes_no_second_call),
        TEST(a_closed_conversation_waits_for_nothing),
        TEST(what_is_too_long_is_refused),
        TEST(values_belong_to_their_visitor_and_are_so_many),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
