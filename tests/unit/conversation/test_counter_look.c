/* Colleagues see who looks at a ticket and who writes there; the visitor learns only of the owner's writing. */
#include "counter_test.h"

enum { TICKET = 1001, ANNA_2 = 200 };

static void look(struct fixture *f, uint64_t client, int64_t ticket)
{
    desk(f, client, (struct frame){.kind = FRAME_DESK_LOOK, .ticket = ticket});
}

static void colleagues_see_who_looks(void **state)
{
    struct fixture *f = *state;
    counter_human(f, VISITOR);
    size_t from = f->count;
    look(f, ANNA, TICKET);
    assert_got(f, BRUNO, "\"type\":\"lookers\",\"ticket\":1001,\"names\":[\"Anna\"],\"typing\":[]", from);
    assert_got(f, ANNA, "\"names\":[],\"typing\":[]", from);
    assert_not_got(f, CARLA, "lookers", from);
    assert_not_got(f, EDO, "lookers", from);
    from = f->count;
    look(f, ANNA, TICKET);
    assert_not_got(f, BRUNO, "lookers", from); /* nothing new */
    look(f, BRUNO, TICKET);
    assert_got(f, ANNA, "\"names\":[\"Bruno\"]", from);
    assert_got(f, ADA, "\"names\":[", from);
    from = f->count;
    desk(f, ADA, (struct frame){.kind = FRAME_DESK_NOTE, .cid = "n", .ticket = TICKET, .text = "x"});
    assert_got(f, ANNA, "\"lookers\":[\"Bruno\"]", from);
    from = f->count;
    look(f, BRUNO, 0);
    assert_got(f, ANNA, "\"type\":\"lookers\",\"ticket\":1001,\"names\":[]", from);
}

static void two_pages_of_one_are_one_name_and_who_goes_looks_no_more(void **state)
{
    struct fixture *f = *state;
    counter_human(f, VISITOR);
    page_in(f, ANNA_2, ANNA, 0);
    look(f, ANNA, TICKET);
    size_t from = f->count;
    look(f, ANNA_2, TICKET);
    assert_got(f, BRUNO, "\"names\":[\"Anna\"],", from);
    from = f->count;
    hall_agent_gone(f->hall, ANNA);
    assert_got(f, BRUNO, "\"names\":[\"Anna\"],", from);
    from = f->count;
    hall_agent_gone(f->hall, ANNA_2);
    assert_got(f, BRUNO, "\"names\":[],", from);
}

static void who_writes_is_told_until_it_ends(void **state)
{
    struct fixture *f = *state;
    counter_human(f, VISITOR);
    desk(f, ANNA, (struct frame){.kind = FRAME_DESK_NEXT});
    size_t from = f->count;
    desk(f, ANNA, (struct frame){.kind = FRAME_DESK_TYPING, .ticket = TICKET});
    assert_got(f, BRUNO, "\"typing\":[\"Anna\"]", from);
    assert_got(f, VISITOR, "\"type\":\"typing\",\"from\":\"agent\"", from);
    from = f->count;
    desk(f, BRUNO, (struct frame){.kind = FRAME_DESK_TYPING, .ticket = TICKET});
    assert_got(f, ANNA, "\"typing\":[\"Bruno\"]", from);
    assert_not_got(f, VISITOR, "typing", from);
    from = f->count;
    pass_seconds(f, 4);
    desk(f, ANNA, (struct frame){.kind = FRAME_DESK_TYPING, .ticket = TICKET});
    assert_not_got(f, BRUNO, "lookers", from);
    pass_seconds(f, 3);
    assert_got(f, ANNA, "\"typing\":[]", from);      /* Bruno has stopped */
    assert_not_got(f, BRUNO, "\"typing\":[]", from); /* Anna has not */
    desk(f, ANNA, (struct frame){.kind = FRAME_DESK_SAY, .cid = "s", .ticket = TICKET, .text = "ecco"});
    assert_got(f, BRUNO, "\"typing\":[]", from);
}

int main(void)
{
#define counter_test(name) cmocka_unit_test_setup_teardown(name, counter_test_set_up, hall_test_tear_down)
    const struct CMUnitTest tests[] = {
        counter_test(colleagues_see_who_looks),
        counter_test(two_pages_of_one_are_one_name_and_who_goes_looks_no_more),
        counter_test(who_writes_is_told_until_it_ends),
    };
    return cmocka_run_group_tests(tests, counter_test_editions, counter_test_no_editions);
}
