/* Visitors' side of the hall: what is said once is kept once, and everybody gets it in order. */
#include "hall_test.h"

static void hello_stores_nothing(void **state)
{
    struct fixture *f = *state;
    hello(f, 1, NULL, 0);
    assert_got(f, 1, "\"type\":\"welcome\"", 0);
    assert_got(f, 1, "\"seq\":0", 0);
    char token[64];
    token_of(f, 1, token);
    assert_int_equal(strlen(token), 43);
    hall_visitor_gone(f->hall, 1);
    /* Nobody knows the token: nothing was stored, so another is given. */
    hello(f, 2, token, 0);
    char other[64];
    token_of(f, 2, other);
    assert_string_not_equal(token, other);
}

static void an_answer_carries_the_acknowledgement(void **state)
{
    struct fixture *f = *state;
    hello(f, 1, NULL, 0);
    say(f, 1, "c1", "quanto costa la spedizione?");
    assert_not_got(f, 1, "\"ack\"", 0);
    pump(f);
    assert_got(f, 1, "\"ack\":{\"cid\":\"c1\",\"seq\":1}", 0);
    assert_got(f, 1, "\"seq\":2", 0);
    assert_got(f, 1, "6,50", 0);
    assert_got(f, 1, "\"id\":\"costo-spedizione\"", 0);
}

static void a_resend_is_stored_once(void **state)
{
    struct fixture *f = *state;
    hello(f, 1, NULL, 0);
    say(f, 1, "c1", "quanto costa la spedizione?");
    pump(f);
    size_t from = f->count;
    say(f, 1, "c1", "quanto costa la spedizione?");
    pump(f);
    assert_got(f, 1, "{\"type\":\"ack\",\"cid\":\"c1\",\"seq\":1}", from);
    assert_int_equal(f->count, from + 1);
    /* The same in the middle of a burst: the other one is answered. */
    from = f->count;
    say(f, 1, "c1", "quanto costa la spedizione?");
    say(f, 1, "c2", "a che ora aprite?");
    pump(f);
    assert_got(f, 1, "{\"type\":\"ack\",\"cid\":\"c1\",\"seq\":1}", from);
    assert_got(f, 1, "\"ack\":{\"cid\":\"c2\",\"seq\":3}", from);
    assert_got(f, 1, "dalle 8 alle 19", from);
}

static void messages_that_wait_together_are_one_turn(void **state)
{
    struct fixture *f = *state;
    hello(f, 1, NULL, 0);
    say(f, 1, "c1", "buongiorno");
    say(f, 1, "c2", "quanto costa");
    say(f, 1, "c3", "la spedizione?");
    pump(f);
    /* The first begins its turn at once, the two behind it are the second turn. */
    for (int i = 1; i <= 3; i++) {
        char ack[32];
        snprintf(ack, sizeof ack, "{\"cid\":\"c%d\",\"seq\":", i);
        bool alone = got(f, 1, "\"type\":\"ack\",\"cid\":\"c2\"", 0) != NULL;
        assert_true(i == 2 ? alone : got(f, 1, ack, 0) != NULL);
    }
    assert_not_got(f, 1, "\"from\":\"visitor\"", 0);
    assert_int_equal(got_count(f, 1, "\"from\":\"bot\"", 0), 2);
    assert_got(f, 1, "6,50", 0);
    assert_got(f, 1, "\"ack\":{\"cid\":\"c3\"", 0);
}

static void questions_that_wait_together_are_all_answered(void **state)
{
    struct fixture *f = *state;
    hello(f, 1, NULL, 0);
    say(f, 1, "c1", "buongiorno");
    pump(f);
    size_t from = f->count;
    say(f, 1, "c2", "quanto costa la spedizione? a che ora aprite?");
    pump(f);
    const char *reply = got(f, 1, "\"from\":\"bot\"", from);
    assert_non_null(reply);
    const char *first = strstr(reply, "6,50"), *second = strstr(reply, "dalle 8 alle 19");
    assert_true(first != NULL && second > first);
    assert_non_null(strstr(reply, "\"id\":\"costo-spedizione\""));
    assert_got(f, 1, "Quali sono gli orari di apertura?", from);
}

static void all_tabs_of_a_visitor_see_the_same(void **state)
{
    struct fixture *f = *state;
    char token[64];
    hello(f, 1, NULL, 0);
    token_of(f, 1, token);
    say(f, 1, "c1", "a che ora aprite?");
    pump(f);
    hello(f, 2, token, 0);
    assert_got(f, 2, "\"type\":\"welcome\"", 0);
    assert_got(f, 2, "\"seq\":2", 0);
    assert_got(f, 2, "dalle 8 alle 19", 0);
    assert_not_got(f, 2, "\"token\"", 0);
    size_t from = f->count;
    say(f, 2, "c2", "accettate il bancomat?");
    pump(f);
    assert_got(f, 1, "PayPal", from);
    assert_got(f, 2, "PayPal", from);
    assert_not_got(f, 1, "\"ack\"", from);
    assert_got(f, 2, "\"ack\":{\"cid\":\"c2\",\"seq\":3}", from);
}

static void who_was_away_gets_the_gap_in_pages(void **state)
{
    struct fixture *f = *state;
    char token[64], cid[16];
    hello(f, 1, NULL, 0);
    token_of(f, 1, token);
    for (int i = 0; i < 150; i++) {
        snprintf(cid, sizeof cid, "c%d", i);
        say(f, 1, cid, "a che ora aprite?");
        pump(f);
    }
    hello(f, 2, token, 50);
    assert_got(f, 2, "\"more\":true", 0);
    assert_int_equal(got_count(f, 2, "\"type\":\"message\"", 0), 200);
    assert_not_got(f, 2, "\"seq\":50,", 0);
    assert_got(f, 2, "\"seq\":51,", 0);
    /* What is said meanwhile does not come before its turn. */
    size_t from = f->count;
    say(f, 1, "later", "accettate il bancomat?");
    pump(f);
    assert_not_got(f, 2, "PayPal", from);
    hall_visitor(f->hall, 2, &(struct frame){.kind = FRAME_RESUME, .after = 250});
    pump(f);
    assert_int_equal(got_count(f, 2, "\"type\":\"message\"", from), 52);
    assert_got(f, 2, "PayPal", from);
    from = f->count;
    say(f, 1, "live", "a che ora aprite?");
    pump(f);
    assert_got(f, 2, "dalle 8 alle 19", from);
}

static void a_restart_loses_nothing(void **state)
{
    struct fixture *f = *state;
    char token[64];
    hello(f, 1, NULL, 0);
    token_of(f, 1, token);
    say(f, 1, "c1", "quanto costa la spedizione?");
    pump(f);
    hall_test_close(f);
    hall_test_open(f);
    size_t from = f->count;
    hello(f, 7, token, 1);
    assert_got(f, 7, "\"seq\":2", from);
    assert_got(f, 7, "6,50", from);
    say(f, 7, "c1", "quanto costa la spedizione?");
    pump(f);
    assert_got(f, 7, "{\"type\":\"ack\",\"cid\":\"c1\",\"seq\":1}", from);
}

static void goodbye_ends_it_and_the_next_word_begins_anew(void **state)
{
    struct fixture *f = *state;
    hello(f, 1, NULL, 0);
    say(f, 1, "c1", "a che ora aprite?");
    pump(f);
    size_t from = f->count;
    hall_visitor(f->hall, 1, &(struct frame){.kind = FRAME_BYE, .cid = "b1"});
    pump(f);
    assert_got(f, 1, "\"who\":\"closed\"", from);
    from = f->count;
    say(f, 1, "c1", "a che ora aprite?");
    pump(f);
    assert_got(f, 1, "{\"type\":\"ack\",\"cid\":\"c1\",\"seq\":0}", from); /* its place is in what is over */
    from = f->count;
    say(f, 1, "c2", "accettate il bancomat?");
    pump(f);
    assert_got(f, 1, "\"ack\":{\"cid\":\"c2\",\"seq\":1}", from);
    say(f, 1, "c3", "a che ora aprite?");
    pump(f);
    assert_got(f, 1, "\"ack\":{\"cid\":\"c3\",\"seq\":3}", from);
    assert_not_got(f, 1, "\"type\":\"error\"", from);
}

static void the_first_frame_is_hello_and_only_the_first(void **state)
{
    struct fixture *f = *state;
    say(f, 1, "c1", "ciao");
    assert_got(f, 1, "wrong_order", 0);
    hello(f, 1, NULL, 0);
    size_t from = f->count;
    hello(f, 1, NULL, 0);
    assert_got(f, 1, "wrong_order", from);
}

static void the_queue_of_one_visitor_is_bounded(void **state)
{
    struct fixture *f = *state;
    char cid[16];
    hello(f, 1, NULL, 0);
    for (int i = 0; i < HALL_WAITING + 5; i++) {
        snprintf(cid, sizeof cid, "c%d", i);
        say(f, 1, cid, "a che ora aprite?");
    }
    assert_int_equal(got_count(f, 1, "\"code\":\"busy\"", 0), 4);
    pump(f);
    assert_int_equal(got_count(f, 1, "\"cid\":\"c", 0), HALL_WAITING + 1 + 4);
}

static void thumbs_are_kept_and_a_thumb_down_is_answered_once(void **state)
{
    struct fixture *f = *state;
    hello(f, 1, NULL, 0);
    say(f, 1, "c1", "a che ora aprite?");
    pump(f);
    size_t from = f->count;
    hall_visitor(f->hall, 1, &(struct frame){.kind = FRAME_RATE, .cid = "r1", .seq = 2, .value = 1});
    pump(f);
    assert_got(f, 1, "{\"type\":\"ack\",\"cid\":\"r1\",\"seq\":2}", from);
    for (int i = 0; i < 2; i++) {
        hall_visitor(f->hall, 1, &(struct frame){.kind = FRAME_RATE, .cid = "r2", .seq = 2, .value = -1});
        pump(f);
    }
    assert_int_equal(got_count(f, 1, "\"from\":\"bot\"", from), 1);
    from = f->count;
    hall_visitor(f->hall, 1, &(struct frame){.kind = FRAME_RATE, .cid = "r3", .seq = 99, .value = 1});
    pump(f);
    assert_got(f, 1, "not_found", from);
}

int main(void)
{
#define hall_test(name) cmocka_unit_test_setup_teardown(name, hall_test_set_up, hall_test_tear_down)
    const struct CMUnitTest tests[] = {
        hall_test(hello_stores_nothing),
        hall_test(an_answer_carries_the_acknowledgement),
        hall_test(a_resend_is_stored_once),
        hall_test(messages_that_wait_together_are_one_turn),
        hall_test(questions_that_wait_together_are_all_answered),
        hall_test(all_tabs_of_a_visitor_see_the_same),
        hall_test(who_was_away_gets_the_gap_in_pages),
        hall_test(a_restart_loses_nothing),
        hall_test(goodbye_ends_it_and_the_next_word_begins_anew),
        hall_test(the_first_frame_is_hello_and_only_the_first),
        hall_test(the_queue_of_one_visitor_is_bounded),
        hall_test(thumbs_are_kept_and_a_thumb_down_is_answered_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
