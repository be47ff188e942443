/* Files: whole reads with a ceiling, atomic writes, sorted listings.
 * Errors: -1/NULL with errno set (EFBIG = larger than the ceiling). Threads: any. */
#ifndef BASE_FILE_H
#define BASE_FILE_H

#include <stddef.h>
#include <sys/types.h>

/* The whole file with a NUL behind it (not counted); free() it. */
char *file_read(const char *path, size_t ceiling, size_t *ret_size);
/* Writes beside it, fsyncs, renames over it, fsyncs the folder: old or new, never half. */
int file_write_atomic(const char *path, const void *bytes, size_t size, mode_t mode);
/* The first half of that, for several files that are to change together: writes and syncs beside it, under the name
 * *ret_beside (free() it). */
int file_stage(const char *path, const void *bytes, size_t size, mode_t mode, char **ret_beside);
/* The second half. */
int file_commit(const char *path, const char *beside);
/* Like file_write_atomic, in place of a file that is read as `old` the moment before, with its mode: 0, or 1 where the
 * file says something else by now (nothing changes then). What it writes beside is hidden (".NAME.new-…"). */
int file_replace(const char *path, const void *old, size_t old_size, const void *bytes, size_t size);
/* Makes the folder and those above it (like mkdir -p). */
int file_make_folders(const char *path, mode_t mode);

/* The names in a folder that end in `suffix` (all if ""), no hidden ones, sorted by bytes;
 * each and the list to be freed with file_list_free. A missing folder is an empty list. */
int file_list(const char *folder, const char *suffix, char ***ret_names, size_t *ret_count);
void file_list_free(char **names, size_t count);

#endif
