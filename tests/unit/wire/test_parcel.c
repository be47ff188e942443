/* A poll's body is cut into its frames, or refused as a whole; what goes back is JSON. */
#include "wire/parcel.h"

#include <jansson.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* In memory of exactly that size, so that the sanitiser sees a byte too many. */
static const char *read_exactly(const char *text, struct parcel *ret, char **ret_bytes)
{
    size_t size = strlen(text);
    *ret_bytes = malloc(size > 0 ? size : 1);
    assert_non_null(*ret_bytes);
    memcpy(*ret_bytes, text, size);
    return parcel_read(*ret_bytes, size, ret);
}

static void next_is(struct parcel *p, const char *wanted)
{
    const char *frame;
    size_t size;
    assert_true(parcel_next(p, &frame, &size));
    assert_int_equal(size, strlen(wanted));
    assert_memory_equal(frame, wanted, size);
}

static void cuts_frames_without_reading_them(void **state)
{
    (void)state;
    struct parcel p;
    const char *frame;
    size_t size;
    char *bytes;
    static const char body[] = " {\"line\":\"ab-_1\", \"got\" : 12,\"sent\":7,\"end\":false,\n"
                               "\"send\":[ {\"a\":\"]}\\\"[\",\"b\":[{}]} ,\"x,y\" , 5,null,{] ] } ";
    assert_null(read_exactly(body, &p, &bytes));
    assert_string_equal(p.line, "ab-_1");
    assert_int_equal(p.got, 12);
    assert_int_equal(p.sent, 7);
    assert_false(p.end);
    assert_false(p.greets);
    next_is(&p, "{\"a\":\"]}\\\"[\",\"b\":[{}]}");
    next_is(&p, "\"x,y\"");
    next_is(&p, "5");
    next_is(&p, "null");
    next_is(&p, "{]");
    assert_false(parcel_next(&p, &frame, &size));
    free(bytes);
}

static void a_body_without_frames_has_none(void **state)
{
    (void)state;
    static const char *const bodies[] = {"{}", "{\"send\":[]}", "{ \"send\" : [ \n ] , \"end\":true}",
                                         "{\"line\":\"x\"}"};
    for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++) {
        struct parcel p;
        const char *frame;
        size_t size;
        char *bytes;
        assert_null(read_exactly(bodies[i], &p, &bytes));
        assert_false(parcel_next(&p, &frame, &size));
        assert_int_equal(p.end, i == 2);
        free(bytes);
    }
}

static void its_own_members_make_a_hello(void **state)
{
    (void)state;
    struct parcel p;
    struct buf hello;
    char *bytes;
    buf_init(&hello, 200);
    assert_null(read_exactly("{\"token\":\"t\",\"send\":[{\"x\":1}], \"after\" : 3,\"got\":0,\"q\":{\"a\":[1,2]}}", &p,
                             &bytes));
    assert_true(p.greets);
    assert_int_equal(parcel_hello(&p, &hello), 0);
    assert_string_equal(hello.data, "{\"type\":\"hello\",\"token\":\"t\",\"after\":3,\"q\":{\"a\":[1,2]}}");
    buf_free(&hello);
    buf_init(&hello, 20);
    assert_int_equal(parcel_hello(&p, &hello), -1);
    buf_free(&hello);
    free(bytes);
}

static void refuses_what_cannot_be_cut(void **state)
{
    (void)state;
    static const char *const wrong[] = {
        "",
        " ",
        "[]",
        "5",
        "{",
        "{\"",
        "{\"line",
        "{\"line\"",
        "{\"line\":",
        "{\"line\":\"x\"",
        "{\"line\":\"x\"}}",
        "{\"line\":\"x\",}",
        "{,}",
        "{\"line\":\"x\" \"got\":1}",
        "{line:\"x\"}",
        "{\"line\":5}",
        "{\"line\":\"\"}",
        "{\"line\":\"a\\u0041\"}",
        "{\"line\":null}",
        "{\"line\":\"x\",\"line\":\"y\"}",
        "{\"got\":-1}",
        "{\"got\":1.5}",
        "{\"got\":1e3}",
        "{\"got\":\"1\"}",
        "{\"got\":1234567890123456}",
        "{\"sent\":null}",
        "{\"end\":1}",
        "{\"send\":{}}",
        "{\"send\":null}",
        "{\"send\":\"[]\"}",
        "{\"send\":[}",
        "{\"send\":[,]}",
        "{\"send\":[{},]}",
        "{\"send\":[{} {}]}",
        "{\"send\":[\"]}",
        "{\"send\":[{}]",
        "{\"send\":[{}}",
        "{\"send\":[{}],\"send\":[]}",
        "{\"x\":\"\\",
        "{\"x\":\"\\\"}",
        "{\"x\":\"a\\u0000b\"}",
        "{\"x\":\xff}",
        "{\"send\":[[[[[[[[[[]]]]]]]]]]}",
        "{\"line\":\"0123456789012345678901234567890123456789012345678901234567890123\"}",
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct parcel p;
        char *bytes;
        if (read_exactly(wrong[i], &p, &bytes) == NULL)
            fail_msg("taken: %s", wrong[i]);
        free(bytes);
    }
}

static void a_body_has_a_ceiling(void **state)
{
    (void)state;
    struct parcel p;
    char *body = malloc(PARCEL_BODY_BYTES + 1);
    assert_non_null(body);
    memset(body, ' ', PARCEL_BODY_BYTES + 1);
    memcpy(body, "{}", 2);
    assert_null(parcel_read(body, PARCEL_BODY_BYTES, &p));
    assert_string_equal(parcel_read(body, PARCEL_BODY_BYTES + 1, &p), "too long");
    free(body);
}

static void what_goes_back_is_json(void **state)
{
    (void)state;
    struct buf out;
    buf_init(&out, 1000);
    parcel_begin(&out, "abc", 3, 9);
    parcel_put(&out, "{\"a\":[]}", 8);
    parcel_put(&out, "{}", 2);
    parcel_finish(&out, 0, NULL);
    assert_string_equal(out.data, "{\"line\":\"abc\",\"heard\":3,\"from\":9,\"frames\":[{\"a\":[]},{}]}");
    buf_clear(&out);
    parcel_begin(&out, "abc", 0, 0);
    parcel_finish(&out, 1008, "why");
    json_t *read = json_loads(out.data, JSON_REJECT_DUPLICATES, NULL);
    assert_non_null(read);
    assert_int_equal(json_integer_value(json_object_get(read, "close")), 1008);
    assert_string_equal(json_string_value(json_object_get(read, "reason")), "why");
    json_decref(read);
    buf_free(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cuts_frames_without_reading_them),
        cmocka_unit_test(a_body_without_frames_has_none),
        cmocka_unit_test(its_own_members_make_a_hello),
        cmocka_unit_test(refuses_what_cannot_be_cut),
        cmocka_unit_test(a_body_has_a_ceiling),
        cmocka_unit_test(what_goes_back_is_json),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
