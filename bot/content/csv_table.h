/* Csv_table: the rows of a CSV file, however it was saved.
 *
 * Separator `;`, `,` or tab (the one that stands most often in the first line, or what a line
 * `sep=;` says); UTF-8 with or without a byte order mark, else Windows-1252; cells in quotes may
 * hold separators and line breaks. Rows of empty cells are left out. Line ends within cells become
 * LF, other control signs spaces, and spaces at the ends of cells are cut. Limits: CSV_TABLE_*. Memory: in the arena.
 */
#ifndef CONTENT_CSV_TABLE_H
#define CONTENT_CSV_TABLE_H

#include "base/arena.h"
#include "base/problem.h"

enum { CSV_TABLE_BYTES = 64 << 20, CSV_TABLE_CELLS = 100, CSV_TABLE_ROWS = 1000000 };

struct csv_row {
    int line; /* of the file, where the row begins */
    const char **cells;
    size_t count;
};

struct csv_table {
    const struct csv_row *rows; /* the first is the header */
    size_t count;
};

/* 0, or -1 with an error (or without memory). */
int csv_table_read(struct arena *, const char *file, const char *bytes, size_t size, struct problems *,
                   struct csv_table *ret);

#endif
