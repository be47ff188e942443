/* Vectors_read: fastText's text format, a line at a time. Private to this floor.
 *
 * Memory: one buffer of VECTORS_BUFFER_BYTES, whatever the file. Every mistake is told in the report
 * with its line. Threads: one at a time. */
#ifndef UNDERSTAND_VECTORS_READ_H
#define UNDERSTAND_VECTORS_READ_H

#include "understand/vectors.h"

enum { VECTORS_BUFFER_BYTES = 1 << 20, VECTORS_WORD_MOST = 1024 };

struct vectors_reader {
    int file;
    char *buffer;
    size_t at, filled; /* what is unread of the buffer */
    uint64_t read, total;
    bool ended;
    size_t count, size; /* as the first line says */
    size_t words;       /* read so far */
    struct vectors_report *report;
};

/* Reads the first line. -1 with the report filled; free it either way. */
int vectors_reader_init(struct vectors_reader *, int file, struct vectors_report *);
void vectors_reader_free(struct vectors_reader *);
/* The next word (valid until the next call) and its `size` values. 1, 0 at the end, -1 with the report filled. */
int vectors_reader_next(struct vectors_reader *, const char **ret_word, size_t *ret_word_size, float *ret_values);

#endif
