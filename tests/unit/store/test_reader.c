/* A worker's own connection reads what is committed, writes nothing, and ends in time. */
#include "unit/store/fixture.h"

#include "store/live.h"
#include "store/reader.h"
#include "store/search.h"

static void it_sees_what_was_committed(void **state)
{
    (void)state;
    struct reader *r = reader_new(folder, &test_clock, 1000);
    struct store_live_queue *before = NEW_JOB(store_live_queue), *after = NEW_JOB(store_live_queue);
    reader_run(r, &before->job);
    assert_int_equal(before->job.result, STORE_OK);
    assert_int_equal(before->count, 0);
    asked_now(store, 1, TICKET_WAITING, "shop", "it");
    reader_run(r, &after->job);
    assert_int_equal(after->job.result, STORE_OK);
    assert_int_equal(after->count, 1);
    store_job_free(&before->job);
    store_job_free(&after->job);
    reader_free(r);
}

static void a_job_that_writes_is_refused(void **state)
{
    (void)state;
    struct reader *r = reader_new(folder, &test_clock, 1000);
    struct store_turn *t = said(1, NULL, "hello");
    reader_run(r, &t->job);
    assert_int_equal(t->job.result, STORE_REFUSED);
    store_job_free(&t->job);
    struct store_search_index *i = NEW_JOB(store_search_index);
    i->limit = 5;
    reader_run(r, &i->job);
    assert_int_equal(i->job.result, STORE_REFUSED);
    store_job_free(&i->job);
    reader_free(r);
}

/* The clock stands still, so a limit of nothing is passed at the first look at it. */
static void what_takes_too_long_is_broken_off_and_the_next_goes_on(void **state)
{
    (void)state;
    for (int i = 1; i <= 400; i++)
        asked_now(store, i, TICKET_WAITING, i % 2 ? "shop" : "repairs", "it");
    struct reader *r = reader_new(folder, &test_clock, 0);
    int64_t days[] = {0, INT64_MAX};
    struct store_live *live = NEW_JOB(store_live);
    live->days = days;
    live->day_count = 1;
    reader_run(r, &live->job);
    assert_int_equal(live->job.result, STORE_UNAVAILABLE);
    store_job_free(&live->job);
    reader_free(r);
    r = reader_new(folder, &test_clock, 1000);
    for (int i = 0; i < 2; i++) {
        live = NEW_JOB(store_live);
        live->days = days;
        live->day_count = 1;
        reader_run(r, &live->job);
        assert_int_equal(live->job.result, STORE_OK);
        assert_true(live->all.value[LIVE_HANDED_OVER] == 400);
        store_job_free(&live->job);
    }
    reader_free(r);
}

static void without_a_database_it_is_unavailable(void **state)
{
    (void)state;
    struct reader *r = reader_new("/nonexistent", &test_clock, 1000);
    struct store_live_queue *q = NEW_JOB(store_live_queue);
    reader_run(r, &q->job);
    assert_int_equal(q->job.result, STORE_UNAVAILABLE);
    store_job_free(&q->job);
    reader_free(r);
    reader_free(NULL);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(it_sees_what_was_committed),
        TEST(a_job_that_writes_is_refused),
        TEST(what_takes_too_long_is_broken_off_and_the_next_goes_on),
        TEST(without_a_database_it_is_unavailable),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
