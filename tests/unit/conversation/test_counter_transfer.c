/* A chat changes hands only when the colleague accepts; a page left open says nothing to the visitor any more. */
#include "counter_test.h"

enum { TICKET = 1001, ANNA_2 = 200 };

static void claimed(struct fixture *f)
{
    counter_human(f, VISITOR);
    desk(f, ANNA, (struct frame){.kind = FRAME_DESK_NEXT});
    desk(f, ANNA, (struct frame){.kind = FRAME_DESK_OPEN, .ticket = TICKET});
}

static void desk_say(struct fixture *f, uint64_t client, const char *cid, const char *text)
{
    desk(f, client, (struct frame){.kind = FRAME_DESK_SAY, .cid = cid, .ticket = TICKET, .text = text});
}

static void offer_to_bruno(struct fixture *f)
{
    desk(f, ANNA,
         (struct frame){.kind = FRAME_DESK_TRANSFER, .cid = "t1", .ticket = TICKET, .user = 2, .text = "è cosa tua"});
}

static void a_colleague_accepts(void **state)
{
    struct fixture *f = *state;
    claimed(f);
    page_in(f, ANNA_2, ANNA, 0);
    size_t from = f->count;
    offer_to_bruno(f);
    assert_got(f, BRUNO, "\"type\":\"transfer_offer\",\"ticket\":1001,\"name\":\"Anna\",\"text\":\"è cosa tua\"", from);
    assert_got(f, ANNA, "\"type\":\"ack\",\"cid\":\"t1\"", from);
    assert_got(f, ANNA, "\"transfer\":{\"to\":2,\"name\":\"Bruno\",\"until\":", from);
    assert_not_got(f, VISITOR, "{", from);
    desk_say(f, ANNA, "s1", "un momento ancora"); /* it is still Anna's */
    assert_got(f, VISITOR, "un momento ancora", from);
    from = f->count;
    desk(f, BRUNO, (struct frame){.kind = FRAME_DESK_TRANSFER_ANSWER, .ticket = TICKET, .value = 1});
    assert_got(f, ANNA, "\"type\":\"transferred\",\"ticket\":1001,\"name\":\"Bruno\",\"value\":1", from);
    assert_got(f, ANNA, "\"owner\":\"Bruno\"", from);
    assert_got(f, VISITOR, "Bruno", from);
    from = f->count;
    desk_say(f, ANNA_2, "s2", "dalla scheda vecchia");
    assert_got(f, ANNA_2, "\"code\":\"not_yours\",", from);
    assert_got(f, ANNA_2, "\"cid\":\"s2\"", from);
    assert_not_got(f, VISITOR, "scheda vecchia", from);
    desk_say(f, BRUNO, "s3", "buongiorno");
    assert_got(f, VISITOR, "buongiorno", from);
    desk(f, BRUNO, (struct frame){.kind = FRAME_DESK_OPEN, .ticket = TICKET});
    assert_got(f, BRUNO, "\"type\":\"note\"", from);
    assert_got(f, ANNA, "buongiorno", from); /* who had it open goes on looking */
}

static void a_colleague_declines_or_lets_it_run_out(void **state)
{
    struct fixture *f = *state;
    claimed(f);
    size_t from = f->count;
    offer_to_bruno(f);
    desk(f, BRUNO, (struct frame){.kind = FRAME_DESK_TRANSFER_ANSWER, .ticket = TICKET, .value = -1});
    assert_got(f, ANNA, "\"type\":\"transferred\",\"ticket\":1001,\"name\":\"Bruno\",\"value\":-1", from);
    desk_say(f, ANNA, "s1", "resto io");
    assert_got(f, VISITOR, "resto io", from);
    from = f->count;
    offer_to_bruno(f);
    for (int i = 0; i < 35; i++) {
        pass_seconds(f, 1);
        hall_agent_alive(f->hall, ANNA);
        hall_agent_alive(f->hall, BRUNO);
    }
    assert_got(f, ANNA, "\"type\":\"transferred\",\"ticket\":1001,\"name\":\"Bruno\",\"value\":-1", from);
    from = f->count;
    desk(f, BRUNO, (struct frame){.kind = FRAME_DESK_TRANSFER_ANSWER, .ticket = TICKET, .value = 1});
    assert_got(f, BRUNO, "\"code\":\"not_yours\"", from);
}

static void a_refused_transfer_leaves_no_note(void **state)
{
    struct fixture *f = *state;
    claimed(f);
    size_t from = f->count;
    desk(f, BRUNO, (struct frame){.kind = FRAME_DESK_PRESENCE, .state = "away"});
    offer_to_bruno(f);
    assert_got(f, ANNA, "\"code\":\"they_are_away\"", from);
    desk(f, ANNA,
         (struct frame){
             .kind = FRAME_DESK_TRANSFER, .cid = "t2", .ticket = TICKET, .department = "niente", .text = "x"});
    assert_got(f, ANNA, "\"code\":\"no_department\"", from);
    desk(f, ANNA,
         (struct frame){.kind = FRAME_DESK_TRANSFER, .cid = "t3", .ticket = TICKET, .department = "ordini", .user = 2});
    assert_got(f, ANNA, "\"code\":\"bad_field\"", from);
    desk(f, ANNA, (struct frame){.kind = FRAME_DESK_TRANSFER, .cid = "t4", .ticket = TICKET});
    assert_int_equal(got_count(f, ANNA, "\"code\":\"bad_field\"", from), 2);
    assert_not_got(f, ANNA, "\"notes\"", from);
}

static void another_department_gets_it_and_the_first_loses_sight(void **state)
{
    struct fixture *f = *state;
    claimed(f);
    desk(f, BRUNO, (struct frame){.kind = FRAME_DESK_OPEN, .ticket = TICKET});
    desk(f, BRUNO, (struct frame){.kind = FRAME_DESK_LOOK, .ticket = TICKET});
    size_t from = f->count;
    desk(f, ANNA,
         (struct frame){
             .kind = FRAME_DESK_TRANSFER, .cid = "t1", .ticket = TICKET, .department = "ordini", .text = "un reso"});
    assert_got(f, CARLA, "\"department\":\"ordini\"", from);
    assert_got(f, ANNA, "\"ticket\":{\"ticket\":1001,\"state\":\"closed\",\"gone\":true", from);
    assert_got(f, BRUNO, "\"gone\":true", from);
    assert_not_got(f, BRUNO, "\"department\":\"ordini\"", from);
    assert_got(f, ADA, "\"department\":\"ordini\"", from);
    from = f->count;
    desk_say(f, ANNA, "s9", "ci sono ancora");
    assert_got(f, ANNA, "\"code\":\"not_yours\"", from);
    desk(f, CARLA, (struct frame){.kind = FRAME_DESK_NEXT});
    desk(f, CARLA, (struct frame){.kind = FRAME_DESK_OPEN, .ticket = TICKET});
    assert_got(f, CARLA, "un reso", from);
    from = f->count;
    desk_say(f, CARLA, "s1", "eccomi");
    assert_got(f, VISITOR, "eccomi", from);
    assert_not_got(f, BRUNO, "eccomi", from); /* a chat that is out of sight goes nowhere */
    assert_not_got(f, ANNA, "eccomi", from);
}

static void two_pages_of_one_agent_both_live(void **state)
{
    struct fixture *f = *state;
    claimed(f);
    page_in(f, ANNA_2, ANNA, 0);
    desk(f, ANNA_2, (struct frame){.kind = FRAME_DESK_OPEN, .ticket = TICKET});
    size_t from = f->count;
    desk_say(f, ANNA, "s1", "dalla prima");
    desk_say(f, ANNA_2, "s2", "dalla seconda");
    assert_got(f, VISITOR, "dalla prima", from);
    assert_got(f, VISITOR, "dalla seconda", from);
    assert_got(f, ANNA, "dalla seconda", from);
    assert_got(f, ANNA_2, "dalla prima", from);
    hall_agent_gone(f->hall, ANNA);
    from = f->count;
    desk_say(f, ANNA_2, "s3", "ancora");
    assert_got(f, VISITOR, "ancora", from);
}

int main(void)
{
#define counter_test(name) cmocka_unit_test_setup_teardown(name, counter_test_set_up, hall_test_tear_down)
    const struct CMUnitTest tests[] = {
        counter_test(a_colleague_accepts),
        counter_test(a_colleague_declines_or_lets_it_run_out),
        counter_test(a_refused_transfer_leaves_no_note),
        counter_test(another_department_gets_it_and_the_first_loses_sight),
        counter_test(two_pages_of_one_agent_both_live),
    };
    return cmocka_run_group_tests(tests, counter_test_editions, counter_test_no_editions);
}
