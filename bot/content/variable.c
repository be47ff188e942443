/* Names in flows: see variable.h. */
#include "content/variable.h"

#include <string.h>
#include <utf8proc.h>

static const char *const built_in[] = {"visitor.id", "visitor.signed_in", "page",        "lang", "now.date",
                                       "now.time",   "now.hour",          "now.weekday", "open"};

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Bytes of the letter at the beginning of the text, or 0. */
static size_t letter_size(const char *text)
{
    unsigned char c = (unsigned char)*text;
    if (c < 0x80)
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    utf8proc_int32_t point = -1;
    utf8proc_ssize_t size =
        utf8proc_iterate((const utf8proc_uint8_t *)text, (utf8proc_ssize_t)strnlen(text, 4), &point);
    utf8proc_category_t category = size > 0 ? utf8proc_category(point) : UTF8PROC_CATEGORY_CN;
    return category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_LO ? (size_t)size : 0;
}

size_t variable_size(const char *text)
{
    size_t size = letter_size(text), end = size;
    while (size > 0) {
        size_t letter = letter_size(text + size);
        if (letter > 0 || is_digit(text[size])) {
            size += letter > 0 ? letter : 1;
            end = size;
        } else if (text[size] == '-' || text[size] == '.')
            size++;
        else
            break;
    }
    return end;
}

bool variable_is_plain(const char *text)
{
    size_t size = variable_size(text);
    return size > 0 && text[size] == '\0' && strchr(text, '.') == NULL;
}

const char *variable_next(const char **at, const char **ret_name, size_t *ret_size)
{
    for (const char *brace = *at; (brace = strchr(brace, '{')) != NULL; brace++) {
        size_t size = variable_size(brace + 1);
        if (size == 0 || brace[1 + size] != '}')
            continue;
        *ret_name = brace + 1;
        *ret_size = size;
        *at = brace + size + 2;
        return brace;
    }
    return NULL;
}

bool variable_is_built_in(const char *name)
{
    for (size_t i = 0; i < sizeof built_in / sizeof *built_in; i++)
        if (strcmp(built_in[i], name) == 0)
            return true;
    return strncmp(name, "visitor.", 8) == 0;
}

const char *variable_built_in(size_t k)
{
    return k < sizeof built_in / sizeof *built_in ? built_in[k] : NULL;
}
