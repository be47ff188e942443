/* Rows: the lines of a set, a map, substitutions or properties, whoever's bot they come from. Private to bot/aiml.
 *
 * A row is a line of text, or strings in double quotes up to the line's or the bracket's end, so that
 * `"from","to"` and `[["from", "to"], …]` read alike. Threads: one reader belongs to one. */
#ifndef AIML_ROWS_H
#define AIML_ROWS_H

#include "base/buf.h"

#include <stdbool.h>
#include <stddef.h>

enum { ROW_FIELDS = 32 };

struct rows {
    const char *bytes;
    size_t size, at;
    int line; /* of the row read last */
    int next_line;
    struct buf text; /* the fields' bytes */
};

struct row {
    bool quoted;
    size_t count;
    const char *field[ROW_FIELDS]; /* without spaces at the ends where not quoted; good until the next row */
};

void rows_init(struct rows *, const char *bytes, size_t size);
void rows_free(struct rows *);
/* The next row that is not empty. *ret_fault (else NULL) says what is wrong with it. False at the end. */
bool rows_next(struct rows *, struct row *ret, const char **ret_fault);
/* Parts a row of one plain field at its first `mark` into two. False where there is none. */
bool rows_part(struct rows *, struct row *, char mark);

#endif
