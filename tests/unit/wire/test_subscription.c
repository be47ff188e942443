/* What pages say of their browser: taken where it is whole, printable and not too long; and what they are told. */
#include "wire/subscription.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static struct arena *arena;

static int setup(void **state)
{
    (void)state;
    arena = arena_new(1 << 20);
    return arena != NULL ? 0 : -1;
}

static int teardown(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

static int read_text(const char *text, bool endpoint_only, struct subscription *ret)
{
    return subscription_read(text, strlen(text), endpoint_only, arena, ret);
}

static void a_whole_one_is_read(void **state)
{
    (void)state;
    struct subscription s;
    assert_int_equal(
        read_text("{\"endpoint\":\"https://p.example/1\",\"p256dh\":\"B1\",\"auth\":\"a1\",\"lang\":\"it\"}", false,
                  &s),
        0);
    assert_string_equal(s.endpoint, "https://p.example/1");
    assert_string_equal(s.p256dh, "B1");
    assert_string_equal(s.auth, "a1");
    assert_string_equal(s.lang, "it");
    assert_int_equal(read_text("{\"endpoint\":\"x\",\"p256dh\":\"B1\",\"auth\":\"a1\"}", false, &s), 0);
    assert_string_equal(s.lang, "");
    assert_int_equal(read_text("{\"endpoint\":\"x\"}", true, &s), 0);
}

static void others_are_refused(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "",
        "[]",
        "null",
        "{}",
        "{\"endpoint\":\"x\",\"p256dh\":\"B\"}",
        "{\"endpoint\":\"x\",\"p256dh\":\"\",\"auth\":\"a\"}",
        "{\"endpoint\":\"x y\",\"p256dh\":\"B\",\"auth\":\"a\"}",
        "{\"endpoint\":\"x\\n\",\"p256dh\":\"B\",\"auth\":\"a\"}",
        "{\"endpoint\":\"é\",\"p256dh\":\"B\",\"auth\":\"a\"}",
        "{\"endpoint\":1,\"p256dh\":\"B\",\"auth\":\"a\"}",
        "{\"endpoint\":\"x\",\"endpoint\":\"y\",\"p256dh\":\"B\",\"auth\":\"a\"}",
        "{\"endpoint\":\"x\",\"p256dh\":\"B\",\"auth\":\"a\"",
        "{\"endpoint\":{\"a\":{\"b\":1}}}",
    };
    struct subscription s = {.endpoint = "untouched"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        assert_int_equal(read_text(texts[i], false, &s), -1);
    assert_string_equal(s.endpoint, "untouched");
}

static void an_endpoint_has_a_ceiling(void **state)
{
    (void)state;
    char text[1200], url[SUBSCRIPTION_ENDPOINT_BYTES + 2];
    struct subscription s;
    memset(url, 'x', sizeof url);
    url[SUBSCRIPTION_ENDPOINT_BYTES + 1] = '\0';
    snprintf(text, sizeof text, "{\"endpoint\":\"%s\"}", url);
    assert_int_equal(read_text(text, true, &s), -1);
    url[SUBSCRIPTION_ENDPOINT_BYTES] = '\0';
    snprintf(text, sizeof text, "{\"endpoint\":\"%s\"}", url);
    assert_int_equal(read_text(text, true, &s), 0);
}

static void a_message_says_what_how_and_where(void **state)
{
    (void)state;
    struct buf out;
    buf_init(&out, 1000);
    const struct subscription_message m = {
        .kind = "waiting", .ticket = 1007, .department = "Ordini \"e\" spedizioni", .lang = "it"};
    assert_int_equal(subscription_write(&m, &out), 0);
    assert_string_equal(out.data,
                        "{\"kind\":\"waiting\",\"ticket\":1007,\"department\":\"Ordini \\\"e\\\" spedizioni\","
                        "\"lang\":\"it\"}");
    buf_free(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_whole_one_is_read),
        cmocka_unit_test(others_are_refused),
        cmocka_unit_test(an_endpoint_has_a_ceiling),
        cmocka_unit_test(a_message_says_what_how_and_where),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
