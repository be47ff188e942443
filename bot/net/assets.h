/* Assets: the pages and scripts that the program carries in itself.
 *
 * Each lies there in up to three forms: NAME, NAME.br, NAME.gz (net/encoding.h). With a folder (while developing) its
 * files come first and are read anew each time; that is the one case where the loop reads a disk. There a compressed
 * form that is older than its file is not used.
 *
 * Widget files are those that pages of other sites load. Each of them also has an address that never changes its
 * content, w/HASH/NAME, with the first 16 hex digits of the SHA-256 of the plain file.
 * Threads: one at a time; in the server the loop. */
#ifndef NET_ASSETS_H
#define NET_ASSETS_H

#include "net/encoding.h"

#include <stdbool.h>
#include <stddef.h>

struct assets;

enum {
    ASSET_BYTES = 8 << 20,
    ASSET_TAG_BYTES = 24,
    ASSET_HASH_BYTES = 17,
    ASSET_NAME_BYTES = 64,
    ASSET_INTEGRITY_BYTES = 80
};

struct asset {
    const char *bytes;
    size_t size;
    char *owned; /* to be freed by who got it, or NULL */
    enum encoding encoding;
    bool lasting;              /* built in: the same as long as the program runs */
    char tag[ASSET_TAG_BYTES]; /* of the form, with its quotes */
};

/* `folder` may be NULL. NULL without memory. */
struct assets *assets_new(const char *folder);
void assets_free(struct assets *);
/* By name, e.g. "demo.html", in the form that `accept` (Accept-Encoding, may be NULL) wants. -1 = there is none. */
int assets_get(struct assets *, const char *name, const char *accept, struct asset *ret);

/* Whether a name is one of a widget file. */
bool assets_is_widget(const char *name);
/* The hash in its lasting address. -1 = there is no such widget file. */
int assets_hash(struct assets *, const char *name, char ret[ASSET_HASH_BYTES]);
/* The same file's fingerprint for an `integrity` attribute: "sha384-…". */
int assets_integrity(struct assets *, const char *name, char ret[ASSET_INTEGRITY_BYTES]);
/* The names of all widget files, sorted; free with file_list_free. -1 without memory. */
int assets_widgets(struct assets *, char ***ret_names, size_t *ret_count);
/* The hash of any bytes, as it stands in addresses. */
void assets_hash_of(const char *bytes, size_t size, char ret[ASSET_HASH_BYTES]);

#endif
