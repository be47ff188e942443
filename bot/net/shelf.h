/* Shelf: widget files that pages name by hash, kept beyond the version that brought them.
 *
 * A page with a pinned tag names w/HASH/NAME of the day it was made. The files of each version that has served are
 * kept in DATA/widget/HASH/NAME (with NAME.br, NAME.gz), and DATA/widget/list says of each whether it is current or on
 * which day another took its place. They are kept for SHELF_DAYS from that day; beyond SHELF_FILES or SHELF_BYTES
 * those replaced longest ago go first, and what is current never. A lost list only means that what lies there counts as
 * replaced today.
 *
 * A shelf is a value: shelf_load reads what there is, shelf_keep (on a worker, it writes) makes the next one.
 * Errors: -1 or NULL with errno. Threads: one at a time. */
#ifndef NET_SHELF_H
#define NET_SHELF_H

#include "net/assets.h"

#include <stdint.h>

enum { SHELF_DAYS = 400, SHELF_FILES = 8192, SHELF_BYTES = 256 << 20 };

struct shelf_file {
    char hash[ASSET_HASH_BYTES];
    char name[ASSET_NAME_BYTES];
    int64_t replaced; /* day since 1970, -1 = current */
    unsigned forms;   /* bits 1 << ENCODING_… that lie there */
    uint64_t bytes;   /* of all forms */
};

/* Sorted by hash and name. */
struct shelf {
    struct shelf_file *files;
    size_t count;
};

struct shelf *shelf_new(void);
void shelf_free(struct shelf *);
/* Adds one, in its order; one that is there already is replaced. */
int shelf_add(struct shelf *, const struct shelf_file *);
const struct shelf_file *shelf_find(const struct shelf *, const char *hash, const char *name);

/* What lies in the folder, which may be missing. Lines of the list that say nothing sensible are as if not there. */
struct shelf *shelf_load(const char *folder, int64_t today);
/* Makes `current` (of whose files only hash and name count) what is current, and throws out what need not be kept. */
void shelf_renew(struct shelf *, const struct shelf *current, int64_t today);
/* Writes what the assets' widget files are to the folder, renews the shelf, deletes what is no longer on it, and
 * writes the list. -1 = something could not be written: what could be is kept, and the shelf says what. */
int shelf_keep(struct shelf *, const char *folder, struct assets *, int64_t today);

/* The path of a file in one form. 0, or -1 if it has no room. */
int shelf_path(const char *folder, const struct shelf_file *, enum encoding, char *ret, size_t room);

#endif
