/* Moves that agents ask for: done, refused, or not saved, and always told. */
#include "unit/desk/help.h"

#include <signal.h>
#include <sys/resource.h>

static void handing_back_gives_the_chat_to_the_assistant(void **state)
{
    (void)state;
    int64_t ticket = enqueue(1), anna = agent_comes("anna", "", "");
    take_next(anna);
    assert_int_equal(who_of(1), STORE_WHO_AGENT);
    desk_hand_back(desk, anna, ticket, "done", "c1");
    pump();
    expect_told("moved 1001 handed_back claimed>closed 1");
    assert_int_equal(who_of(1), STORE_WHO_BOT);
    assert_null(desk_ticket(desk, ticket));
    assert_null(desk_ticket_of(desk, 1));
    struct store_events *e = NEW_JOB(store_events);
    e->conversation = 1;
    e->limit = 200;
    run_for(store, e, STORE_OK);
    assert_int_equal(e->event_count, 5);
    assert_string_equal(e->events[1].body, "taken it anna - 1001");
    assert_int_equal(e->events[1].ticket, ticket);
    assert_string_equal(e->events[4].body, "handed_back it anna done 1001");
    store_job_free(&e->job);
}

static void only_the_owner_may(void **state)
{
    (void)state;
    int64_t ticket = enqueue(1), anna = agent_comes("anna", "", ""), bruno = agent_comes("bruno", "", "");
    take_next(anna);
    desk_close(desk, bruno, ticket, "solved", "c1");
    desk_hand_back(desk, bruno, ticket, NULL, "c2");
    desk_accept(desk, anna, ticket);
    desk_close(desk, anna, 4711, NULL, "c3");
    pump();
    expect_told("refused 2 1001 not_yours c1");
    expect_told("refused 2 1001 not_yours c2");
    expect_told("refused 1 1001 not_yours -");
    expect_told("refused 1 4711 not_yours c3");
    assert_int_equal(state_of(ticket), TICKET_CLAIMED);
}

static void a_waiting_ticket_cannot_be_closed_but_a_message_can(void **state)
{
    (void)state;
    int64_t ticket = enqueue(1), message = enqueue_in(2, TICKET_MESSAGE, "shop", "it");
    int64_t anna = agent_comes("anna", "", "");
    desk_close(desk, anna, ticket, "solved", "c1");
    pump();
    expect_told("refused 1 1001 not_yours c1");
    desk_close(desk, anna, message, "answered", "c2");
    pump();
    expect_told("moved 1002 closed message>closed 1");
    struct store_ticket *q = NEW_JOB(store_ticket);
    q->id = message;
    run_for(store, q, STORE_OK);
    assert_string_equal(q->tickets[0].cause, "answered");
    store_job_free(&q->job);
}

static void closing_a_message_leaves_the_conversation_as_it_is(void **state)
{
    (void)state;
    int64_t message = enqueue_in(1, TICKET_MESSAGE, "shop", "it"), chat = enqueue(1);
    int64_t anna = agent_comes("anna", "", "");
    assert_int_equal(take_next(anna), chat);
    desk_close(desk, anna, message, "answered", NULL);
    pump();
    assert_int_equal(who_of(1), STORE_WHO_AGENT);
    assert_int_equal(desk_ticket_of(desk, 1)->id, chat);
}

static void two_clicks_close_once(void **state)
{
    (void)state;
    int64_t ticket = enqueue(1), anna = agent_comes("anna", "", "");
    take_next(anna);
    desk_close(desk, anna, ticket, "solved", "c1");
    desk_close(desk, anna, ticket, "solved", "c2");
    pump();
    expect_told("moved 1001 closed claimed>closed 1");
    expect_told("refused 1 1001 not_yours c2");
}

static void what_cannot_be_saved_is_told_and_tried_again(void **state)
{
    (void)state;
    int64_t ticket = enqueue(1), anna = agent_comes("anna", "", "");
    take_next(anna);
    enqueue(2);
    desk_visitor_online(desk, 2, false);
    struct rlimit before, none;
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
    none = (struct rlimit){1024, before.rlim_max};
    signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &none), 0);
    desk_close(desk, anna, ticket, "solved", "c1");
    desk_take_next(desk, anna);
    pump();
    pass_seconds_alive(125, anna);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
    expect_told("refused 1 1001 not_saved c1");
    expect_told("refused 1 0 not_saved -");
    assert_int_equal(state_of(ticket), TICKET_CLAIMED);
    assert_int_equal(state_of(1002), TICKET_WAITING);
    pass_seconds_alive(1, anna);
    assert_int_equal(state_of(1002), TICKET_PARKED);
    desk_close(desk, anna, ticket, "solved", "c2");
    pump();
    expect_told("moved 1001 closed claimed>closed 1");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(handing_back_gives_the_chat_to_the_assistant),
        TEST(only_the_owner_may),
        TEST(a_waiting_ticket_cannot_be_closed_but_a_message_can),
        TEST(closing_a_message_leaves_the_conversation_as_it_is),
        TEST(two_clicks_close_once),
        TEST(what_cannot_be_saved_is_told_and_tried_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
