/* Every number of the live view, one test a definition: docs/numbers.md. Days here are 1,000,000 ms long. */
#include "unit/store/fixture.h"

#include "base/file.h"
#include "store/live.h"
#include "store/reader.h"
#include "store/satisfaction.h"

enum { DAY_MS = 1000000, FIRST = 10 };
static struct reader *reader;
static int64_t anna;

static void at_ms(int day, int64_t ms)
{
    test_clock.manual_ms = (FIRST + day) * (int64_t)DAY_MS + ms;
}

static int open_both(void **state)
{
    setup(state);
    at_ms(0, 0);
    reader = reader_new(folder, &test_clock, 1000);
    anna = user_now(store, "anna");
    return 0;
}

static int close_both(void **state)
{
    reader_free(reader);
    return teardown(state);
}

/* --- what happens ------------------------------------------------------------------------------------- */

/* A visitor says something and the assistant replies. */
static int64_t replies(int visitor, const char *outcome, const char *entry)
{
    struct store_turn *t = said(visitor, NULL, "how much is it");
    t->events = arena_array(t->job.arena, 2, sizeof *t->events);
    t->events[0] = (struct event){.from = FROM_VISITOR, .body = "how much is it", .body_size = 14};
    t->events[1] = (struct event){.from = FROM_BOT, .body = "{}", .body_size = 2, .outcome = outcome, .entry = entry};
    t->event_count = 2;
    run_for(store, t, STORE_OK);
    int64_t conversation = t->conversation;
    store_job_free(&t->job);
    return conversation;
}

static void thumb(int64_t conversation, int64_t seq, int value)
{
    struct store_rate *r = NEW_JOB(store_rate);
    r->conversation = conversation;
    r->seq = seq;
    r->value = value;
    run_for(store, r, STORE_OK);
    store_job_free(&r->job);
}

static void taken(void)
{
    struct store_assign *a = NEW_JOB(store_assign);
    a->user = anna;
    a->to = TICKET_CLAIMED;
    a->capacity = 100;
    a->who = STORE_WHO_AGENT;
    run_for(store, a, STORE_OK);
    store_job_free(&a->job);
}

static void moves(int64_t ticket, enum ticket_state from, enum ticket_state to, int64_t owner, const char *cause)
{
    struct store_move *m = NEW_JOB(store_move);
    m->ticket_id = ticket;
    m->from = 1u << from;
    m->to = to;
    m->owner = owner;
    m->who = -1;
    m->cause = cause;
    run_for(store, m, STORE_OK);
    store_job_free(&m->job);
}

static void leaves(int visitor)
{
    struct store_turn *t = said(visitor, NULL, "bye");
    t->close_ticket = true;
    t->who = STORE_WHO_CLOSED;
    run_for(store, t, STORE_OK);
    store_job_free(&t->job);
}

static void told(int64_t ticket, int low, int high)
{
    struct store_told *t = NEW_JOB(store_told);
    t->ticket = ticket;
    t->low = low;
    t->high = high;
    run_for(store, t, STORE_OK);
    store_job_free(&t->job);
}

/* --- what is counted ----------------------------------------------------------------------------------- */

static struct store_live *live(void)
{
    static const int64_t days[] = {FIRST * (int64_t)DAY_MS, (FIRST + 1) * (int64_t)DAY_MS,
                                   (FIRST + 2) * (int64_t)DAY_MS, (FIRST + 3) * (int64_t)DAY_MS};
    struct store_live *j = NEW_JOB(store_live);
    j->days = days;
    j->day_count = 3;
    reader_run(reader, &j->job);
    assert_int_equal(j->job.result, STORE_OK);
    return j;
}

static bool same(double found, double expected)
{
    bool equal = found - expected < 1e-6 && expected - found < 1e-6;
    if (!equal)
        print_error("%f, expected %f\n", found, expected);
    return equal;
}

/* The number on the three days and of all of them. */
static void number_is(enum live_number number, double first, double second, double third, double all)
{
    struct store_live *j = live();
    const double expected[] = {first, second, third};
    for (int i = 0; i < 3; i++)
        assert_true(same(j->rows[i].value[number], expected[i]));
    assert_true(same(j->all.value[number], all));
    store_job_free(&j->job);
}

static void department_is(const char *department, enum live_number number, double expected)
{
    struct store_live *j = live();
    double found = 0;
    for (size_t i = 0; i < j->department_count; i++) {
        if (strcmp(j->departments[i].department, department) == 0)
            found = j->departments[i].value[number];
    }
    assert_true(same(found, expected));
    store_job_free(&j->job);
}

/* How many rows there are behind a number on a day (-1 = all days). */
static void rows_are(const char *what, int day, const char *department, const char *entry, size_t count)
{
    struct store_live_rows *j = NEW_JOB(store_live_rows);
    j->what = what;
    j->from_ms = (FIRST + (day < 0 ? 0 : day)) * (int64_t)DAY_MS;
    j->to_ms = (FIRST + (day < 0 ? 3 : day + 1)) * (int64_t)DAY_MS;
    j->department = department;
    j->entry = entry;
    reader_run(reader, &j->job);
    assert_int_equal(j->job.result, STORE_OK);
    if (j->count != count)
        print_error("%s on %d: %zu rows, expected %zu\n", what, day, j->count, count);
    assert_int_equal(j->count, count);
    store_job_free(&j->job);
}

/* --- definitions ------------------------------------------------------------------------------------------ */

static void replies_are_told_apart_and_rules_and_forms_are_no_questions(void **state)
{
    (void)state;
    replies(1, "answer", "price");
    replies(1, "answer", "price");
    replies(2, "offer", NULL);
    replies(2, "rule", NULL);
    replies(2, "flow", NULL);
    replies(2, "silent", NULL);
    at_ms(1, DAY_MS - 1);
    replies(3, "rephrase", NULL);
    at_ms(2, 0);
    replies(3, "handoff", NULL);
    number_is(LIVE_ASKED, 3, 1, 1, 5);
    number_is(LIVE_ANSWERED, 2, 0, 0, 2);
    number_is(LIVE_OFFERED, 1, 0, 0, 1);
    number_is(LIVE_REPHRASED, 0, 1, 0, 1);
    number_is(LIVE_PASSED_ON, 0, 0, 1, 1);
    rows_are("asked", -1, "", "", 5);
    rows_are("answered", 0, "", "price", 2);
    rows_are("answered", 0, "", "other", 0);
    rows_are("offered", 0, "", "", 1);
    rows_are("rephrased", 1, "", "", 1);
    rows_are("passed_on", 2, "", "", 1);
    rows_are("passed_on", 1, "", "", 0);
}

static void contained_is_what_ended_without_a_ticket(void **state)
{
    (void)state;
    replies(1, "answer", "price"); /* quiet since */
    replies(2, "answer", "price");
    leaves(2); /* closed */
    replies(3, "answer", "price");
    asked_now(store, 3, TICKET_WAITING, "shop", "it");
    leaves(3); /* closed with a ticket */
    at_ms(2, DAY_MS - 1);
    replies(4, "answer", "price"); /* still going on */
    number_is(LIVE_CONVERSATIONS, 3, 0, 1, 4);
    number_is(LIVE_CONTAINED, 2, 0, 0, 2);
    rows_are("conversations", -1, "", "", 4);
    rows_are("contained", 0, "", "", 2);
    rows_are("contained", 2, "", "", 0);
}

static void tickets_count_by_how_they_began_on_the_day_they_were_made(void **state)
{
    (void)state;
    int64_t first = asked_now(store, 1, TICKET_WAITING, "shop", "it");
    asked_now(store, 2, TICKET_MESSAGE, "shop", "it");
    asked_now(store, 3, TICKET_CALLBACK, "repairs", "it");
    at_ms(1, 5);
    asked_now(store, 4, TICKET_WAITING, "repairs", "it");
    moves(first, TICKET_WAITING, TICKET_PARKED, -1, "visitor_gone");
    number_is(LIVE_HANDED_OVER, 1, 1, 0, 2);
    number_is(LIVE_MESSAGES, 1, 0, 0, 1);
    number_is(LIVE_CALLBACKS, 1, 0, 0, 1);
    department_is("repairs", LIVE_HANDED_OVER, 1);
    department_is("shop", LIVE_MESSAGES, 1);
    department_is("shop", LIVE_CALLBACKS, 0);
    rows_are("handed_over", 1, "repairs", "", 1);
    rows_are("handed_over", 1, "shop", "", 0);
    rows_are("messages", 0, "", "", 1);
    rows_are("callbacks", 0, "", "", 1);
}

static void abandoned_is_gone_before_a_person_came(void **state)
{
    (void)state;
    asked_now(store, 1, TICKET_WAITING, "shop", "it");
    leaves(1); /* left */
    int64_t night = asked_now(store, 2, TICKET_WAITING, "shop", "it");
    moves(night, TICKET_WAITING, TICKET_PARKED, 0, "visitor_gone");
    moves(night, TICKET_PARKED, TICKET_MESSAGE, 0, "night"); /* parked until closing time */
    asked_now(store, 3, TICKET_WAITING, "shop", "it");
    taken();
    leaves(3); /* a person had come */
    int64_t asks = asked_now(store, 4, TICKET_WAITING, "shop", "it");
    struct store_turn *t = asked(4, TICKET_MESSAGE, "shop", "it"); /* leaves a message instead */
    run_for(store, t, STORE_OK);
    assert_int_equal(t->ret_ticket, asks);
    store_job_free(&t->job);
    asked_now(store, 5, TICKET_WAITING, "shop", "it"); /* still waits */
    at_ms(1, 0);
    moves(night, TICKET_MESSAGE, TICKET_CLOSED, anna, "closed"); /* answered next morning: it stays abandoned */
    number_is(LIVE_ABANDONED, 2, 0, 0, 2);
    department_is("shop", LIVE_ABANDONED, 2);
    rows_are("abandoned", 0, "shop", "", 2);
    number_is(LIVE_JOINED, 1, 0, 0, 1);
}

static void waited_is_from_hand_off_to_the_first_person_without_being_parked(void **state)
{
    (void)state;
    static const int64_t waits[] = {1000, 2000, 3000, 4000, 50000, 6000, 7000, 8000, 9000, 10000};
    for (int i = 0; i < 10; i++) {
        at_ms(0, i * 60000);
        asked_now(store, i + 1, TICKET_WAITING, "shop", "it");
        test_clock.manual_ms += waits[i];
        taken();
    }
    /* sorted: 1 2 3 4 6 7 8 9 10 50: the fifth of ten, and the ninth */
    number_is(LIVE_WAITED_MEDIAN, 6000, -1, -1, 6000);
    number_is(LIVE_WAITED_P90, 10000, -1, -1, 10000);
    at_ms(1, 0);
    int64_t parked = asked_now(store, 20, TICKET_WAITING, "repairs", "it");
    test_clock.manual_ms += 3000;
    moves(parked, TICKET_WAITING, TICKET_PARKED, 0, "visitor_gone");
    test_clock.manual_ms += 100000;
    moves(parked, TICKET_PARKED, TICKET_WAITING, 0, "visitor_back");
    test_clock.manual_ms += 4000;
    taken();
    test_clock.manual_ms += 1000;
    moves(parked, TICKET_CLAIMED, TICKET_WAITING, 0, "lease_lost");
    test_clock.manual_ms += 90000;
    taken(); /* the second person does not count */
    number_is(LIVE_WAITED_MEDIAN, 6000, 7000, -1, 7000);
    department_is("repairs", LIVE_WAITED_P90, 7000);
    department_is("shop", LIVE_WAITED_MEDIAN, 6000);
    number_is(LIVE_JOINED, 10, 1, 0, 11);
    rows_are("joined", 1, "", "", 1);
}

static void the_first_range_that_was_told_is_held_against_the_truth(void **state)
{
    (void)state;
    int64_t early = asked_now(store, 1, TICKET_WAITING, "shop", "it");
    told(early, 4, 7);
    test_clock.manual_ms += 1000;
    told(early, 1, 2); /* only the first counts */
    test_clock.manual_ms += 5 * 60000 - 1000;
    taken();
    at_ms(0, 500000);
    int64_t late = asked_now(store, 2, TICKET_WAITING, "shop", "it");
    told(late, 2, 3);
    test_clock.manual_ms += 3 * 60000 + 1;
    taken();
    at_ms(0, 800000);
    int64_t exact = asked_now(store, 3, TICKET_WAITING, "shop", "it");
    told(exact, 0, 2);
    test_clock.manual_ms += 2 * 60000; /* at the high end is not above it */
    taken();
    int64_t untold = asked_now(store, 4, TICKET_WAITING, "shop", "it");
    taken();
    told(untold, 1, 2);                                            /* too late: a person is there */
    told(asked_now(store, 5, TICKET_WAITING, "shop", "it"), 1, 2); /* still waits */
    number_is(LIVE_TOLD, 3, 0, 0, 3);
    number_is(LIVE_TOLD_LOW, 2, -1, -1, 2);
    number_is(LIVE_TOLD_HIGH, 4, -1, -1, 4);
    number_is(LIVE_TOLD_WAITED, (300000 + 180001 + 120000) / 3.0, -1, -1, (300000 + 180001 + 120000) / 3.0);
    number_is(LIVE_TOLD_OVER, 1, 0, 0, 1);
    rows_are("told", 0, "", "", 3);
    rows_are("told_over", 0, "shop", "", 1);
}

static void handling_is_how_long_the_person_who_closed_it_had_it(void **state)
{
    (void)state;
    for (int i = 1; i <= 2; i++) {
        int64_t ticket = asked_now(store, i, TICKET_WAITING, "shop", "it");
        taken();
        test_clock.manual_ms += i * 10000;
        moves(ticket, TICKET_CLAIMED, TICKET_CLOSED, -1, "solved");
    }
    number_is(LIVE_HANDLED, 2, 0, 0, 2);
    number_is(LIVE_HANDLING, 15000, -1, -1, 15000);
    rows_are("handled", 0, "", "", 2);
}

static void satisfaction_is_the_mean_of_what_was_given(void **state)
{
    (void)state;
    for (int i = 1; i <= 2; i++) {
        asked_now(store, i, TICKET_WAITING, i == 1 ? "shop" : "repairs", "it");
        taken();
        leaves(i);
        struct store_satisfy *s = NEW_JOB(store_satisfy);
        token_of(i, s->token_hash);
        s->value = i == 1 ? 5 : 2;
        s->text = "fine";
        run_for(store, s, STORE_OK);
        store_job_free(&s->job);
    }
    number_is(LIVE_RATED, 2, 0, 0, 2);
    number_is(LIVE_SATISFACTION, 3.5, -1, -1, 3.5);
    department_is("shop", LIVE_SATISFACTION, 5);
    rows_are("rated", 0, "repairs", "", 1);
    rows_are("rated", -1, "", "", 2);
}

static void entries_have_answers_thumbs_and_those_handed_over_after(void **state)
{
    (void)state;
    int64_t one = replies(1, "answer", "price"), two = replies(2, "answer", "price");
    replies(3, "answer", "hours");
    thumb(one, 2, 1);
    thumb(two, 2, -1);
    asked_now(store, 2, TICKET_WAITING, "shop", "it");
    replies(4, "answer", "price");
    replies(4, "answer", "hours"); /* the last one counts */
    asked_now(store, 4, TICKET_WAITING, "shop", "it");
    struct store_live *j = live();
    assert_int_equal(j->entry_count, 2);
    assert_string_equal(j->entries[0].entry, "price");
    assert_int_equal(j->entries[0].answered, 3);
    assert_int_equal(j->entries[0].thumbs_up, 1);
    assert_int_equal(j->entries[0].thumbs_down, 1);
    assert_int_equal(j->entries[0].handed_after, 1);
    assert_int_equal(j->entries[1].answered, 2);
    assert_int_equal(j->entries[1].handed_after, 1);
    store_job_free(&j->job);
    rows_are("thumbs_up", -1, "", "price", 1);
    rows_are("thumbs_down", 0, "", "price", 1);
    rows_are("thumbs_down", 0, "", "hours", 0);
    rows_are("handed_after", -1, "", "hours", 1);
}

static void the_queue_is_told_by_department(void **state)
{
    (void)state;
    int64_t a = asked_now(store, 1, TICKET_WAITING, "shop", "it");
    test_clock.manual_ms += 30000;
    asked_now(store, 2, TICKET_WAITING, "shop", "it");
    asked_now(store, 3, TICKET_CALLBACK, "shop", "it");
    asked_now(store, 4, TICKET_MESSAGE, "shop", "it");
    int64_t parked = asked_now(store, 5, TICKET_WAITING, "shop", "it");
    moves(parked, TICKET_WAITING, TICKET_PARKED, 0, "visitor_gone");
    asked_now(store, 6, TICKET_WAITING, "repairs", "it");
    struct store_live_queue *q = NEW_JOB(store_live_queue);
    reader_run(reader, &q->job);
    assert_int_equal(q->count, 2);
    assert_string_equal(q->rows[1].department, "shop");
    assert_int_equal(q->rows[1].waiting, 2);
    assert_int_equal(q->rows[1].longest_ms, 30000);
    assert_int_equal(q->rows[1].callbacks, 1);
    assert_int_equal(q->rows[1].messages, 1);
    assert_int_equal(q->rows[1].parked, 1);
    assert_int_equal(q->rows[1].with_agents, 0);
    assert_int_equal(q->rows[1].overdue, 0);
    store_job_free(&q->job);
    taken();
    rows_are("waiting", -1, "shop", "", 1);
    rows_are("with_agents", -1, "shop", "", 1);
    rows_are("open_callbacks", -1, "", "", 1);
    rows_are("open_messages", -1, "", "", 1);
    rows_are("parked", -1, "", "", 1);
    rows_are("overdue", -1, "", "", 0);
    assert_int_equal(a, 1001);
}

static void rows_come_in_pages_and_what_is_unknown_is_refused(void **state)
{
    (void)state;
    for (int i = 1; i <= 5; i++)
        asked_now(store, i, TICKET_WAITING, "shop", "it");
    struct store_live_rows *j = NEW_JOB(store_live_rows);
    j->what = "handed_over";
    j->to_ms = INT64_MAX;
    j->limit = 3;
    reader_run(reader, &j->job);
    assert_int_equal(j->count, 3);
    assert_true(j->ret_more);
    assert_int_equal(j->things[2].ticket, 1003);
    assert_string_equal(j->things[0].text, "where is my order");
    j->before = j->things[2].id;
    j->count = 0;
    j->ret_more = false;
    reader_run(reader, &j->job);
    assert_int_equal(j->count, 2);
    assert_false(j->ret_more);
    j->what = "everything";
    reader_run(reader, &j->job);
    assert_int_equal(j->job.result, STORE_REFUSED);
    store_job_free(&j->job);
    struct store_live *l = NEW_JOB(store_live);
    reader_run(reader, &l->job);
    assert_int_equal(l->job.result, STORE_REFUSED); /* no days */
    store_job_free(&l->job);
    /* Every name of rows can be asked for, on an empty day too. */
    for (size_t i = 0; live_rows_name(i) != NULL; i++) {
        j = NEW_JOB(store_live_rows);
        j->what = live_rows_name(i);
        j->entry = "none";
        j->from_ms = 1;
        j->to_ms = 2;
        reader_run(reader, &j->job);
        assert_int_equal(j->job.result, STORE_OK);
        store_job_free(&j->job);
    }
}

/* docs/numbers.md has a heading "### `name`" for every number and every name of rows, and for nothing else. */
static void the_page_defines_the_numbers_that_there_are(void **state)
{
    (void)state;
    size_t size, headings = 0, expected = 0;
    char *page = file_read("docs/numbers.md", 1 << 20, &size);
    assert_non_null(page);
    for (const char *at = page; (at = strstr(at, "\n### `")) != NULL; at++)
        headings++;
    for (size_t i = 0; i < LIVE_NUMBERS; i++, expected++) {
        char heading[80];
        snprintf(heading, sizeof heading, "\n### `%s`\n", live_numbers[i].name);
        if (strstr(page, heading) == NULL)
            print_error("docs/numbers.md does not define %s\n", live_numbers[i].name);
        assert_non_null(strstr(page, heading));
    }
    for (size_t i = 0; live_rows_name(i) != NULL; i++) {
        char heading[80];
        bool number = false;
        for (size_t n = 0; n < LIVE_NUMBERS; n++)
            number = number || strcmp(live_numbers[n].name, live_rows_name(i)) == 0;
        if (number)
            continue;
        expected++;
        snprintf(heading, sizeof heading, "\n### `%s`\n", live_rows_name(i));
        if (strstr(page, heading) == NULL)
            print_error("docs/numbers.md does not define %s\n", live_rows_name(i));
        assert_non_null(strstr(page, heading));
    }
    assert_int_equal(headings, expected);
    free(page);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_both, close_both)
int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(replies_are_told_apart_and_rules_and_forms_are_no_questions),
        TEST(contained_is_what_ended_without_a_ticket),
        TEST(tickets_count_by_how_they_began_on_the_day_they_were_made),
        TEST(abandoned_is_gone_before_a_person_came),
        TEST(waited_is_from_hand_off_to_the_first_person_without_being_parked),
        TEST(the_first_range_that_was_told_is_held_against_the_truth),
        TEST(handling_is_how_long_the_person_who_closed_it_had_it),
        TEST(satisfaction_is_the_mean_of_what_was_given),
        TEST(entries_have_answers_thumbs_and_those_handed_over_after),
        TEST(the_queue_is_told_by_department),
        TEST(rows_come_in_pages_and_what_is_unknown_is_refused),
        TEST(the_page_defines_the_numbers_that_there_are),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
