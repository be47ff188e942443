/* Calls of webhooks as requests and answers: signed as others compute it, sent only where they may go, judged. */
#include "hooks/webhook.h"
#include "unit/hooks/peer.h"

#include <stdio.h>

/* --- the signature ------------------------------------------------------------------------------ */

/* The example of the Standard Webhooks' own libraries, and one computed with openssl dgst -sha256 -hmac. */
static void it_is_what_others_compute(void **state)
{
    (void)state;
    char value[WEBHOOK_SIGNATURE_BYTES];
    static const char body[] = "{\"test\": 2432232314}";
    assert_int_equal(webhook_sign("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330,
                                  body, sizeof body - 1, value),
                     0);
    assert_string_equal(value, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    assert_int_equal(webhook_sign("sedici-byte-almeno", "call_1", 1800000000, "{}", 2, value), 0);
    assert_string_equal(value, "v1,HiJ3yKm1SZmLwefXuvq9c232rqsMaUbWmIawOXuN3Cc=");
}

static void a_secret_that_is_none_signs_nothing(void **state)
{
    (void)state;
    static const char *const secrets[] = {"",
                                          "fifteen-bytes-!",
                                          "whsec_",
                                          "whsec_AAAA",
                                          "whsec_not base64 at all!!!!!!",
                                          "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw*"};
    char value[WEBHOOK_SIGNATURE_BYTES], huge[WEBHOOK_KEY_BYTES_MAX + 2];
    for (size_t i = 0; i < sizeof secrets / sizeof *secrets; i++)
        assert_int_equal(webhook_sign(secrets[i], "id", 1, "", 0, value), -1);
    memset(huge, 'x', sizeof huge - 1);
    huge[sizeof huge - 1] = '\0';
    assert_int_equal(webhook_sign(huge, "id", 1, "", 0, value), -1);
    assert_int_equal(webhook_sign("sixteen-bytes-ok", "id", 1, "", 0, value), 0);
}

/* --- where it goes ------------------------------------------------------------------------------ */

static struct fetch *asked(struct fetcher *fetcher, const char *url, const char *listed, const char *secret,
                           char why[WEBHOOK_WHY_BYTES])
{
    struct settings s = {0};
    const struct webhook w = {.name = "ordini", .url = url, .secret = "nome", .timeout_ms = 5000};
    const struct variable sends[] = {{"numero", "AB-1234"}};
    const struct webhook_call c = {.id = "call_1",
                                   .said = {.type = "ordini",
                                            .intent = "stato",
                                            .lang = "it",
                                            .at_seconds = 1800000000,
                                            .sends = sends,
                                            .send_count = 1},
                                   .timeout_ms = 5000};
    if (listed != NULL) {
        s.webhook_hosts.items = (const char **)&listed;
        s.webhook_hosts.count = 1;
    }
    struct fetch *f = webhook_request(&s, &w, secret, &c, why);
    if (f != NULL)
        fetch_wait(fetcher, f);
    return f;
}

static void the_request_says_who_and_what_and_is_signed(void **state)
{
    (void)state;
    static const char *const lines[] = {"POST /x?a=1 HTTP/1.1\r\n", "webhook-id: call_1\r\n",
                                        "webhook-timestamp: 1800000000\r\n", "idempotency-key: call_1\r\n",
                                        "Content-Type: application/json\r\n"};
    struct peer p = {0};
    char url[64], host[32], why[WEBHOOK_WHY_BYTES], wanted[160], value[WEBHOOK_SIGNATURE_BYTES];
    struct fetcher *fetcher = fetcher_new();
    peer_start(&p, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}");
    snprintf(url, sizeof url, "http://127.0.0.1:%d/x?a=1", p.port);
    snprintf(host, sizeof host, "127.0.0.1:%d", p.port);
    struct fetch *f = asked(fetcher, url, host, "sedici-byte-almeno", why);
    assert_non_null(f);
    assert_int_equal(f->result, FETCH_OK);
    fetch_free(f);
    fetcher_free(fetcher);
    peer_stop(&p);
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        if (strstr(p.heard, lines[i]) == NULL)
            fail_msg("%s is not in\n%s", lines[i], p.heard);
    const char *body = strstr(p.heard, "\r\n\r\n") + 4;
    assert_string_equal(body,
                        "{\"type\":\"ordini\",\"timestamp\":\"2027-01-15T08:00:00Z\",\"data\":{\"numero\":\"AB-1234\"},"
                        "\"intent\":\"stato\",\"lang\":\"it\"}");
    webhook_sign("sedici-byte-almeno", "call_1", 1800000000, body, strlen(body), value);
    snprintf(wanted, sizeof wanted, "webhook-signature: %s\r\n", value);
    assert_non_null(strstr(p.heard, wanted));
}

static void only_listed_hosts_may_be_private_or_plain(void **state)
{
    (void)state;
    static const struct {
        const char *url, *listed; /* %d is the peer's port */
        bool may;
    } rows[] = {
        {"http://127.0.0.1:%d/x", NULL, false},
        {"http://127.0.0.1:%d/x", "127.0.0.1", true},
        {"http://127.0.0.1:%d/x", "127.0.0.1:%d", true},
        {"http://127.0.0.1:%d/x", "127.0.0.1:%d0", false},
        {"http://127.0.0.1:%d/x", "127.0.0", false},
        {"http://127.0.0.1:%d/x", "127.0.0.1:", false},
        {"http://127.0.0.1:%d", "127.0.0.1", true},
        {"http://127.0.0.1:%d?x", "127.0.0.1:%d", true},
        {"http://localhost:%d/x", "127.0.0.1", false},
        {"http://localhost:%d/x", NULL, false},
        {"http://LOCALHOST:%d/x", "localhost:%d", true},
        {"http://localhost.:%d/x", "localhost", false},
        {"http://127.1:%d/x", NULL, false},
        {"http://2130706433:%d/x", NULL, false},
        {"http://[::ffff:127.0.0.1]:%d/x", NULL, false},
        {"http://127.0.0.1:%d@127.0.0.1:%d/x", "127.0.0.1", false},
    };
    struct peer p = {0};
    char url[96], host[64], why[WEBHOOK_WHY_BYTES];
    struct fetcher *fetcher = fetcher_new();
    peer_start(&p, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}");
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        static const char mark[] = "%d";
        char *parts[2] = {url, host};
        const char *from[2] = {rows[i].url, rows[i].listed != NULL ? rows[i].listed : ""};
        for (size_t k = 0; k < 2; k++) {
            char *out = parts[k];
            for (const char *at = from[k]; *at != '\0';)
                if (strncmp(at, mark, 2) == 0) {
                    out += sprintf(out, "%d", p.port);
                    at += 2;
                } else {
                    *out++ = *at++;
                }
            *out = '\0';
        }
        struct fetch *f = asked(fetcher, url, rows[i].listed != NULL ? host : NULL, "sedici-byte-almeno", why);
        assert_non_null(f);
        if ((f->result == FETCH_OK) != rows[i].may)
            fail_msg("%s, listed %s: %s (%s)", url, host, fetch_result_name(f->result), f->why);
        fetch_free(f);
    }
    fetcher_free(fetcher);
    peer_stop(&p);
}

static void a_name_is_listed_whole(void **state)
{
    (void)state;
    /* None of these resolves: what counts is that plain HTTP is not even tried. */
    static const char *const evil[] = {"http://erp.example.evil.invalid/", "http://erp.example:80@evil.invalid/",
                                       "http://erp.examplee.invalid/"};
    char why[WEBHOOK_WHY_BYTES];
    struct fetcher *fetcher = fetcher_new();
    for (size_t i = 0; i < sizeof evil / sizeof *evil; i++) {
        struct fetch *f = asked(fetcher, evil[i], "erp.example", "sedici-byte-almeno", why);
        assert_non_null(f);
        assert_true(f->result != FETCH_OK);
        fetch_free(f);
    }
    fetcher_free(fetcher);
}

static void a_bad_secret_makes_no_request_and_is_named_not_shown(void **state)
{
    (void)state;
    char why[WEBHOOK_WHY_BYTES];
    assert_null(asked(NULL, "https://example.invalid/", NULL, "short", why));
    assert_non_null(strstr(why, "nome"));
    assert_null(strstr(why, "short"));
}

/* --- verdicts ----------------------------------------------------------------------------------- */

#define BODY(STATUS, TEXT) "HTTP/1.1 " STATUS "\r\nConnection: close\r\n\r\n" TEXT

static void answers_are_good_worth_another_try_or_failed(void **state)
{
    (void)state;
    static char huge[HOOK_ANSWER_BYTES + 200];
    int head = snprintf(huge, sizeof huge, BODY("200 OK", "{\"a\":\""));
    memset(huge + head, 'x', HOOK_ANSWER_BYTES);
    const struct {
        const char *answer;
        enum webhook_verdict verdict;
        const char *why;
    } rows[] = {
        {BODY("200 OK", "{\"a\":1}"), WEBHOOK_GOOD, ""},
        {BODY("204 No Content", ""), WEBHOOK_GOOD, ""},
        {BODY("200 OK", "<!doctype html><p>hi"), WEBHOOK_FAILED, "cannot be used"},
        {BODY("200 OK", "[1]"), WEBHOOK_FAILED, "no JSON object"},
        {BODY("200 OK", "{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":1}}}}}}}}}"), WEBHOOK_FAILED,
         "used"},
        {BODY("500 Oh", "{}"), WEBHOOK_AGAIN, "500"},
        {BODY("503 Oh", ""), WEBHOOK_AGAIN, "503"},
        {BODY("429 Slow", ""), WEBHOOK_AGAIN, "429"},
        {BODY("408 Late", ""), WEBHOOK_AGAIN, "408"},
        {BODY("400 No", "{}"), WEBHOOK_FAILED, "400"},
        {BODY("401 No", "{}"), WEBHOOK_FAILED, "401"},
        {"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n", WEBHOOK_FAILED,
         "redirects"},
        {huge, WEBHOOK_FAILED, ""},
        {"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n{\"a\":", WEBHOOK_AGAIN, ""},
        {"this is not HTTP\r\n\r\n", WEBHOOK_AGAIN, ""},
    };
    char url[64], why[WEBHOOK_WHY_BYTES];
    struct fetcher *fetcher = fetcher_new();
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct peer p = {0};
        struct arena *arena = arena_new(1 << 20);
        const struct variable *values;
        size_t count;
        peer_start(&p, rows[i].answer);
        snprintf(url, sizeof url, "http://127.0.0.1:%d/", p.port);
        struct fetch *f = asked(fetcher, url, "127.0.0.1", "sedici-byte-almeno", why);
        assert_non_null(f);
        enum webhook_verdict v = webhook_take(f, arena, &values, &count, why);
        if (v != rows[i].verdict || strstr(why, rows[i].why) == NULL)
            fail_msg("%s: %d %s", rows[i].answer, (int)v, why);
        assert_true(v == WEBHOOK_GOOD || (why[0] != '\0' && count == 0));
        fetch_free(f);
        arena_free(arena);
        peer_stop(&p);
    }
    fetcher_free(fetcher);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_is_what_others_compute),
        cmocka_unit_test(a_secret_that_is_none_signs_nothing),
        cmocka_unit_test(the_request_says_who_and_what_and_is_signed),
        cmocka_unit_test(only_listed_hosts_may_be_private_or_plain),
        cmocka_unit_test(a_name_is_listed_whole),
        cmocka_unit_test(a_bad_secret_makes_no_request_and_is_named_not_shown),
        cmocka_unit_test(answers_are_good_worth_another_try_or_failed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
