/* Folding of code points: see fold.h. ASCII goes by itself, the rest through utf8proc. */
#include "text/fold.h"

#include <stdbool.h>
#include <string.h>
#include <utf8proc.h>

/* No code point decomposes into more. */
enum { POINTS_MAX = 18 };

static bool is_letter(utf8proc_int32_t point)
{
    utf8proc_category_t c = utf8proc_category(point);
    return (c >= UTF8PROC_CATEGORY_LU && c <= UTF8PROC_CATEGORY_LO) ||
           (c >= UTF8PROC_CATEGORY_ND && c <= UTF8PROC_CATEGORY_NO);
}

static bool is_invisible(utf8proc_int32_t point)
{
    utf8proc_category_t c = utf8proc_category(point);
    return (c >= UTF8PROC_CATEGORY_MN && c <= UTF8PROC_CATEGORY_ME) || c == UTF8PROC_CATEGORY_CF;
}

static size_t fold_ascii(char c, char *out, size_t *ret_size, enum fold_kind *ret_kind)
{
    if (c >= 'A' && c <= 'Z')
        c = (char)(c - 'A' + 'a');
    bool letter = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    *out = c;
    *ret_size = letter ? 1 : 0;
    *ret_kind = letter ? FOLD_LETTERS : FOLD_GAP;
    return 1;
}

size_t fold_point(const char *text, size_t size, char *out, size_t *ret_size, enum fold_kind *ret_kind)
{
    if ((unsigned char)*text < 0x80)
        return fold_ascii(*text, out, ret_size, ret_kind);
    *ret_size = 0;
    *ret_kind = FOLD_GAP;
    utf8proc_int32_t point;
    utf8proc_ssize_t taken = utf8proc_iterate((const utf8proc_uint8_t *)text, (utf8proc_ssize_t)size, &point);
    if (taken <= 0)
        return 1;
    if (is_invisible(point)) {
        *ret_kind = FOLD_NOTHING;
        return (size_t)taken;
    }
    if (!is_letter(point))
        return (size_t)taken;
    utf8proc_int32_t parts[POINTS_MAX];
    int boundary = 0;
    utf8proc_option_t how =
        UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD | UTF8PROC_STRIPMARK | UTF8PROC_IGNORE;
    utf8proc_ssize_t count = utf8proc_decompose_char(point, parts, POINTS_MAX, how, &boundary);
    for (utf8proc_ssize_t i = 0; i < count && i < POINTS_MAX; i++)
        if (is_letter(parts[i]))
            *ret_size += (size_t)utf8proc_encode_char(parts[i], (utf8proc_uint8_t *)out + *ret_size);
    *ret_kind = *ret_size > 0 ? FOLD_LETTERS : FOLD_NOTHING;
    return (size_t)taken;
}

int fold_text(const char *text, size_t size, struct buf *out)
{
    bool gap = false, started = false;
    for (size_t at = 0; at < size;) {
        char letters[FOLD_POINT_BYTES];
        size_t length;
        enum fold_kind kind;
        at += fold_point(text + at, size - at, letters, &length, &kind);
        if (kind == FOLD_GAP)
            gap = started;
        if (kind != FOLD_LETTERS)
            continue;
        if ((gap && buf_putc(out, ' ') < 0) || buf_add(out, letters, length) < 0)
            return -1;
        gap = false;
        started = true;
    }
    return 0;
}
