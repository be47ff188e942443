/* A visitor has the chats erased: everybody who sees them is told after the commit, and the next word begins anew. */
#include "hall_test.h"

#include "store/erase.h"

enum { VISITOR = 1, OTHER_TAB = 2, ANNA = 100 };

static void erase(struct fixture *f, uint64_t client, const char *cid)
{
    hall_visitor(f->hall, client, &(struct frame){.kind = FRAME_ERASE, .cid = cid});
}

static void desk(struct fixture *f, struct frame frame)
{
    hall_agent(f->hall, ANNA, &frame);
    pump(f);
}

static int64_t stored(struct fixture *f)
{
    struct store_load *load = store_job_new(&store_load_kind, sizeof *load, NULL, NULL);
    load->conversation = 1;
    store_run(f->store, &load->job);
    int64_t result = load->job.result == STORE_OK ? load->row.last_seq : -1;
    store_job_free(&load->job);
    return result;
}

static void all_tabs_are_told_after_the_commit(void **state)
{
    struct fixture *f = *state;
    char token[64];
    hello(f, VISITOR, NULL, 0);
    token_of(f, VISITOR, token);
    hello(f, OTHER_TAB, token, 0);
    say(f, VISITOR, "q1", "quanto costa la spedizione?");
    pump(f);
    assert_true(stored(f) > 0);
    erase(f, VISITOR, "e1");
    assert_not_got(f, VISITOR, "\"erased\"", 0);
    pump(f);
    assert_got(f, VISITOR, "{\"type\":\"erased\",\"cid\":\"e1\"}", 0);
    assert_got(f, OTHER_TAB, "{\"type\":\"erased\"}", 0);
    assert_int_equal(stored(f), -1);
    /* From the first number on, for both tabs. */
    size_t from = f->count;
    say(f, OTHER_TAB, "q2", "quali sono gli orari?");
    pump(f);
    assert_got(f, OTHER_TAB, "\"ack\":{\"cid\":\"q2\",\"seq\":1}", from);
    assert_got(f, VISITOR, "\"seq\":1,", from);
    /* The first cid is free again, and a resend of the request takes nothing along. */
    erase(f, VISITOR, "e1");
    pump(f);
    assert_int_equal(got_count(f, VISITOR, "{\"type\":\"erased\",\"cid\":\"e1\"}", 0), 2);
    assert_int_equal(got_count(f, OTHER_TAB, "\"erased\"", 0), 1);
    from = f->count;
    hello(f, 3, token, 0);
    assert_got(f, 3, "orari", from);
}

static void words_sent_right_before_and_behind_keep_their_order(void **state)
{
    struct fixture *f = *state;
    hello(f, VISITOR, NULL, 0);
    say(f, VISITOR, "q1", "prima");
    erase(f, VISITOR, "e1");
    say(f, VISITOR, "q2", "dopo");
    pump(f);
    assert_got(f, VISITOR, "\"cid\":\"q1\"", 0);
    assert_got(f, VISITOR, "{\"type\":\"erased\",\"cid\":\"e1\"}", 0);
    assert_got(f, VISITOR, "{\"cid\":\"q2\",\"seq\":1}", 0);
}

static void an_agent_is_told_and_has_room_again(void **state)
{
    struct fixture *f = *state;
    agent_in(f, ANNA, 1, "Anna");
    hello(f, VISITOR, NULL, 0);
    hall_visitor(f->hall, VISITOR, &(struct frame){.kind = FRAME_HUMAN, .cid = "h1"});
    pump(f);
    desk(f, (struct frame){.kind = FRAME_DESK_NEXT});
    desk(f, (struct frame){.kind = FRAME_DESK_OPEN, .ticket = 1001});
    desk(f, (struct frame){.kind = FRAME_DESK_SAY, .ticket = 1001, .cid = "a1", .text = "Eccomi"});
    size_t from = f->count;
    erase(f, VISITOR, "e1");
    pump(f);
    assert_got(f, ANNA, "{\"type\":\"erased\",\"ticket\":1001}", from);
    assert_got(f, ANNA, "\"state\":\"closed\"", from);
    assert_not_got(f, ANNA, "Eccomi", from);
    /* What was on its way belongs to no chat any more. */
    from = f->count;
    desk(f, (struct frame){.kind = FRAME_DESK_SAY, .ticket = 1001, .cid = "a2", .text = "Ci sei?"});
    assert_got(f, ANNA, "\"not_yours\"", from);
    assert_not_got(f, VISITOR, "Ci sei?", from);
    hall_visitor(f->hall, VISITOR, &(struct frame){.kind = FRAME_HUMAN, .cid = "h2"});
    pump(f);
    desk(f, (struct frame){.kind = FRAME_DESK_NEXT});
    assert_got(f, VISITOR, "\"who\":\"agent\"", from);
}

static void whoever_said_nothing_is_told_as_well(void **state)
{
    struct fixture *f = *state;
    hello(f, VISITOR, NULL, 0);
    erase(f, VISITOR, "e1");
    pump(f);
    assert_got(f, VISITOR, "{\"type\":\"erased\",\"cid\":\"e1\"}", 0);
}

static void everybody_is_told_when_an_operator_erases(void **state)
{
    struct fixture *f = *state;
    agent_in(f, ANNA, 1, "Anna");
    hello(f, VISITOR, NULL, 0);
    say(f, VISITOR, "q1", "prima");
    hall_visitor(f->hall, VISITOR, &(struct frame){.kind = FRAME_HUMAN, .cid = "h1"});
    pump(f);
    desk(f, (struct frame){.kind = FRAME_DESK_NEXT});
    desk(f, (struct frame){.kind = FRAME_DESK_OPEN, .ticket = 1001});
    struct store_erase *e = store_job_new(&store_erase_kind, sizeof *e, NULL, NULL);
    e->ticket = 1001;
    store_run(f->store, &e->job);
    assert_int_equal(e->job.result, STORE_OK);
    size_t from = f->count;
    hall_erased(f->hall, e->token_hash, e->conversations, e->count);
    store_job_free(&e->job);
    pump(f);
    assert_got(f, VISITOR, "{\"type\":\"erased\"}", from);
    assert_got(f, ANNA, "{\"type\":\"erased\",\"ticket\":1001}", from);
    assert_got(f, ANNA, "\"state\":\"closed\"", from);
    from = f->count;
    say(f, VISITOR, "q2", "dopo");
    pump(f);
    assert_got(f, VISITOR, "{\"cid\":\"q2\",\"seq\":1}", from);
}

static void pages_that_show_a_closed_chat_are_told_as_well(void **state)
{
    struct fixture *f = *state;
    hello(f, VISITOR, NULL, 0);
    hall_visitor(f->hall, VISITOR, &(struct frame){.kind = FRAME_HUMAN, .cid = "h1"});
    pump(f);
    hall_visitor(f->hall, VISITOR, &(struct frame){.kind = FRAME_BYE, .cid = "b1"});
    pump(f);
    struct store_erase *e = store_job_new(&store_erase_kind, sizeof *e, NULL, NULL);
    e->ticket = 1001;
    store_run(f->store, &e->job);
    assert_int_equal(e->job.result, STORE_OK);
    size_t from = f->count;
    hall_erased(f->hall, e->token_hash, e->conversations, e->count);
    store_job_free(&e->job);
    assert_got(f, VISITOR, "{\"type\":\"erased\"}", from);
}

static void a_restart_changes_nothing(void **state)
{
    struct fixture *f = *state;
    char token[64];
    hello(f, VISITOR, NULL, 0);
    token_of(f, VISITOR, token);
    say(f, VISITOR, "q1", "prima");
    pump(f);
    erase(f, VISITOR, "e1");
    pump(f);
    hall_test_close(f);
    hall_test_open(f);
    size_t from = f->count;
    hello(f, 7, token, 4);
    assert_got(f, 7, "\"seq\":0", from);
    assert_got(f, 7, "\"erased\":true", from);
    assert_not_got(f, 7, "prima", from);
    erase(f, 7, "e1");
    pump(f);
    assert_got(f, 7, "{\"type\":\"erased\",\"cid\":\"e1\"}", from);
}

static void a_page_that_was_away_is_told_until_something_is_said_again(void **state)
{
    struct fixture *f = *state;
    char token[64];
    hello(f, VISITOR, NULL, 0);
    token_of(f, VISITOR, token);
    hello(f, OTHER_TAB, token, 0);
    assert_not_got(f, OTHER_TAB, "\"erased\"", 0);
    say(f, VISITOR, "q1", "prima");
    pump(f);
    erase(f, VISITOR, "e1");
    pump(f);
    hello(f, 7, token, 1); /* the line of the others holds it in memory */
    assert_got(f, 7, "\"seq\":0", 0);
    assert_got(f, 7, "\"erased\":true", 0);
    say(f, VISITOR, "q2", "dopo");
    pump(f);
    hello(f, 8, token, 1);
    assert_not_got(f, 8, "\"erased\"", 0);
    hall_visitor(f->hall, VISITOR, &(struct frame){.kind = FRAME_BYE, .cid = "b1"});
    pump(f);
    hello(f, 9, token, 3); /* closed is not erased */
    assert_not_got(f, 9, "\"erased\"", 0);
    hall_test_close(f);
    hall_test_open(f);
    size_t from = f->count;
    hello(f, 10, token, 3);
    assert_got(f, 10, "\"type\":\"welcome\"", from);
    assert_not_got(f, 10, "\"erased\"", from);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, hall_test_set_up, hall_test_tear_down)
int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(all_tabs_are_told_after_the_commit),
        TEST(words_sent_right_before_and_behind_keep_their_order),
        TEST(an_agent_is_told_and_has_room_again),
        TEST(whoever_said_nothing_is_told_as_well),
        TEST(everybody_is_told_when_an_operator_erases),
        TEST(pages_that_show_a_closed_chat_are_told_as_well),
        TEST(a_restart_changes_nothing),
        TEST(a_page_that_was_away_is_told_until_something_is_said_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
