/* Requests go where they may, come back once with what became of them, and nothing they meet holds up others. */
#include "hooks/fetch.h"
#include "unit/hooks/peer.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const struct fetch_request usual = {.method = "POST",
                                           .body = "hello",
                                           .body_size = 5,
                                           .timeout_ms = 5000,
                                           .answer_bytes = 1000,
                                           .reach = REACH_LOOPBACK,
                                           .plain = REACH_LOOPBACK};

static struct fetch *to(const struct peer *p, struct fetch_request r, char url[64])
{
    snprintf(url, 64, "http://127.0.0.1:%d/v1/embeddings", p->port);
    r.url = url;
    struct fetch *f = fetch_new(&r);
    assert_non_null(f);
    return f;
}

static enum fetch_result fetched(struct fetcher *fetcher, struct fetch_request r, const char *url, char why[256])
{
    r.url = url;
    struct fetch *f = fetch_new(&r);
    assert_non_null(f);
    fetch_wait(fetcher, f);
    snprintf(why, 256, "%s", f->why);
    enum fetch_result result = f->result;
    fetch_free(f);
    return result;
}

#define OK_ANSWER "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nthere"

static void a_request_goes_and_its_answer_comes_back(void **state)
{
    struct peer p = {0};
    char url[64];
    static const char *const headers[] = {"Authorization: Bearer s3cret", "Content-Type: application/json"};
    struct fetch_request r = usual;
    r.headers = headers;
    r.header_count = 2;
    peer_start(&p, OK_ANSWER);
    struct fetch *f = to(&p, r, url);
    fetch_wait(*state, f);
    peer_stop(&p);
    assert_int_equal(f->result, FETCH_OK);
    assert_int_equal(f->status, 200);
    assert_string_equal(f->body.data, "there");
    assert_non_null(strstr(p.heard, "POST /v1/embeddings HTTP/1.1\r\n"));
    assert_non_null(strstr(p.heard, "Authorization: Bearer s3cret\r\n"));
    assert_null(strstr(p.heard, "Expect"));
    assert_null(strstr(p.heard, "Accept-Encoding"));
    fetch_free(f);
}

static void redirects_are_not_followed(void **state)
{
    struct peer p = {0};
    char url[64];
    peer_start(&p, "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n");
    struct fetch *f = to(&p, usual, url);
    fetch_wait(*state, f);
    peer_stop(&p);
    assert_int_equal(f->result, FETCH_OK);
    assert_int_equal(f->status, 302);
    fetch_free(f);
}

static void broken_answers_are_told_apart(void **state)
{
    static const struct {
        const char *answer;
        enum fetch_result result;
    } cases[] = {
        {"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nthe", FETCH_BROKEN},
        {"no http at all\r\n\r\n", FETCH_BROKEN},
        {"HTTP/1.1 200 OK\r\nContent-Length: 12\r\n\r\n0123456789ab", FETCH_TOO_LARGE},
        {"HTTP/1.1 200 OK\r\n\r\n0123456789ab", FETCH_TOO_LARGE},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct peer p = {0};
        char url[64];
        struct fetch_request r = usual;
        r.answer_bytes = 10;
        peer_start(&p, cases[i].answer);
        struct fetch *f = to(&p, r, url);
        fetch_wait(*state, f);
        peer_stop(&p);
        if (f->result != cases[i].result || f->why[0] == '\0')
            fail_msg("%zu: %s, %s", i, fetch_result_name(f->result), f->why);
        fetch_free(f);
    }
}

static void nobody_there_and_nobody_answering(void **state)
{
    struct peer p = {0};
    char url[64], why[256];
    peer_start(&p, "");
    struct fetch_request r = usual;
    r.timeout_ms = 50;
    struct fetch *f = to(&p, r, url);
    fetch_wait(*state, f);
    assert_int_equal(f->result, FETCH_LATE);
    fetch_free(f);
    peer_stop(&p);
    assert_int_equal(fetched(*state, usual, url, why), FETCH_UNREACHABLE);
}

static void addresses_that_are_not_allowed(void **state)
{
    struct peer p = {0};
    char url[64], why[256];
    peer_start(&p, OK_ANSWER);
    struct fetch_request r = usual;
    fetch_free(to(&p, r, url));
    r.reach = REACH_PUBLIC | REACH_PRIVATE;
    assert_int_equal(fetched(*state, r, url, why), FETCH_FORBIDDEN);
    assert_non_null(strstr(why, "loopback"));
    r.reach = REACH_LOOPBACK;
    r.plain = 0;
    assert_int_equal(fetched(*state, r, url, why), FETCH_FORBIDDEN);
    assert_non_null(strstr(why, "without TLS"));
    /* A name for it is as good as the address. */
    r.plain = REACH_PRIVATE;
    snprintf(url, sizeof url, "http://localhost:%d/", p.port);
    assert_int_equal(fetched(*state, r, url, why), FETCH_FORBIDDEN);
    r.reach = r.plain = REACH_LOOPBACK | REACH_PRIVATE | REACH_PUBLIC;
    assert_int_equal(fetched(*state, r, "http://169.254.169.254/latest/meta-data", why), FETCH_FORBIDDEN);
    assert_int_equal(fetched(*state, r, "http://0.0.0.0:80/", why), FETCH_FORBIDDEN);
    peer_stop(&p);
}

static void a_kept_connection_is_looked_at_again(void **state)
{
    struct peer p = {0};
    char url[64], why[256];
    p.hold = true;
    peer_start(&p, OK_ANSWER);
    struct fetch *f = to(&p, usual, url);
    fetch_wait(*state, f);
    assert_int_equal(f->result, FETCH_OK);
    fetch_free(f);
    struct fetch_request r = usual;
    r.plain = 0;
    assert_int_equal(fetched(*state, r, url, why), FETCH_FORBIDDEN);
    peer_stop(&p);
}

static void what_is_no_request_is_refused(void **state)
{
    static const char *const urls[] = {"",
                                       "ftp://127.0.0.1/",
                                       "file:///etc/passwd",
                                       "127.0.0.1",
                                       "http://",
                                       "http://me:secret@127.0.0.1/",
                                       "http://127.0.0.1/\r\nHost: x",
                                       "gopher://127.0.0.1/"};
    static const char *const headers[] = {"X: 1\r\nY: 2"};
    char why[256];
    for (size_t i = 0; i < sizeof urls / sizeof *urls; i++) {
        if (fetched(*state, usual, urls[i], why) != FETCH_WRONG || why[0] == '\0')
            fail_msg("%s: %s", urls[i], why);
    }
    struct fetch_request r = usual;
    r.headers = headers;
    r.header_count = 1;
    assert_int_equal(fetched(*state, r, "http://127.0.0.1:1/", why), FETCH_WRONG);
    r = usual;
    r.method = "CONNECT";
    assert_int_equal(fetched(*state, r, "http://127.0.0.1:1/", why), FETCH_WRONG);
}

static void a_cancelled_request_comes_back(void **state)
{
    struct peer p = {0};
    char url[64];
    uintptr_t number;
    void *back;
    struct mailbox *answers = mailbox_new(4, NULL, NULL);
    peer_start(&p, "");
    struct fetch_request r = usual;
    r.timeout_ms = 600000;
    struct fetch *f = to(&p, r, url);
    f->id = 7;
    f->generation = 9;
    assert_int_equal(fetch_send(*state, f, answers, &number), 0);
    fetch_cancel(*state, number);
    assert_int_equal(mailbox_wait(answers, &back, 1), 1);
    assert_ptr_equal(back, f);
    assert_int_equal(f->result, FETCH_CANCELLED);
    assert_int_equal(f->id, 7);
    assert_int_equal(f->generation, 9);
    fetch_cancel(*state, number); /* too late: nothing happens */
    fetch_free(f);
    mailbox_free(answers);
    peer_stop(&p);
}

static void a_silent_server_holds_up_nobody_else(void **state)
{
    struct peer silent = {0}, quick = {0};
    char url[64];
    uintptr_t numbers[4];
    void *back[4];
    struct mailbox *answers = mailbox_new(4, NULL, NULL);
    peer_start(&silent, "");
    peer_start(&quick, OK_ANSWER);
    struct fetch_request r = usual;
    r.timeout_ms = 600000;
    for (size_t i = 0; i < 4; i++)
        assert_int_equal(fetch_send(*state, to(&silent, r, url), answers, &numbers[i]), 0);
    struct fetch *f = to(&quick, usual, url);
    fetch_wait(*state, f);
    assert_int_equal(f->result, FETCH_OK);
    fetch_free(f);
    for (size_t i = 0; i < 4; i++)
        fetch_cancel(*state, numbers[i]);
    for (size_t n = 0; n < 4;)
        n += mailbox_wait(answers, back + n, 4 - n);
    for (size_t i = 0; i < 4; i++)
        fetch_free(back[i]);
    mailbox_free(answers);
    peer_stop(&silent);
    peer_stop(&quick);
}

static void at_the_end_all_come_back_and_no_more_are_taken(void **state)
{
    (void)state;
    struct peer p = {0};
    char url[64];
    uintptr_t number;
    void *back[3];
    struct fetcher *fetcher = fetcher_new();
    struct mailbox *answers = mailbox_new(FETCH_MOST, NULL, NULL);
    assert_non_null(fetcher);
    peer_start(&p, "");
    struct fetch_request r = usual;
    r.timeout_ms = 600000;
    for (int i = 0; i < 3; i++)
        assert_int_equal(fetch_send(fetcher, to(&p, r, url), answers, &number), 0);
    fetcher_stop(fetcher);
    struct fetch *late = to(&p, r, url);
    fetch_wait(fetcher, late);
    assert_int_equal(late->result, FETCH_CANCELLED);
    fetch_free(late);
    fetcher_free(fetcher);
    assert_int_equal(mailbox_take(answers, back, 3), 3);
    for (int i = 0; i < 3; i++) {
        assert_int_equal(((struct fetch *)back[i])->result, FETCH_CANCELLED);
        fetch_free(back[i]);
    }
    mailbox_free(answers);
    peer_stop(&p);
}

static void no_more_than_the_limit_are_under_way(void **state)
{
    (void)state;
    struct peer p = {0};
    char url[64];
    uintptr_t number;
    void *back;
    struct fetcher *fetcher = fetcher_new();
    struct mailbox *answers = mailbox_new(FETCH_MOST, NULL, NULL);
    peer_start(&p, "");
    struct fetch_request r = usual;
    r.timeout_ms = 600000;
    for (int i = 0; i < FETCH_MOST; i++)
        assert_int_equal(fetch_send(fetcher, to(&p, r, url), answers, &number), 0);
    struct fetch *f = to(&p, r, url);
    assert_int_equal(fetch_send(fetcher, f, answers, &number), -1);
    fetch_free(f);
    fetcher_free(fetcher);
    for (int i = 0; i < FETCH_MOST; i++) {
        assert_int_equal(mailbox_take(answers, &back, 1), 1);
        fetch_free(back);
    }
    mailbox_free(answers);
    peer_stop(&p);
}

static int set_up(void **state)
{
    /* A proxy in the environment is nothing to us. */
    setenv("http_proxy", "http://127.0.0.1:1", 1);
    *state = fetcher_new();
    return *state != NULL ? 0 : -1;
}

static int tear_down(void **state)
{
    fetcher_free(*state);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_request_goes_and_its_answer_comes_back),
        cmocka_unit_test(redirects_are_not_followed),
        cmocka_unit_test(broken_answers_are_told_apart),
        cmocka_unit_test(nobody_there_and_nobody_answering),
        cmocka_unit_test(addresses_that_are_not_allowed),
        cmocka_unit_test(a_kept_connection_is_looked_at_again),
        cmocka_unit_test(what_is_no_request_is_refused),
        cmocka_unit_test(a_cancelled_request_comes_back),
        cmocka_unit_test(a_silent_server_holds_up_nobody_else),
        cmocka_unit_test(at_the_end_all_come_back_and_no_more_are_taken),
        cmocka_unit_test(no_more_than_the_limit_are_under_way),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
