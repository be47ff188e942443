/* What says the same is the same, wherever it stands. */
#include "content/same.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void texts_are_compared_by_their_letters(void **state)
{
    char copy[] = "resi";
    assert_true(same_text("resi", copy));
    assert_false(same_text("resi", "reso"));
    assert_true(same_text(NULL, NULL));
    assert_false(same_text(NULL, ""));
    assert_false(same_text("", NULL));
    (void)state;
}

static void buttons_differ_by_kind_target_title_order_and_number(void **state)
{
    const struct option a[] = {{.kind = OPTION_ENTRY, .target = "resi", .title = "Resi"},
                               {.kind = OPTION_AGENT, .target = ""}};
    struct option b[] = {a[0], a[1]};
    b[0].place.line = 7;
    assert_true(same_options(a, 2, b, 2));
    assert_true(same_options(NULL, 0, NULL, 0));
    assert_false(same_options(a, 2, b, 1));
    b[1].kind = OPTION_INTENT;
    assert_false(same_options(a, 2, b, 2));
    b[1] = a[1];
    b[0].target = "orari";
    assert_false(same_options(a, 2, b, 2));
    b[0] = a[0];
    b[1].title = "Parla con noi";
    assert_false(same_options(a, 2, b, 2));
    b[0] = a[1];
    b[1] = a[0];
    assert_false(same_options(a, 2, b, 2));
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(texts_are_compared_by_their_letters),
        cmocka_unit_test(buttons_differ_by_kind_target_title_order_and_number),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
