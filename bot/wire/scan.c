/* One pass over a frame before it is parsed: see scan.h. */
#include "wire/scan.h"

#include "base/utf8.h"

#include <stdbool.h>
#include <string.h>

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
        length = utf8_length(bytes + i, size - i);
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
