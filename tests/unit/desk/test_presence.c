/* Presences have names, there and back. */
#include "desk/desk.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void names_there_and_back(void **state)
{
    (void)state;
    for (enum presence p = PRESENCE_OFFLINE; p <= PRESENCE_AWAY; p++) {
        enum presence back = PRESENCE_OFFLINE;
        assert_int_equal(presence_from_name(presence_name(p), &back), 0);
        assert_int_equal(back, p);
    }
    enum presence untouched = PRESENCE_AWAY;
    assert_int_equal(presence_from_name("asleep", &untouched), -1);
    assert_int_equal(untouched, PRESENCE_AWAY);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(names_there_and_back)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
