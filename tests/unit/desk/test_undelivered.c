/* An answer that never arrived brings its ticket back to the desk, by the table's only row out of closed. */
#include "store/delivery.h"
#include "unit/desk/help.h"

static int64_t kept;

static void on_undelivered(void *context, int64_t delivery, bool good, const struct ticket *t,
                           const struct work_note *n)
{
    (void)context;
    kept = delivery;
    note("undelivered %d %lld %s\n", good, t != NULL ? (long long)t->id : 0, n != NULL ? n->text : "-");
}

static int begin(void **state)
{
    int result = desk_setup(state);
    struct desk_listener with = listener;
    with.undelivered = on_undelivered;
    desk_free(desk);
    desk = desk_new(store, &test_clock, &settings, &words, &with);
    assert_int_equal(desk_load(desk), 0);
    pump();
    return result;
}

static int64_t answer(int64_t ticket, int64_t user)
{
    struct store_reply *j = NEW_JOB(store_reply);
    const struct delivery_new d = {
        .kind = "mail", .target = "a@b", .ref = "reply:1", .ticket = ticket, .body = "x", .body_size = 1};
    j->ticket_id = ticket;
    j->from = 1u << TICKET_MESSAGE;
    j->owner_is = j->owner = user;
    j->delivery = &d;
    run_for(store, j, STORE_OK);
    desk_ticket_changed(desk, &j->ticket);
    store_job_free(&j->job);
    struct store_deliveries *l = NEW_JOB(store_deliveries);
    l->limit = 1;
    run_for(store, l, STORE_OK);
    int64_t id = l->rows[0].id;
    store_job_free(&l->job);
    return id;
}

static void give_up(int64_t letter)
{
    assert_int_equal(desk_undelivered(desk, &(struct desk_undelivered){letter, "550", "it did not arrive"}), 0);
    pump();
}

static void a_closed_one_is_back_as_a_message_and_can_be_closed_by_who_knows(void **state)
{
    (void)state;
    int64_t ticket = enqueue_in(1, TICKET_MESSAGE, "shop", "it"), anna = agent_comes("Anna", "", "");
    int64_t letter = answer(ticket, anna);
    desk_close(desk, anna, ticket, "answered", "c1");
    pump();
    assert_null(desk_ticket(desk, ticket));
    give_up(letter);
    expect_told("moved 1001 undelivered closed>message 1");
    expect_told("undelivered 1 1001 it did not arrive");
    assert_int_equal(desk_ticket(desk, ticket)->undelivered, letter);
    assert_int_equal(kept, letter);
    journal_clear();
    give_up(letter); /* it does not wait any more */
    expect_told("undelivered 1 0 -");
    desk_close(desk, anna, ticket, "solved", "c2");
    pump();
    expect_told("moved 1001 closed message>closed 1");
}

static void one_that_is_open_is_marked_and_a_close_that_knows_nothing_of_it_comes_too_late(void **state)
{
    (void)state;
    int64_t ticket = enqueue_in(1, TICKET_MESSAGE, "shop", "it"), anna = agent_comes("Anna", "", "");
    int64_t letter = answer(ticket, anna);
    assert_int_equal(desk_undelivered(desk, &(struct desk_undelivered){letter, "550", "it did not arrive"}), 0);
    desk_close(desk, anna, ticket, "answered", "c1"); /* the store has it after the end, the desk knows nothing yet */
    pump();
    expect_told("undelivered 1 1001 it did not arrive");
    expect_told("refused 1 1001 not_yours c1");
    assert_int_equal(state_of(ticket), TICKET_MESSAGE);
    assert_int_equal(desk_ticket(desk, ticket)->undelivered, letter);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_closed_one_is_back_as_a_message_and_can_be_closed_by_who_knows, begin,
                                        desk_teardown),
        cmocka_unit_test_setup_teardown(one_that_is_open_is_marked_and_a_close_that_knows_nothing_of_it_comes_too_late,
                                        begin, desk_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
