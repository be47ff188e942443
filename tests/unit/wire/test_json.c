/* What is written by hand is JSON that a parser reads back unchanged. */
#include "wire/json.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>
#include <jansson.h>

static void every_character_comes_back(void **state)
{
    (void)state;
    char text[300];
    size_t used = 0;
    for (int c = 1; c < 0x80; c++)
        text[used++] = (char)c;
    snprintf(text + used, sizeof text - used, "%s", " \xc3\xa9\xe2\x80\xa8\xf0\x9f\x98\x80");
    struct buf out;
    buf_init(&out, 4096);
    json_open(&out, NULL, '{');
    json_text(&out, "a", text);
    json_close(&out, '}');
    json_t *read = json_loadb(out.data, out.size, 0, NULL);
    assert_non_null(read);
    assert_string_equal(json_string_value(json_object_get(read, "a")), text);
    json_decref(read);
    buf_free(&out);
}

/* Texts are looked at in pieces: whatever needs an escape is seen wherever it stands, and nothing else is. */
static void every_byte_is_seen_at_every_place(void **state)
{
    (void)state;
    enum { LENGTH = 19 };
    static const char *const around[] = {"a", "~", " ", "!", "\xc2\xa0", "\xdf\xbf"};
    for (size_t with = 0; with < sizeof around / sizeof *around; with++) {
        for (int c = 1; c < 0x80; c++) {
            for (size_t place = 0; place < LENGTH; place++) {
                char text[2 * LENGTH + 1] = "", expected[2 * LENGTH + 16];
                size_t used = 0;
                for (size_t i = 0; i < LENGTH; i++)
                    used += (size_t)snprintf(text + used, sizeof text - used, "%.*s", 2,
                                             i == place ? (const char[]){(char)c, '\0'} : around[with]);
                struct buf out;
                buf_init(&out, 4096);
                json_open(&out, NULL, '[');
                json_text(&out, NULL, text);
                json_close(&out, ']');
                json_t *read = json_loadb(out.data, out.size, 0, NULL);
                assert_non_null(read);
                assert_string_equal(json_string_value(json_array_get(read, 0)), text);
                json_decref(read);
                bool plain = c >= ' ' && c != '"' && c != '\\' && c != 0x7f;
                snprintf(expected, sizeof expected, "[\"%s\"]", text);
                assert_int_equal(strcmp(out.data, expected) == 0, plain);
                buf_free(&out);
            }
        }
    }
}

static void commas_numbers_and_splices(void **state)
{
    (void)state;
    struct buf out;
    buf_init(&out, 4096);
    json_open(&out, NULL, '{');
    json_number(&out, "least", INT64_MIN);
    json_share(&out, "share", 0.8125);
    json_share(&out, "minus", -0.25);
    json_share(&out, "nan", 0.0 / 0.0);
    json_decimal(&out, "decimal", 0.8125, 2);
    json_decimal(&out, "undefined", 0.0 / 0.0, 6);
    json_number_if(&out, "none", 0);
    json_text_if(&out, "none", "");
    json_true_if(&out, "none", false);
    json_splice(&out, "{}", 2);
    json_splice(&out, "{\"x\":1}", 7);
    json_open(&out, "list", '[');
    json_number(&out, NULL, 0);
    json_bool(&out, NULL, true);
    json_open(&out, NULL, '{');
    json_close(&out, '}');
    json_close(&out, ']');
    json_close(&out, '}');
    assert_string_equal(out.data, "{\"least\":-9223372036854775808,\"share\":0.813,\"minus\":-0.250,\"nan\":0.000,"
                                  "\"decimal\":0.81,\"undefined\":null,"
                                  "\"x\":1,\"list\":[0,true,{}]}");
    buf_free(&out);
}

static void the_ceiling_is_remembered(void **state)
{
    (void)state;
    struct buf out;
    buf_init(&out, 8);
    json_open(&out, NULL, '{');
    json_text(&out, "a", "longer than eight bytes");
    json_close(&out, '}');
    assert_true(out.failed);
    buf_free(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_character_comes_back),
        cmocka_unit_test(every_byte_is_seen_at_every_place),
        cmocka_unit_test(commas_numbers_and_splices),
        cmocka_unit_test(the_ceiling_is_remembered),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
