/* Whatever happens, nobody jumps the queue: a few thousand runs by chance of a real desk on a real store, judged from
 * what is written down of the tickets (`make prove` plays a hundred thousand). And the judge finds what is wrong. */
#include "prove/run.h"

#include <setjmp.h>
#include <stddef.h>

#include <cmocka.h>

#if defined(__SANITIZE_ADDRESS__)
#define SANITISED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SANITISED 1
#endif
#endif
#ifndef SANITISED
#define SANITISED 0
#endif

enum { RUNS = 1500, SANITISED_RUNS = 150 };

static int open_world(void **state)
{
    (void)state;
    memset(&world, 0, sizeof world);
    world_open();
    return 0;
}

static int close_world(void **state)
{
    (void)state;
    world_close();
    return 0;
}

static void nobody_jumps_the_queue_and_nobody_is_stuck(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= (SANITISED ? SANITISED_RUNS : RUNS); seed++) {
        if (!world_run(seed, SABOTAGE_NONE))
            fail_msg("seed %llu: %s", (unsigned long long)seed, world_first_fault());
    }
    const struct judge_counts *c = &world.judge.counts;
    assert_true(c->assignments > 1000 && world.crashes > 10 && world.refusals > 10);
    for (int i = 0; i < JUDGE_STATES; i++)
        assert_true(c->states[i] > 0);
    for (int i = 0; i <= JUDGE_CAUSES; i++) {
        if (c->causes[i] == 0 && !SANITISED)
            fail_msg("no ticket was ever %s", judge_cause_name(i));
    }
}

static void somebody_past_the_desk_is_found_out(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 60; seed++)
        world_run(seed, SABOTAGE_SECOND);
    assert_true(world.judge.counts.inversions > 0);
    long inversions = world.judge.counts.inversions;
    for (uint64_t seed = 1; seed <= 60; seed++)
        world_run(seed, SABOTAGE_TWICE);
    assert_true(world.judge.counts.doubles > 0);
    assert_true(inversions > 0);
}

static void where_nobody_serves_them_they_are_stuck(void **state)
{
    (void)state;
    world_run(4, SABOTAGE_NOBODY);
    assert_true(world.stuck > 0);
}

/* --- a log by hand ---------------------------------------------------------------------------------- */

static struct judge judge;

static struct judge_row row(int64_t ticket, const char *cause, const char *before, const char *after,
                            int64_t owner_before, int64_t owner)
{
    struct judge_row r = {.ticket = ticket, .seq = ticket, .owner = owner, .owner_before = owner_before};
    snprintf(r.cause, sizeof r.cause, "%s", cause);
    snprintf(r.before, sizeof r.before, "%s", before);
    snprintf(r.state, sizeof r.state, "%s", after);
    strcpy(r.department, "shop");
    strcpy(r.lang, "it");
    return r;
}

/* Two who wait, and two agents; Bruno serves repairs only. */
static void two_wait(void)
{
    memset(&judge, 0, sizeof judge);
    judge.agents[0] = (struct judge_agent){7, "", "", 1};
    judge.agents[1] = (struct judge_agent){8, "repairs", "", 1};
    judge.agent_count = 2;
    for (int64_t t = 1; t <= 2; t++) {
        struct judge_row r = row(t, "made", "", "waiting", 0, 0);
        judge_step(&judge, &r);
    }
}

static void judge_hears(struct judge_row r)
{
    judge_step(&judge, &r);
}

static void the_judge_lets_the_right_pass(void **state)
{
    (void)state;
    two_wait();
    judge_hears(row(1, "offered", "waiting", "offered", 0, 7));
    judge_hears(row(1, "accepted", "offered", "claimed", 7, 7));
    judge_hears(row(1, "closed", "claimed", "closed", 7, 7));
    judge_hears(row(2, "taken", "waiting", "claimed", 0, 7));
    assert_int_equal(judge_faults(&judge.counts), 0);
}

static void the_judge_finds_each_wrong(void **state)
{
    (void)state;
    two_wait();
    judge_hears(row(2, "taken", "waiting", "claimed", 0, 7));
    assert_true(judge.counts.inversions == 1 && judge_faults(&judge.counts) == 1);
    judge_hears(row(2, "taken", "claimed", "claimed", 7, 8));
    assert_true(judge.counts.doubles == 1);
    two_wait();
    judge_hears(row(1, "taken", "waiting", "claimed", 0, 8));
    assert_true(judge.counts.strangers == 1);
    two_wait();
    judge_hears(row(1, "taken", "waiting", "claimed", 0, 7));
    judge_hears(row(2, "taken", "waiting", "claimed", 0, 7));
    assert_true(judge.counts.overloads == 1 && judge_faults(&judge.counts) == 1);
    two_wait();
    judge_hears(row(1, "accepted", "offered", "claimed", 7, 7)); /* it was never offered */
    assert_true(judge.counts.breaks > 0);
    two_wait();
    judge_hears(row(1, "visitor_gone", "waiting", "closed", 0, 0));
    assert_true(judge.counts.breaks == 1);
    two_wait();
    judge_hears(row(1, "bought", "waiting", "closed", 0, 0));
    assert_true(judge.counts.breaks == 1);
    two_wait();
    struct judge_row moved = row(1, "taken", "waiting", "claimed", 0, 7);
    moved.seq = 9;
    judge_hears(moved);
    assert_true(judge.counts.breaks == 1);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_world, close_world)
int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(nobody_jumps_the_queue_and_nobody_is_stuck), TEST(somebody_past_the_desk_is_found_out),
        TEST(where_nobody_serves_them_they_are_stuck),    cmocka_unit_test(the_judge_lets_the_right_pass),
        cmocka_unit_test(the_judge_finds_each_wrong),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
