/* The mirror keeps its order and its counts through every change. */
#include "desk/room.h"
#include "unit/desk/help.h"

static struct ticket made(int64_t id, int64_t conversation, enum ticket_state state)
{
    return (struct ticket){.id = id,
                           .conversation = conversation,
                           .enqueue_seq = id - 1000,
                           .state = state,
                           .department = "shop",
                           .lang = "it",
                           .changed_ms = 1};
}

static void seats_are_ordered_by_seq_however_they_come(void **state)
{
    (void)state;
    static const int order[] = {5, 1, 9, 3, 7, 2, 8, 6, 4};
    for (size_t i = 0; i < 9; i++) {
        struct ticket t = made(1000 + order[i], order[i], TICKET_WAITING);
        bool fresh = false;
        assert_non_null(seat_apply(desk, &t, &fresh));
        assert_true(fresh);
        assert_non_null(seat_apply(desk, &t, &fresh));
        assert_false(fresh);
    }
    for (size_t i = 0; i < 9; i++)
        assert_int_equal(desk->seats[i]->ticket.enqueue_seq, i + 1);
    struct lane *lane = lane_of(desk, "shop", "it");
    assert_int_equal(lane->queued, 9);
    struct ticket gone = made(1005, 5, TICKET_CLOSED);
    assert_null(seat_apply(desk, &gone, NULL));
    assert_null(seat_apply(desk, &gone, NULL));
    assert_int_equal(desk->seat_count, 8);
    assert_int_equal(lane->queued, 8);
    assert_null(seat_find(desk, 1005));
}

static void a_conversation_s_live_ticket_comes_before_its_messages(void **state)
{
    (void)state;
    struct ticket message = made(1001, 7, TICKET_MESSAGE), chat = made(1002, 7, TICKET_WAITING),
                  later = made(1003, 7, TICKET_MESSAGE);
    seat_apply(desk, &message, NULL);
    assert_int_equal(seat_of(desk, 7)->ticket.id, 1001);
    seat_apply(desk, &chat, NULL);
    seat_apply(desk, &later, NULL);
    assert_int_equal(seat_of(desk, 7)->ticket.id, 1002);
    seat_drop(desk, seat_find(desk, 1002));
    assert_int_equal(seat_of(desk, 7)->ticket.id, 1003);
    seat_drop(desk, seat_find(desk, 1003));
    seat_drop(desk, seat_find(desk, 1001));
    assert_null(seat_of(desk, 7));
}

static void owners_are_counted(void **state)
{
    (void)state;
    struct agent *anna = agent_expected(desk, 42, "anna");
    struct ticket t = made(1001, 1, TICKET_OFFERED);
    t.owner = 42;
    seat_apply(desk, &t, NULL);
    assert_int_equal(anna->offers, 1);
    t.state = TICKET_CLAIMED;
    seat_apply(desk, &t, NULL);
    seat_apply(desk, &t, NULL);
    assert_int_equal(anna->offers, 0);
    assert_int_equal(anna->chats, 1);
    t.state = TICKET_PARKED;
    t.owner = 0;
    seat_apply(desk, &t, NULL);
    assert_int_equal(anna->chats, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(seats_are_ordered_by_seq_however_they_come),
        TEST(a_conversation_s_live_ticket_comes_before_its_messages),
        TEST(owners_are_counted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
