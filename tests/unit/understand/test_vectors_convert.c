/* A file of word vectors is converted, or refused with its line and the reason; nothing is half done. */
#include "vectors_test.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void a_file_is_converted(void **state)
{
    struct vectors_report r;
    int file = convert_bytes(shop_vec, strlen(shop_vec), &r);
    assert_true(file >= 0);
    assert_string_equal(r.why, "");
    assert_int_equal(r.words, 22 - 1); /* the comma is no word of a text */
    assert_int_equal(r.size, 4);
    assert_int_equal(r.unused, 1);
    assert_int_equal(r.twice, 0);
    close(file);
    (void)state;
}

static void what_is_common_practice_is_read(void **state)
{
    static const char *const good[] = {
        "2 2\nuno 1 2 \ndue 3 4 \n",           /* fastText itself ends lines in a space */
        "2 2\r\nuno 1 2\r\ndue 3 4\r\n",       /* edited elsewhere */
        "2 2\nuno 1 2\ndue 3 4",               /* no last newline */
        "2 2\nuno 1 2\ndue 3 4\n\n\n",         /* empty lines at the end */
        "2 2\nuno 1e-3 -2.5E+1\ndue +.5 4.\n", /* numbers as programs print them */
        "3 2\nuno 1 2\ndue 3 4\nuno 5 6\n",    /* a word that stands twice */
        "2 2\nuno 0.1234567890123456789012345678901234567890 2\ndue 0 0\n",
    };
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        struct vectors_report r;
        int file = convert_bytes(good[i], strlen(good[i]), &r);
        if (file < 0)
            fail_msg("%zu: line %zu: %s", i, r.line, r.why);
        assert_int_equal(r.twice, i == 5);
        close(file);
    }
    (void)state;
}

static void a_mistake_is_told_with_its_line(void **state)
{
    static const struct {
        const char *text;
        size_t size, line;
        const char *says;
    } bad[] = {
        {"", 0, 0, "the file is empty"},
        {"uno 1 2\ndue 3 4\n", 0, 1, "COUNT DIMENSIONS"},
        {"2\n", 0, 1, "COUNT DIMENSIONS"},
        {"2 2 2\n", 0, 1, "COUNT DIMENSIONS"},
        {"-2 2\n", 0, 1, "COUNT DIMENSIONS"},
        {"2 0\n", 0, 1, "0 dimensions"},
        {"2 4097\n", 0, 1, "4097 dimensions"},
        {"0 2\n", 0, 1, "0 words"},
        {"4000001 2\n", 0, 1, "4000001 words"},
        {"99999999999999999999999 2\n", 0, 1, "words"},
        {"\x1f\x8b\x08\x00", 4, 0, "gunzip"},
        {"3 2\nuno 1 2\ndue 3 4\n", 0, 4, "after 2 of 3 words"},
        {"3 2\nuno 1 2\ndue 3", 0, 3, "cut in the middle"},
        {"1 2\nuno 1 2\ndue 3 4\n", 0, 3, "more words"},
        {"2 2\nuno 1 2 3\ndue 3 4\n", 0, 2, "more than the 2 values"},
        {"2 2\nuno 1 2\ndue 3\n", 0, 3, "1 values instead of 2"},
        {"2 2\nuno 1 2\n\ndue 3 4\n", 0, 3, "0 values instead of 2"},
        {"2 2\nuno 1 nan\ndue 3 4\n", 0, 2, "value 2, “nan”, is no finite number"},
        {"2 2\nuno 1 2\ndue inf 4\n", 0, 3, "value 1, “inf”"},
        {"2 2\nuno 1 1e999\ndue 3 4\n", 0, 2, "value 2"},
        {"2 2\nuno 1 2\ndue tre 4\n", 0, 3, "value 1, “tre”"},
        {"2 2\nuno 1 0x2\ndue 3 4\n", 0, 2, "value 2"},
        {"2 2\nuno 1 2-\ndue 3 4\n", 0, 2, "value 2"},
        {"2 2\nuno 1  2\ndue 3 4\n", 0, 2, "value 2"},
        {"2 2\nun\0o 1 2\ndue 3 4\n", 21, 2, "zero byte"},
        {"2 2\n, 1 2\n: 3 4\n", 0, 0, "no word in it"},
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct vectors_report r;
        int file = convert_bytes(bad[i].text, bad[i].size > 0 ? bad[i].size : strlen(bad[i].text), &r);
        assert_int_equal(file, -1);
        if (r.line != bad[i].line || strstr(r.why, bad[i].says) == NULL)
            fail_msg("%zu: line %zu: %s", i, r.line, r.why);
    }
    (void)state;
}

static void long_words_and_lines_have_limits(void **state)
{
    enum { LINE = (1 << 20) + 100 };
    static const struct {
        size_t word;
        const char *says; /* NULL = it is read and left out */
    } cases[] = {{128, NULL}, {129, NULL}, {1024, NULL}, {1025, "longer than 1024"}, {LINE - 50, "line is longer"}};
    char *text = malloc(LINE + 64);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct vectors_report r;
        int used = sprintf(text, "2 2\nuno 1 2\n");
        memset(text + used, 'x', cases[i].word);
        strcpy(text + used + cases[i].word, " 3 4\n");
        int file = convert_bytes(text, strlen(text), &r);
        assert_int_equal(file >= 0, cases[i].says == NULL);
        if (cases[i].says != NULL) {
            assert_non_null(strstr(r.why, cases[i].says));
            assert_int_equal(r.line, 3);
        } else {
            assert_int_equal(r.unused, cases[i].word > 128);
            close(file);
        }
    }
    free(text);
    (void)state;
}

static void what_cannot_be_read_or_written_is_told(void **state)
{
    struct vectors_report r;
    int ends[2], to = memfd_create("quantised", MFD_CLOEXEC);
    assert_int_equal(pipe(ends), 0);
    assert_int_equal(vectors_convert(ends[0], to, NULL, NULL, &r), -1);
    assert_non_null(strstr(r.why, "no regular file"));
    int from = file_of(shop_vec, strlen(shop_vec));
    assert_int_equal(vectors_convert(from, ends[1], NULL, NULL, &r), -1);
    assert_non_null(strstr(r.why, "cannot be written"));
    close(from);
    close(to);
    close(ends[0]);
    close(ends[1]);
    (void)state;
}

static char *many_words(size_t count, size_t *ret_size)
{
    char *text = malloc(count * 40 + 64);
    size_t used = (size_t)sprintf(text, "%zu 3\n", count);
    for (size_t i = 0; i < count; i++)
        used +=
            (size_t)sprintf(text + used, "w%zu %.4f %.4f %.4f\n", i, (double)(i % 7) - 3, (double)(i % 11) - 5, 1.5);
    *ret_size = used;
    return text;
}

struct heard {
    size_t times, stop_at;
    double last;
};

static bool hear(void *context, double share)
{
    struct heard *h = context;
    assert_true(share >= h->last && share <= 1);
    h->last = share;
    return ++h->times != h->stop_at;
}

static void progress_is_told_and_can_stop_it(void **state)
{
    size_t size;
    char *text = many_words(200000, &size);
    int from = file_of(text, size), to = memfd_create("quantised", MFD_CLOEXEC);
    struct vectors_report r;
    struct heard all = {0}, stopped = {.stop_at = 2};
    assert_int_equal(vectors_convert(from, to, hear, &all, &r), 0);
    assert_true(all.times > 3);
    assert_true(all.last == 1);
    assert_int_equal(r.words, 200000);
    lseek(from, 0, SEEK_SET);
    assert_int_equal(vectors_convert(from, to, hear, &stopped, &r), -1);
    assert_string_equal(r.why, "");
    assert_int_equal(stopped.times, 2);
    close(from);
    close(to);
    free(text);
    (void)state;
}

static void the_same_text_gives_the_same_file(void **state)
{
    struct vectors_report r;
    char a[65536], b[65536];
    int one = convert_bytes(shop_vec, strlen(shop_vec), &r), two = convert_bytes(shop_vec, strlen(shop_vec), &r);
    ssize_t size = pread(one, a, sizeof a, 0);
    assert_true(size > 0);
    assert_int_equal(pread(two, b, sizeof b, 0), size);
    assert_memory_equal(a, b, (size_t)size);
    close(one);
    close(two);
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_file_is_converted),
        cmocka_unit_test(what_is_common_practice_is_read),
        cmocka_unit_test(a_mistake_is_told_with_its_line),
        cmocka_unit_test(long_words_and_lines_have_limits),
        cmocka_unit_test(what_cannot_be_read_or_written_is_told),
        cmocka_unit_test(progress_is_told_and_can_stop_it),
        cmocka_unit_test(the_same_text_gives_the_same_file),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
