/* Cards: asked for where there is something to go by, kept for a minute, and told once whatever comes. */
#include "hooks/customers.h"
#include "unit/hooks/peer.h"

#include "base/log.h"

#include <sodium.h>
#include <stdio.h>

static const char good[] = "HTTP/1.1 200 OK\r\nContent-Length: 16\r\n\r\n{\"name\":\"Maria\"}";
static const char none[] = "HTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n";
static const char bad[] = "HTTP/1.1 500 Oh\r\nContent-Length: 0\r\n\r\n";

struct bench {
    struct clock clock;
    struct fetcher *fetcher;
    struct customers *customers;
    struct settings settings;
    struct webhook webhook;
    const char *host, *secret;
    char url[64], listed[32];
    int pipe[2]; /* a byte for each wake */
    int told;
    uint64_t number;
    char json[200], why[32];
};

static void wake(void *context)
{
    (void)!write(((struct bench *)context)->pipe[1], "x", 1);
}

static const char *secret(void *context, const char *name, struct arena *arena)
{
    const struct bench *b = context;
    assert_string_equal(name, "olmo");
    return b->secret != NULL ? arena_strdup(arena, b->secret) : NULL;
}

static void told(void *context, uint64_t number, const char *json, size_t size, const char *why)
{
    struct bench *b = context;
    b->told++;
    b->number = number;
    snprintf(b->json, sizeof b->json, "%.*s", (int)size, json != NULL ? json : "");
    snprintf(b->why, sizeof b->why, "%s", why);
}

static void set_up(struct bench *b, int port)
{
    *b = (struct bench){.clock = clock_manual(1000), .fetcher = fetcher_new(), .secret = "sedici-byte-almeno"};
    log_set_level(LOG_LEVEL_ERROR);
    assert_int_equal(pipe(b->pipe), 0);
    snprintf(b->url, sizeof b->url, "http://127.0.0.1:%d/x", port);
    snprintf(b->listed, sizeof b->listed, "127.0.0.1:%d", port);
    b->host = b->listed;
    b->webhook = (struct webhook){.name = "clienti", .url = b->url, .secret = "olmo"};
    b->settings = (struct settings){.webhooks = &b->webhook,
                                    .webhook_count = 1,
                                    .webhook_hosts = {&b->host, 1},
                                    .customer_card = "clienti",
                                    .customer_card_timeout_ms = 3000};
    b->customers = customers_new(&(struct customers_config){
        .clock = &b->clock, .fetcher = b->fetcher, .context = b, .wake = wake, .secret = secret, .told = told});
    assert_non_null(b->customers);
}

static void tear_down(struct bench *b)
{
    fetcher_stop(b->fetcher);
    customers_free(b->customers);
    fetcher_free(b->fetcher);
    close(b->pipe[0]);
    close(b->pipe[1]);
}

static struct ticket ticket_of(const char *contact, const char *identity, const char *slots)
{
    return (struct ticket){.id = 1001,
                           .conversation = 7,
                           .contact = contact,
                           .identity = identity,
                           .slots = slots,
                           .name = "",
                           .department = "negozio",
                           .lang = "it"};
}

static void ask(struct bench *b, uint64_t number, const struct ticket *t)
{
    customers_ask(b->customers, &b->settings, number, t);
}

static void pump(struct bench *b)
{
    char byte;
    assert_int_equal(read(b->pipe[0], &byte, 1), 1);
    customers_pump(b->customers);
}

static void what_is_known_is_sent_and_the_card_kept_for_a_minute(void **state)
{
    (void)state;
    struct peer p = {0};
    struct bench b;
    struct ticket t = ticket_of("maria@example.com", "maria", "numero\tOL-1\ncosa\tun \"pacco\"\n");
    peer_start(&p, good);
    set_up(&b, p.port);
    ask(&b, 7, &t);
    assert_int_equal(b.told, 0);
    pump(&b);
    assert_int_equal(b.told, 1);
    assert_int_equal(b.number, 7);
    assert_string_equal(b.json, "{\"name\":\"Maria\",\"lines\":[],\"orders\":[]}");
    assert_non_null(strstr(p.heard, "\"email\":\"maria@example.com\""));
    assert_non_null(strstr(p.heard, "\"slot.numero\":\"OL-1\",\"slot.cosa\":\"un \\\"pacco\\\"\""));
    assert_non_null(strstr(p.heard, "\"visitor\":{\"id\":\"maria\"}"));
    assert_null(strstr(p.heard, "\"intent\""));
    b.clock.manual_ms += CUSTOMERS_KEPT_MS - 1;
    ask(&b, 8, &t);
    assert_int_equal(b.told, 2);
    assert_int_equal(b.number, 8);
    assert_int_equal(p.heard_count, 1);
    b.clock.manual_ms += 1;
    ask(&b, 9, &t);
    pump(&b);
    assert_int_equal(b.told, 3);
    assert_int_equal(p.heard_count, 2);
    tear_down(&b);
    peer_stop(&p);
}

static void another_visitor_or_another_fact_is_another_question(void **state)
{
    (void)state;
    struct peer p = {0};
    struct bench b;
    struct ticket t = ticket_of("+39 333 1234567", "", "");
    peer_start(&p, good);
    set_up(&b, p.port);
    ask(&b, 1, &t);
    pump(&b);
    assert_non_null(strstr(p.heard, "\"phone\":\"+39 333 1234567\""));
    t.slots = "numero\tOL-2\n";
    ask(&b, 2, &t);
    pump(&b);
    t.conversation = 8;
    ask(&b, 3, &t);
    pump(&b);
    t.identity = "maria";
    ask(&b, 4, &t);
    pump(&b);
    assert_int_equal(p.heard_count, 4);
    tear_down(&b);
    peer_stop(&p);
}

static void without_a_service_or_a_fact_nobody_is_asked(void **state)
{
    (void)state;
    struct bench b;
    struct ticket t = ticket_of("", "", ""), known = ticket_of("a@b.example", "", "");
    set_up(&b, 1);
    t.name = "Maria"; /* a name alone is anybody's */
    ask(&b, 1, &t);
    assert_string_equal(b.why, "not_asked");
    b.settings.customer_card = "";
    ask(&b, 2, &known);
    assert_string_equal(b.why, "not_asked");
    assert_int_equal(b.told, 2);
    tear_down(&b);
}

static void who_is_not_known_is_remembered_as_such(void **state)
{
    (void)state;
    struct peer p = {0};
    struct bench b;
    struct ticket t = ticket_of("a@b.example", "", "");
    peer_start(&p, none);
    set_up(&b, p.port);
    ask(&b, 1, &t);
    pump(&b);
    assert_string_equal(b.why, "unknown");
    ask(&b, 2, &t);
    assert_int_equal(b.told, 2);
    assert_string_equal(b.why, "unknown");
    assert_int_equal(p.heard_count, 1);
    tear_down(&b);
    peer_stop(&p);
}

static void one_that_fails_is_left_alone_for_a_while(void **state)
{
    (void)state;
    struct peer p = {0};
    struct bench b;
    struct ticket t = ticket_of("a@b.example", "", "");
    peer_start(&p, bad);
    set_up(&b, p.port);
    for (int i = 0; i < 5; i++) {
        ask(&b, 1, &t);
        pump(&b);
        assert_string_equal(b.why, "not_available");
    }
    ask(&b, 6, &t);
    assert_int_equal(b.told, 6); /* at once */
    assert_int_equal(p.heard_count, 5);
    b.clock.manual_ms += 30000;
    p.answer = good;
    ask(&b, 7, &t);
    pump(&b);
    assert_string_equal(b.why, "");
    tear_down(&b);
    peer_stop(&p);
}

static void a_missing_secret_is_a_failure(void **state)
{
    (void)state;
    struct bench b;
    struct ticket t = ticket_of("a@b.example", "", "");
    set_up(&b, 1);
    b.secret = NULL;
    ask(&b, 1, &t);
    assert_int_equal(b.told, 1);
    assert_string_equal(b.why, "not_available");
    tear_down(&b);
}

int main(void)
{
    assert_true(sodium_init() >= 0);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_known_is_sent_and_the_card_kept_for_a_minute),
        cmocka_unit_test(another_visitor_or_another_fact_is_another_question),
        cmocka_unit_test(without_a_service_or_a_fact_nobody_is_asked),
        cmocka_unit_test(who_is_not_known_is_remembered_as_such),
        cmocka_unit_test(one_that_fails_is_left_alone_for_a_while),
        cmocka_unit_test(a_missing_secret_is_a_failure),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
