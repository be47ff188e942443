/* Share: files that belong to the program but are not in it, such as the language tables.
 *
 * Looked for in the folder $SPORTELLO_SHARE where it is set and nowhere else; otherwise beside
 * the program, in its folder's share/, ../share/ and ../share/sportello/, the first that has the
 * file. A file is mapped read-only once a process and stays until its end. `make` and
 * `make install` replace files by renaming, so what is mapped does not change; a file that
 * someone overwrites in place is not protected against.
 * Not for: the site's files, DATA. Limits: SHARE_FILES names a process, SHARE_BYTES a file.
 * Threads: any. */
#ifndef BASE_SHARE_H
#define BASE_SHARE_H

#include <stddef.h>

enum { SHARE_FILES = 32, SHARE_BYTES = 64 << 20 };

/* The bytes of a file (page-aligned), or NULL where it is absent, empty, unreadable or too
 * large. `name` has no folder. What was absent once stays so for the process. */
const void *share_file(const char *name, size_t *ret_size);

#endif
