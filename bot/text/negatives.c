/* Sentences that are out of scope: see negatives.h. */
#include "text/negatives.h"

#include "base/utf8.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char title[] = "# Sentences of everyday language: ";

/* How many lines the head announces, and where they begin; 0 where it is no head. */
static size_t read_head(const char *bytes, size_t size, size_t *ret_at)
{
    const char *end = memchr(bytes, '\n', size);
    size_t length = sizeof title - 1, count = 0;
    if (end == NULL || (size_t)(end - bytes) < length || memcmp(bytes, title, length) != 0)
        return 0;
    for (const char *p = bytes + length; *p >= '0' && *p <= '9' && count <= NEGATIVES_MAX; p++)
        count = count * 10 + (size_t)(*p - '0');
    *ret_at = (size_t)(end - bytes) + 1;
    return count <= NEGATIVES_MAX ? count : 0;
}

static bool well_formed(const char *bytes, size_t size)
{
    for (size_t at = 0, length; at < size; at += length) {
        length = utf8_length(bytes + at, size - at);
        if (length == 0 || bytes[at] == '\0')
            return false;
    }
    return true;
}

/* Cuts the text into its lines, each of which ends. */
static bool cut(struct negatives *n, size_t announced)
{
    for (char *line = n->text, *end; *line != '\0'; line = end + 1) {
        end = strchr(line, '\n');
        if (end == NULL || end == line || end - line > NEGATIVE_BYTES || n->count == announced)
            return false;
        *end = '\0';
        n->lines[n->count++] = line;
    }
    return n->count == announced;
}

int negatives_read(const char *bytes, size_t size, struct negatives *ret)
{
    size_t at = 0, announced = read_head(bytes, size, &at);
    if (announced == 0 || !well_formed(bytes + at, size - at))
        return -1;
    struct negatives n = {.text = strndup(bytes + at, size - at), .lines = calloc(announced, sizeof *n.lines)};
    if (n.text == NULL || n.lines == NULL || !cut(&n, announced)) {
        negatives_free(&n);
        return -1;
    }
    *ret = n;
    return 0;
}

void negatives_free(struct negatives *n)
{
    free(n->lines);
    free(n->text);
    *n = (struct negatives){0};
}

int negatives_write(struct buf *out, const char *lang, const char *const *lines, size_t count)
{
    buf_printf(out, "%s%zu (%s), made from packages of the system; see docs/understanding.md\n", title, count, lang);
    for (size_t i = 0; i < count; i++)
        buf_printf(out, "%s\n", lines[i]);
    return out->failed ? -1 : 0;
}

/* --- the language's own --- */

static void *open_any(const void *bytes, size_t size, const char *lang)
{
    struct negatives *n = calloc(1, sizeof *n);
    if (n != NULL && negatives_read(bytes, size, n) == 0)
        return n;
    free(n);
    (void)lang;
    return NULL;
}

static void close_any(void *sentences)
{
    negatives_free(sentences);
    free(sentences);
}

const struct table_kind negatives_kind = {"negatives", "txt", open_any, close_any};

const char *const *negatives_of(const char *lang, size_t *ret_count)
{
    const struct negatives *n = table_of(&negatives_kind, lang);
    if (n == NULL)
        return NULL;
    *ret_count = n->count;
    return n->lines;
}
