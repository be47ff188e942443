/* Audit: who did what, written down by the server itself.
 *
 * Good for: log-ins and what somebody does by HTTP, where the store's own job does not write a line already. Not for:
 * commands (they give the store a job of theirs). A line that cannot be written is logged and forgotten. Private to
 * net/. Threads: the loop. */
#ifndef NET_AUDIT_H
#define NET_AUDIT_H

#include "net/core.h"

/* User 0 = nobody who has proven to be somebody. Address and `detail` may be NULL. All strings are copied. */
void audit_note(struct server *, int64_t user, const struct address *, const char *act, const char *detail);
/* The same of a log-in that failed: of a minute AUDIT_WRONG_MOST are written, and then how many there were besides. */
enum { AUDIT_WRONG_MOST = 60 };
void audit_wrong(struct server *, const struct address *, const char *act, const char *detail);

#endif
