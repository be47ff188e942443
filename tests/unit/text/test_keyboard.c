/* Neighbouring keys are neighbours both ways. */
#include "text/keyboard.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void neighbours_are_mutual(void **state)
{
    for (char a = 'a'; a <= 'z'; a++) {
        size_t count = 0;
        for (char b = 'a'; b <= 'z'; b++) {
            count += keyboard_near(a, b);
            if (keyboard_near(a, b) != keyboard_near(b, a))
                fail_msg("%c and %c", a, b);
        }
        assert_in_range(count, 2, 7);
        assert_false(keyboard_near(a, a));
    }
    (void)state;
}

static void keys_lie_where_they_do(void **state)
{
    assert_true(keyboard_near('a', 's') && keyboard_near('o', 'p') && keyboard_near('g', 'h'));
    assert_false(keyboard_near('a', 'p') || keyboard_near('q', 'm'));
    assert_false(keyboard_near('a', '1') || keyboard_near('\0', 'a') || keyboard_near((char)0xc3, 'a'));
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(neighbours_are_mutual),
        cmocka_unit_test(keys_lie_where_they_do),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
