/* Qr: a text as a QR code, drawn as one SVG path.
 *
 * Good for: the address that an authenticator app reads. The page builds the picture from the size and the
 * path, so that no markup is parsed. Errors: -1. Threads: any. */
#ifndef NET_QR_H
#define NET_QR_H

#include "base/buf.h"

enum { QR_TEXT_MOST = 1024 };

/* Appends the path: one unit a module, without the margin of four that a reader wants round it. *ret_size = modules a
 * side. -1 for a text that is empty or too long, or without memory. */
int qr_path(const char *text, struct buf *out, int *ret_size);

#endif
