/* Parameters: see query.h. */
#include "net/query.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NUMBER_DIGITS = 18 };

/* The library keeps the parameters apart, decoded already, and would copy them without what parted them: they are put
 * together again as they came. */
void query_read(struct lws *wsi, char ret_query[QUERY_BYTES])
{
    char part[QUERY_BYTES], *to = ret_query, *end = ret_query + QUERY_BYTES - sizeof "&%xx";
    for (int i = 0;; i++) {
        char *begin = to;
        int size = lws_hdr_copy_fragment(wsi, part, sizeof part, WSI_TOKEN_HTTP_URI_ARGS, i);
        if (i > 0 && size > 0)
            *to++ = '&';
        for (int at = 0; at < size && to < end; at++) {
            if (part[at] == '\0' || strchr("%&+", part[at]) != NULL)
                to += snprintf(to, 4, "%%%02x", (unsigned char)part[at]);
            else
                *to++ = part[at];
        }
        if (size <= 0 || to >= end) {
            *begin = '\0';
            return;
        }
    }
}

static int hex_digit(char c)
{
    static const char digits[] = "0123456789abcdef";
    const char *found = c != '\0' ? strchr(digits, c | 0x20) : NULL;
    return found != NULL && (c < 'G' || c > 'Z') ? (int)(found - digits) : -1;
}

/* Decodes `size` bytes; -1 where they are malformed or hold a NUL. */
static int decode(const char *from, size_t size, char *to)
{
    for (const char *end = from + size; from < end;) {
        char c = *from++;
        if (c == '+') {
            c = ' ';
        } else if (c == '%') {
            int high = end - from >= 2 ? hex_digit(from[0]) : -1;
            int low = high >= 0 ? hex_digit(from[1]) : -1;
            if (low < 0 || (c = (char)(high << 4 | low)) == '\0')
                return -1;
            from += 2;
        }
        *to++ = c;
    }
    *to = '\0';
    return 0;
}

const char *query_param(const char *query, const char *name, struct arena *arena)
{
    size_t length = strlen(name);
    for (const char *at = query; *at != '\0';) {
        size_t size = strcspn(at, "&");
        if (size > length && strncmp(at, name, length) == 0 && at[length] == '=') {
            size_t value = size - length - 1;
            char *text = value <= QUERY_VALUE_BYTES ? arena_alloc(arena, value + 1) : NULL;
            return text != NULL && decode(at + length + 1, value, text) == 0 ? text : NULL;
        }
        at += size + (at[size] == '&');
    }
    return NULL;
}

bool query_number(const char *text, int64_t low, int64_t high, int64_t *ret)
{
    char *end;
    if (*text == '\0' || strlen(text) > NUMBER_DIGITS || strspn(text, "-0123456789") != strlen(text))
        return false;
    long long number = strtoll(text, &end, 10);
    if (*end != '\0' || number < low || number > high)
        return false;
    *ret = number;
    return true;
}
