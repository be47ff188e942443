/* What webhooks are sent, and what they may answer: flat values, taken whole or not at all. */
#include "wire/hook.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void a_call_is_written_with_its_visitor_or_without(void **state)
{
    (void)state;
    const struct variable sends[] = {{"testo", "\"così\"\n</script>"}, {"n", "1"}};
    struct hook_call c = {
        .type = "ordini", .intent = "stato", .lang = "it", .at_seconds = 0, .sends = sends, .send_count = 2};
    struct buf out;
    buf_init(&out, 4096);
    assert_int_equal(hook_write(&c, &out), 0);
    assert_non_null(strstr(out.data, "\"timestamp\":\"1970-01-01T00:00:00Z\""));
    assert_non_null(strstr(out.data, "\\\"così\\\"\\n"));
    assert_null(strstr(out.data, "visitor"));
    buf_free(&out);
    c.visitor = "maria";
    buf_init(&out, 4096);
    assert_int_equal(hook_write(&c, &out), 0);
    assert_non_null(strstr(out.data, "\"visitor\":{\"id\":\"maria\"}}"));
    buf_free(&out);
    buf_init(&out, 40);
    assert_int_equal(hook_write(&c, &out), -1);
    buf_free(&out);
}

/* Reads from memory of its exact size; the values as "name=value;…", or "!" and why not. */
static const char *read_as(const char *json, size_t size)
{
    static char text[8192];
    const struct variable *values;
    size_t count;
    const char *why = NULL;
    struct arena *arena = arena_new(1 << 20);
    char *copy = malloc(size > 0 ? size : 1);
    memcpy(copy, json, size);
    int result = hook_read(copy, size, arena, &values, &count, &why);
    text[0] = '\0';
    if (result < 0) {
        assert_int_equal(count, 0);
        snprintf(text, sizeof text, "!%s", why);
    }
    for (size_t i = 0, at = 0; i < count && at < sizeof text - 1; i++)
        at += (size_t)snprintf(text + at, sizeof text - at, "%s=%.40s;", values[i].name, values[i].value);
    free(copy);
    arena_free(arena);
    return text;
}

static void values_get_names_with_dots_and_numbers_of_lists(void **state)
{
    (void)state;
    static const char *const rows[][2] = {
        {"", ""},
        {" \r\n\t", ""},
        {"{}", ""},
        {"{\"a\":\"x\",\"b\":1,\"c\":-2.50,\"d\":true,\"e\":false,\"f\":null}", "a=x;b=1;c=-2.5;d=true;e=false;"},
        {"{\"c\":{\"nome\":\"Ugo\",\"via\":{\"n\":3}}}", "c.nome=Ugo;c.via.n=3;"},
        {"{\"r\":[{\"t\":\"a\"},{\"t\":\"b\"},\"c\"]}", "r.count=3;r.1.t=a;r.2.t=b;r.3=c;"},
        {"{\"r\":[]}", "r.count=0;"},
        {"{\"r\":[[1]]}", "r.count=1;r.1.count=1;r.1.1=1;"},
        {"{\"a b\":1,\"\":2,\"a.b\":3,\"è\":4,\"{x}\":5,\"ok_-\":6}", "ok_-=6;"},
        {"{\"a\":12345678901234}", "a=12345678901234;"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_string_equal(read_as(rows[i][0], strlen(rows[i][0])), rows[i][1]);
}

static void what_is_no_object_is_refused_with_words(void **state)
{
    (void)state;
    static const char *const rows[] = {"[]",
                                       "1",
                                       "\"x\"",
                                       "null",
                                       "{",
                                       "{\"a\":1}{}",
                                       "{\"a\":1,\"a\":2}",
                                       "<html></html>",
                                       "{a:1}",
                                       "{\"a\":\"\\u0000\"}",
                                       "{\"a\":\"\xff\"}",
                                       "\xef\xbb\xbf{}"};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const char *got = read_as(rows[i], strlen(rows[i]));
        if (got[0] != '!' || got[1] == '\0')
            fail_msg("%s: %s", rows[i], got);
    }
    assert_string_equal(read_as("{}\0", 3)[0] == '!' ? "!" : "", "!");
}

static void ceilings_hold_and_what_touches_them_passes(void **state)
{
    (void)state;
    static char json[HOOK_ANSWER_BYTES + 100];
    size_t at = 0;
    /* As many values as may be, and one more. */
    for (int n = HOOK_VALUES_MAX; n <= HOOK_VALUES_MAX + 1; n++) {
        at = (size_t)snprintf(json, sizeof json, "{");
        for (int i = 0; i < n; i++)
            at += (size_t)snprintf(json + at, sizeof json - at, "%s\"v%d\":1", i > 0 ? "," : "", i);
        at += (size_t)snprintf(json + at, sizeof json - at, "}");
        assert_int_equal(read_as(json, at)[0] == '!', n > HOOK_VALUES_MAX);
    }
    for (int n = HOOK_VALUE_BYTES; n <= HOOK_VALUE_BYTES + 1; n++) {
        at = (size_t)snprintf(json, sizeof json, "{\"a\":\"%0*d\"}", n, 0);
        assert_int_equal(read_as(json, at)[0] == '!', n > HOOK_VALUE_BYTES);
    }
    for (int n = HOOK_DEPTH_MAX; n <= HOOK_DEPTH_MAX + 1; n++) {
        at = 0;
        for (int i = 0; i < n; i++)
            at += (size_t)snprintf(json + at, sizeof json - at, "{\"a\":");
        at += (size_t)snprintf(json + at, sizeof json - at, "1");
        for (int i = 0; i < n; i++)
            json[at++] = '}';
        assert_int_equal(read_as(json, at)[0] == '!', n > HOOK_DEPTH_MAX);
    }
    memset(json, ' ', sizeof json);
    memcpy(json, "{", 1);
    json[HOOK_ANSWER_BYTES] = '}';
    assert_int_equal(read_as(json, HOOK_ANSWER_BYTES + 1)[0], '!');
    json[HOOK_ANSWER_BYTES - 1] = '}';
    assert_string_equal(read_as(json, HOOK_ANSWER_BYTES), "");
    /* A name of its ceiling, and a longer one, which is left out. */
    at = (size_t)snprintf(json, sizeof json, "{\"%0*d\":1,\"%0*d\":2}", HOOK_NAME_BYTES, 0, HOOK_NAME_BYTES + 1, 0);
    assert_int_equal(strlen(read_as(json, at)), HOOK_NAME_BYTES + strlen("=1;"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_call_is_written_with_its_visitor_or_without),
        cmocka_unit_test(values_get_names_with_dots_and_numbers_of_lists),
        cmocka_unit_test(what_is_no_object_is_refused_with_words),
        cmocka_unit_test(ceilings_hold_and_what_touches_them_passes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
