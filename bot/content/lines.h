/* Lines: the bytes of an editor's file as text with places.
 *
 * Good for: refusing what is no text, and turning byte positions into the line and column
 * (code points, from 1) that an editor shows. Threads: any. */
#ifndef CONTENT_LINES_H
#define CONTENT_LINES_H

#include "base/problem.h"

#include <stdbool.h>
#include <stddef.h>

struct span {
    const char *text;
    size_t size;
};

/* 0 and the text behind a byte order mark, if the bytes are UTF-8 without NUL; else -1 with an
 * error at the place of the first bad byte. */
int lines_check(const char *file, const char *bytes, size_t size, struct problems *, struct span *ret);
/* The same without a report: the first byte that is no text, or `size`. */
size_t lines_bad_byte(const char *bytes, size_t size);
/* Takes the next line off the front of `rest`, without its end (LF, CRLF or CR). False at the end. */
bool lines_next(struct span *rest, struct span *ret_line);
/* Column of the byte `at` of a line. */
int lines_column(const char *line, size_t at);
/* Without spaces and tabs at both ends. */
struct span lines_trim(struct span);

#endif
