/* Well-formed UTF-8 by the table of leading bytes: see utf8.h. */
#include "base/utf8.h"

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

size_t utf8_length(const char *at, size_t left)
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

const char *utf8_mend(struct arena *arena, const char *line, size_t length)
{
    char *text = arena_alloc(arena, length * 3 + 1), *to = text;
    for (size_t at = 0; text != NULL && at < length;) {
        size_t bytes = utf8_length(line + at, length - at);
        bool keep = bytes > 1 || (bytes == 1 && ((unsigned char)line[at] >= 0x20 || line[at] == '\t'));
        const char *from = keep ? line + at : "\xef\xbf\xbd";
        size_t size = keep ? bytes : 3;
        memcpy(to, from, size);
        to += size;
        at += bytes > 0 ? bytes : 1;
    }
    return text;
}
