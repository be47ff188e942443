/* The number of another ticket system: told to both sides of the counter, once, and kept. */
#include "hall_test.h"

enum { VISITOR = 1, ANNA = 100 };

struct kept {
    int calls;
    uint64_t number;
    bool kept;
};

static void done(void *context, uint64_t number, bool kept)
{
    struct kept *k = context;
    k->calls++;
    k->number = number;
    k->kept = kept;
}

static void ask_for_a_person(struct fixture *f)
{
    hello(f, VISITOR, NULL, 0);
    say(f, VISITOR, "q1", "quanto costa la spedizione?");
    pump(f);
    hall_visitor(f->hall, VISITOR, &(struct frame){.kind = FRAME_HUMAN, .cid = "h1"});
    pump(f);
}

static void it_is_told_once(void **state)
{
    struct fixture *f = *state;
    struct kept k = {0};
    agent_in(f, ANNA, 1, "Anna");
    ask_for_a_person(f);
    size_t from = f->count;
    const struct hall_number number = {.ticket = 1001, .outside = "RT-12", .lang = "it"};
    assert_int_equal(hall_outside(f->hall, &number, 7, done, &k), 0);
    assert_int_equal(k.calls, 0);
    pump(f);
    assert_int_equal(k.calls, 1);
    assert_int_equal(k.number, 7);
    assert_true(k.kept);
    assert_got(f, VISITOR, "Il tuo numero di pratica è RT-12.", from);
    assert_got(f, VISITOR, "\"from\":\"system\"", from);
    assert_got(f, ANNA, "\"outside\":\"RT-12\"", from);
    from = f->count;
    assert_int_equal(hall_outside(f->hall, &number, 8, done, &k), 0);
    pump(f);
    assert_int_equal(k.calls, 2);
    assert_true(k.kept);
    assert_not_got(f, VISITOR, "RT-12", from);
    /* What is said next has the number behind it. */
    say(f, VISITOR, "q2", "a che ora aprite?");
    pump(f);
    assert_got(f, VISITOR, "dalle 8 alle 19", from);
}

static void a_ticket_that_is_not_there_needs_none(void **state)
{
    struct fixture *f = *state;
    struct kept k = {0};
    const struct hall_number number = {.ticket = 4711, .outside = "RT-12", .lang = "it"};
    assert_int_equal(hall_outside(f->hall, &number, 7, done, &k), 0);
    pump(f);
    assert_int_equal(k.calls, 1);
    assert_true(k.kept);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, hall_test_set_up, hall_test_tear_down)
int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(it_is_told_once),
        TEST(a_ticket_that_is_not_there_needs_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
