/* Sentences are read as they were written; a file that is not whole is none. */
#include "text/negatives.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const char *const lines[] = {"Che ore sono?", "Perché no?", "Non lo so."};

static int read_text(const char *text, struct negatives *ret)
{
    return negatives_read(text, strlen(text), ret);
}

static void reads_what_was_written(void **state)
{
    struct buf out;
    buf_init(&out, 4096);
    assert_int_equal(negatives_write(&out, "it", lines, 3), 0);
    struct negatives n;
    assert_int_equal(negatives_read(out.data, out.size, &n), 0);
    assert_int_equal(n.count, 3);
    for (size_t i = 0; i < 3; i++)
        assert_string_equal(n.lines[i], lines[i]);
    negatives_free(&n);
    assert_int_equal(n.count, 0);
    for (size_t cut = 0; cut < out.size; cut++)
        assert_int_equal(negatives_read(out.data, cut, &n), -1);
    buf_free(&out);
    (void)state;
}

static void refuses_what_is_not_whole(void **state)
{
    static const char head[] = "# Sentences of everyday language: ";
    static const char *const bad[] = {
        "",
        "Che ore sono?\n",
        "2 (it)\nuna\n",
        "1 (it)\nuna\ndue\n",
        "2 (it)\nuna\n\n",
        "1 (it)\nuna\xff\n",
        "0 (it)\n",
        "20001 (it)\nuna\n",
        "99999999999999999999999 (it)\nuna\n",
        "-1 (it)\nuna\n",
    };
    struct negatives n = {.count = 9};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        char text[200];
        snprintf(text, sizeof text, "%s%s", i < 2 ? "" : head, bad[i]);
        assert_int_equal(read_text(text, &n), -1);
    }
    assert_int_equal(n.count, 9);
    assert_int_equal(read_text("# Sentences of everyday language: 1 (it)\nuna\n", &n), 0);
    assert_string_equal(n.lines[0], "una");
    negatives_free(&n);
    (void)state;
}

static void refuses_a_line_past_its_ceiling(void **state)
{
    char text[512] = "# Sentences of everyday language: 1 (it)\n";
    size_t head = strlen(text);
    memset(text + head, 'a', NEGATIVE_BYTES);
    memcpy(text + head + NEGATIVE_BYTES, "\n", 2);
    struct negatives n;
    assert_int_equal(read_text(text, &n), 0);
    negatives_free(&n);
    memcpy(text + head + NEGATIVE_BYTES, "a\n", 3);
    assert_int_equal(read_text(text, &n), -1);
    (void)state;
}

/* The ones that make has made, where they are. */
static void a_language_has_thousands(void **state)
{
    size_t count = 0;
    const char *const *all = negatives_of("it", &count);
    if (all == NULL)
        skip(); /* without the packages there are none */
    assert_true(count > 1000 && count <= NEGATIVES_MAX);
    for (size_t i = 0; i < count; i++)
        assert_true(strlen(all[i]) > 0 && strchr(all[i], '\n') == NULL);
    assert_null(negatives_of("xx", &count));
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_what_was_written),
        cmocka_unit_test(refuses_what_is_not_whole),
        cmocka_unit_test(refuses_a_line_past_its_ceiling),
        cmocka_unit_test(a_language_has_thousands),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
