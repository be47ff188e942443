/* Follow: a chain of redirects is judged step by step, and ends. */
#include "hooks/follow.h"
#include "unit/hooks/peer.h"

#include <stdio.h>

#define OK_ANSWER    "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 5\r\n\r\nthere"
#define REDIRECT(to) "HTTP/1.1 302 Found\r\nLocation: " to "\r\nContent-Length: 0\r\n\r\n"

static int get(struct fetcher *fetcher, const struct peer *p, bool allow_private, struct followed *ret)
{
    char url[64];
    snprintf(url, sizeof url, "http://127.0.0.1:%d/a/b", p->port);
    const struct follow_request request = {
        .url = url, .accept = "text/html", .answer_bytes = 1000, .timeout_ms = 5000, .allow_private = allow_private};
    return follow_get(fetcher, &request, ret);
}

static void redirects_on_the_same_server_are_followed(void **state)
{
    static const char *const script[] = {REDIRECT("/one"), REDIRECT("../two"), REDIRECT("three?x=1"), OK_ANSWER};
    struct peer p = {.script = script, .script_size = 4};
    struct followed f;
    peer_start(&p, "");
    assert_int_equal(get(*state, &p, true, &f), 0);
    peer_stop(&p);
    assert_string_equal(f.bytes, "there");
    assert_string_equal(f.type, "text/html");
    assert_non_null(strstr(f.address, "/three?x=1"));
    assert_non_null(strstr(p.heard, "Accept: text/html\r\n"));
    follow_free(&f);
}

static void three_are_the_most(void **state)
{
    struct peer p = {0};
    struct followed f;
    peer_start(&p, REDIRECT("/again"));
    assert_int_equal(get(*state, &p, true, &f), -1);
    peer_stop(&p);
    assert_string_equal(f.why, "more than 3 redirects");
    assert_int_equal(p.heard_count, 4);
    follow_free(&f);
}

static void private_addresses_need_a_word_and_never_a_redirect(void **state)
{
    struct peer p = {0}, other = {0};
    struct followed f;
    char redirect[128];
    peer_start(&p, OK_ANSWER);
    assert_int_equal(get(*state, &p, false, &f), -1);
    assert_true(f.forbidden);
    assert_non_null(strstr(f.why, "loopback"));
    assert_int_equal(p.heard_count, 0);
    peer_start(&other, OK_ANSWER);
    snprintf(redirect, sizeof redirect, REDIRECT("http://127.0.0.1:%d/"), other.port);
    p.answer = redirect;
    assert_int_equal(get(*state, &p, true, &f), -1);
    assert_false(f.forbidden);
    assert_non_null(strstr(f.why, "a redirect is not followed: it leads to a loopback address"));
    p.answer = REDIRECT("http://10.1.2.3/");
    assert_int_equal(get(*state, &p, true, &f), -1);
    assert_non_null(strstr(f.why, "private address"));
    p.answer = REDIRECT("http://169.254.169.254/latest/meta-data/");
    assert_int_equal(get(*state, &p, true, &f), -1);
    assert_non_null(strstr(f.why, "special address"));
    p.answer = REDIRECT("file:///etc/passwd");
    assert_int_equal(get(*state, &p, true, &f), -1);
    assert_non_null(strstr(f.why, "neither http nor https"));
    p.answer = REDIRECT("http://a:b@127.0.0.1/");
    assert_int_equal(get(*state, &p, true, &f), -1);
    assert_non_null(strstr(f.why, "user name"));
    peer_stop(&p);
    peer_stop(&other);
    assert_int_equal(other.heard_count, 0);
    follow_free(&f);
}

static void what_is_no_page_says_why(void **state)
{
    struct peer p = {0};
    struct followed f;
    peer_start(&p, "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n");
    assert_int_equal(get(*state, &p, true, &f), -1);
    assert_string_equal(f.why, "the server answered 404");
    p.answer = "HTTP/1.1 200 OK\r\nContent-Length: 1001\r\n\r\n";
    assert_int_equal(get(*state, &p, true, &f), -1);
    assert_null(f.bytes);
    peer_stop(&p);
}

static void time_is_that_of_all_steps(void **state)
{
    struct peer p = {0};
    struct followed f;
    char url[64];
    peer_start(&p, ""); /* keeps silent */
    snprintf(url, sizeof url, "http://127.0.0.1:%d/", p.port);
    const struct follow_request request = {
        .url = url, .accept = "*/*", .answer_bytes = 1000, .timeout_ms = 100, .allow_private = true};
    assert_int_equal(follow_get(*state, &request, &f), -1);
    assert_non_null(strstr(f.why, "no answer within"));
    peer_stop(&p);
}

static int set_up(void **state)
{
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
        cmocka_unit_test(redirects_on_the_same_server_are_followed),
        cmocka_unit_test(three_are_the_most),
        cmocka_unit_test(private_addresses_need_a_word_and_never_a_redirect),
        cmocka_unit_test(what_is_no_page_says_why),
        cmocka_unit_test(time_is_that_of_all_steps),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
