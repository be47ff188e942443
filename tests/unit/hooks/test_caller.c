/* Webhooks under way: tried again where that is safe, within their time, and ended without a word. */
#include "hooks/caller.h"
#include "unit/hooks/peer.h"

#include "base/log.h"

#include <stdio.h>

static const char good[] = "HTTP/1.1 200 OK\r\nContent-Length: 18\r\n\r\n{\"stato\":\"pronto\"}";
static const char bad[] = "HTTP/1.1 500 Oh\r\nContent-Length: 0\r\n\r\n";

struct bench {
    struct clock clock;
    struct fetcher *fetcher;
    struct caller *caller;
    struct settings settings;
    struct webhook webhook;
    const char *host;
    char url[64], listed[32];
    int pipe[2]; /* a byte for each wake */
    int wakes_in, wake_ms;
    const char *secret;
    uint64_t number;
    int called;
    bool ok;
    char value[64];
};

static void wake(void *context)
{
    (void)!write(((struct bench *)context)->pipe[1], "x", 1);
}

static void wake_in(void *context, int ms)
{
    struct bench *b = context;
    b->wakes_in++;
    b->wake_ms = ms;
}

static const char *secret(void *context, const char *name, struct arena *arena)
{
    const struct bench *b = context;
    assert_string_equal(name, "nome");
    return b->secret != NULL ? arena_strdup(arena, b->secret) : NULL;
}

static void called(void *context, uint64_t number, bool ok, const struct variable *values, size_t count)
{
    struct bench *b = context;
    b->called++;
    b->number = number;
    b->ok = ok;
    b->value[0] = '\0';
    if (count > 0)
        snprintf(b->value, sizeof b->value, "%s=%s", values[0].name, values[0].value);
}

static void set_up(struct bench *b, int port)
{
    *b = (struct bench){.clock = clock_manual(1000), .fetcher = fetcher_new(), .secret = "sedici-byte-almeno"};
    log_set_level(LOG_LEVEL_ERROR);
    assert_int_equal(pipe(b->pipe), 0);
    snprintf(b->url, sizeof b->url, "http://127.0.0.1:%d/x", port);
    snprintf(b->listed, sizeof b->listed, "127.0.0.1:%d", port);
    b->host = b->listed;
    b->webhook = (struct webhook){.name = "ordini", .url = b->url, .secret = "nome", .timeout_ms = 3000};
    b->settings.webhooks = &b->webhook;
    b->settings.webhook_count = 1;
    b->settings.webhook_hosts.items = &b->host;
    b->settings.webhook_hosts.count = 1;
    b->caller = caller_new(&(struct caller_config){.clock = &b->clock,
                                                   .fetcher = b->fetcher,
                                                   .context = b,
                                                   .wake = wake,
                                                   .wake_in = wake_in,
                                                   .secret = secret,
                                                   .called = called});
    assert_non_null(b->caller);
}

static void tear_down(struct bench *b)
{
    fetcher_stop(b->fetcher);
    caller_free(b->caller);
    fetcher_free(b->fetcher);
    close(b->pipe[0]);
    close(b->pipe[1]);
}

/* Waits for the fetcher's thread, then pumps. */
static void pump(struct bench *b)
{
    char byte;
    assert_int_equal(read(b->pipe[0], &byte, 1), 1);
    caller_pump(b->caller);
}

static int begin(struct bench *b, uint64_t number, bool safe, int timeout_ms)
{
    const struct hall_call call = {.number = number,
                                   .id = "call_1",
                                   .webhook = "ordini",
                                   .intent = "stato",
                                   .lang = "it",
                                   .at_seconds = 1800000000,
                                   .timeout_ms = timeout_ms,
                                   .safe = safe};
    return caller_begin(b->caller, &b->settings, &call);
}

static void expect_metrics(struct bench *b, const char *line)
{
    struct buf out;
    buf_init(&out, 4096);
    caller_metrics(b->caller, &out);
    if (strstr(out.data, line) == NULL)
        fail_msg("%s is not in\n%s", line, out.data);
    buf_free(&out);
}

static void an_answer_comes_once_with_its_values(void **state)
{
    (void)state;
    struct peer p = {0};
    struct bench b;
    peer_start(&p, good);
    set_up(&b, p.port);
    assert_int_equal(begin(&b, 7, false, 0), 0);
    assert_int_equal(b.called, 0);
    pump(&b);
    assert_int_equal(b.called, 1);
    assert_int_equal(b.number, 7);
    assert_true(b.ok);
    assert_string_equal(b.value, "stato=pronto");
    expect_metrics(&b, "sportello_webhooks_total{result=\"good\"} 1\n");
    expect_metrics(&b, "sportello_webhooks_open 0\n");
    tear_down(&b);
    peer_stop(&p);
}

static void what_is_safe_is_tried_again_after_a_pause_with_the_same_id(void **state)
{
    (void)state;
    static const char *const script[] = {bad, bad, good};
    struct peer p = {.script = script, .script_size = 3};
    struct bench b;
    peer_start(&p, bad);
    set_up(&b, p.port);
    assert_int_equal(begin(&b, 7, true, 0), 0);
    pump(&b);
    assert_int_equal(b.called, 0);
    assert_int_equal(b.wake_ms, 250);
    caller_pump(b.caller); /* too early */
    expect_metrics(&b, "sportello_webhook_tries_total 1\n");
    b.clock.manual_ms += 250;
    caller_pump(b.caller);
    expect_metrics(&b, "sportello_webhook_tries_total 2\n");
    pump(&b);
    assert_int_equal(b.wake_ms, 500);
    b.clock.manual_ms += 500;
    caller_pump(b.caller);
    pump(&b);
    assert_int_equal(b.called, 1);
    assert_true(b.ok);
    assert_int_equal(p.heard_count, 3);
    assert_non_null(strstr(p.heard, "webhook-id: call_1\r\n"));
    tear_down(&b);
    peer_stop(&p);
}

static void three_tries_are_enough(void **state)
{
    (void)state;
    struct peer p = {0};
    struct bench b;
    peer_start(&p, bad);
    set_up(&b, p.port);
    assert_int_equal(begin(&b, 7, true, 15000), 0);
    for (int i = 0; i < 3; i++) {
        pump(&b);
        b.clock.manual_ms += 1000;
        caller_pump(b.caller);
    }
    assert_int_equal(b.called, 1);
    assert_false(b.ok);
    assert_int_equal(p.heard_count, 3);
    tear_down(&b);
    peer_stop(&p);
}

static void what_is_not_safe_is_not_tried_again(void **state)
{
    (void)state;
    struct peer p = {0};
    struct bench b;
    peer_start(&p, bad);
    set_up(&b, p.port);
    assert_int_equal(begin(&b, 7, false, 0), 0);
    pump(&b);
    assert_int_equal(b.called, 1);
    assert_false(b.ok);
    assert_int_equal(b.wakes_in, 0);
    tear_down(&b);
    peer_stop(&p);
}

static void its_time_holds_for_all_tries(void **state)
{
    (void)state;
    struct peer p = {0};
    struct bench b;
    peer_start(&p, bad);
    set_up(&b, p.port);
    assert_int_equal(begin(&b, 7, true, 600), 0);
    pump(&b);
    b.clock.manual_ms += 250;
    caller_pump(b.caller);
    pump(&b); /* 500 ms more would be past its 600 */
    assert_int_equal(b.called, 1);
    assert_false(b.ok);
    assert_int_equal(p.heard_count, 2);
    tear_down(&b);
    peer_stop(&p);
}

static void a_silent_service_is_late(void **state)
{
    (void)state;
    struct peer p = {0};
    struct bench b;
    peer_start(&p, "");
    set_up(&b, p.port);
    assert_int_equal(begin(&b, 7, false, 100), 0);
    pump(&b);
    assert_int_equal(b.called, 1);
    assert_false(b.ok);
    tear_down(&b);
    peer_stop(&p);
}

static void one_that_is_ended_says_nothing_and_counts_for_nothing(void **state)
{
    (void)state;
    static const char *const script[] = {bad, ""};
    struct peer p = {.script = script, .script_size = 2};
    struct bench b;
    peer_start(&p, bad);
    set_up(&b, p.port);
    assert_int_equal(begin(&b, 7, true, 0), 0);
    pump(&b);
    caller_end(b.caller, 7); /* between two tries */
    expect_metrics(&b, "sportello_webhooks_open 0\n");
    b.clock.manual_ms += 1000;
    caller_pump(b.caller);
    assert_int_equal(begin(&b, 8, true, 0), 0);
    caller_end(b.caller, 8); /* during one */
    caller_end(b.caller, 8);
    caller_end(b.caller, 99);
    pump(&b);
    assert_int_equal(b.called, 0);
    expect_metrics(&b, "sportello_webhooks_open 0\n");
    expect_metrics(&b, "sportello_webhooks_total{result=\"failed\"} 0\n");
    tear_down(&b);
    peer_stop(&p);
}

static void what_cannot_be_called_is_refused_at_once(void **state)
{
    (void)state;
    struct bench b;
    set_up(&b, 9);
    b.secret = NULL;
    assert_int_equal(begin(&b, 1, true, 0), -1);
    b.secret = "short";
    assert_int_equal(begin(&b, 2, true, 0), -1);
    b.secret = "sedici-byte-almeno";
    b.settings.webhook_count = 0;
    assert_int_equal(begin(&b, 3, true, 0), -1);
    assert_int_equal(b.called, 0);
    expect_metrics(&b, "sportello_webhooks_total{result=\"failed\"} 3\n");
    expect_metrics(&b, "sportello_webhooks_open 0\n");
    tear_down(&b);
}

static void there_are_so_many_at_a_time(void **state)
{
    (void)state;
    struct peer p = {0};
    struct bench b;
    peer_start(&p, "");
    set_up(&b, p.port);
    for (uint64_t i = 1; i <= CALLER_MOST; i++)
        assert_int_equal(begin(&b, i, false, 15000), 0);
    assert_int_equal(begin(&b, CALLER_MOST + 1, false, 15000), -1);
    tear_down(&b); /* all of them come back cancelled, and nobody is told */
    assert_int_equal(b.called, 0);
    peer_stop(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_answer_comes_once_with_its_values),
        cmocka_unit_test(what_is_safe_is_tried_again_after_a_pause_with_the_same_id),
        cmocka_unit_test(three_tries_are_enough),
        cmocka_unit_test(what_is_not_safe_is_not_tried_again),
        cmocka_unit_test(its_time_holds_for_all_tries),
        cmocka_unit_test(a_silent_service_is_late),
        cmocka_unit_test(one_that_is_ended_says_nothing_and_counts_for_nothing),
        cmocka_unit_test(what_cannot_be_called_is_refused_at_once),
        cmocka_unit_test(there_are_so_many_at_a_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
