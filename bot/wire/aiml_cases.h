/* Aiml_cases: a file of cases of AIML, as they were taken from another interpreter's tests: which files to read,
 * what is said, what should come back.
 *
 * `[{"suite", "class", "test", "aiml": [path …], "steps": [{"in", "out"} or {"in", "out": null, "one_of": […]}]}]`.
 * Good for: reading such a file. Errors: -1 with *ret_why, which lies in the arena. Threads: any. */
#ifndef WIRE_AIML_CASES_H
#define WIRE_AIML_CASES_H

#include "base/arena.h"

#include <stddef.h>

enum { AIML_CASES_BYTES = 16 << 20, AIML_CASES_MAX = 20000, AIML_CASE_LIST = 200 };

struct aiml_step {
    const char *in;
    const char *const *outs; /* any of these is right; at least one */
    size_t out_count;
};

struct aiml_case {
    const char *suite, *test;
    const char *const *files;
    size_t file_count;
    const struct aiml_step *steps;
    size_t step_count;
};

int aiml_cases_read(const char *bytes, size_t size, struct arena *, const struct aiml_case **ret, size_t *ret_count,
                    const char **ret_why);

#endif
