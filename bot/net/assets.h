/* Assets: the pages and scripts that the program carries in itself.
 *
 * With a folder (while developing) its files come first and are read anew each time; that is the one case where the
 * loop reads a disk. Threads: the loop. */
#ifndef NET_ASSETS_H
#define NET_ASSETS_H

#include <stddef.h>

struct assets;

enum { ASSET_BYTES = 8 << 20, ASSET_TAG_BYTES = 24 };

struct asset {
    const char *bytes;
    size_t size;
    char *owned; /* to be freed by who got it, or NULL */
    char tag[ASSET_TAG_BYTES];
};

/* `folder` may be NULL. NULL without memory. */
struct assets *assets_new(const char *folder);
void assets_free(struct assets *);
/* By name, e.g. "demo.html". -1 = there is none. */
int assets_get(struct assets *, const char *name, struct asset *ret);

#endif
