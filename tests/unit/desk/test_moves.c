/* The table of moves is whole: every state can be left, every row starts somewhere and is named. */
#include "desk/desk.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void every_row_is_named_and_starts_somewhere_else(void **state)
{
    (void)state;
    for (int c = 0; c < CAUSE_COUNT; c++) {
        assert_true(ticket_moves[c].from != 0);
        assert_true(ticket_moves[c].stays || (ticket_moves[c].from & 1u << ticket_moves[c].to) == 0);
        /* Closed is the end, except for an answer that never arrived. */
        assert_int_equal((ticket_moves[c].from & 1u << TICKET_CLOSED) != 0, c == CAUSE_UNDELIVERED);
        assert_non_null(desk_cause_name(c));
        for (int other = 0; other < c; other++)
            assert_string_not_equal(desk_cause_name(c), desk_cause_name(other));
    }
}

static void every_open_state_has_a_way_to_closed(void **state)
{
    (void)state;
    unsigned good = 1u << TICKET_CLOSED;
    for (int round = 0; round < TICKET_STATES; round++) {
        for (int c = 0; c < CAUSE_COUNT; c++) {
            if (!ticket_moves[c].stays && good & 1u << ticket_moves[c].to)
                good |= ticket_moves[c].from;
        }
    }
    assert_int_equal(good, (1u << TICKET_STATES) - 1);
}

static void owned_states_are_left_without_an_owner_or_closed(void **state)
{
    (void)state;
    for (int c = 0; c < CAUSE_COUNT; c++) {
        enum ticket_state to = ticket_moves[c].to;
        bool owned = to == TICKET_OFFERED || to == TICKET_CLAIMED;
        if (!ticket_moves[c].stays && c != CAUSE_UNDELIVERED) /* a message may be somebody's */
            assert_true(ticket_moves[c].drops_owner != (owned || to == TICKET_CLOSED));
    }
}

/* Who stays where it is changes hands, and only from one whose it is. */
static void a_move_that_stays_changes_the_owner(void **state)
{
    (void)state;
    for (int c = 0; c < CAUSE_COUNT; c++) {
        if (ticket_moves[c].stays) {
            assert_true(ticket_moves[c].needs_owner);
            assert_true(ticket_moves[c].takes_owner != ticket_moves[c].drops_owner);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_row_is_named_and_starts_somewhere_else),
        cmocka_unit_test(every_open_state_has_a_way_to_closed),
        cmocka_unit_test(owned_states_are_left_without_an_owner_or_closed),
        cmocka_unit_test(a_move_that_stays_changes_the_owner),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
