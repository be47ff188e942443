/* What an agent types as tags: see tags.h. */
#include "conversation/tags.h"

#include <string.h>
#include <utf8proc.h>

enum { POINT_BYTES = 4 };

/* The text in lower case, in the arena, with runs of blanks as one; NULL where it is no UTF-8. */
static char *lowered(struct arena *arena, const char *text)
{
    size_t size = strlen(text), used = 0;
    /* Lower case may take more bytes than upper case: never more than a code point's most. */
    char *out = arena_alloc(arena, size * POINT_BYTES + 1);
    for (size_t at = 0; out != NULL && at < size;) {
        utf8proc_int32_t point;
        utf8proc_ssize_t length =
            utf8proc_iterate((const utf8proc_uint8_t *)text + at, (utf8proc_ssize_t)(size - at), &point);
        if (length <= 0)
            return NULL;
        at += (size_t)length;
        utf8proc_category_t kind = utf8proc_category(point);
        bool blank = point == '\n' || point == '\t' || kind == UTF8PROC_CATEGORY_ZS;
        if (blank && (used == 0 || out[used - 1] == ' ' || out[used - 1] == ','))
            continue;
        used += blank ? (out[used] = ' ', 1)
                      : (size_t)utf8proc_encode_char(utf8proc_tolower(point), (utf8proc_uint8_t *)out + used);
    }
    if (out != NULL)
        out[used] = '\0';
    return out;
}

static bool listed(const char *const *tags, size_t count, const char *tag)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(tags[i], tag) == 0)
            return true;
    }
    return false;
}

int tags_read(struct arena *arena, const char *text, const char *ret[WORK_TAGS], size_t *ret_count)
{
    char *rest = lowered(arena, text != NULL ? text : ""), *tag;
    size_t count = 0;
    if (rest == NULL)
        return -1;
    while ((tag = strsep(&rest, ",")) != NULL) {
        size_t length = strlen(tag);
        if (length > 0 && tag[length - 1] == ' ')
            tag[--length] = '\0';
        if (length == 0 || listed(ret, count, tag))
            continue;
        if (length > WORK_TAG_BYTES || count == WORK_TAGS)
            return -1;
        ret[count++] = tag;
    }
    *ret_count = count;
    return 0;
}
