/* Files that `make` built into the program: schemas, language data, templates and pages.
 * A path is the one below bot/ for `bot/FLOOR/data/…` ("store/data/001-first.sql") and
 * "web/NAME" for what esbuild made. The bytes live as long as the program. Threads: any. */
#ifndef BASE_EMBED_H
#define BASE_EMBED_H

#include <stddef.h>

struct embedded {
    const char *path;
    const char *data; /* a NUL stands behind it, not counted */
    size_t size;
};

/* The file, or NULL. */
const struct embedded *embed_find(const char *path);
/* The i-th file in path order, NULL behind the last. */
const struct embedded *embed_at(size_t i);

#endif
