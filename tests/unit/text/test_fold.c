/* Spellings of one word fold to the same; what cannot be read parts words. */
#include "text/fold.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void folds_to(const char *text, size_t size, const char *wanted)
{
    struct buf out;
    buf_init(&out, 4096);
    assert_int_equal(fold_text(text, size, &out), 0);
    assert_string_equal(out.data, wanted);
    buf_free(&out);
}

static void spellings_meet(void **state)
{
    static const struct {
        const char *text, *folded;
    } rows[] = {
        {"Perché NO?", "perche no"},
        {"perche\xcc\x81", "perche"},
        {"dell\xe2\x80\x99ordine", "dell ordine"},
        {"dell'ordine", "dell ordine"},
        {"STRASSE straße", "strasse strasse"},
        {"\xef\xac\x81ne", "fine"},
        {"zero\xe2\x80\x8bwidth soft\xc2\xadhyphen", "zerowidth softhyphen"},
        {"  a -- b\n", "a b"},
        {"6,50 €", "6 50"},
        {"\xd0\x9f\xd1\x80\xd0\xb8\xd0\xb2\xd0\xb5\xd1\x82", "\xd0\xbf\xd1\x80\xd0\xb8\xd0\xb2\xd0\xb5\xd1\x82"},
        {"İstanbul", "istanbul"},
        {"\xf0\x9f\x91\x8d", ""},
        {"", ""},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        folds_to(rows[i].text, strlen(rows[i].text), rows[i].folded);
    (void)state;
}

static void broken_bytes_part_words(void **state)
{
    folds_to("a\xff"
             "b",
             3, "a b");
    folds_to("citt\xc3", 5, "citt");
    folds_to("a\0b", 3, "a b");
    (void)state;
}

static void the_ceiling_is_kept(void **state)
{
    struct buf out;
    buf_init(&out, 4);
    assert_int_equal(fold_text("quattro", 7, &out), -1);
    buf_free(&out);
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(spellings_meet),
        cmocka_unit_test(broken_bytes_part_words),
        cmocka_unit_test(the_ceiling_is_kept),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
