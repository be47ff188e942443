/* What is read without a tree is read as the JSON library reads it; everything else is left to the library. */
#include "wire/flat.h"
#include "wire/message.h"

#include <jansson.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* In memory of exactly that size, so that the sanitiser sees a byte too many. */
static bool reads(const char *text, struct flat *ret, char **ret_bytes)
{
    size_t size = strlen(text);
    *ret_bytes = malloc(size > 0 ? size : 1);
    assert_non_null(*ret_bytes);
    memcpy(*ret_bytes, text, size);
    return flat_read(*ret_bytes, size, ret);
}

static void objects_of_plain_members_are_read(void **state)
{
    (void)state;
    struct flat flat;
    char *bytes;
    assert_true(reads(
        " {\"type\" : \"say\",\n\"n\":-12,\"z\":0 ,\"e\":\"\",\"t\":true,\"f\":false,\"x\":null,\"è\":\"più\"}\r\n",
        &flat, &bytes));
    assert_int_equal(flat.count, 8);
    assert_int_equal(flat_get(&flat, "type")->type, FLAT_TEXT);
    assert_memory_equal(flat_get(&flat, "type")->text, "say", 3);
    assert_int_equal(flat_get(&flat, "type")->size, 3);
    assert_int_equal(flat_get(&flat, "n")->integer, -12);
    assert_int_equal(flat_get(&flat, "z")->integer, 0);
    assert_int_equal(flat_get(&flat, "e")->size, 0);
    assert_int_equal(flat_get(&flat, "t")->type, FLAT_OTHER);
    assert_int_equal(flat_get(&flat, "x")->type, FLAT_NULL);
    assert_int_equal(flat_get(&flat, "è")->size, strlen("più"));
    assert_null(flat_get(&flat, "typ"));
    free(bytes);
}

/* Cut anywhere, too: no beginning of an object is one. */
static void anything_else_is_left_to_the_library(void **state)
{
    (void)state;
    static const char *const others[] = {
        "",
        " ",
        "{",
        "}",
        "{}",
        "[]",
        "1",
        "{\"a\"}",
        "{\"a\":}",
        "{\"a\":1,}",
        "{,\"a\":1}",
        "{\"a\":1}}",
        "{\"a\":1} x",
        "{\"a\":01}",
        "{\"a\":-}",
        "{\"a\":-",
        "{\"a\":1.5}",
        "{\"a\":1e3}",
        "{\"a\":+1}",
        "{\"a\":1234567890123456789}",
        "{\"a\":\"\\n\"}",
        "{\"a\":\"\t\"}",
        "{\"a\":[1]}",
        "{\"a\":{}}",
        "{\"a\":nul}",
        "{\"a\":nullx}",
        "{\"a\":tru",
        "{a:1}",
        "{\"a\":1,\"a\":2}",
        "{\"a\":1 \"b\":2}",
        "{\"a\":'x'}",
        "{\"\\u0061\":1}",
        "{\"a\":1,\"b\":1,\"c\":1,\"d\":1,\"e\":1,\"f\":1,\"g\":1,\"h\":1,\"i\":1,\"j\":1,\"k\":1,\"l\":1,\"m\":1}"};
    struct flat flat;
    char *bytes;
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        if (reads(others[i], &flat, &bytes))
            fail_msg("%s was read", others[i]);
        free(bytes);
    }
    char whole[] = "{\"type\":\"say\",\"n\":-12,\"t\":true,\"x\":null}";
    for (size_t size = sizeof whole - 2; size > 0; size--) {
        whole[size] = '\0';
        assert_false(reads(whole, &flat, &bytes));
        free(bytes);
    }
}

/* Every mutation of one byte: what is read here, the library reads too, and alike. */
static void the_library_agrees(void **state)
{
    (void)state;
    static const char good[] =
        "{\"type\":\"say\",\"cid\":\"c-1\",\"n\": -120,\"text\":\"ciao\",\"on\":true,\"no\":null}";
    int read = 0;
    for (size_t at = 0; at < sizeof good - 1; at++) {
        for (int c = 1; c < 128; c++) {
            char frame[sizeof good], *bytes;
            struct flat flat;
            memcpy(frame, good, sizeof good);
            frame[at] = (char)c;
            bool taken = reads(frame, &flat, &bytes);
            json_t *tree = json_loadb(frame, sizeof good - 1, JSON_REJECT_DUPLICATES, NULL);
            if (taken && !json_is_object(tree))
                fail_msg("only flat: %s", frame);
            for (size_t i = 0; taken && i < flat.count; i++) {
                const struct flat_member *m = &flat.members[i];
                char name[64] = "";
                memcpy(name, m->name, m->name_size);
                const json_t *value = json_object_get(tree, name);
                assert_non_null(value);
                assert_int_equal(m->value.type == FLAT_TEXT, json_is_string(value));
                assert_int_equal(m->value.type == FLAT_INTEGER, json_is_integer(value));
                assert_int_equal(m->value.type == FLAT_NULL, json_is_null(value));
                if (m->value.type == FLAT_INTEGER)
                    assert_int_equal(m->value.integer, json_integer_value(value));
                if (m->value.type == FLAT_TEXT) {
                    assert_int_equal(m->value.size, json_string_length(value));
                    assert_memory_equal(m->value.text, json_string_value(value), m->value.size);
                }
            }
            if (taken)
                assert_int_equal(flat.count, json_object_size(tree));
            read += taken;
            json_decref(tree);
            free(bytes);
        }
    }
    assert_true(read > 1000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(objects_of_plain_members_are_read),
        cmocka_unit_test(anything_else_is_left_to_the_library),
        cmocka_unit_test(the_library_agrees),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
