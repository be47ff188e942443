/* A text is read into words as they were meant, and good words are left alone. */
#include "understand/reading.h"
#include "unit/understand/shop.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct reading read(struct shop *s, const char *text)
{
    const struct reading_options plain = {0};
    struct reading r;
    assert_int_equal(reading_of(s->index, text, &plain, s->arena, &r), 0);
    return r;
}

static void words_keep_their_place(void **state)
{
    struct shop *s = shop_new();
    struct reading r = read(s, "  Quanto costa la spedizzione?");
    assert_int_equal(r.count, 4);
    assert_int_equal(r.words[3].at, 18);
    assert_int_equal(r.words[3].size, 11);
    assert_true(r.words[3].mended && !r.words[0].mended);
    assert_string_equal(reading_corrected(&r, s->arena), "  Quanto costa la spedizione?");
    shop_free(s);
    (void)state;
}

static void what_is_right_comes_back_as_it_is(void **state)
{
    struct shop *s = shop_new();
    const char *text = "Quanto costa la spedizione?";
    struct reading r = read(s, text);
    assert_ptr_equal(reading_corrected(&r, s->arena), text);
    shop_free(s);
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_keep_their_place),
        cmocka_unit_test(what_is_right_comes_back_as_it_is),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
