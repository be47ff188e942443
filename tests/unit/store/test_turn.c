/* A turn is stored once and whole: seq without gaps, resends recognised, hand-offs in the same step. */
#include "unit/store/fixture.h"

#include "store/said.h"

static void seqs_are_gapless_and_the_conversation_is_one(void **state)
{
    (void)state;
    int64_t conversation = 0;
    for (int i = 0; i < 5; i++) {
        char cid[16];
        snprintf(cid, sizeof cid, "c%d", i);
        struct store_turn *t = said(1, cid, "hello");
        run_for(store, t, STORE_OK);
        assert_int_equal(t->ret_first_seq, i + 1);
        assert_int_equal(t->ret_last_seq, i + 1);
        assert_int_equal(t->events[0].seq, i + 1);
        assert_true(conversation == 0 || conversation == t->conversation);
        conversation = t->conversation;
        store_job_free(&t->job);
    }
}

static void a_resend_is_recognised_wherever_it_stands_in_the_turn(void **state)
{
    (void)state;
    struct store_turn *t = said(1, "a", "one");
    run_for(store, t, STORE_OK);
    int64_t conversation = t->conversation;
    store_job_free(&t->job);
    t = said(1, "a", "one");
    run_for(store, t, STORE_DUPLICATE);
    assert_int_equal(t->ret_first_seq, 1);
    assert_int_equal(t->conversation, conversation);
    store_job_free(&t->job);
    t = said(1, "b", "two");
    struct event both[2] = {t->events[0], t->events[0]};
    both[1].cid = "a";
    t->events = both;
    t->event_count = 2;
    run_for(store, t, STORE_DUPLICATE);
    assert_int_equal(t->ret_duplicate, 1);
    assert_int_equal(t->ret_first_seq, 1);
    store_job_free(&t->job);
    struct store_load *l = NEW_JOB(store_load);
    l->conversation = conversation;
    run_for(store, l, STORE_OK);
    assert_int_equal(l->row.last_seq, 1);
    store_job_free(&l->job);
}

static void a_resend_after_the_end_does_not_open_a_new_conversation(void **state)
{
    (void)state;
    struct store_turn *t = said(1, "bye", "");
    t->who = STORE_WHO_CLOSED;
    run_for(store, t, STORE_OK);
    int64_t conversation = t->conversation;
    store_job_free(&t->job);
    t = said(1, "bye", "");
    run_for(store, t, STORE_DUPLICATE);
    assert_int_equal(t->conversation, conversation);
    store_job_free(&t->job);
    t = said(1, "new", "hello again");
    run_for(store, t, STORE_OK);
    assert_true(t->conversation != conversation);
    assert_int_equal(t->ret_first_seq, 1);
    store_job_free(&t->job);
    t = said(1, "late", "to the old one");
    t->conversation = conversation;
    run_for(store, t, STORE_REFUSED);
    store_job_free(&t->job);
}

/* A page was away while another one ended the conversation and began the next. */
static void a_resend_is_recognised_after_the_next_conversation_has_begun(void **state)
{
    (void)state;
    struct store_turn *t = said(1, "lost", "its acknowledgement was");
    run_for(store, t, STORE_OK);
    int64_t conversation = t->conversation;
    store_job_free(&t->job);
    t = said(1, "bye", "");
    t->who = STORE_WHO_CLOSED;
    run_for(store, t, STORE_OK);
    store_job_free(&t->job);
    t = said(1, "new", "the next");
    run_for(store, t, STORE_OK);
    assert_int_not_equal(t->conversation, conversation);
    assert_int_equal(t->ret_first_seq, 1);
    store_job_free(&t->job);
    static const char *const again[] = {"lost", "bye"};
    for (size_t i = 0; i < 2; i++) {
        t = said(1, again[i], "");
        run_for(store, t, STORE_DUPLICATE);
        assert_int_equal(t->conversation, conversation);
        assert_int_equal(t->ret_first_seq, i + 1);
        store_job_free(&t->job);
    }
    t = said(2, "lost", "somebody else's");
    run_for(store, t, STORE_OK);
    store_job_free(&t->job);
}

static int64_t say(const char *cid, enum event_from from, enum store_result expected)
{
    struct store_turn *t = said(1, cid, "x");
    t->events[0].from = from;
    run_for(store, t, expected);
    int64_t seq = t->ret_first_seq;
    store_job_free(&t->job);
    return seq;
}

/* The visitor's marks are those of the newest messages; an agent's words are looked for among all there are. */
static void a_resend_is_recognised_among_many(void **state)
{
    (void)state;
    assert_int_equal(say("first", FROM_VISITOR, STORE_OK), 1);
    assert_int_equal(say("agent", FROM_AGENT, STORE_OK), 2);
    for (int i = 0; i < 300; i++) {
        char cid[16];
        snprintf(cid, sizeof cid, "a%d", i);
        assert_int_equal(say(cid, FROM_AGENT, STORE_OK), 3 + i);
    }
    assert_int_equal(say("first", FROM_VISITOR, STORE_DUPLICATE), 1);
    assert_int_equal(say("agent", FROM_AGENT, STORE_DUPLICATE), 2);
    for (int i = 1; i < SAID_KEPT; i++) {
        char cid[16];
        snprintf(cid, sizeof cid, "v%d", i);
        say(cid, FROM_VISITOR, STORE_OK);
    }
    assert_int_equal(say("first", FROM_VISITOR, STORE_DUPLICATE), 1);
    assert_int_equal(say("thumb", FROM_BOT, STORE_OK), 303 + SAID_KEPT - 1);
    assert_int_equal(say("thumb", FROM_BOT, STORE_DUPLICATE), 303 + SAID_KEPT - 1);
    assert_int_equal(say("v1", FROM_VISITOR, STORE_DUPLICATE), 303);
}

/* As in a database of before there were marks, and in one that something else has written to. */
static void a_resend_is_recognised_where_the_marks_are_not_there(void **state)
{
    (void)state;
    static const char *const marks[] = {"NULL", "x'010203'", "zeroblob(4000)"};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        char cid[16], sql[80];
        snprintf(cid, sizeof cid, "c%zu", i);
        int64_t seq = say(cid, FROM_VISITOR, STORE_OK);
        store_close(store);
        snprintf(sql, sizeof sql, "UPDATE conversation SET said = %s", marks[i]);
        tamper(sql);
        store = scratch_store(folder);
        assert_int_equal(say(cid, FROM_VISITOR, STORE_DUPLICATE), seq);
        assert_int_equal(say("next", FROM_VISITOR, i == 0 ? STORE_OK : STORE_DUPLICATE), 2);
        assert_int_equal(say(cid, FROM_VISITOR, STORE_DUPLICATE), seq);
    }
}

static void the_same_twice_in_one_turn_is_refused(void **state)
{
    (void)state;
    struct store_turn *t = said(1, "a", "one");
    struct event both[2] = {t->events[0], t->events[0]};
    t->events = both;
    t->event_count = 2;
    run_for(store, t, STORE_REFUSED);
    store_job_free(&t->job);
    assert_int_equal(say("a", FROM_VISITOR, STORE_OK), 1);
}

static void a_condition_that_does_not_hold_leaves_nothing(void **state)
{
    (void)state;
    struct store_turn *t = said(1, "a", "x");
    t->if_who = STORE_WHO_AGENT;
    run_for(store, t, STORE_REFUSED);
    assert_int_equal(t->conversation, 0);
    assert_int_equal(t->ret_visitor, 0);
    store_job_free(&t->job);
    struct store_load *l = NEW_JOB(store_load);
    token_of(1, l->token_hash);
    run_for(store, l, STORE_MISSING);
    assert_int_equal(l->ret_visitor, 0);
    store_job_free(&l->job);
}

static void another_visitors_conversation_is_refused(void **state)
{
    (void)state;
    struct store_turn *t = said(1, "a", "x");
    run_for(store, t, STORE_OK);
    int64_t conversation = t->conversation;
    store_job_free(&t->job);
    t = said(2, "a", "y");
    run_for(store, t, STORE_OK);
    store_job_free(&t->job);
    t = said(2, "b", "y");
    t->conversation = conversation;
    run_for(store, t, STORE_REFUSED);
    store_job_free(&t->job);
    t = said(2, "b", "as an agent");
    memset(t->token_hash, 0, sizeof t->token_hash);
    t->conversation = conversation;
    run_for(store, t, STORE_OK);
    assert_int_equal(t->ret_first_seq, 2);
    store_job_free(&t->job);
    t = said(2, "c", "nowhere");
    t->conversation = 999;
    run_for(store, t, STORE_MISSING);
    store_job_free(&t->job);
}

static void numbers_start_at_1001_and_a_second_request_keeps_its_ticket(void **state)
{
    (void)state;
    assert_int_equal(asked_now(store, 1, TICKET_WAITING, "shop", "it"), 1001);
    assert_int_equal(asked_now(store, 2, TICKET_WAITING, "shop", "it"), 1002);
    assert_int_equal(asked_now(store, 1, TICKET_WAITING, "shop", "it"), 1001);
    assert_int_equal(asked_now(store, 1, TICKET_CALLBACK, "shop", "it"), 1001);
    struct store_ticket *q = NEW_JOB(store_ticket);
    q->id = 1001;
    run_for(store, q, STORE_OK);
    assert_int_equal(q->tickets[0].state, TICKET_CALLBACK);
    assert_true(q->tickets[0].callback);
    assert_int_equal(q->tickets[0].enqueue_seq, 1);
    store_job_free(&q->job);
}

static void a_message_keeps_its_number_and_later_ones_stand_behind(void **state)
{
    (void)state;
    asked_now(store, 1, TICKET_WAITING, "shop", "it");
    struct store_turn *t = asked(1, TICKET_MESSAGE, "shop", "it");
    struct ticket_new with = *t->ticket;
    with.contact = "anna@example.org";
    with.text = "please write to me";
    t->ticket = &with;
    run_for(store, t, STORE_OK);
    assert_int_equal(t->ret_ticket, 1001);
    store_job_free(&t->job);
    struct store_ticket *q = NEW_JOB(store_ticket);
    q->id = 1001;
    run_for(store, q, STORE_OK);
    assert_int_equal(q->tickets[0].state, TICKET_MESSAGE);
    assert_string_equal(q->tickets[0].contact, "anna@example.org");
    assert_string_equal(q->tickets[0].text, "please write to me");
    store_job_free(&q->job);
    assert_int_equal(asked_now(store, 1, TICKET_WAITING, "shop", "it"), 1002);
    assert_int_equal(asked_now(store, 1, TICKET_WAITING, "shop", "it"), 1002);
}

static void leaving_closes_the_ticket_but_not_a_message(void **state)
{
    (void)state;
    asked_now(store, 1, TICKET_MESSAGE, "shop", "it");
    asked_now(store, 1, TICKET_WAITING, "shop", "it");
    struct store_turn *t = said(1, "bye", "");
    t->close_ticket = true;
    t->who = STORE_WHO_CLOSED;
    t->events[0].kind = EVENT_STATE;
    run_for(store, t, STORE_OK);
    assert_int_equal(t->ret_ticket, 1002);
    assert_int_equal(t->events[0].ticket, 1002);
    store_job_free(&t->job);
    struct store_queue *q = NEW_JOB(store_queue);
    q->limit = 10;
    run_for(store, q, STORE_OK);
    assert_int_equal(q->count, 1);
    assert_int_equal(q->tickets[0].id, 1001);
    store_job_free(&q->job);
}

/* One visitor's turns, each naming another part of the conversation's state; what a turn does not name stays. */
static void each_turn_changes_what_it_names_and_nothing_else(void **state)
{
    (void)state;
    static const struct {
        int who;
        int64_t edition;
        const char *lang, *page, *memory;
        struct conversation_row expected;
    } turns[] = {
        {-1, 3, "it", "/a", "m1", {.who = STORE_WHO_BOT, .edition = 3, .lang = "it", .page = "/a", .memory = "m1"}},
        {-1, 3, "it", "/a", "m2", {.who = STORE_WHO_BOT, .edition = 3, .lang = "it", .page = "/a", .memory = "m2"}},
        {-1, 0, NULL, NULL, NULL, {.who = STORE_WHO_BOT, .edition = 3, .lang = "it", .page = "/a", .memory = "m2"}},
        {-1, 3, "en", "/a", "m3", {.who = STORE_WHO_BOT, .edition = 3, .lang = "en", .page = "/a", .memory = "m3"}},
        {-1, 3, "en", "/b", "m4", {.who = STORE_WHO_BOT, .edition = 3, .lang = "en", .page = "/b", .memory = "m4"}},
        {-1, 4, "en", "/b", "m5", {.who = STORE_WHO_BOT, .edition = 4, .lang = "en", .page = "/b", .memory = "m5"}},
        {STORE_WHO_WAITING,
         4,
         "en",
         "/b",
         "m6",
         {.who = STORE_WHO_WAITING, .edition = 4, .lang = "en", .page = "/b", .memory = "m6"}},
    };
    for (size_t i = 0; i < sizeof turns / sizeof *turns; i++) {
        char cid[16];
        snprintf(cid, sizeof cid, "c%zu", i);
        struct store_turn *t = said(1, cid, "x");
        t->who = turns[i].who;
        t->edition = turns[i].edition;
        t->lang = turns[i].lang;
        t->page = turns[i].page;
        t->memory = turns[i].memory;
        run_for(store, t, STORE_OK);
        struct store_load *l = NEW_JOB(store_load);
        l->conversation = t->conversation;
        run_for(store, l, STORE_OK);
        assert_int_equal(l->row.last_seq, i + 1);
        assert_int_equal(l->row.who, turns[i].expected.who);
        assert_int_equal(l->row.edition, turns[i].expected.edition);
        assert_string_equal(l->row.lang, turns[i].expected.lang);
        assert_string_equal(l->row.page, turns[i].expected.page);
        assert_string_equal(l->row.memory, turns[i].expected.memory);
        store_job_free(&l->job);
        store_job_free(&t->job);
    }
}

static void what_is_over_a_ceiling_is_refused_whole(void **state)
{
    (void)state;
    _Static_assert(STORE_MEMORY_BYTES >= STORE_BODY_BYTES, "what is over the one is over the other");
    char *big = calloc(1, STORE_MEMORY_BYTES + 2);
    memset(big, 'x', STORE_MEMORY_BYTES + 1);
    struct store_turn *t = said(1, "a", big);
    run_for(store, t, STORE_REFUSED);
    t->events[0].body_size = STORE_BODY_BYTES;
    run_for(store, t, STORE_OK);
    store_job_free(&t->job);
    t = said(1, "b", "x");
    t->memory = big;
    run_for(store, t, STORE_REFUSED);
    store_job_free(&t->job);
    t = asked(1, TICKET_WAITING, "shop", "it");
    ((struct ticket_new *)t->ticket)->question = big;
    run_for(store, t, STORE_REFUSED);
    store_job_free(&t->job);
    t = asked(1, TICKET_CLAIMED, "shop", "it");
    run_for(store, t, STORE_REFUSED);
    store_job_free(&t->job);
    t = said(1, "c", "x");
    t->event_count = STORE_TURN_EVENTS + 1;
    run_for(store, t, STORE_REFUSED);
    store_job_free(&t->job);
    free(big);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(seqs_are_gapless_and_the_conversation_is_one),
        TEST(a_resend_is_recognised_wherever_it_stands_in_the_turn),
        TEST(a_resend_is_recognised_among_many),
        TEST(a_resend_is_recognised_where_the_marks_are_not_there),
        TEST(the_same_twice_in_one_turn_is_refused),
        TEST(a_resend_after_the_end_does_not_open_a_new_conversation),
        TEST(a_resend_is_recognised_after_the_next_conversation_has_begun),
        TEST(a_condition_that_does_not_hold_leaves_nothing),
        TEST(another_visitors_conversation_is_refused),
        TEST(numbers_start_at_1001_and_a_second_request_keeps_its_ticket),
        TEST(a_message_keeps_its_number_and_later_ones_stand_behind),
        TEST(leaving_closes_the_ticket_but_not_a_message),
        TEST(each_turn_changes_what_it_names_and_nothing_else),
        TEST(what_is_over_a_ceiling_is_refused_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
