/* An agent who comes back within the grace finds everything as it was; of what is not so any more the last step is
 * told, by its number, and never what a colleague's page does not say. */
#include "counter_test.h"

enum { TICKET = 1001, BACK = 200, LATER = 201 };

static void claimed(struct fixture *f)
{
    counter_human(f, VISITOR);
    desk(f, ANNA, (struct frame){.kind = FRAME_DESK_NEXT});
}

/* The highest step that a client has been told of. */
static int64_t last_event(const struct fixture *f, uint64_t client)
{
    int64_t last = 0;
    for (size_t i = 0; i < f->count; i++) {
        for (const char *at = f->sent[i].json; f->sent[i].client == client && at != NULL; at++) {
            at = strstr(at, "\"event\":");
            int64_t event = at != NULL ? strtoll(at + 8, NULL, 10) : 0;
            last = event > last ? event : last;
            if (at == NULL)
                break;
        }
    }
    return last;
}

static void pass_without_anna(struct fixture *f, int seconds)
{
    for (int i = 0; i < seconds; i++) {
        pass_seconds(f, 1);
        hall_agent_alive(f->hall, BRUNO);
        hall_agent_alive(f->hall, CARLA);
    }
}

static void within_the_grace_all_is_as_it_was(void **state)
{
    struct fixture *f = *state;
    claimed(f);
    desk(f, ANNA, (struct frame){.kind = FRAME_DESK_NOTE, .cid = "n", .ticket = TICKET, .text = "nota"});
    int64_t seen = last_event(f, ANNA);
    assert_true(seen > 0);
    hall_agent_gone(f->hall, ANNA);
    say(f, VISITOR, "q9", "ci siete?");
    pump(f);
    pass_without_anna(f, 60);
    size_t from = f->count;
    page_in(f, BACK, ANNA, seen);
    assert_got(f, BACK, "\"mine\":true", from);
    assert_not_got(f, BACK, "\"type\":\"missed\"", from);
    desk(f, BACK, (struct frame){.kind = FRAME_DESK_OPEN, .ticket = TICKET, .after = 3});
    assert_got(f, BACK, "ci siete?", from);
    assert_got(f, BACK, "\"text\":\"nota\"", from);
}

static void after_the_grace_the_queue_has_it(void **state)
{
    struct fixture *f = *state;
    claimed(f);
    int64_t seen = last_event(f, ANNA);
    hall_agent_gone(f->hall, ANNA);
    pass_without_anna(f, 140);
    size_t from = f->count;
    page_in(f, BACK, ANNA, seen);
    assert_got(f, BACK, "\"type\":\"missed\",\"ticket\":1001,\"cause\":\"lease_lost\"}", from);
    /* Told once: the next time the page names a later step. */
    from = f->count;
    page_in(f, LATER, ANNA, last_event(f, BACK));
    assert_not_got(f, LATER, "\"type\":\"missed\"", from);
}

static void a_colleague_has_taken_it(void **state)
{
    struct fixture *f = *state;
    claimed(f);
    int64_t seen = last_event(f, ANNA);
    hall_agent_gone(f->hall, ANNA);
    pass_without_anna(f, 140);
    desk(f, BRUNO, (struct frame){.kind = FRAME_DESK_NEXT});
    size_t from = f->count;
    page_in(f, BACK, ANNA, seen);
    assert_got(f, BACK, "\"type\":\"missed\",\"ticket\":1001,\"cause\":\"taken\",\"name\":\"Bruno\"", from);
    assert_got(f, BACK, "\"owner\":\"Bruno\"", from);
    hall_agent_gone(f->hall, BACK);
    desk(f, BRUNO, (struct frame){.kind = FRAME_DESK_CLOSE, .cid = "c", .ticket = TICKET, .cause = "solved"});
    from = f->count;
    page_in(f, LATER, ANNA, seen);
    assert_got(f, LATER, "\"cause\":\"solved\",\"name\":\"Bruno\"", from);
}

static void the_visitor_has_closed_it(void **state)
{
    struct fixture *f = *state;
    claimed(f);
    int64_t seen = last_event(f, ANNA);
    hall_agent_gone(f->hall, ANNA);
    hall_visitor(f->hall, VISITOR, &(struct frame){.kind = FRAME_BYE, .cid = "b"});
    pump(f);
    size_t from = f->count;
    page_in(f, BACK, ANNA, seen);
    assert_got(f, BACK, "\"type\":\"missed\",\"ticket\":1001,\"cause\":\"visitor\"}", from);
}

static void what_was_seen_is_not_missed(void **state)
{
    struct fixture *f = *state;
    claimed(f);
    size_t from = f->count;
    hall_visitor(f->hall, VISITOR, &(struct frame){.kind = FRAME_BYE, .cid = "b"});
    pump(f);
    assert_int_equal(got_count(f, ANNA, "\"state\":\"closed\"", from), 1);
    int64_t seen = last_event(f, ANNA);
    hall_agent_gone(f->hall, ANNA);
    from = f->count;
    page_in(f, BACK, ANNA, seen);
    assert_not_got(f, BACK, "\"type\":\"missed\"", from);
}

static void what_one_did_oneself_is_not_missed(void **state)
{
    struct fixture *f = *state;
    claimed(f);
    int64_t seen = last_event(f, ANNA);
    desk(f, ANNA, (struct frame){.kind = FRAME_DESK_CLOSE, .cid = "c", .ticket = TICKET, .cause = "solved"});
    size_t from = f->count;
    page_in(f, BACK, ANNA, seen);
    assert_not_got(f, BACK, "\"type\":\"missed\"", from);
    assert_not_got(f, BRUNO, "\"type\":\"missed\"", 0);
}

static void a_new_page_and_a_forged_number_are_told_nothing_of_others(void **state)
{
    struct fixture *f = *state;
    claimed(f);
    hall_agent_gone(f->hall, ANNA);
    pass_without_anna(f, 140);
    size_t from = f->count;
    page_in(f, BACK, ANNA, 0);
    page_in(f, LATER, CARLA, 1);
    assert_not_got(f, BACK, "\"type\":\"missed\"", from);
    assert_not_got(f, LATER, "\"type\":\"missed\"", from);
    page_in(f, 202, ANNA, INT64_C(1) << 53);
    assert_not_got(f, 202, "\"type\":\"missed\"", from);
}

static void after_a_restart_the_numbers_go_on(void **state)
{
    struct fixture *f = *state;
    claimed(f);
    int64_t seen = last_event(f, ANNA);
    hall_test_close(f);
    hall_test_open(f);
    size_t from = f->count;
    page_in(f, BACK, ANNA, seen);
    char event[32];
    snprintf(event, sizeof event, "\"event\":%lld", (long long)seen);
    assert_got(f, BACK, event, from);
    assert_got(f, BACK, "\"mine\":true", from);
    assert_not_got(f, BACK, "\"type\":\"missed\"", from);
}

int main(void)
{
#define counter_test(name) cmocka_unit_test_setup_teardown(name, counter_test_set_up, hall_test_tear_down)
    const struct CMUnitTest tests[] = {
        counter_test(within_the_grace_all_is_as_it_was),
        counter_test(after_the_grace_the_queue_has_it),
        counter_test(a_colleague_has_taken_it),
        counter_test(the_visitor_has_closed_it),
        counter_test(what_was_seen_is_not_missed),
        counter_test(what_one_did_oneself_is_not_missed),
        counter_test(a_new_page_and_a_forged_number_are_told_nothing_of_others),
        counter_test(after_a_restart_the_numbers_go_on),
    };
    return cmocka_run_group_tests(tests, counter_test_editions, counter_test_no_editions);
}
