/* One pass over a frame before it is parsed: see scan.h. */
#include "wire/scan.h"

#include <stdbool.h>
#include <string.h>

/* What may follow a leading byte (Unicode, table 3-7): the range of the second byte keeps out overlong forms,
 * surrogates and what lies past U+10FFFF; all further bytes are 80–BF. */
static const struct lead {
    unsigned char from, to, second_low, second_high, length;
} leads[] = {
    {0x00, 0x7f, 0, 0, 1},       {0xc2, 0xdf, 0x80, 0xbf, 2}, {0xe0, 0xe0, 0xa0, 0xbf, 3},
    {0xe1, 0xec, 0x80, 0xbf, 3}, {0xed, 0xed, 0x80, 0x9f, 3}, {0xee, 0xef, 0x80, 0xbf, 3},
    {0xf0, 0xf0, 0x90, 0xbf, 4}, {0xf1, 0xf3, 0x80, 0xbf, 4}, {0xf4, 0xf4, 0x80, 0x8f, 4},
};

size_t scan_utf8(const char *at, size_t left)
{
    const unsigned char *byte = (const unsigned char *)at;
    const struct lead *lead = leads;
    const struct lead *end = leads + sizeof leads / sizeof *leads;
    if (left == 0)
        return 0;
    while (lead < end && (byte[0] < lead->from || byte[0] > lead->to))
        lead++;
    if (lead == end || lead->length > left)
        return 0;
    if (lead->length > 1 && (byte[1] < lead->second_low || byte[1] > lead->second_high))
        return 0;
    for (size_t i = 2; i < lead->length; i++) {
        if (byte[i] < 0x80 || byte[i] > 0xbf)
            return 0;
    }
    return lead->length;
}

/* Where the scan stands between two bytes. */
struct place {
    bool in_string;
    int depth;
};

/* A backslash in a string: the escape for NUL is refused, anything else is skipped with the byte behind it. */
static const char *escape(const char *at, size_t left, size_t *ret_length)
{
    if (left >= 6 && memcmp(at, "\\u0000", 6) == 0)
        return "a NUL character in a text";
    *ret_length = left >= 2 && (unsigned char)at[1] >= 0x20 && (unsigned char)at[1] < 0x80 ? 2 : 1;
    return NULL;
}

static const char *step(struct place *place, char c, int depth_most)
{
    if (c == '"')
        place->in_string = !place->in_string;
    if (place->in_string)
        return NULL;
    if ((c == '{' || c == '[') && ++place->depth > depth_most)
        return "nested too deep";
    if (c == '}' || c == ']')
        place->depth--;
    return NULL;
}

const char *scan_frame(const char *bytes, size_t size, int depth_most)
{
    struct place place = {0};
    const char *wrong = NULL;
    for (size_t i = 0, length; i < size && wrong == NULL; i += length) {
        length = scan_utf8(bytes + i, size - i);
        if (length == 0)
            return "not valid UTF-8";
        if (bytes[i] == '\0')
            return "a NUL byte";
        if (length > 1)
            continue;
        if (bytes[i] == '\\' && place.in_string)
            wrong = escape(bytes + i, size - i, &length);
        else
            wrong = step(&place, bytes[i], depth_most);
    }
    return wrong;
}
