/* The path draws the code: finder patterns in three corners, every dark module once. */
#include "net/qr.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

enum { SIDE_MOST = 200 };

static unsigned char drawn[SIDE_MOST][SIDE_MOST];

/* Paints the path by its own words. */
static void paint(const char *path, int size)
{
    memset(drawn, 0, sizeof drawn);
    while (*path != '\0') {
        int x, y, width, back, used = 0;
        assert_int_equal(sscanf(path, "M%d %dh%dv1h-%dz%n", &x, &y, &width, &back, &used), 4);
        assert_true(used > 0 && width == back && width > 0 && x >= 0 && y >= 0 && x + width <= size && y < size);
        for (int i = 0; i < width; i++) {
            assert_int_equal(drawn[y][x + i], 0);
            drawn[y][x + i] = 1;
        }
        path += used;
    }
}

static void finder(int top, int left)
{
    static const char *const rows[] = {"#######", "#     #", "# ### #", "# ### #", "# ### #", "#     #", "#######"};
    for (int y = 0; y < 7; y++) {
        for (int x = 0; x < 7; x++)
            assert_int_equal(drawn[top + y][left + x], rows[y][x] == '#');
    }
}

static void a_code_has_its_three_corners(void **state)
{
    struct buf out;
    int size = 0;
    (void)state;
    buf_init(&out, 1 << 16);
    assert_int_equal(
        qr_path("otpauth://totp/Olmo:Marta?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Olmo", &out, &size), 0);
    assert_in_range(size, 33, 61);
    assert_int_equal(size % 4, 1);
    paint(out.data, size);
    finder(0, 0);
    finder(0, size - 7);
    finder(size - 7, 0);
    buf_free(&out);
}

static void another_text_is_another_code_and_too_long_a_one_none(void **state)
{
    struct buf one, other;
    char text[QR_TEXT_MOST + 2];
    int size = 0;
    (void)state;
    buf_init(&one, 1 << 18);
    buf_init(&other, 1 << 18);
    assert_int_equal(qr_path("a", &one, &size), 0);
    assert_int_equal(qr_path("b", &other, &size), 0);
    assert_string_not_equal(one.data, other.data);
    assert_int_equal(qr_path("", &one, &size), -1);
    memset(text, 'x', sizeof text - 1);
    text[QR_TEXT_MOST + 1] = '\0';
    assert_int_equal(qr_path(text, &one, &size), -1);
    text[QR_TEXT_MOST] = '\0';
    buf_clear(&one);
    assert_int_equal(qr_path(text, &one, &size), 0);
    paint(one.data, size);
    buf_free(&one);
    buf_init(&one, 100);
    assert_int_equal(qr_path("no room for this", &one, &size), -1);
    buf_free(&one);
    buf_free(&other);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_code_has_its_three_corners),
        cmocka_unit_test(another_text_is_another_code_and_too_long_a_one_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
