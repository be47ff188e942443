/* Answers of embeddings servers are taken whole or not at all, whatever they say of themselves. */
#include "wire/embedding.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void a_request_names_the_model_and_the_texts(void **state)
{
    (void)state;
    static const char *const texts[] = {"quanto \"costa\"?", "è aperto\n"};
    struct buf out;
    buf_init(&out, 4096);
    assert_int_equal(embedding_write("all-minilm", texts, 2, &out), 0);
    assert_string_equal(out.data, "{\"model\":\"all-minilm\",\"input\":[\"quanto \\\"costa\\\"?\",\"è aperto\\n\"]}");
    buf_free(&out);
    buf_init(&out, 20);
    assert_int_equal(embedding_write("all-minilm", texts, 2, &out), -1);
    buf_free(&out);
}

static void a_long_text_is_cut_between_characters(void **state)
{
    (void)state;
    char text[EMBEDDING_TEXT_BYTES + 100];
    for (size_t i = 0; i + 2 < sizeof text; i += 2)
        memcpy(text + 1 + i, "è", 2);
    text[0] = 'a';
    text[sizeof text - 1] = '\0';
    const char *const texts[] = {text};
    struct buf out;
    buf_init(&out, 8192);
    assert_int_equal(embedding_write("m", texts, 1, &out), 0);
    /* 1 + 2 × 899 bytes, the last half character left out. */
    assert_int_equal(out.size, strlen("{\"model\":\"m\",\"input\":[\"\"]}") + EMBEDDING_TEXT_BYTES - 1);
    assert_string_equal(out.data + out.size - 5, "è\"]}");
    buf_free(&out);
}

static int reads(const char *json, size_t count, size_t size, float **ret, size_t *ret_size, const char **ret_why,
                 struct arena *arena)
{
    /* In memory of its exact size, so that the sanitiser sees a step past it. */
    size_t bytes = strlen(json);
    char *copy = malloc(bytes > 0 ? bytes : 1);
    memcpy(copy, json, bytes);
    int result = embedding_read(copy, bytes, count, size, arena, ret, ret_size, ret_why);
    free(copy);
    return result;
}

static void vectors_are_put_in_order_by_their_index(void **state)
{
    (void)state;
    struct arena *arena = arena_new(1 << 16);
    float *v = NULL;
    size_t size = 0;
    const char *why = NULL;
    assert_int_equal(reads("{\"object\":\"list\",\"data\":[{\"index\":1,\"embedding\":[3,-4.5]},"
                           "{\"index\":0,\"embedding\":[1e-3,2]}],\"usage\":{\"total_tokens\":3}}",
                           2, 0, &v, &size, &why, arena),
                     0);
    assert_int_equal(size, 2);
    assert_float_equal(v[0], 0.001, 1e-9);
    assert_float_equal(v[1], 2, 0);
    assert_float_equal(v[2], 3, 0);
    assert_float_equal(v[3], -4.5, 0);
    /* Without an index: as they come. */
    assert_int_equal(reads("{\"data\":[{\"embedding\":[1]},{\"embedding\":[2]}]}", 2, 1, &v, &size, &why, arena), 0);
    assert_float_equal(v[1], 2, 0);
    arena_free(arena);
}

static void lies_are_named_and_refused(void **state)
{
    (void)state;
    static const struct {
        const char *json;
        size_t count, size;
        const char *why;
    } wrong[] = {
        {"", 1, 0, "not JSON"},
        {"<html>busy</html>", 1, 0, "not JSON"},
        {"[]", 1, 0, "no list"},
        {"{\"data\":{}}", 1, 0, "no list"},
        {"{\"data\":[]}", 1, 0, "as many"},
        {"{\"data\":[{\"index\":0,\"embedding\":[1]},{\"index\":1,\"embedding\":[1]}]}", 1, 0, "as many"},
        {"{\"data\":[{\"index\":0,\"embedding\":[1]},{\"index\":0,\"embedding\":[1]}]}", 2, 0, "twice"},
        {"{\"data\":[{\"index\":-1,\"embedding\":[1]}]}", 1, 0, "out of range"},
        {"{\"data\":[{\"index\":9223372036854775807,\"embedding\":[1]}]}", 1, 0, "out of range"},
        {"{\"data\":[{\"index\":\"0\",\"embedding\":[1]}]}", 1, 0, "index"},
        {"{\"data\":[7]}", 1, 0, "not a list of vectors"},
        {"{\"data\":[{\"index\":0,\"embedding\":\"AACAPw==\"}]}", 1, 0, "not a list of numbers"},
        {"{\"data\":[{\"index\":0}]}", 1, 0, "not a list of numbers"},
        {"{\"data\":[{\"index\":0,\"embedding\":[]}]}", 1, 0, "empty"},
        {"{\"data\":[{\"index\":0,\"embedding\":[1,2]}]}", 1, 3, "size"},
        {"{\"data\":[{\"index\":0,\"embedding\":[1,2]},{\"index\":1,\"embedding\":[1]}]}", 2, 0, "size"},
        {"{\"data\":[{\"index\":0,\"embedding\":[1,null]}]}", 1, 0, "finite"},
        {"{\"data\":[{\"index\":0,\"embedding\":[1,\"2\"]}]}", 1, 0, "finite"},
        {"{\"data\":[{\"index\":0,\"embedding\":[1e39]}]}", 1, 0, "finite"},
        {"{\"data\":[{\"index\":0,\"embedding\":[NaN]}]}", 1, 0, "not JSON"},
        {"{\"data\":[{\"index\":0,\"embedding\":[1e999]}]}", 1, 0, "not JSON"},
        {"{\"data\":[],\"data\":[{\"embedding\":[1]}]}", 1, 0, "not JSON"},
        {"{\"data\":[[[[[[[[[[1]]]]]]]]]]}", 1, 0, "not JSON"},
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct arena *arena = arena_new(1 << 16);
        float *v = NULL;
        size_t size = 77;
        const char *why = "";
        assert_int_equal(reads(wrong[i].json, wrong[i].count, wrong[i].size, &v, &size, &why, arena), -1);
        if (strstr(why, wrong[i].why) == NULL)
            fail_msg("%s: “%s” is not “%s”", wrong[i].json, why, wrong[i].why);
        assert_null(v);
        assert_int_equal(size, 77);
        arena_free(arena);
    }
}

static void ceilings_hold(void **state)
{
    (void)state;
    struct arena *arena = arena_new(64 << 20);
    float *v = NULL;
    size_t size = 0;
    const char *why = "";
    struct buf big;
    buf_init(&big, 1 << 20);
    buf_puts(&big, "{\"data\":[{\"embedding\":[0");
    for (int i = 0; i < EMBEDDING_SIZE_MAX; i++)
        buf_puts(&big, ",0");
    buf_puts(&big, "]}]}");
    assert_int_equal(reads(big.data, 1, 0, &v, &size, &why, arena), -1);
    assert_non_null(strstr(why, "4096"));
    buf_clear(&big);
    while (big.size <= embedding_answer_bytes(1, 8))
        buf_puts(&big, "                ");
    assert_int_equal(reads(big.data, 1, 8, &v, &size, &why, arena), -1);
    assert_non_null(strstr(why, "larger"));
    buf_free(&big);
    arena_free(arena);
}

static void a_refusal_is_told_in_the_servers_own_words(void **state)
{
    (void)state;
    static const char *const said[][2] = {
        {"{\"error\":{\"message\":\"model \\\"x\\\"\\n not found\",\"code\":404}}", "model \"x\"  not found"},
        {"{\"error\":\"Input is too long\",\"error_type\":\"Validation\"}", "Input is too long"},
        {"{\"message\":\"no\"}", "no"},
        {"{\"error\":7}", ""},
        {"<html>", ""},
        {"", ""},
    };
    char text[EMBEDDING_WHY_BYTES + 1];
    for (size_t i = 0; i < sizeof said / sizeof *said; i++) {
        embedding_error(said[i][0], strlen(said[i][0]), text);
        assert_string_equal(text, said[i][1]);
    }
    struct buf big;
    buf_init(&big, 4096);
    buf_puts(&big, "{\"message\":\"a");
    for (int i = 0; i < 500; i++)
        buf_puts(&big, "è");
    buf_puts(&big, "\"}");
    embedding_error(big.data, big.size, text);
    assert_int_equal(strlen(text), EMBEDDING_WHY_BYTES - 1);
    buf_free(&big);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_request_names_the_model_and_the_texts),
        cmocka_unit_test(a_long_text_is_cut_between_characters),
        cmocka_unit_test(vectors_are_put_in_order_by_their_index),
        cmocka_unit_test(lies_are_named_and_refused),
        cmocka_unit_test(ceilings_hold),
        cmocka_unit_test(a_refusal_is_told_in_the_servers_own_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
