/* Frames leave in order, with room before them, and both ceilings hold. */
#include "net/outbox.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void in_order_with_room_before(void **state)
{
    (void)state;
    size_t total = 0, size;
    struct outbox box;
    outbox_init(&box, &total);
    assert_null(outbox_head(&box, &size));
    assert_int_equal(outbox_push(&box, "one", 3, 100, 100), 0);
    assert_int_equal(outbox_push(&box, "two!", 4, 100, 100), 0);
    unsigned char *head = outbox_head(&box, &size);
    assert_int_equal(size, 3);
    assert_memory_equal(head, "one", 3);
    memset(head - OUTBOX_PRE, 0xff, OUTBOX_PRE);
    outbox_pop(&box);
    head = outbox_head(&box, &size);
    assert_memory_equal(head, "two!", 4);
    assert_int_equal(total, 4);
    outbox_pop(&box);
    assert_null(outbox_head(&box, &size));
    assert_int_equal(total, 0);
}

static void both_ceilings_hold(void **state)
{
    (void)state;
    size_t total = 0;
    struct outbox a, b;
    outbox_init(&a, &total);
    outbox_init(&b, &total);
    assert_int_equal(outbox_push(&a, "12345678", 8, 10, 15), 0);
    assert_int_equal(outbox_push(&a, "123", 3, 10, 15), -1);
    assert_int_equal(outbox_push(&a, "12", 2, 10, 15), 0);
    assert_int_equal(outbox_push(&b, "123456", 6, 10, 15), -1);
    assert_int_equal(outbox_push(&b, "12345", 5, 10, 15), 0);
    assert_int_equal(total, 15);
    outbox_clear(&a);
    assert_int_equal(total, 5);
    outbox_clear(&b);
    assert_int_equal(total, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(in_order_with_room_before),
        cmocka_unit_test(both_ceilings_hold),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
