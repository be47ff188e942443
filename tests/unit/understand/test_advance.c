/* Parts tell shares of the whole. */
#include "understand/advance.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void note(void *context, double share)
{
    *(double *)context = share;
}

static bool is(double a, double b)
{
    return fabs(a - b) < 1e-9;
}

static void parts_lie_within_the_whole(void **state)
{
    double heard = -1;
    const struct advance whole = {note, &heard, 0, 1};
    const struct advance second = advance_part(&whole, 0.5, 1);
    struct advance within = advance_part(&second, 0.2, 0.6);
    advance_tell(&second, 0);
    assert_true(is(heard, 0.5));
    advance_tell(&within, 0);
    assert_true(is(heard, 0.6));
    advance_hear(&within, 0.5);
    assert_true(is(heard, 0.7));
    advance_tell(&within, 1);
    assert_true(is(heard, 0.8));
    advance_tell(&second, 1);
    assert_true(is(heard, 1));
    (void)state;
}

static void nobody_need_listen(void **state)
{
    const struct advance whole = {.to = 1}, part = advance_part(&whole, 0, 0.5);
    advance_tell(&part, 1);
    assert_true(part.hear == NULL && is(part.to, 0.5));
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parts_lie_within_the_whole),
        cmocka_unit_test(nobody_need_listen),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
