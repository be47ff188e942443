/* Lanes are one for each pair of department and language, and count the slots that serve them. */
#include "desk/room.h"
#include "unit/desk/help.h"

static void a_pair_is_one_lane(void **state)
{
    (void)state;
    struct lane *lane = lane_of(desk, "shop", "it");
    assert_non_null(lane);
    assert_ptr_equal(lane_of(desk, "shop", "it"), lane);
    assert_ptr_not_equal(lane_of(desk, "shop", "en"), lane);
    assert_ptr_equal(lane_of(desk, "shop", "en")->pace, lane->pace);
    assert_ptr_not_equal(lane_of(desk, "repairs", "it")->pace, lane->pace);
    pump();
}

static void there_is_a_ceiling(void **state)
{
    (void)state;
    for (int i = 0; i < ROOM_LANES_MAX + 10; i++) {
        char lang[16];
        snprintf(lang, sizeof lang, "l%d", i);
        struct lane *lane = lane_of(desk, "shop", lang);
        assert_int_equal(lane == NULL, i >= ROOM_LANES_MAX);
    }
}

static void slots_are_capacities_of_who_fits(void **state)
{
    (void)state;
    agent_comes("anna", "shop", "it");
    int64_t bruno = agent_comes("bruno", "", "");
    int online;
    assert_int_equal(lane_slots(desk, lane_of(desk, "shop", "it"), &online), 4);
    assert_int_equal(online, 2);
    assert_int_equal(lane_slots(desk, lane_of(desk, "repairs", "it"), &online), 2);
    desk_agent_presence(desk, bruno, PRESENCE_AWAY);
    assert_int_equal(lane_slots(desk, lane_of(desk, "repairs", "it"), &online), 0);
    assert_string_equal(lane_department(desk, "repairs")->id, "repairs");
    assert_string_equal(lane_department(desk, "gone")->id, "shop");
    pump();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_pair_is_one_lane),
        TEST(there_is_a_ceiling),
        TEST(slots_are_capacities_of_who_fits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
