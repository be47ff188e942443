/* Scrubbing: asked for once at the start and once for each who erased, put off when it fails, left to the next start
 * when the server ends. */
#include "unit/store/fixture.h"

#include "net/scrub.h"
#include "store/erase.h"

#include <time.h>

#define SECRET "quarzomirtillo"
enum { PUT_OFF_MS = 10000, PATIENCE_MS = 20000 };

static uint64_t erasures;

void hall_counts(const struct hall *h, struct hall_counts *ret)
{
    (void)h;
    *ret = (struct hall_counts){.erasures = erasures};
}

static struct server server;

static void nobody_waits(void *context)
{
    (void)context;
}

static int begin(void **state)
{
    static const struct worker_kind kinds[WORK_KINDS] = {
        [WORK_LONG] = {"a", 1, 1},  [WORK_PASSWORD] = {"b", 1, 1},       [WORK_REPORT] = {"c", 1, 1},
        [WORK_SPELL] = {"d", 1, 1}, [WORK_PASSWORD_KNOWN] = {"e", 1, 1}, [WORK_SCRUB] = {"f", 1, 1},
        [WORK_WIDGET] = {"g", 1, 1}};
    setup(state);
    erasures = 0;
    test_clock.manual_ms = 1000000;
    server = (struct server){.config = {.store = store, .clock = &test_clock, .data = folder}};
    server.workers = workers_new(kinds, WORK_KINDS, nobody_waits, NULL);
    assert_non_null(server.workers);
    return 0;
}

static int end(void **state)
{
    server.stopping = true;
    workers_free(server.workers);
    while (store_pump(store) > 0)
        continue;
    return teardown(state);
}

/* A tick, and what comes of it until nothing is under way. */
static void tick(void)
{
    struct timespec pause = {.tv_nsec = 1000000};
    scrub_tick(&server);
    for (int ms = 0; server.scrubbing; ms++) {
        assert_in_range(ms, 0, PATIENCE_MS);
        if (store_pump(store) + workers_pump(server.workers) == 0)
            nanosleep(&pause, NULL);
    }
}

static int64_t left_to_do(void)
{
    struct store_scrub *s = NEW_JOB(store_scrub);
    run_for(store, s, STORE_OK);
    int64_t left = s->ret_wanted - s->ret_done;
    store_job_free(&s->job);
    return left;
}

static void erase(void)
{
    struct store_turn *t = said(1, NULL, "{\"blocks\":[{\"type\":\"text\",\"text\":\"" SECRET "\"}]}");
    run_for(store, t, STORE_OK);
    store_job_free(&t->job);
    struct store_erase *e = NEW_JOB(store_erase);
    token_of(1, e->token_hash);
    run_for(store, e, STORE_OK);
    store_job_free(&e->job);
}

static bool log_has(const char *word)
{
    char path[512];
    size_t size;
    snprintf(path, sizeof path, "%s/sportello.db-wal", folder);
    char *bytes = file_read(path, (size_t)64 << 20, &size);
    bool found = bytes != NULL && memmem(bytes, size, word, strlen(word)) != NULL;
    free(bytes);
    return found;
}

static void what_an_earlier_run_left_is_done_at_the_start(void **state)
{
    (void)state;
    erase();
    assert_true(log_has(SECRET));
    assert_int_equal(left_to_do(), 1);
    tick();
    assert_int_equal(left_to_do(), 0);
    assert_false(log_has(SECRET));
}

static void each_who_erases_is_looked_after_once(void **state)
{
    (void)state;
    tick();
    erase();
    scrub_tick(&server);
    assert_false(server.scrubbing); /* the hall knows of nobody */
    erasures++;
    tick();
    assert_int_equal(left_to_do(), 0);
    scrub_tick(&server);
    assert_false(server.scrubbing);
}

static void who_erases_meanwhile_gets_another_turn(void **state)
{
    (void)state;
    erase();
    scrub_tick(&server); /* asks */
    erase();
    erasures++;
    scrub_tick(&server); /* not twice at once */
    tick();
    assert_int_equal(left_to_do(), 0);
    tick();
    assert_int_equal(left_to_do(), 0);
    assert_false(log_has(SECRET));
}

static void what_fails_is_tried_again_after_a_while(void **state)
{
    (void)state;
    erase();
    server.config.data = "/nonexistent";
    tick();
    assert_int_equal(left_to_do(), 1);
    server.config.data = folder;
    test_clock.manual_ms += PUT_OFF_MS - 1;
    scrub_tick(&server);
    assert_false(server.scrubbing);
    test_clock.manual_ms++;
    tick();
    assert_int_equal(left_to_do(), 0);
}

static void a_server_that_ends_leaves_it_to_the_next_start(void **state)
{
    (void)state;
    erase();
    scrub_tick(&server);
    assert_true(server.scrubbing);
    server.stopping = true;
    while (store_pump(store) > 0)
        continue;
    assert_false(server.scrubbing);
    scrub_tick(&server);
    assert_false(server.scrubbing);
    assert_int_equal(left_to_do(), 1);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)
int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(what_an_earlier_run_left_is_done_at_the_start),  TEST(each_who_erases_is_looked_after_once),
        TEST(who_erases_meanwhile_gets_another_turn),         TEST(what_fails_is_tried_again_after_a_while),
        TEST(a_server_that_ends_leaves_it_to_the_next_start),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
