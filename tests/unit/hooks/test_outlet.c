/* What goes out is lost by nothing and doubled by nothing: cursors, tries, pauses, lanes, the dead and the revived. */
#include "hooks/outlet.h"
#include "unit/store/help.h"

#include "base/log.h"

/* An outlet over a store without a thread, and a receiver that answers as it is told. */
struct bench {
    char folder[64];
    struct store *store;
    struct outlet *outlet;
    const char *refuses_state; /* steps to this state are none of the source's business */
    /* what was begun */
    int begun;
    int64_t ids[256];
    char uids[256][40], bodies[256][64];
    struct outlet_result answer; /* given at once by `begin` where at_once_ends */
    bool cannot_begin;
    int gives_up; /* what give_up returns */
    int given_up;
    int64_t given_up_id;
};

static void wake_in(void *context, int ms)
{
    (void)context;
    assert_true(ms >= 1);
}

static double chance(void *context)
{
    (void)context;
    return 0.5; /* the pauses as the table has them */
}

static int make(void *context, const struct outlet_source *source, const struct ticket_step *step, struct arena *arena,
                struct delivery_new ret[OUTLET_MAKE_MAX])
{
    const struct bench *b = context;
    if (b->refuses_state != NULL && strcmp(step->state, b->refuses_state) == 0)
        return 0;
    const char *body = arena_printf(arena, "%lld %s %s", (long long)step->ticket.id, step->state, step->cause);
    ret[0] = (struct delivery_new){.kind = "test",
                                   .target = source->name,
                                   .ref = arena_printf(arena, "step:%lld", (long long)step->id),
                                   .ticket = step->ticket.id,
                                   .body = body,
                                   .body_size = strlen(body)};
    return 1;
}

static int begin(void *context, const struct delivery *d, struct outlet_result *ret)
{
    struct bench *b = context;
    assert_true(b->begun < 256);
    b->ids[b->begun] = d->id;
    snprintf(b->uids[b->begun], sizeof b->uids[0], "%s", d->uid);
    snprintf(b->bodies[b->begun++], sizeof b->bodies[0], "%.*s", (int)d->body_size, d->body);
    if (!b->cannot_begin)
        return 0;
    *ret = b->answer;
    return -1;
}

static int give_up(void *context, const struct outlet_dead *dead)
{
    struct bench *b = context;
    if (b->gives_up == 0)
        return 0;
    assert_string_equal(dead->kind, "test");
    assert_string_equal(dead->why, "so it is");
    assert_true(dead->ref[0] != '\0' && dead->target[0] != '\0');
    b->given_up++;
    b->given_up_id = dead->id;
    return b->gives_up;
}

static void settle(struct bench *b)
{
    while (store_pump(b->store) > 0)
        continue;
}

static void stepped(void *context)
{
    struct bench *b = context;
    outlet_stepped(b->outlet);
}

static void open_outlet(struct bench *b)
{
    static const char *const names[] = {"a", "b"};
    struct outlet_source sources[2];
    b->store = scratch_store(b->folder);
    b->outlet = outlet_new(&(struct outlet_config){.clock = &test_clock,
                                                   .store = b->store,
                                                   .context = b,
                                                   .wake_in = wake_in,
                                                   .chance = chance,
                                                   .give_up = give_up});
    assert_non_null(b->outlet);
    outlet_add_kind(b->outlet, &(struct outlet_kind){.name = "test", .at_once = 2, .begin = begin, .context = b});
    for (size_t i = 0; i < 2; i++)
        sources[i] = (struct outlet_source){.name = names[i], .make = make, .context = b};
    store_on_steps(b->store, stepped, b);
    assert_int_equal(outlet_sources(b->outlet, sources, 2), 0);
    settle(b);
}

static void close_outlet(struct bench *b)
{
    store_close(b->store);
    outlet_free(b->outlet);
}

static int setup(void **state)
{
    struct bench *b = calloc(1, sizeof *b);
    log_set_level(LOG_LEVEL_ERROR);
    test_clock = clock_manual(1000000);
    snprintf(b->folder, sizeof b->folder, "%s", scratch_folder());
    open_outlet(b);
    *state = b;
    return 0;
}

static int teardown(void **state)
{
    struct bench *b = *state;
    close_outlet(b);
    scratch_remove(b->folder);
    free(b);
    return 0;
}

static void hand_off(struct bench *b, int visitor)
{
    struct store_turn *t = asked(visitor, TICKET_WAITING, "team", "it");
    t->job.done = store_job_free;
    assert_int_equal(store_submit(b->store, &t->job), 0);
    settle(b);
}

static void later(struct bench *b, int64_t ms)
{
    test_clock.manual_ms += ms;
    outlet_pump(b->outlet);
    settle(b);
}

static void end(struct bench *b, int at, enum outlet_end how, bool down)
{
    outlet_ended(b->outlet, b->ids[at], &(struct outlet_result){.end = how, .down = down, .why = "so it is"});
    settle(b);
}

static struct delivery row_of(struct bench *b, int64_t id)
{
    struct store_deliveries *j = NEW_JOB(store_deliveries);
    static char uid[64], error[400], answer[64];
    j->id = id;
    run_for(b->store, j, STORE_OK);
    struct delivery d = j->rows[0];
    snprintf(uid, sizeof uid, "%s", d.uid);
    snprintf(error, sizeof error, "%s", d.last_error);
    snprintf(answer, sizeof answer, "%s", d.answer);
    d.uid = uid;
    d.last_error = error;
    d.answer = answer;
    store_job_free(&j->job);
    return d;
}

static void each_source_is_told_of_each_step_once(void **state)
{
    struct bench *b = *state;
    hand_off(b, 1);
    assert_int_equal(b->begun, 2);
    assert_string_equal(b->bodies[0], "1001 waiting made");
    assert_string_not_equal(b->uids[0], b->uids[1]);
    outlet_stepped(b->outlet);
    settle(b);
    assert_int_equal(b->begun, 2);
    outlet_ended(b->outlet, b->ids[0], &(struct outlet_result){.end = OUTLET_SENT, .answer = "number 7"});
    settle(b);
    struct delivery d = row_of(b, b->ids[0]);
    assert_int_equal(d.state, DELIVERY_SENT);
    assert_string_equal(d.answer, "number 7");
    assert_int_equal(d.body_size, 0);
}

static void what_was_under_way_at_a_crash_goes_out_again_under_its_id(void **state)
{
    struct bench *b = *state;
    hand_off(b, 1);
    char uid[40];
    snprintf(uid, sizeof uid, "%s", b->uids[0]);
    int64_t id = b->ids[0];
    close_outlet(b);
    b->begun = 0;
    open_outlet(b);
    assert_int_equal(b->begun, 2);
    int at = b->ids[0] == id ? 0 : 1;
    assert_int_equal(b->ids[at], id);
    assert_string_equal(b->uids[at], uid);
}

static void steps_of_the_time_when_nobody_listened_are_told_after_the_start(void **state)
{
    struct bench *b = *state;
    close_outlet(b);
    b->store = scratch_store(b->folder);
    asked_now(b->store, 5, TICKET_WAITING, "team", "it");
    store_close(b->store);
    b->begun = 0;
    open_outlet(b);
    assert_int_equal(b->begun, 2);
}

static void a_new_source_begins_at_the_newest_step(void **state)
{
    struct bench *b = *state;
    b->refuses_state = "waiting";
    hand_off(b, 1);
    b->refuses_state = NULL;
    const struct outlet_source sources[] = {{.name = "c", .make = make, .context = b}};
    assert_int_equal(outlet_sources(b->outlet, sources, 1), 0);
    settle(b);
    assert_int_equal(b->begun, 0);
    hand_off(b, 2);
    assert_int_equal(b->begun, 1);
}

static void a_failure_is_tried_again_after_growing_pauses_until_it_is_dead(void **state)
{
    struct bench *b = *state;
    const struct outlet_source source = {.name = "a", .make = make, .context = b};
    assert_int_equal(outlet_sources(b->outlet, &source, 1), 0);
    settle(b);
    hand_off(b, 1);
    for (int i = 0; i < OUTLET_TRIES; i++) {
        assert_int_equal(b->begun, i + 1);
        assert_string_equal(b->uids[i], b->uids[0]);
        end(b, i, OUTLET_AGAIN, false);
        if (i == OUTLET_TRIES - 1)
            break;
        later(b, outlet_pauses_ms[i] - 1);
        assert_int_equal(b->begun, i + 1);
        later(b, 1);
    }
    struct delivery d = row_of(b, b->ids[0]);
    assert_int_equal(d.state, DELIVERY_DEAD);
    assert_int_equal(d.tries, OUTLET_TRIES);
    assert_string_equal(d.last_error, "so it is");
    later(b, 100 * 3600000);
    assert_int_equal(b->begun, OUTLET_TRIES);
    /* Revived by hand: from the beginning, under the same id. */
    struct store_delivery_retry *r = NEW_JOB(store_delivery_retry);
    run_for(b->store, r, STORE_OK);
    assert_int_equal(r->ret_count, 1);
    store_job_free(&r->job);
    outlet_look(b->outlet);
    settle(b);
    assert_int_equal(b->begun, OUTLET_TRIES + 1);
    assert_string_equal(b->uids[OUTLET_TRIES], b->uids[0]);
}

static void what_will_never_be_taken_is_dead_at_once(void **state)
{
    struct bench *b = *state;
    hand_off(b, 1);
    end(b, 0, OUTLET_DEAD, false);
    assert_int_equal(row_of(b, b->ids[0]).state, DELIVERY_DEAD);
    assert_int_equal(row_of(b, b->ids[1]).state, DELIVERY_WAITING);
}

static void the_end_of_a_dead_one_may_be_stored_by_who_tells_of_it(void **state)
{
    struct bench *b = *state;
    b->gives_up = 1;
    hand_off(b, 1);
    end(b, 0, OUTLET_DEAD, false);
    assert_int_equal(b->given_up, 1);
    assert_int_equal(b->given_up_id, b->ids[0]);
    /* It is theirs: nothing is stored, nothing is sent again. */
    later(b, 3600000);
    assert_int_equal(row_of(b, b->ids[0]).state, DELIVERY_WAITING);
    assert_int_equal(b->given_up, 1);
    assert_int_equal(b->begun, 2);
    /* They could not store it, and are asked again; then not now; then they can. */
    outlet_given_up(b->outlet, b->ids[0], false);
    b->gives_up = -1;
    later(b, 6000);
    assert_int_equal(b->given_up, 2);
    b->gives_up = 1;
    later(b, 6000);
    assert_int_equal(b->given_up, 3);
    struct store_delivered *j = NEW_JOB(store_delivered);
    j->id = b->ids[0];
    j->state = DELIVERY_DEAD;
    run_for(b->store, j, STORE_OK);
    store_job_free(&j->job);
    outlet_given_up(b->outlet, b->ids[0], true);
    outlet_given_up(b->outlet, b->ids[0], true);
    later(b, 3600000);
    assert_int_equal(b->given_up, 3);
    assert_int_equal(b->begun, 2);
}

static void a_receiver_may_ask_for_a_pause_within_limits(void **state)
{
    struct bench *b = *state;
    static const struct {
        int64_t asked, given;
    } rows[] = {{120000, 120000}, {1, OUTLET_WAIT_LEAST_MS}, {INT64_C(1) << 50, OUTLET_WAIT_MOST_MS}};
    hand_off(b, 1);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        int64_t now = test_clock.manual_ms;
        int at = b->begun - 1;
        outlet_ended(b->outlet, b->ids[at],
                     &(struct outlet_result){.end = OUTLET_AGAIN, .retry_after_ms = rows[i].asked, .why = "wait"});
        settle(b);
        assert_int_equal(row_of(b, b->ids[at]).next_ms, now + rows[i].given);
        later(b, rows[i].given);
        assert_int_equal(b->ids[b->begun - 1], b->ids[at]);
    }
}

static void a_receiver_that_is_down_is_left_alone_and_costs_no_tries(void **state)
{
    struct bench *b = *state;
    const struct outlet_source source = {.name = "a", .make = make, .context = b};
    assert_int_equal(outlet_sources(b->outlet, &source, 1), 0);
    settle(b);
    b->cannot_begin = true;
    b->answer = (struct outlet_result){.end = OUTLET_AGAIN, .down = true, .why = "it is down"};
    for (int i = 0; i < OUTLET_FAILURES + 3; i++)
        hand_off(b, 10 + i);
    assert_int_equal(b->begun, OUTLET_FAILURES);
    struct store_deliveries *j = NEW_JOB(store_deliveries);
    j->limit = 100;
    run_for(b->store, j, STORE_OK);
    assert_int_equal(j->count, OUTLET_FAILURES + 3);
    for (size_t i = 0; i < 3; i++)
        assert_int_equal(j->rows[i].tries, 0);
    store_job_free(&j->job);
    /* After the pause one is tried, and as it arrives the others follow. */
    b->cannot_begin = false;
    later(b, OUTLET_PAUSE_MS);
    assert_int_equal(b->begun, OUTLET_FAILURES + 1);
    for (int at = OUTLET_FAILURES; at < b->begun; at++) {
        end(b, at, OUTLET_SENT, false);
        later(b, 5000);
    }
    assert_int_equal(b->begun, 2 * OUTLET_FAILURES + 3);
}

static void no_more_than_may_go_at_once(void **state)
{
    struct bench *b = *state;
    const struct outlet_source source = {.name = "a", .make = make, .context = b};
    assert_int_equal(outlet_sources(b->outlet, &source, 1), 0);
    settle(b);
    for (int i = 0; i < 5; i++)
        hand_off(b, 20 + i);
    assert_int_equal(b->begun, 2 - 1); /* of one receiver the oldest is looked at; the next after it */
    end(b, 0, OUTLET_SENT, false);
    assert_int_equal(b->begun, 2);
    for (int at = 1; at < b->begun; at++)
        end(b, at, OUTLET_SENT, false);
    assert_int_equal(b->begun, 5);
}

static void what_nobody_can_send_is_dead_with_a_reason(void **state)
{
    struct bench *b = *state;
    struct store_post *p = NEW_JOB(store_post);
    const struct delivery_new d = {.kind = "pigeon", .target = "x", .ref = "1", .body = "b", .body_size = 1};
    p->deliveries = &d;
    p->count = 1;
    run_for(b->store, p, STORE_OK);
    store_job_free(&p->job);
    outlet_look(b->outlet);
    settle(b);
    struct store_deliveries *j = NEW_JOB(store_deliveries);
    j->limit = 1;
    run_for(b->store, j, STORE_OK);
    assert_int_equal(j->rows[0].state, DELIVERY_DEAD);
    assert_non_null(strstr(j->rows[0].last_error, "does not know"));
    store_job_free(&j->job);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(each_source_is_told_of_each_step_once, setup, teardown),
        cmocka_unit_test_setup_teardown(what_was_under_way_at_a_crash_goes_out_again_under_its_id, setup, teardown),
        cmocka_unit_test_setup_teardown(steps_of_the_time_when_nobody_listened_are_told_after_the_start, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(a_new_source_begins_at_the_newest_step, setup, teardown),
        cmocka_unit_test_setup_teardown(a_failure_is_tried_again_after_growing_pauses_until_it_is_dead, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(what_will_never_be_taken_is_dead_at_once, setup, teardown),
        cmocka_unit_test_setup_teardown(the_end_of_a_dead_one_may_be_stored_by_who_tells_of_it, setup, teardown),
        cmocka_unit_test_setup_teardown(a_receiver_may_ask_for_a_pause_within_limits, setup, teardown),
        cmocka_unit_test_setup_teardown(a_receiver_that_is_down_is_left_alone_and_costs_no_tries, setup, teardown),
        cmocka_unit_test_setup_teardown(no_more_than_may_go_at_once, setup, teardown),
        cmocka_unit_test_setup_teardown(what_nobody_can_send_is_dead_with_a_reason, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
