/* Who is pushed to and how often: addresses that are taken, those with a page open or away left alone, once a ticket.
 */
#include "hooks/pusher.h"
#include "store/push.h"
#include "unit/hooks/peer.h"
#include "unit/store/help.h"

#include "base/log.h"

static const char point[] = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4";
static const char auth[] = "BTBZMqHH6r4Tts7J_aSIgg";
static const char taken[] = "HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n";
static const char gone[] = "HTTP/1.1 410 Gone\r\nContent-Length: 0\r\n\r\n";

struct bench {
    char folder[64], endpoint[64], listed[32];
    const char *host;
    struct store *store;
    struct fetcher *fetcher;
    struct push_pair *pair;
    struct pusher *pusher;
    struct settings settings;
    int64_t here, user;
    int pipe[2]; /* a byte for each wake */
};

static void wake(void *context)
{
    (void)!write(((struct bench *)context)->pipe[1], "x", 1);
}

static bool here(void *context, int64_t user)
{
    return ((struct bench *)context)->here == user;
}

static void set_up(struct bench *b, int port)
{
    static const char *const languages[] = {"it"};
    static const struct department departments[] = {{.id = "negozio", .name.in = {"Negozio"}}};
    *b = (struct bench){.fetcher = fetcher_new(), .pair = push_pair_new()};
    log_set_level(LOG_LEVEL_ERROR);
    assert_int_equal(pipe(b->pipe), 0);
    snprintf(b->folder, sizeof b->folder, "%s", scratch_folder());
    b->store = scratch_store(b->folder);
    snprintf(b->listed, sizeof b->listed, "127.0.0.1:%d", port);
    snprintf(b->endpoint, sizeof b->endpoint, "http://127.0.0.1:%d/x", port);
    b->host = b->listed;
    b->settings = (struct settings){.public_url = "",
                                    .push_contact = "banco@olmo.example",
                                    .push_per_minute = 3,
                                    .languages = {(const char **)(uintptr_t)languages, 1},
                                    .departments = departments,
                                    .department_count = 1,
                                    .webhook_hosts = {&b->host, 1}};
    b->pusher = pusher_new(&(struct pusher_config){.clock = &test_clock,
                                                   .fetcher = b->fetcher,
                                                   .store = b->store,
                                                   .pair = b->pair,
                                                   .context = b,
                                                   .wake = wake,
                                                   .here = here});
    assert_non_null(b->pusher);
    pusher_settings(b->pusher, &b->settings);
}

static void tear_down(struct bench *b)
{
    fetcher_stop(b->fetcher);
    pusher_pump(b->pusher);
    store_close(b->store);
    pusher_free(b->pusher);
    push_pair_free(b->pair);
    fetcher_free(b->fetcher);
    scratch_remove(b->folder);
    close(b->pipe[0]);
    close(b->pipe[1]);
}

/* An agent with a login and a browser. */
static void subscribe(struct bench *b)
{
    struct store_session *s = NEW_JOB(store_session);
    struct store_push_add *j = NEW_JOB(store_push_add);
    b->user = user_now(b->store, "anna");
    s->act = SESSION_MAKE;
    token_of(1, s->token_hash);
    s->user_id = b->user;
    s->expires_ms = INT64_MAX;
    run_for(b->store, s, STORE_OK);
    token_of(1, j->session);
    j->row = (struct push_row){.endpoint = b->endpoint, .p256dh = point, .auth = auth, .lang = "it"};
    run_for(b->store, j, STORE_OK);
    store_job_free(&s->job);
    store_job_free(&j->job);
}

static void expect_metric(struct bench *b, const char *result, int count)
{
    char line[80];
    struct buf out;
    buf_init(&out, 4096);
    pusher_metrics(b->pusher, &out);
    snprintf(line, sizeof line, "sportello_pushes_total{result=\"%s\"} %d\n", result, count);
    if (strstr(out.data, line) == NULL)
        fail_msg("%s is not in\n%s", line, out.data);
    buf_free(&out);
}

/* Lets the store answer, and waits for the push that follows. */
static void arrive(struct bench *b)
{
    char byte;
    store_pump(b->store);
    assert_int_equal(read(b->pipe[0], &byte, 1), 1);
    pusher_pump(b->pusher);
    while (store_pump(b->store) > 0)
        continue;
}

static struct ticket ticket_of(int64_t id, int64_t owner)
{
    return (struct ticket){.id = id, .owner = owner, .department = "negozio", .lang = "it", .claimed_ms = 0};
}

static void a_ticket_is_told_once_each_time_it_waits(void **state)
{
    (void)state;
    struct peer p = {0};
    struct bench b;
    peer_start(&p, taken);
    set_up(&b, p.port);
    subscribe(&b);
    struct ticket t = ticket_of(1001, 0);
    pusher_waiting(b.pusher, &t);
    arrive(&b);
    expect_metric(&b, "sent", 1);
    assert_non_null(strstr(p.heard, "Topic: waiting-1001\r\n"));
    assert_non_null(strstr(p.heard, "TTL: 300\r\n"));
    assert_null(strstr(p.heard, "Negozio")); /* sealed */
    pusher_waiting(b.pusher, &t);
    assert_int_equal(store_pump(b.store), 0); /* no question, no push */
    t.claimed_ms = 5;                         /* it came back from an agent */
    pusher_waiting(b.pusher, &t);
    arrive(&b);
    expect_metric(&b, "sent", 2);
    tear_down(&b);
    peer_stop(&p);
}

static void who_is_here_or_away_is_not_told(void **state)
{
    (void)state;
    struct bench b;
    set_up(&b, 1);
    subscribe(&b);
    struct ticket t = ticket_of(1001, 0), own = ticket_of(1002, b.user);
    b.here = b.user;
    pusher_waiting(b.pusher, &t);
    store_pump(b.store);
    b.here = 0;
    pusher_presence(b.pusher, b.user, PRESENCE_AWAY);
    t.id = 1003;
    pusher_waiting(b.pusher, &t);
    pusher_said(b.pusher, &own);
    while (store_pump(b.store) > 0)
        continue;
    expect_metric(&b, "sent", 0);
    expect_metric(&b, "failed", 0);
    expect_metric(&b, "held", 0);
    tear_down(&b);
}

static void who_takes_no_more_is_told_of_own_chats_only(void **state)
{
    (void)state;
    struct peer p = {0};
    struct bench b;
    peer_start(&p, taken);
    set_up(&b, p.port);
    subscribe(&b);
    struct ticket t = ticket_of(1001, 0), own = ticket_of(1002, b.user);
    pusher_presence(b.pusher, b.user, PRESENCE_NO_MORE);
    pusher_waiting(b.pusher, &t);
    pusher_said(b.pusher, &own);
    arrive(&b);
    expect_metric(&b, "sent", 1);
    assert_non_null(strstr(p.heard, "Topic: message-1002\r\n"));
    pusher_said(b.pusher, &own); /* too soon */
    assert_int_equal(store_pump(b.store), 0);
    test_clock.manual_ms += PUSHER_AGAIN_MS;
    pusher_said(b.pusher, &own);
    arrive(&b);
    expect_metric(&b, "sent", 2);
    tear_down(&b);
    peer_stop(&p);
}

static void a_minute_has_so_many(void **state)
{
    (void)state;
    struct peer p = {0};
    struct bench b;
    peer_start(&p, taken);
    set_up(&b, p.port);
    subscribe(&b);
    for (int64_t id = 1; id <= 3; id++) {
        struct ticket t = ticket_of(id, 0);
        pusher_waiting(b.pusher, &t);
        arrive(&b);
    }
    struct ticket more = ticket_of(4, 0), later = ticket_of(5, 0);
    pusher_waiting(b.pusher, &more);
    store_pump(b.store);
    expect_metric(&b, "sent", 3);
    expect_metric(&b, "held", 1);
    test_clock.manual_ms += 60000;
    pusher_waiting(b.pusher, &later);
    arrive(&b);
    expect_metric(&b, "sent", 4);
    tear_down(&b);
    peer_stop(&p);
}

static void one_that_is_known_no_longer_is_forgotten(void **state)
{
    (void)state;
    struct peer p = {0};
    struct bench b;
    peer_start(&p, gone);
    set_up(&b, p.port);
    subscribe(&b);
    struct ticket t = ticket_of(1001, 0);
    pusher_waiting(b.pusher, &t);
    arrive(&b);
    expect_metric(&b, "gone", 1);
    struct store_push_list *j = NEW_JOB(store_push_list);
    j->user = b.user;
    run_for(b.store, j, STORE_OK);
    assert_int_equal(j->count, 0);
    store_job_free(&j->job);
    tear_down(&b);
    peer_stop(&p);
}

static void addresses_are_public_and_https_or_listed(void **state)
{
    (void)state;
    static const char *const good[] = {"https://push.example/x", "https://push.example:8443/x?y=z",
                                       "https://93.184.216.34/x", "https://[2606:4700::1]/x", "http://127.0.0.1:7/x"};
    static const char *const wrong[] = {"http://push.example/x",
                                        "https://127.0.0.1/x",
                                        "https://10.1.2.3/x",
                                        "https://[::1]/x",
                                        "https://[fd00::1]:1/x",
                                        "https://169.254.169.254/",
                                        "https://a@push.example/",
                                        "ftp://push.example/",
                                        "https://",
                                        "https:///x",
                                        "https://push.example/#x",
                                        "push.example",
                                        "https://[nonsense/x",
                                        "https://127.0.0.1:7@evil.example/",
                                        ""};
    struct bench b;
    set_up(&b, 7);
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        if (!pusher_accepts(b.pusher, good[i]))
            fail_msg("refused: %s", good[i]);
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        if (pusher_accepts(b.pusher, wrong[i]))
            fail_msg("taken: %s", wrong[i]);
    tear_down(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_ticket_is_told_once_each_time_it_waits),
        cmocka_unit_test(who_is_here_or_away_is_not_told),
        cmocka_unit_test(who_takes_no_more_is_told_of_own_chats_only),
        cmocka_unit_test(a_minute_has_so_many),
        cmocka_unit_test(one_that_is_known_no_longer_is_forgotten),
        cmocka_unit_test(addresses_are_public_and_https_or_listed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
