/* Import_source: the bytes of what is to be brought along, of a file or from an address.
 *
 * Memory: the arena. Errors: -1 with a problem. Threads: any but a loop's; it may wait for a server. */
#ifndef CLI_IMPORT_SOURCE_H
#define CLI_IMPORT_SOURCE_H

#include "base/arena.h"
#include "base/problem.h"
#include "cli/command.h"
#include "content/lines.h"

enum {
    IMPORT_FETCH_MS = 10000, /* for all of it, redirects too */
    IMPORT_BYTES = 8 << 20   /* of an address; files of most kinds, too */
};

struct import_source {
    struct span bytes;
    const char *address; /* of a page: where it came from in the end; "" of a file */
    const char *charset; /* that the server names; "" */
};

/* `types`: the content types that an address may have, beginnings, ended by NULL; "" = also none. */
int import_source_open(struct call *, const char *name, size_t file_bytes, const char *const *types, struct arena *,
                       struct problems *, struct import_source *ret);

#endif
