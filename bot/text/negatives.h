/* Negatives: some thousands of short sentences of everyday language that no entry answers, as
 * examples of what is out of scope.
 *
 * Share file negatives.LANG.txt, made by `make` from the same text as background.LANG.tab:
 * UTF-8, one sentence a line, `#` begins the one line of its head. Read once a process.
 * Errors: absent or damaged (broken UTF-8, a NUL, more or fewer lines than its head says, a
 * line past NEGATIVE_BYTES) is none at all. Threads: any. */
#ifndef TEXT_NEGATIVES_H
#define TEXT_NEGATIVES_H

#include "base/buf.h"
#include "text/table.h"

#include <stddef.h>

enum { NEGATIVES_MAX = 20000, NEGATIVE_BYTES = 200 };

extern const struct table_kind negatives_kind;

/* The sentences of a language, *ret_count of them, in an order that is the same at every making
 * and mixes their sources, so that any first n are a fair sample; NULL where there are none.
 * They live as long as the program. */
const char *const *negatives_of(const char *lang, size_t *ret_count);

/* --- for what makes and tests them --- */

struct negatives {
    char *text;
    const char **lines;
    size_t count;
};

/* Reads a file's bytes. 0, or -1 and nothing to free. */
int negatives_read(const char *bytes, size_t size, struct negatives *ret);
void negatives_free(struct negatives *);
/* Appends the whole file. -1 past the buffer's ceiling. */
int negatives_write(struct buf *out, const char *lang, const char *const *lines, size_t count);

#endif
