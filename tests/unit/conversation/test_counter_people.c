/* Who an agent is may change while the page is open: departments count at once, another role ends the connection. */
#include "counter_test.h"

enum { TICKET = 1001 };

static int changed(struct fixture *f, uint64_t client, const char *role, const char *departments, int64_t picture)
{
    struct user user = {.id = user_of(client),
                        .name = counter_people[client - ANNA].name,
                        .role = role,
                        .departments = departments,
                        .languages = "",
                        .picture_version = picture};
    int result = hall_agent_changed(f->hall, client, &user);
    pump(f);
    return result;
}

static void other_departments_are_other_tickets(void **state)
{
    struct fixture *f = *state;
    counter_human(f, VISITOR);
    desk(f, BRUNO, (struct frame){.kind = FRAME_DESK_OPEN, .ticket = TICKET});
    size_t from = f->count;
    assert_int_equal(changed(f, CARLA, "agent", "negozio,ordini", 0), 0);
    assert_got(f, CARLA, "\"type\":\"queue\",\"tickets\":[{\"ticket\":1001", from);
    assert_int_equal(changed(f, BRUNO, "agent", "ordini", 0), 0);
    assert_got(f, BRUNO, "\"type\":\"queue\",\"tickets\":[]", from);
    from = f->count;
    say(f, VISITOR, "q2", "ci siete?");
    pump(f);
    assert_not_got(f, BRUNO, "ci siete?", from);
    desk(f, BRUNO, (struct frame){.kind = FRAME_DESK_OPEN, .ticket = TICKET});
    assert_got(f, BRUNO, "\"code\":\"not_found\"", from);
}

static void nothing_new_is_told_nobody(void **state)
{
    struct fixture *f = *state;
    size_t from = f->count;
    assert_int_equal(changed(f, ANNA, "agent", "negozio", 0), 0);
    assert_int_equal(f->count, from);
    assert_int_equal(changed(f, ANNA, "admin", "negozio", 0), -1);
    assert_int_equal(changed(f, EDO, "agent", "", 0), -1);
    assert_int_equal(changed(f, EDO, "editor", "negozio", 0), 0);
    assert_int_equal(f->count, from);
}

static void colleagues_have_names_numbers_and_pictures(void **state)
{
    struct fixture *f = *state;
    changed(f, ANNA, "agent", "negozio", 7);
    size_t from = f->count;
    pass_seconds(f, 1);
    assert_got(f, BRUNO, "{\"id\":1,\"name\":\"Anna\",\"presence\":\"online\"", from);
    assert_got(f, BRUNO, "\"picture\":\"agents/1?v=7\"", from);
    assert_not_got(f, BRUNO, "Edo", 0); /* takes no chats */
    assert_not_got(f, EDO, "\"type\":\"agents\"", 0);
}

int main(void)
{
#define counter_test(name) cmocka_unit_test_setup_teardown(name, counter_test_set_up, hall_test_tear_down)
    const struct CMUnitTest tests[] = {
        counter_test(other_departments_are_other_tickets),
        counter_test(nothing_new_is_told_nobody),
        counter_test(colleagues_have_names_numbers_and_pictures),
    };
    return cmocka_run_group_tests(tests, counter_test_editions, counter_test_no_editions);
}
