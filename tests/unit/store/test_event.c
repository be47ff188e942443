/* Missed events come in pages, in order, as they were stored; a thumb is one for each message. */
#include "unit/store/fixture.h"

static void a_gap_is_paged_at_two_hundred(void **state)
{
    (void)state;
    for (int i = 0; i < 450; i++) {
        struct store_turn *t = said(1, NULL, "hello");
        run_for(store, t, STORE_OK);
        store_job_free(&t->job);
    }
    int64_t after = 0;
    const size_t pages[] = {200, 200, 50};
    for (int page = 0; page < 3; page++) {
        struct store_events *e = NEW_JOB(store_events);
        e->conversation = 1;
        e->after = after;
        e->limit = 100000;
        run_for(store, e, STORE_OK);
        assert_int_equal(e->event_count, pages[page]);
        assert_int_equal(e->ret_more, page < 2);
        for (size_t i = 0; i < e->event_count; i++)
            assert_int_equal(e->events[i].seq, ++after);
        store_job_free(&e->job);
    }
    struct store_events *none = NEW_JOB(store_events);
    none->conversation = 2;
    none->limit = 1;
    run_for(store, none, STORE_MISSING);
    store_job_free(&none->job);
}

static void every_field_comes_back(void **state)
{
    (void)state;
    int64_t user = user_now(store, "anna");
    struct store_turn *t = said(1, "cid", "x");
    t->events[0] = (struct event){.kind = EVENT_MESSAGE,
                                  .from = FROM_BOT,
                                  .cid = "cid",
                                  .body = "a\0b",
                                  .body_size = 3,
                                  .user = user,
                                  .confidence = 0.75,
                                  .source = "knowledge/it/a.md:3",
                                  .entry = "costo",
                                  .edition = 4,
                                  .fallback = true};
    test_clock.manual_ms = 123456;
    run_for(store, t, STORE_OK);
    store_job_free(&t->job);
    struct store_events *e = NEW_JOB(store_events);
    e->conversation = 1;
    e->limit = 1;
    run_for(store, e, STORE_OK);
    const struct event *got = &e->events[0];
    assert_int_equal(got->from, FROM_BOT);
    assert_int_equal(got->body_size, 3);
    assert_memory_equal(got->body, "a\0b", 3);
    assert_int_equal(got->at_ms, 123456);
    assert_int_equal(got->user, user);
    assert_true(got->confidence == 0.75);
    assert_string_equal(got->source, "knowledge/it/a.md:3");
    assert_string_equal(got->entry, "costo");
    assert_string_equal(got->cid, "cid");
    assert_int_equal(got->edition, 4);
    assert_true(got->fallback);
    assert_string_equal(event_from_name(got->from), "bot");
    store_job_free(&e->job);
}

static enum store_result rate(int64_t seq, int value)
{
    struct store_rate *r = NEW_JOB(store_rate);
    r->conversation = 1;
    r->seq = seq;
    r->value = value;
    store_run(store, &r->job);
    enum store_result result = r->job.result;
    store_job_free(&r->job);
    return result;
}

static void only_the_assistants_messages_are_rated(void **state)
{
    (void)state;
    struct store_turn *t = said(1, "a", "x");
    struct event both[2] = {t->events[0], {.from = FROM_BOT, .body = "y", .body_size = 1}};
    t->events = both;
    t->event_count = 2;
    run_for(store, t, STORE_OK);
    store_job_free(&t->job);
    assert_int_equal(rate(1, 1), STORE_MISSING);
    assert_int_equal(rate(2, 1), STORE_OK);
    assert_int_equal(rate(2, -1), STORE_OK);
    assert_int_equal(rate(2, 5), STORE_REFUSED);
    assert_int_equal(rate(3, 1), STORE_MISSING);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
/* An agent takes the ticket, and the visitor goes on: what is appended outside a turn leaves no gap behind it. */
static void what_a_move_appends_leaves_no_gap(void **state)
{
    (void)state;
    int64_t ticket = asked_now(store, 1, TICKET_WAITING, "team", "it"), user = user_now(store, "Anna");
    struct store_move *m = NEW_JOB(store_move);
    struct event events[2] = {{.kind = EVENT_STATE, .from = FROM_SYSTEM, .body = "{}", .body_size = 2},
                              {.kind = EVENT_MESSAGE, .from = FROM_SYSTEM, .body = "{}", .body_size = 2}};
    m->ticket_id = ticket;
    m->from = 1u << TICKET_WAITING;
    m->to = TICKET_CLAIMED;
    m->owner = user;
    m->who = STORE_WHO_AGENT;
    m->events = events;
    m->event_count = 2;
    run_for(store, m, STORE_OK);
    assert_int_equal(m->ret_first_seq, 2);
    store_job_free(&m->job);
    struct store_turn *t = said(1, NULL, "hello");
    run_for(store, t, STORE_OK);
    assert_int_equal(t->ret_first_seq, 4);
    store_job_free(&t->job);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_gap_is_paged_at_two_hundred),
        TEST(every_field_comes_back),
        TEST(only_the_assistants_messages_are_rated),
        cmocka_unit_test_setup_teardown(what_a_move_appends_leaves_no_gap, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
