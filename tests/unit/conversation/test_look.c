/* A turn that is not sure pauses for a second look: once, in order, and holds up nobody else. */
#include "hall_test.h"

enum { LOOKS_MAX = 8 };

/* A looker that does nothing by itself: tests answer for it. */
struct looker {
    struct fixture *f;
    uint64_t looks[LOOKS_MAX];
    size_t begun, ended;
    char text[256];
    bool refuses;
    bool answers_at_end;
};

static struct looker looker;

static int begin(void *context, uint64_t look, const struct second_look *wanted, int *ret_ms)
{
    struct looker *l = context;
    assert_true(wanted->meaning);
    assert_string_equal(wanted->lang, "it");
    if (l->refuses)
        return -1;
    assert_true(l->begun < LOOKS_MAX);
    l->looks[l->begun++] = look;
    snprintf(l->text, sizeof l->text, "%s", wanted->text);
    *ret_ms = 2500;
    return 0;
}

static void end(void *context, uint64_t look)
{
    static const struct understand_options found = {0};
    struct looker *l = context;
    l->ended++;
    if (l->answers_at_end)
        hall_looked(l->f->hall, look, &found);
}

static int set_up(void **state)
{
    hall_test_set_up(state);
    looker = (struct looker){.f = *state};
    hall_look_with(looker.f->hall, &(struct hall_looker){&looker, begin, end});
    hello(looker.f, 1, NULL, 0);
    return 0;
}

static const char unclear[] = "zxcvb la saracinesca wqqp?";

static struct hall_counts counts(const struct fixture *f)
{
    struct hall_counts c;
    hall_counts(f->hall, &c);
    return c;
}

static void an_unsure_turn_pauses_and_goes_on_with_what_was_found(void **state)
{
    struct fixture *f = *state;
    static const struct understand_options found = {0};
    size_t from = f->count;
    say(f, 1, "c1", unclear);
    pump(f);
    assert_int_equal(looker.begun, 1);
    assert_string_equal(looker.text, unclear);
    assert_got(f, 1, "{\"type\":\"typing\",\"from\":\"bot\"}", from);
    assert_int_equal(f->count, from + 1);
    assert_int_equal(hall_under_way(f->hall), 1);
    hall_looked(f->hall, looker.looks[0], &found);
    pump(f);
    assert_got(f, 1, "\"ack\":{\"cid\":\"c1\",\"seq\":1}", from);
    assert_got(f, 1, "\"fallback\":true", from);
    assert_int_equal(looker.begun, 1);
    assert_int_equal(looker.ended, 0);
    assert_int_equal(hall_under_way(f->hall), 0);
    assert_int_equal(counts(f).second_looks, 1);
    assert_int_equal(counts(f).second_looks_without, 0);
    assert_int_equal(counts(f).turns, 1);
    /* An answer that comes twice is nothing. */
    size_t before = f->count;
    hall_looked(f->hall, looker.looks[0], &found);
    hall_looked(f->hall, 12345, NULL);
    pump(f);
    assert_int_equal(f->count, before);
}

static void a_sure_answer_needs_none(void **state)
{
    struct fixture *f = *state;
    say(f, 1, "c1", "quanto costa la spedizione?");
    pump(f);
    assert_got(f, 1, "6,50", 0);
    assert_int_equal(looker.begun, 0);
}

static void other_conversations_go_on_and_ones_own_keeps_its_order(void **state)
{
    struct fixture *f = *state;
    hello(f, 2, NULL, 0);
    say(f, 1, "c1", unclear);
    say(f, 1, "c2", "quanto costa la spedizione?");
    say(f, 2, "d1", "a che ora aprite?");
    pump(f);
    assert_got(f, 2, "dalle 8 alle 19", 0);
    assert_not_got(f, 1, "\"ack\"", 0);
    hall_looked(f->hall, looker.looks[0], NULL);
    pump(f);
    assert_got(f, 1, "\"ack\":{\"cid\":\"c1\",\"seq\":1}", 0);
    assert_got(f, 1, "\"ack\":{\"cid\":\"c2\",\"seq\":3}", 0);
    assert_got(f, 1, "6,50", 0);
    assert_int_equal(counts(f).second_looks_without, 1);
}

static void a_look_that_takes_too_long_ends(void **state)
{
    struct fixture *f = *state;
    say(f, 1, "c1", unclear);
    pass_seconds(f, 2);
    assert_not_got(f, 1, "\"ack\"", 0);
    pass_seconds(f, 1);
    assert_got(f, 1, "\"ack\":{\"cid\":\"c1\",\"seq\":1}", 0);
    assert_int_equal(looker.ended, 1);
    assert_int_equal(counts(f).second_looks_without, 1);
    size_t from = f->count;
    hall_looked(f->hall, looker.looks[0], NULL);
    pass_seconds(f, 5);
    assert_int_equal(f->count, from);
    assert_int_equal(looker.ended, 1);
}

static void at_the_end_of_its_time_it_may_tell_what_it_has(void **state)
{
    struct fixture *f = *state;
    looker.answers_at_end = true;
    say(f, 1, "c1", unclear);
    pass_seconds(f, 3);
    assert_int_equal(got_count(f, 1, "\"ack\":{\"cid\":\"c1\"", 0), 1);
    assert_int_equal(counts(f).second_looks_without, 0);
}

static void a_looker_that_cannot_now_delays_nothing(void **state)
{
    struct fixture *f = *state;
    looker.refuses = true;
    say(f, 1, "c1", unclear);
    pump(f);
    assert_got(f, 1, "\"ack\":{\"cid\":\"c1\",\"seq\":1}", 0);
    assert_not_got(f, 1, "\"typing\"", 0);
    assert_int_equal(counts(f).second_looks, 0);
}

static void who_leaves_in_the_middle_finds_the_answer_later(void **state)
{
    struct fixture *f = *state;
    char token[64];
    token_of(f, 1, token);
    say(f, 1, "c1", unclear);
    hall_visitor_gone(f->hall, 1);
    pump(f);
    hall_looked(f->hall, looker.looks[0], NULL);
    pump(f);
    assert_int_equal(counts(f).conversations, 0);
    hello(f, 2, token, 0);
    assert_got(f, 2, "saracinesca", 0);
    assert_got(f, 2, "\"seq\":2", 0);
}

static void the_turn_keeps_its_edition(void **state)
{
    struct fixture *f = *state;
    say(f, 1, "c1", unclear);
    /* The only pin on the old one is the look's: the sanitiser would see a use after its end. */
    struct edition *newer = hall_test_edition();
    hall_publish(f->hall, newer);
    edition_unpin(f->edition);
    f->edition = newer;
    hall_looked(f->hall, looker.looks[0], NULL);
    pump(f);
    assert_got(f, 1, "\"ack\":{\"cid\":\"c1\",\"seq\":1}", 0);
}

static void a_person_who_joins_ends_the_look(void **state)
{
    struct fixture *f = *state;
    agent_in(f, 100, 1, "Anna");
    say(f, 1, "c0", "a che ora aprite?");
    pump(f);
    hall_visitor(f->hall, 1, &(struct frame){.kind = FRAME_HUMAN, .cid = "h1"});
    pump(f);
    say(f, 1, "c1", unclear);
    pump(f);
    assert_int_equal(looker.begun, 1);
    size_t from = f->count;
    hall_agent(f->hall, 100, &(struct frame){.kind = FRAME_DESK_NEXT});
    pump(f);
    assert_int_equal(looker.ended, 1);
    assert_got(f, 1, "\"cid\":\"c1\"", from);
    assert_got(f, 1, "\"who\":\"agent\"", from);
    assert_not_got(f, 1, "\"from\":\"bot\"", from);
    assert_int_equal(hall_under_way(f->hall), 0);
}

static void at_the_shutdown_all_go_on_without(void **state)
{
    struct fixture *f = *state;
    hello(f, 2, NULL, 0);
    say(f, 1, "c1", unclear);
    say(f, 1, "c2", unclear);
    say(f, 2, "d1", unclear);
    assert_int_equal(looker.begun, 2);
    hall_stop_looking(f->hall);
    pump(f);
    assert_int_equal(looker.begun, 2);
    assert_int_equal(looker.ended, 2);
    assert_int_equal(hall_under_way(f->hall), 0);
    assert_got(f, 1, "\"ack\":{\"cid\":\"c2\",\"seq\":3}", 0);
    assert_got(f, 2, "\"ack\":{\"cid\":\"d1\",\"seq\":1}", 0);
}

static void an_abrupt_end_leaks_nothing(void **state)
{
    struct fixture *f = *state;
    say(f, 1, "c1", unclear);
    assert_int_equal(looker.begun, 1);
    /* The fixture frees the hall with the look under way. */
}

int main(void)
{
#define look_test(name) cmocka_unit_test_setup_teardown(name, set_up, hall_test_tear_down)
    const struct CMUnitTest tests[] = {
        look_test(an_unsure_turn_pauses_and_goes_on_with_what_was_found),
        look_test(a_sure_answer_needs_none),
        look_test(other_conversations_go_on_and_ones_own_keeps_its_order),
        look_test(a_look_that_takes_too_long_ends),
        look_test(at_the_end_of_its_time_it_may_tell_what_it_has),
        look_test(a_looker_that_cannot_now_delays_nothing),
        look_test(who_leaves_in_the_middle_finds_the_answer_later),
        look_test(the_turn_keeps_its_edition),
        look_test(a_person_who_joins_ends_the_look),
        look_test(at_the_shutdown_all_go_on_without),
        look_test(an_abrupt_end_leaks_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
