/* Csv_entries: the rows of a question table as entries. Used by csv_import.c only. */
#ifndef CONTENT_CSV_ENTRIES_H
#define CONTENT_CSV_ENTRIES_H

#include "content/csv_table.h"
#include "content/markdown_write.h"

struct csv_entry {
    int line; /* of the row */
    const char *topic, *lang;
    struct markdown_entry entry;
};

/* 0, or -1 without memory or without the two columns that must be there. Mistakes in rows become
 * problems, and the rows are left out. */
int csv_entries(struct arena *, const char *file, const struct csv_table *, const char *lang, struct problems *,
                struct csv_entry **ret_entries, size_t *ret_count);

#endif
