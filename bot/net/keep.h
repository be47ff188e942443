/* Keep: a file that was uploaded is looked at, cleaned and written by a worker, then known to the store.
 *
 * The other half is going: rows whose time is over are deleted, and the bytes of all rows that have gone, for whatever
 * reason, are removed by a worker (keep_tick). Private to net/. Threads: the loop. */
#ifndef NET_KEEP_H
#define NET_KEEP_H

#include "net/core.h"
#include "store/files.h"

/* A file as it came. */
struct keep_wish {
    char *body;                                 /* owned from the call on */
    size_t at, size;                            /* of the file in it */
    const char *name;                           /* as it was called; copied */
    unsigned char token_hash[TOKEN_HASH_BYTES]; /* whose it is: a visitor's … */
    int64_t user, conversation;                 /* … or a user's, in a chat */
};

/* What came of it. `file` lasts for the call. */
struct kept {
    const struct block_file *file; /* NULL = refused: */
    int status;                    /* of HTTP */
    const char *code;
};

/* `done` comes later, on the loop, once. `bytes` of memory count as the server's upload_bytes until then. */
void keep_file(struct server *, const struct keep_wish *, size_t bytes,
               void (*done)(struct server *, void *context, uint64_t number, const struct kept *), void *context,
               uint64_t number);

/* Once a second. */
void keep_tick(struct server *);

#endif
