/* The agents' side of the hall: a hand-off is one chat seen from both sides of the counter. */
#include "hall_test.h"

enum { VISITOR = 1, OTHER_VISITOR = 2, ANNA = 100, BRUNO = 101 };

static void ask_for_a_person(struct fixture *f, uint64_t client)
{
    hello(f, client, NULL, 0);
    say(f, client, "q1", "quanto costa la spedizione?");
    pump(f);
    hall_visitor(f->hall, client, &(struct frame){.kind = FRAME_HUMAN, .cid = "h1"});
    pump(f);
}

static void desk(struct fixture *f, uint64_t client, struct frame frame)
{
    hall_agent(f->hall, client, &frame);
    pump(f);
}

static void a_visitor_and_an_agent_talk(void **state)
{
    struct fixture *f = *state;
    agent_in(f, ANNA, 1, "Anna");
    ask_for_a_person(f, VISITOR);
    assert_got(f, VISITOR, "\"ticket\":1001,\"who\":\"waiting\"", 0);
    assert_got(f, VISITOR, "\"type\":\"position\"", 0);
    assert_got(f, VISITOR, "\"open\":true,\"online\":1", 0);
    assert_not_got(f, VISITOR, "\"online\":0", 0);
    pass_seconds(f, 2);
    assert_got(f, ANNA, "\"ticket\":1001", 0);
    desk(f, ANNA, (struct frame){.kind = FRAME_DESK_NEXT});
    assert_got(f, VISITOR, "\"who\":\"agent\"", 0);
    assert_got(f, VISITOR, "Anna", 0);
    desk(f, ANNA, (struct frame){.kind = FRAME_DESK_OPEN, .ticket = 1001});
    assert_got(f, ANNA, "6,50", 0);
    size_t from = f->count;
    desk(f, ANNA, (struct frame){.kind = FRAME_DESK_SAY, .ticket = 1001, .cid = "a1", .text = "Buongiorno, sono Anna"});
    assert_got(f, VISITOR, "sono Anna", from);
    assert_got(f, ANNA, "\"type\":\"ack\",\"cid\":\"a1\"", from);
    from = f->count;
    say(f, VISITOR, "q2", "a che ora aprite?");
    pump(f);
    assert_got(f, ANNA, "a che ora aprite?", from);
    assert_not_got(f, VISITOR, "\"from\":\"bot\"", from);
    from = f->count;
    desk(f, ANNA, (struct frame){.kind = FRAME_DESK_BACK, .ticket = 1001, .cid = "b1"});
    assert_got(f, VISITOR, "\"who\":\"bot\"", from);
    say(f, VISITOR, "q3", "a che ora aprite?");
    pump(f);
    assert_got(f, VISITOR, "dalle 8 alle 19", from);
}

static void a_closed_chat_is_followed_by_another(void **state)
{
    struct fixture *f = *state;
    agent_in(f, ANNA, 1, "Anna");
    ask_for_a_person(f, VISITOR);
    desk(f, ANNA, (struct frame){.kind = FRAME_DESK_NEXT});
    desk(f, ANNA, (struct frame){.kind = FRAME_DESK_CLOSE, .ticket = 1001, .cid = "c1", .cause = "solved"});
    assert_got(f, VISITOR, "\"who\":\"closed\"", 0);
    assert_got(f, ANNA, "\"state\":\"closed\"", 0);
    size_t from = f->count;
    for (int i = 0; i < 3; i++) {
        char cid[16];
        snprintf(cid, sizeof cid, "n%d", i);
        say(f, VISITOR, cid, "a che ora aprite?");
        pump(f);
    }
    assert_int_equal(got_count(f, VISITOR, "dalle 8 alle 19", from), 3);
    assert_not_got(f, VISITOR, "\"type\":\"error\"", from);
    /* Nothing of the new chat reaches the agent of the old one. */
    assert_not_got(f, ANNA, "a che ora aprite?", from);
}

static void first_come_first_served(void **state)
{
    struct fixture *f = *state;
    agent_in(f, ANNA, 1, "Anna");
    agent_in(f, BRUNO, 2, "Bruno");
    ask_for_a_person(f, VISITOR);
    ask_for_a_person(f, OTHER_VISITOR);
    pass_seconds(f, 1);
    assert_got(f, OTHER_VISITOR, "\"position\":2", 0);
    /* Both take at the same moment. */
    hall_agent(f->hall, BRUNO, &(struct frame){.kind = FRAME_DESK_NEXT});
    hall_agent(f->hall, ANNA, &(struct frame){.kind = FRAME_DESK_NEXT});
    pump(f);
    assert_got(f, VISITOR, "Bruno", 0);
    assert_got(f, OTHER_VISITOR, "Anna", 0);
    size_t from = f->count;
    desk(f, ANNA, (struct frame){.kind = FRAME_DESK_NEXT});
    assert_got(f, ANNA, "nothing_waits", from);
    /* Only the owner writes. */
    desk(f, ANNA, (struct frame){.kind = FRAME_DESK_SAY, .ticket = 1001, .cid = "x", .text = "intrusa"});
    assert_got(f, ANNA, "not_yours", from);
    assert_not_got(f, VISITOR, "intrusa", from);
}

static void nobody_is_there_and_a_message_is_left(void **state)
{
    struct fixture *f = *state;
    hello(f, VISITOR, NULL, 0);
    hall_visitor(f->hall, VISITOR,
                 &(struct frame){.kind = FRAME_MESSAGE,
                                 .cid = "m1",
                                 .text = "Avete viti M6?",
                                 .contact = "luca@example.com",
                                 .name = "Luca"});
    pump(f);
    assert_got(f, VISITOR, "\"ack\":{\"cid\":\"m1\",\"seq\":1}", 0);
    assert_got(f, VISITOR, "\"ticket\":1001", 0);
    agent_in(f, ANNA, 1, "Anna");
    pass_seconds(f, 2);
    assert_got(f, ANNA, "luca@example.com", 0);
    assert_got(f, ANNA, "\"state\":\"message\"", 0);
}

static void a_visitor_who_leaves_is_parked_and_keeps_the_place(void **state)
{
    struct fixture *f = *state;
    char token[64];
    agent_in(f, ANNA, 1, "Anna");
    ask_for_a_person(f, VISITOR);
    token_of(f, VISITOR, token);
    ask_for_a_person(f, OTHER_VISITOR);
    hall_visitor_gone(f->hall, VISITOR);
    for (int i = 0; i < 130; i++) {
        pass_seconds(f, 1);
        hall_agent_alive(f->hall, ANNA);
    }
    size_t from = f->count;
    assert_got(f, ANNA, "\"state\":\"parked\"", 0);
    assert_got(f, OTHER_VISITOR, "\"position\":1", 0);
    hello(f, 9, token, 0);
    pass_seconds(f, 1);
    assert_got(f, 9, "\"position\":1", from);
    assert_got(f, OTHER_VISITOR, "\"position\":2", from);
}

static void a_lost_agent_is_told_and_the_ticket_returns(void **state)
{
    struct fixture *f = *state;
    agent_in(f, ANNA, 1, "Anna");
    ask_for_a_person(f, VISITOR);
    desk(f, ANNA, (struct frame){.kind = FRAME_DESK_NEXT});
    size_t from = f->count;
    hall_agent_gone(f->hall, ANNA);
    pass_seconds(f, 20);
    assert_got(f, VISITOR, "\"from\":\"system\"", from);
    assert_not_got(f, VISITOR, "\"who\":\"waiting\"", from);
    pass_seconds(f, 130);
    assert_got(f, VISITOR, "\"who\":\"waiting\"", from);
}

int main(void)
{
#define hall_test(name) cmocka_unit_test_setup_teardown(name, hall_test_set_up, hall_test_tear_down)
    const struct CMUnitTest tests[] = {
        hall_test(a_visitor_and_an_agent_talk),
        hall_test(a_closed_chat_is_followed_by_another),
        hall_test(first_come_first_served),
        hall_test(nobody_is_there_and_a_message_is_left),
        hall_test(a_visitor_who_leaves_is_parked_and_keeps_the_place),
        hall_test(a_lost_agent_is_told_and_the_ticket_returns),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
