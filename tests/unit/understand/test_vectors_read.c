/* Numbers of word vectors are read as exactly as a float keeps them. */
#include "understand/vectors_read.h"
#include "vectors_test.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void numbers_are_read_as_strtof_does(void **state)
{
    static const char *const numbers[] = {"0",
                                          "-0.0",
                                          "1",
                                          "0.0123",
                                          "-0.4567",
                                          "12345.678",
                                          "1e-5",
                                          "1.17e-38",
                                          "3.4e38",
                                          "-2.5E+3",
                                          ".5",
                                          "7.",
                                          "0.00000001234",
                                          "123456789012345678901234567890",
                                          "0.333333333333333333333333333",
                                          "9e-60"};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        char text[128];
        float value, expected = strtof(numbers[i], NULL);
        struct vectors_reader r;
        struct vectors_report report = {0};
        const char *word;
        size_t size;
        int file = file_of(text, (size_t)sprintf(text, "1 1\nuno %s\n", numbers[i]));
        assert_int_equal(vectors_reader_init(&r, file, &report), 0);
        assert_int_equal(vectors_reader_next(&r, &word, &size, &value), 1);
        assert_true(fabsf(value - expected) <= fabsf(expected) * 2e-7f);
        assert_int_equal(size, 3);
        assert_memory_equal(word, "uno", 3);
        assert_int_equal(vectors_reader_next(&r, &word, &size, &value), 0);
        vectors_reader_free(&r);
        close(file);
    }
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(numbers_are_read_as_strtof_does)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
