/* A picture is what its head says, within bounds; anything else is none. */
#include "net/picture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define PNG(w, h) "\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0" w "\0\0" h "\x08\x06\0\0\0crc!"
/* A JFIF segment before the frame. */
#define JPEG(w, h) "\xff\xd8\xff\xe0\0\x10JFIF\0\1\1\0\0\1\0\1\0\0\xff\xc2\0\x11\x08" h w "\3"
#define WEBP_X     "RIFF\x30\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0\x7f\0\0\x3f\0\0"
#define WEBP_L     "RIFF\x30\0\0\0WEBPVP8L\x0a\0\0\0\x2f\x7f\xc0\x0f\0\0\0\0\0\0"
#define WEBP_V     "RIFF\x30\0\0\0WEBPVP8 \x0a\0\0\0\0\0\0\x9d\x01\x2a\x80\0\x40\0"

#define BYTES(text) (text), sizeof(text) - 1

static const char *type_of(const char *bytes, size_t size, int width, int height)
{
    int got_width = -1, got_height = -1;
    const char *type = picture_type(bytes, size, &got_width, &got_height);
    if (type != NULL) {
        assert_int_equal(got_width, width);
        assert_int_equal(got_height, height);
    }
    return type != NULL ? type : "none";
}

static void three_kinds_are_known(void **state)
{
    (void)state;
    assert_string_equal(type_of(BYTES(PNG("\0\x80", "\0\x40")), 128, 64), "image/png");
    assert_string_equal(type_of(BYTES(JPEG("\0\x80", "\0\x40")), 128, 64), "image/jpeg");
    assert_string_equal(type_of(BYTES(WEBP_X), 128, 64), "image/webp");
    assert_string_equal(type_of(BYTES(WEBP_L), 128, 64), "image/webp");
    assert_string_equal(type_of(BYTES(WEBP_V), 128, 64), "image/webp");
}

static void sizes_have_bounds(void **state)
{
    (void)state;
    assert_string_equal(type_of(BYTES(PNG("\x04\0", "\x04\0")), 1024, 1024), "image/png");
    assert_string_equal(type_of(BYTES(PNG("\x04\1", "\x04\0")), 0, 0), "none");
    assert_string_equal(type_of(BYTES(PNG("\0\0", "\0\x40")), 0, 0), "none");
    assert_string_equal(type_of(BYTES(JPEG("\x40\0", "\x40\0")), 0, 0), "none");
}

static void what_only_says_so_or_is_cut_is_none(void **state)
{
    static const char svg[] = "<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>        ";
    static const char gif[] = "GIF89a\1\0\1\0\x80\0\0\0\0\0\xff\xff\xff!\xf9\4\1\0\0\0\0,\0\0\0\0\1\0\1\0\0\2\2D\1\0;";
    static const char html[] = "\x89PNG\r\n\x1a\n<html><script>alert(1)</script></html>";
    (void)state;
    assert_string_equal(type_of(BYTES(svg), 0, 0), "none");
    assert_string_equal(type_of(BYTES(gif), 0, 0), "none");
    assert_string_equal(type_of(BYTES(html), 0, 0), "none");
    assert_string_equal(type_of("", 0, 0, 0), "none");
    static const struct {
        const char *bytes;
        size_t size, least;
    } whole[] = {{BYTES(PNG("\0\x80", "\0\x40")), 33},
                 {BYTES(JPEG("\0\x80", "\0\x40")), 29},
                 {BYTES(WEBP_X), 30},
                 {BYTES(WEBP_L), 30},
                 {BYTES(WEBP_V), 30}};
    for (size_t i = 0; i < sizeof whole / sizeof *whole; i++) {
        for (size_t size = 0; size < whole[i].least; size++)
            assert_string_equal(type_of(whole[i].bytes, size, 0, 0), "none");
        assert_string_not_equal(type_of(whole[i].bytes, whole[i].size, 128, 64), "none");
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(three_kinds_are_known),
        cmocka_unit_test(sizes_have_bounds),
        cmocka_unit_test(what_only_says_so_or_is_cut_is_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
