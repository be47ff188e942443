/* File name: a name that somebody gave a file, made fit to be shown, to stand in an address and in a header, and to be
 * saved under on any system.
 *
 * Only what stands behind the last slash or backslash counts; what is invisible, turns the direction of writing or is
 * not UTF-8 goes; what Windows forbids becomes `_`; names of devices (CON) get a `_` in front; the ending is that of
 * what the file is, whatever it was called. Never empty. Threads: any. */
#ifndef CONTENT_FILE_NAME_H
#define CONTENT_FILE_NAME_H

#include "base/buf.h"
#include "content/media.h"

/* FILE_NAME_BYTES: of a cleaned name with its NUL. */
enum { FILE_NAME_BYTES = 128 };

void file_name_clean(const char *name, size_t size, enum media_kind, char ret[FILE_NAME_BYTES]);

/* Appends it as a piece of an address's path, or of a header's extended value (RFC 8187): percent-encoded but for
 * letters, digits and `- . _ ~`. */
void file_name_encode(const char *name, struct buf *out);
/* Appends it in plain ASCII between quotation marks, everything else as `_`: for readers of headers that know no more.
 */
void file_name_quote(const char *name, struct buf *out);

#endif
