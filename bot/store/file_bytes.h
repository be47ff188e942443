/* File bytes: the disk's side of files.h, in DATA/files.
 *
 * One file an id, 0600, in a folder of 0700 that nothing serves as it is. Blocking: for workers, and for the start.
 * Errors: -1 with errno. Threads: any. */
#ifndef STORE_FILE_BYTES_H
#define STORE_FILE_BYTES_H

#include "store/files.h"

#include <sys/types.h>

/* Writes, syncs, renames: whole or not there. Makes the folder. */
int file_bytes_keep(const char *data, const char *id, const void *bytes, size_t size);
/* Reads up to `size` bytes from `offset` on; less only at the file's end. */
ssize_t file_bytes_read(const char *data, const char *id, int64_t offset, void *ret, size_t size);
/* Removes it; one that is not there is removed. */
int file_bytes_drop(const char *data, const char *id);
/* The path in malloc'd memory; an id of "" is the folder. */
char *file_bytes_path(const char *data, const char *id);

/* Removes what stands in the folder and is no file of the store's: uploads that a crash cut short. Before store_start,
 * while nobody uploads. Adds up what it removed. -1 with *ret_why; a missing folder is an empty one. */
int file_bytes_sweep(struct store *, const char *data, size_t *ret_count, const char **ret_why);

#endif
