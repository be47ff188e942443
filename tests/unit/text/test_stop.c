/* Function words and elisions are known by language. */
#include "text/stop.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void knows_its_words(void **state)
{
    const struct stop *it = stop_of("it"), *en = stop_of("en");
    assert_non_null(it);
    assert_non_null(en);
    assert_true(stop_has(it, "perche", 6) && stop_has(it, "dell", 4) && stop_has(it, "e", 1));
    assert_true(stop_has(en, "the", 3) && stop_has(en, "don", 3));
    assert_false(stop_has(it, "spedizione", 10) || stop_has(en, "delivery", 8) || stop_has(it, "the", 3));
    (void)state;
}

static void another_language_has_none(void **state)
{
    assert_null(stop_of("xx"));
    assert_false(stop_has(NULL, "a", 1));
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(knows_its_words),
        cmocka_unit_test(another_language_has_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
