/* Problems: what is wrong in somebody's files, with the place and the remedy.
 *
 * A reader never stops at the first mistake: it adds a problem and goes on. Printed as
 * `file:line:column: error|warning: what, and what to do`. Lines and columns count from 1;
 * 0 = the whole file (not printed). Columns count code points, as editors show them.
 * Errors: past the ceiling further problems are only counted. Threads: one at a time. */
#ifndef BASE_PROBLEM_H
#define BASE_PROBLEM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

enum severity { SEVERITY_WARNING, SEVERITY_ERROR };

struct problem {
    char *file; /* relative to the site where it lies in the site */
    int line, column;
    enum severity severity;
    char *message;
};

struct problems;

struct problems *problems_new(void);
void problems_free(struct problems *);

void problem_add(struct problems *, enum severity, const char *file, int line, int column, const char *format, ...)
    __attribute__((format(printf, 6, 7)));

size_t problems_count(const struct problems *, enum severity);
/* All of them sorted by file, line, column; *ret_count of them. Owned by the list. */
const struct problem *problems_sorted(struct problems *, size_t *ret_count);
const char *severity_name(enum severity);
/* One line a problem, sorted. */
void problems_print(struct problems *, FILE *);

#endif
