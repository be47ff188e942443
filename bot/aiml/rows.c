/* Rows of sets, maps and substitutions: see rows.h. */
#include "aiml/rows.h"

#include "aiml/aiml.h"
#include "base/utf8.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

void rows_init(struct rows *r, const char *bytes, size_t size)
{
    *r = (struct rows){.bytes = bytes, .size = size, .next_line = 1};
    if (size >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0)
        r->at = 3;
    buf_init(&r->text, AIML_LINE_BYTES * 4);
}

void rows_free(struct rows *r)
{
    buf_free(&r->text);
}

static bool is_utf8(const char *bytes, size_t size)
{
    for (size_t at = 0; at < size;) {
        size_t n = utf8_length(bytes + at, size - at);
        if (n == 0)
            return false;
        at += n;
    }
    return memchr(bytes, '\0', size) == NULL;
}

/* Four hexadecimal digits after `\u` as UTF-8. */
static void add_point(struct buf *out, const char *hex)
{
    char digits[5] = {hex[0], hex[1], hex[2], hex[3], '\0'};
    unsigned long c = strtoul(digits, NULL, 16);
    if (c < 0x20 || (c >= 0xd800 && c < 0xe000))
        c = ' ';
    if (c < 0x80) {
        buf_putc(out, (char)c);
    } else if (c < 0x800) {
        buf_putc(out, (char)(0xc0 | c >> 6));
        buf_putc(out, (char)(0x80 | (c & 0x3f)));
    } else {
        buf_putc(out, (char)(0xe0 | c >> 12));
        buf_putc(out, (char)(0x80 | (c >> 6 & 0x3f)));
        buf_putc(out, (char)(0x80 | (c & 0x3f)));
    }
}

/* The string at r->at, which is its quote. Its end is the next quote, or the line's where there is none. */
static bool read_string(struct rows *r)
{
    for (r->at++; r->at < r->size && r->bytes[r->at] != '\n'; r->at++) {
        char c = r->bytes[r->at];
        size_t left = r->size - r->at;
        if (c == '"') {
            r->at++;
            buf_putc(&r->text, '\0');
            return true;
        }
        if (c == '\\' && left > 5 && r->bytes[r->at + 1] == 'u' && isxdigit((unsigned char)r->bytes[r->at + 2])) {
            add_point(&r->text, r->bytes + r->at + 2);
            r->at += 5;
        } else if (c == '\\' && left > 1 && (r->bytes[r->at + 1] == '"' || r->bytes[r->at + 1] == '\\')) {
            buf_putc(&r->text, r->bytes[++r->at]);
        } else {
            buf_putc(&r->text, c);
        }
    }
    buf_putc(&r->text, '\0');
    return false;
}

static const char *read_quoted(struct rows *r, size_t *ret_starts, size_t *ret_count)
{
    const char *fault = NULL;
    while (r->at < r->size && r->bytes[r->at] != '\n' && r->bytes[r->at] != ']') {
        if (r->bytes[r->at] == '"' && *ret_count < ROW_FIELDS) {
            ret_starts[(*ret_count)++] = r->text.size;
            if (!read_string(r))
                fault = "a quote without its end; write \"from\",\"to\"";
        } else {
            r->at++;
        }
    }
    return fault;
}

static void read_plain(struct rows *r, size_t *ret_starts, size_t *ret_count)
{
    size_t end = r->at;
    while (end < r->size && r->bytes[end] != '\n')
        end++;
    size_t size = end - r->at;
    while (size > 0 && isspace((unsigned char)r->bytes[r->at + size - 1]))
        size--;
    ret_starts[(*ret_count)++] = r->text.size;
    buf_add(&r->text, r->bytes + r->at, size);
    buf_putc(&r->text, '\0');
    r->at = end;
}

bool rows_next(struct rows *r, struct row *ret, const char **ret_fault)
{
    size_t starts[ROW_FIELDS];
    for (; r->at < r->size; r->at++) {
        char c = r->bytes[r->at];
        if (c == '\n')
            r->next_line++;
        else if (!isspace((unsigned char)c) && c != '[' && c != ']' && c != ',')
            break;
    }
    if (r->at >= r->size)
        return false;
    r->line = r->next_line;
    *ret_fault = NULL;
    *ret = (struct row){.quoted = r->bytes[r->at] == '"'};
    buf_clear(&r->text);
    size_t from = r->at;
    if (ret->quoted)
        *ret_fault = read_quoted(r, starts, &ret->count);
    else
        read_plain(r, starts, &ret->count);
    if (r->text.failed || r->at - from > AIML_LINE_BYTES)
        *ret_fault = "longer than 4096 bytes; shorten it";
    else if (!is_utf8(r->bytes + from, r->at - from))
        *ret_fault = "not UTF-8; save the file in that encoding";
    if (*ret_fault != NULL)
        ret->count = 0;
    for (size_t i = 0; i < ret->count; i++)
        ret->field[i] = r->text.data + starts[i];
    return true;
}

bool rows_part(struct rows *r, struct row *row, char mark)
{
    if (row->count != 1 || row->quoted)
        return row->count > 1;
    char *text = r->text.data, *at = strchr(text, mark);
    if (at == NULL || at == text)
        return false;
    char *end = at;
    while (end > text && isspace((unsigned char)end[-1]))
        end--;
    *end = '\0';
    at++;
    row->field[1] = at + strspn(at, " \t");
    row->count = 2;
    return true;
}
