/* A letter that is given up ends together with what tells of it: a note, a mark, and the ticket's way back. */
#include "store/undelivered.h"
#include "unit/store/fixture.h"

#include "store/delivery.h"

static int64_t message_of(int visitor)
{
    return asked_now(store, visitor, TICKET_MESSAGE, "team", "it");
}

static int64_t newest_delivery(void)
{
    struct store_deliveries *j = NEW_JOB(store_deliveries);
    j->limit = 1;
    run_for(store, j, STORE_OK);
    int64_t id = j->rows[0].id;
    store_job_free(&j->job);
    return id;
}

static int64_t answer(int64_t ticket, int64_t user, const char *cid)
{
    struct store_reply *j = NEW_JOB(store_reply);
    const struct delivery_new d = {
        .kind = "mail", .target = "a@b", .ref = cid, .ticket = ticket, .body = "x", .body_size = 1};
    struct event e = {
        .kind = EVENT_MESSAGE, .from = FROM_AGENT, .cid = cid, .body = "{}", .body_size = 2, .user = user};
    j->ticket_id = ticket;
    j->from = 1u << TICKET_MESSAGE;
    j->owner_is = j->owner = user;
    j->events = &e;
    j->event_count = 1;
    j->delivery = &d;
    run_for(store, j, STORE_OK);
    assert_int_equal(j->ticket.undelivered, 0);
    store_job_free(&j->job);
    return newest_delivery();
}

static enum store_result close_ticket(int64_t ticket, const char *cause, int64_t undelivered)
{
    struct store_move *j = NEW_JOB(store_move);
    j->ticket_id = ticket;
    j->from = 1u << TICKET_MESSAGE;
    j->to = TICKET_CLOSED;
    j->owner = -1;
    j->who = -1;
    j->cause = cause;
    j->undelivered = undelivered;
    store_run(store, &j->job);
    enum store_result result = j->job.result;
    store_job_free(&j->job);
    return result;
}

static struct store_undelivered *give_up(int64_t delivery)
{
    struct store_undelivered *j = NEW_JOB(store_undelivered);
    j->id = delivery;
    j->error = "550";
    j->note = "not delivered";
    j->from = 1u << TICKET_CLOSED;
    j->to = TICKET_MESSAGE;
    j->cause = "undelivered";
    j->unless = "spam";
    return j;
}

static void disable(int64_t user)
{
    struct store_user_set *j = NEW_JOB(store_user_set);
    j->id = user;
    j->disabled = 1;
    j->capacity = -1;
    run_for(store, j, STORE_OK);
    store_job_free(&j->job);
}

static void sent(int64_t delivery, int64_t mended)
{
    struct store_delivered *j = NEW_JOB(store_delivered);
    j->id = delivery;
    j->state = DELIVERY_SENT;
    run_for(store, j, STORE_OK);
    assert_int_equal(j->ret_mended, mended);
    store_job_free(&j->job);
}

static void a_closed_ticket_is_a_message_again_with_a_note_and_its_owner(void **state)
{
    (void)state;
    int64_t ticket = message_of(1), anna = user_now(store, "Anna"), letter = answer(ticket, anna, "r1");
    assert_int_equal(close_ticket(ticket, "answered", 0), STORE_OK);
    struct store_undelivered *j = give_up(letter);
    run_for(store, j, STORE_OK);
    assert_true(j->ret_moved);
    assert_int_equal(j->ret_before, TICKET_CLOSED);
    assert_int_equal(j->ticket.state, TICKET_MESSAGE);
    assert_int_equal(j->ticket.owner, anna);
    assert_int_equal(j->ticket.undelivered, letter);
    assert_int_equal(j->ticket.closed_ms, 0);
    assert_int_equal(j->ticket.notes, 1);
    assert_string_equal(j->ticket.cause, "undelivered");
    store_job_free(&j->job);
    struct store_notes *n = NEW_JOB(store_notes);
    n->ticket = ticket;
    run_for(store, n, STORE_OK);
    assert_int_equal(n->count, 1);
    assert_int_equal(n->notes[0].user, 0);
    assert_string_equal(n->notes[0].name, "");
    assert_string_equal(n->notes[0].text, "not delivered");
    store_job_free(&n->job);
    struct store_deliveries *d = NEW_JOB(store_deliveries);
    d->id = letter;
    run_for(store, d, STORE_OK);
    assert_int_equal(d->rows[0].state, DELIVERY_DEAD);
    assert_string_equal(d->rows[0].last_error, "550");
    store_job_free(&d->job);
    j = give_up(letter); /* told once */
    run_for(store, j, STORE_MISSING);
    store_job_free(&j->job);
}

static void one_that_is_open_gets_the_note_and_the_mark(void **state)
{
    (void)state;
    int64_t ticket = message_of(1), anna = user_now(store, "Anna"), letter = answer(ticket, anna, "r1");
    struct store_undelivered *j = give_up(letter);
    run_for(store, j, STORE_OK);
    assert_false(j->ret_moved);
    assert_int_equal(j->ticket.undelivered, letter);
    store_job_free(&j->job);
    /* Who closes it has to know. */
    assert_int_equal(close_ticket(ticket, "answered", 0), STORE_REFUSED);
    assert_int_equal(close_ticket(ticket, "answered", letter), STORE_OK);
}

static void another_answer_takes_the_mark_away(void **state)
{
    (void)state;
    int64_t ticket = message_of(1), anna = user_now(store, "Anna"), letter = answer(ticket, anna, "r1");
    struct store_undelivered *j = give_up(letter);
    run_for(store, j, STORE_OK);
    store_job_free(&j->job);
    answer(ticket, anna, "r2");
    assert_int_equal(close_ticket(ticket, "answered", 0), STORE_OK);
}

static void a_later_letter_is_the_one_that_counts(void **state)
{
    (void)state;
    int64_t ticket = message_of(1), anna = user_now(store, "Anna");
    int64_t first = answer(ticket, anna, "r1"), second = answer(ticket, anna, "r2");
    assert_int_equal(close_ticket(ticket, "answered", 0), STORE_OK);
    struct store_undelivered *j = give_up(first);
    run_for(store, j, STORE_OK);
    assert_false(j->ret_moved);
    assert_int_equal(j->ticket.undelivered, 0);
    assert_int_equal(j->ticket.notes, 1);
    store_job_free(&j->job);
    j = give_up(second);
    run_for(store, j, STORE_OK);
    assert_true(j->ret_moved);
    store_job_free(&j->job);
}

static void spam_stays_closed_and_who_left_does_not_get_it_back(void **state)
{
    (void)state;
    int64_t ticket = message_of(1), anna = user_now(store, "Anna"), letter = answer(ticket, anna, "r1");
    assert_int_equal(close_ticket(ticket, "spam", 0), STORE_OK);
    struct store_undelivered *j = give_up(letter);
    run_for(store, j, STORE_OK);
    assert_false(j->ret_moved);
    assert_int_equal(j->ticket.state, TICKET_CLOSED);
    assert_int_equal(j->ticket.undelivered, 0);
    store_job_free(&j->job);
    ticket = message_of(2);
    letter = answer(ticket, anna, "r2");
    assert_int_equal(close_ticket(ticket, "answered", 0), STORE_OK);
    disable(anna);
    j = give_up(letter);
    run_for(store, j, STORE_OK);
    assert_int_equal(j->ticket.owner, 0);
    store_job_free(&j->job);
}

static void what_arrives_after_all_is_marked_no_more(void **state)
{
    (void)state;
    int64_t ticket = message_of(1), anna = user_now(store, "Anna"), letter = answer(ticket, anna, "r1");
    struct store_undelivered *j = give_up(letter);
    run_for(store, j, STORE_OK);
    store_job_free(&j->job);
    struct store_delivery_retry *r = NEW_JOB(store_delivery_retry);
    r->id = letter;
    run_for(store, r, STORE_OK);
    store_job_free(&r->job);
    sent(letter, ticket);
    assert_int_equal(close_ticket(ticket, "answered", 0), STORE_OK);
    sent(answer(message_of(2), anna, "r2"), 0);
}

#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(a_closed_ticket_is_a_message_again_with_a_note_and_its_owner),
        T(one_that_is_open_gets_the_note_and_the_mark),
        T(another_answer_takes_the_mark_away),
        T(a_later_letter_is_the_one_that_counts),
        T(spam_stays_closed_and_who_left_does_not_get_it_back),
        T(what_arrives_after_all_is_marked_no_more),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
