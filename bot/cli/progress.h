/* Progress: one line, written over and over, that shows how far long work of a command is.
 *
 * Only somebody who looks gets it: a terminal on `err`, or the one behind a control socket (call->tell); nobody with
 * --quiet. End it before anything else is written. Threads: the command's. */
#ifndef CLI_PROGRESS_H
#define CLI_PROGRESS_H

#include "cli/command.h"

/* Goes to the line's beginning and empties it. */
#define PROGRESS_CLEAR "\r\033[K"

enum { PROGRESS_BYTES = 160 }; /* a longer line is cut */

bool progress_shown(const struct call *);
void progress_line(const struct call *, const char *format, ...) __attribute__((format(printf, 2, 3)));
void progress_end(const struct call *);

#endif
