/* Words meet although one writes them together and another apart. */
#include "understand/compound.h"
#include "unit/understand/words.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const char *const texts[] = {"il wi-fi in negozio", "buon giorno", "la password", "il pacco",
                                    "le chiavi di casa",   "le chiavi"};

static void parted_where_the_entries_part(void **state)
{
    struct words w = words_new("it", texts, 6);
    assert_int_equal(compound_apart(w.index, "wifi", 4, false), 2);
    assert_int_equal(compound_apart(w.index, "buongiorno", 10, false), 4);
    assert_int_equal(compound_apart(w.index, "dicasa", 6, false), 2);
    assert_int_equal(compound_apart(w.index, "casadi", 6, false), 0); /* both there, never in this order */
    assert_int_equal(compound_apart(w.index, "pacco", 5, false), 0);
    assert_int_equal(compound_apart(w.index, "", 0, false), 0);
    assert_int_equal(compound_apart(w.index, "wifi", 4, true), 0);
    words_free(&w);
    (void)state;
}

static void a_lost_space_is_found(void **state)
{
    struct words w = words_new("it", texts, 6);
    assert_int_equal(compound_torn(w.index, "ilpacco", 7, false), 2);
    assert_int_equal(compound_torn(w.index, "chiavipacco", 11, false), 6);
    assert_int_equal(compound_torn(w.index, "lachiavi", 8, false), 2);
    assert_int_equal(compound_torn(w.index, "lpacco", 6, false), 1); /* l'pacco */
    assert_int_equal(compound_torn(w.index, "dovequando", 10, false), 4);
    assert_int_equal(compound_torn(w.index, "paccox", 6, false), 0);
    assert_int_equal(compound_torn(w.index, "xpacco", 6, false), 0);
    assert_int_equal(compound_torn(w.index, "zzzzzzzz", 8, false), 0);
    assert_int_equal(compound_torn(w.index, "ilpacco", 7, true), 0);
    assert_int_equal(compound_torn(w.index, "lechiavi", 8, true), 2);
    words_free(&w);
    (void)state;
}

static uint32_t together(const struct index *x, const char *first, const char *second)
{
    struct token a = {.length = strlen(first)}, b = {.length = strlen(second)};
    memcpy(a.word, first, a.length);
    memcpy(b.word, second, b.length);
    return compound_together(x, &a, &b, false);
}

static void two_halves_make_a_word(void **state)
{
    struct words w = words_new("it", texts, 6);
    assert_int_equal(together(w.index, "pass", "word"), image_find_word(w.index, "password", 8));
    assert_true(together(w.index, "pass", "word") != IMAGE_NONE);
    assert_true(together(w.index, "pas", "word") == IMAGE_NONE);
    assert_true(together(w.index, "d", "i") == IMAGE_NONE); /* a function word */
    assert_true(together(w.index, "zzzzzzzzzzzzzzzzzzzzzzzz", "zzzzzzzzzzzzzzzzzzzzzzzz") == IMAGE_NONE);
    words_free(&w);
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parted_where_the_entries_part),
        cmocka_unit_test(a_lost_space_is_found),
        cmocka_unit_test(two_halves_make_a_word),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
