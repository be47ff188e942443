/* Deliveries: one row for one thing, made with the cursor's move or not at all; due ones come oldest first. */
#include "unit/store/fixture.h"

#include "store/delivery.h"

static void consumers(const char *const *names, size_t count)
{
    struct store_consumers *j = NEW_JOB(store_consumers);
    j->names = names;
    j->count = count;
    run_for(store, j, STORE_OK);
    store_job_free(&j->job);
}

static struct store_steps *steps(const char *consumer, enum store_result expected)
{
    struct store_steps *j = NEW_JOB(store_steps);
    j->consumer = consumer;
    j->limit = STEPS_MAX;
    j->with_said = true;
    run_for(store, j, expected);
    return j;
}

static enum store_result post(const char *consumer, int64_t from, int64_t to, const char *ref, int64_t delay)
{
    struct store_post *j = NEW_JOB(store_post);
    const struct delivery_new d = {
        .kind = "hook", .target = "crm", .ref = ref, .body = "b", .body_size = 1, .delay_ms = delay};
    j->consumer = consumer;
    j->from = from;
    j->to = to;
    j->deliveries = &d;
    j->count = 1;
    store_run(store, &j->job);
    enum store_result result = j->job.result;
    store_job_free(&j->job);
    return result;
}

static size_t due(const char **ret_ref, int64_t *ret_next)
{
    static char ref[64];
    struct store_due *j = NEW_JOB(store_due);
    run_for(store, j, STORE_OK);
    size_t count = j->count;
    snprintf(ref, sizeof ref, "%s", count > 0 ? j->rows[0].ref : "");
    *ret_ref = ref;
    *ret_next = j->ret_next_ms;
    store_job_free(&j->job);
    return count;
}

static void a_cursor_moves_with_what_is_made_and_only_from_where_it_is(void **state)
{
    (void)state;
    const char *const names[] = {"a"};
    consumers(names, 1);
    asked_now(store, 1, TICKET_WAITING, "team", "it");
    struct store_steps *s = steps("a", STORE_OK);
    assert_int_equal(s->count, 1);
    assert_string_equal(s->steps[0].cause, "made");
    assert_int_equal(s->steps[0].ticket.id, 1001);
    int64_t from = s->ret_from, to = s->steps[0].id;
    store_job_free(&s->job);
    assert_int_equal(post("a", from + 5, to, "1", 0), STORE_REFUSED);
    assert_int_equal(post("a", from, to, "1", 0), STORE_OK);
    assert_int_equal(post("a", from, to, "2", 0), STORE_REFUSED);
    s = steps("a", STORE_OK);
    assert_int_equal(s->count, 0);
    store_job_free(&s->job);
    consumers(NULL, 0);
    store_job_free(&steps("a", STORE_MISSING)->job);
}

static void the_same_thing_is_one_row(void **state)
{
    (void)state;
    assert_int_equal(post(NULL, 0, 0, "1", 0), STORE_OK);
    assert_int_equal(post(NULL, 0, 0, "1", 0), STORE_OK);
    struct store_deliveries *j = NEW_JOB(store_deliveries);
    j->limit = 10;
    run_for(store, j, STORE_OK);
    assert_int_equal(j->count, 1);
    assert_int_equal(strlen(j->rows[0].uid), 36);
    store_job_free(&j->job);
}

static void due_ones_come_oldest_first_and_late_ones_say_when(void **state)
{
    (void)state;
    const char *ref;
    int64_t next;
    assert_int_equal(due(&ref, &next), 0);
    assert_int_equal(next, 0);
    post(NULL, 0, 0, "later", 5000);
    post(NULL, 0, 0, "now", 0);
    post(NULL, 0, 0, "now too", 0);
    assert_int_equal(due(&ref, &next), 1);
    assert_string_equal(ref, "now");
    assert_int_equal(next, test_clock.manual_ms + 5000);
    /* A clock that was set back by more than any pause: what it put off is due. */
    test_clock.manual_ms -= 1000 * INT64_C(86400000);
    assert_int_equal(due(&ref, &next), 1);
    test_clock.manual_ms = 1000000;
}

static void what_is_over_a_ceiling_is_refused(void **state)
{
    (void)state;
    static char large[DELIVERY_BODY_BYTES + 1];
    const struct delivery_new rows[] = {
        {.kind = "", .target = "t", .ref = "r", .body = "b", .body_size = 1},
        {.kind = "k", .target = "", .ref = "r", .body = "b", .body_size = 1},
        {.kind = "k", .target = "t", .ref = NULL, .body = "b", .body_size = 1},
        {.kind = "k", .target = "t", .ref = "r", .body = large, .body_size = sizeof large},
        {.kind = "k", .target = "t", .ref = "r", .body = "b", .body_size = 1, .delay_ms = -1},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct store_post *j = NEW_JOB(store_post);
        assert_false(delivery_fits(&rows[i]));
        j->deliveries = &rows[i];
        j->count = 1;
        run_for(store, j, STORE_REFUSED);
        store_job_free(&j->job);
    }
}

static void old_ones_are_forgotten(void **state)
{
    (void)state;
    post(NULL, 0, 0, "1", 0);
    struct store_delivered *d = NEW_JOB(store_delivered);
    d->id = 1;
    d->state = DELIVERY_SENT;
    run_for(store, d, STORE_OK);
    store_job_free(&d->job);
    d = NEW_JOB(store_delivered);
    d->id = 1;
    d->state = DELIVERY_DEAD;
    run_for(store, d, STORE_MISSING);
    store_job_free(&d->job);
    struct store_delivery_retry *r = NEW_JOB(store_delivery_retry);
    r->id = 1;
    run_for(store, r, STORE_REFUSED);
    store_job_free(&r->job);
    test_clock.manual_ms += (DELIVERY_SENT_DAYS + 1) * INT64_C(86400000);
    consumers(NULL, 0);
    struct store_deliveries *j = NEW_JOB(store_deliveries);
    j->id = 1;
    run_for(store, j, STORE_MISSING);
    store_job_free(&j->job);
    test_clock.manual_ms = 1000000;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_cursor_moves_with_what_is_made_and_only_from_where_it_is, setup, teardown),
        cmocka_unit_test_setup_teardown(the_same_thing_is_one_row, setup, teardown),
        cmocka_unit_test_setup_teardown(due_ones_come_oldest_first_and_late_ones_say_when, setup, teardown),
        cmocka_unit_test_setup_teardown(what_is_over_a_ceiling_is_refused, setup, teardown),
        cmocka_unit_test_setup_teardown(old_ones_are_forgotten, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
