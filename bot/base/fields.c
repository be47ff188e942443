/* Texts one after another: see fields.h. */
#include "base/fields.h"

void fields_put(struct buf *out, const char *text)
{
    for (; *text != '\0'; text++) {
        if (*text == '\n' || *text == '\\')
            buf_putc(out, '\\');
        buf_putc(out, *text == '\n' ? 'n' : *text);
    }
    buf_putc(out, '\n');
}

const char *fields_next(const char **at, struct arena *arena)
{
    const char *end = strchr(*at, '\n');
    char *field = end != NULL ? arena_strndup(arena, *at, (size_t)(end - *at)) : NULL, *to = field;
    if (field == NULL)
        return NULL;
    *at = end + 1;
    for (const char *from = field; *from != '\0'; from++) {
        bool escaped = *from == '\\' && from[1] != '\0';
        from += escaped;
        *to++ = escaped && *from == 'n' ? '\n' : *from;
    }
    *to = '\0';
    return field;
}
