/* Ids and comparable texts: see ident.h. */
#include "content/ident.h"

#include "base/hash.h"

#include <stdint.h>
#include <string.h>
#include <utf8proc.h>

enum { SLUG_BYTES = 60 };

static bool is_word(unsigned char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

bool ident_valid(const char *text, size_t size)
{
    if (size == 0 || size > IDENT_BYTES || !is_word((unsigned char)text[0]))
        return false;
    for (size_t i = 1; i < size; i++)
        if (!is_word((unsigned char)text[i]) && memchr("._-", text[i], 3) == NULL)
            return false;
    return true;
}

/* The letters and digits that a character comes down to, as UTF-8; "" for all else. */
static size_t fold_character(utf8proc_int32_t c, char out[static 32])
{
    utf8proc_int32_t parts[8];
    int boundary = 0;
    utf8proc_ssize_t count =
        utf8proc_decompose_char(c, parts, 8, UTF8PROC_COMPAT | UTF8PROC_DECOMPOSE | UTF8PROC_CASEFOLD, &boundary);
    size_t size = 0;
    for (utf8proc_ssize_t i = 0; i < count && i < 7; i++) {
        utf8proc_category_t category = utf8proc_category(parts[i]);
        bool letter = category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_LO;
        bool digit = category >= UTF8PROC_CATEGORY_ND && category <= UTF8PROC_CATEGORY_NO;
        if (letter || digit)
            size += (size_t)utf8proc_encode_char(parts[i], (utf8proc_uint8_t *)out + size);
    }
    return size;
}

static bool is_mark(utf8proc_int32_t c)
{
    utf8proc_category_t category = utf8proc_category(c);
    return category >= UTF8PROC_CATEGORY_MN && category <= UTF8PROC_CATEGORY_ME;
}

size_t ident_fold(const char *text, char *out, size_t room)
{
    size_t size = 0;
    bool gap = false;
    for (const unsigned char *p = (const unsigned char *)text; *p != '\0';) {
        char piece[32];
        size_t length = 0, step = 1;
        if (*p < 0x80) {
            piece[0] = (char)(*p >= 'A' && *p <= 'Z' ? *p + 32 : *p);
            length = is_word(*p);
        } else {
            utf8proc_int32_t c;
            utf8proc_ssize_t read = utf8proc_iterate(p, -1, &c);
            step = read > 0 ? (size_t)read : 1;
            if (read > 0 && is_mark(c)) {
                p += step;
                continue;
            }
            length = read > 0 ? fold_character(c, piece) : 0;
        }
        p += step;
        if (length == 0) {
            gap = true;
            continue;
        }
        if (size + length + 2 > room)
            break;
        if (gap && size > 0)
            out[size++] = ' ';
        gap = false;
        memcpy(out + size, piece, length);
        size += length;
    }
    out[size] = '\0';
    return size;
}

char *ident_slug(struct arena *arena, const char *text)
{
    char folded[512], slug[SLUG_BYTES + 1];
    ident_fold(text, folded, sizeof folded);
    size_t size = 0;
    bool gap = false;
    for (const char *p = folded; *p != '\0' && size + 2 < sizeof slug; p++) {
        if (!is_word((unsigned char)*p)) {
            gap = true;
            continue;
        }
        if (gap && size > 0)
            slug[size++] = '-';
        gap = false;
        slug[size++] = *p;
    }
    if (size == 0)
        return arena_printf(arena, "q-%08x", (unsigned)hash_bytes(text, strlen(text)));
    return arena_strndup(arena, slug, size);
}
