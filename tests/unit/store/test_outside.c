/* A number of another system's is kept once, with the line that tells the visitor of it. */
#include "store/outside.h"
#include "unit/store/fixture.h"

static int64_t hand_off(int visitor, const char *cid)
{
    static const struct ticket_new new_ticket = {.state = TICKET_WAITING, .department = "team", .lang = "it"};
    struct store_turn *t = said(visitor, cid, "ciao");
    t->ticket = &new_ticket;
    t->who = STORE_WHO_WAITING;
    run_for(store, t, STORE_OK);
    int64_t id = t->ret_ticket;
    store_job_free(&t->job);
    return id;
}

static struct store_outside *number(int64_t ticket, const char *outside)
{
    struct store_outside *j = NEW_JOB(store_outside);
    j->ticket_id = ticket;
    j->outside = outside;
    j->events = arena_array(j->job.arena, 1, sizeof *j->events);
    j->events[0] = (struct event){.kind = EVENT_MESSAGE, .from = FROM_SYSTEM, .body = "{}", .body_size = 2};
    j->event_count = 1;
    return j;
}

static void it_is_kept_once_with_its_line(void **state)
{
    (void)state;
    int64_t ticket = hand_off(1, "a");
    struct store_outside *j = number(ticket, "RT-12");
    run_for(store, j, STORE_OK);
    assert_string_equal(j->ticket.outside, "RT-12");
    assert_int_equal(j->ret_first_seq, 2);
    store_job_free(&j->job);
    j = number(ticket, "RT-13");
    run_for(store, j, STORE_DUPLICATE);
    assert_string_equal(j->ticket.outside, "RT-12");
    assert_int_equal(j->ret_first_seq, 0);
    store_job_free(&j->job);
    j = number(99999, "RT-12");
    run_for(store, j, STORE_MISSING);
    store_job_free(&j->job);
}

static void a_closed_conversation_gets_no_line(void **state)
{
    (void)state;
    int64_t ticket = hand_off(1, "a");
    struct store_turn *t = said(1, "b", "addio");
    t->who = STORE_WHO_CLOSED;
    t->close_ticket = true;
    run_for(store, t, STORE_OK);
    store_job_free(&t->job);
    struct store_outside *j = number(ticket, "RT-12");
    run_for(store, j, STORE_OK);
    assert_int_equal(j->ret_first_seq, 0);
    assert_string_equal(j->ticket.outside, "RT-12");
    store_job_free(&j->job);
}

static void what_is_no_number_is_refused(void **state)
{
    (void)state;
    char huge[OUTSIDE_BYTES + 2];
    int64_t ticket = hand_off(1, "a");
    memset(huge, '1', sizeof huge);
    huge[sizeof huge - 1] = '\0';
    const char *const numbers[] = {NULL, "", huge};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        struct store_outside *j = number(ticket, numbers[i]);
        run_for(store, j, STORE_REFUSED);
        store_job_free(&j->job);
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(it_is_kept_once_with_its_line),
        TEST(a_closed_conversation_gets_no_line),
        TEST(what_is_no_number_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
