/* Comparing texts: see blind.h. */
#include "content/blind.h"

#include <stdint.h>
#include <string.h>
#include <utf8proc.h>

enum { PARTS = 8 };

/* Gives a text's characters one by one, folded; 0 at the end. */
struct reader {
    const unsigned char *at;
    utf8proc_int32_t parts[PARTS]; /* of the character being read */
    int next, count;
    bool begun;
};

static struct reader reader_of(const char *text)
{
    return (struct reader){.at = (const unsigned char *)text};
}

static bool is_space(unsigned char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static bool is_mark(utf8proc_int32_t c)
{
    utf8proc_category_t category = utf8proc_category(c);
    return category >= UTF8PROC_CATEGORY_MN && category <= UTF8PROC_CATEGORY_ME;
}

/* Splits the character at hand into its folded parts. */
static void read_character(struct reader *r)
{
    utf8proc_int32_t c = -1;
    int boundary = 0;
    utf8proc_ssize_t size = utf8proc_iterate(r->at, (utf8proc_ssize_t)strnlen((const char *)r->at, 4), &c);
    r->at += size > 0 ? size : 1;
    r->next = 0;
    utf8proc_ssize_t count =
        size > 0 ? utf8proc_decompose_char(c, r->parts, PARTS, UTF8PROC_COMPAT | UTF8PROC_DECOMPOSE | UTF8PROC_CASEFOLD,
                                           &boundary)
                 : 0;
    r->count = (int)(count < 0 || count > PARTS ? 0 : count);
    if (size <= 0) {
        r->parts[0] = r->at[-1];
        r->count = 1;
    }
}

static utf8proc_int32_t next(struct reader *r)
{
    for (;;) {
        while (r->next < r->count) {
            utf8proc_int32_t c = r->parts[r->next++];
            if (!is_mark(c))
                return c;
        }
        bool gap = false;
        for (; is_space(*r->at); r->at++)
            gap = true;
        if (*r->at == '\0')
            return 0;
        if (gap && r->begun)
            return r->begun = false, ' ';
        r->begun = true;
        if (*r->at < 0x80) {
            unsigned char c = *r->at++;
            return c >= 'A' && c <= 'Z' ? c + 32 : c;
        }
        read_character(r);
    }
}

int blind_compare(const char *a, const char *b)
{
    struct reader x = reader_of(a), y = reader_of(b);
    for (;;) {
        utf8proc_int32_t c = next(&x), d = next(&y);
        if (c != d)
            return c < d ? -1 : 1;
        if (c == 0)
            return 0;
    }
}

/* As much of the folded text as fits. */
static void fold(const char *text, char out[BLIND_BYTES])
{
    struct reader r = reader_of(text);
    size_t size = 0;
    for (utf8proc_int32_t c; size + 5 < BLIND_BYTES && (c = next(&r)) != 0;)
        size += (size_t)utf8proc_encode_char(c, (utf8proc_uint8_t *)out + size);
    out[size] = '\0';
}

bool blind_contains(const char *text, const char *part)
{
    char whole[BLIND_BYTES], wanted[BLIND_BYTES];
    fold(text, whole);
    fold(part, wanted);
    return strstr(whole, wanted) != NULL;
}

size_t blind_length(const char *text)
{
    size_t length = 0;
    for (const unsigned char *p = (const unsigned char *)text; *p != '\0';) {
        utf8proc_int32_t c = -1;
        utf8proc_ssize_t size = utf8proc_iterate(p, (utf8proc_ssize_t)strnlen((const char *)p, 4), &c);
        p += size > 0 ? size : 1;
        length += size <= 0 || !is_mark(c);
    }
    return length;
}
