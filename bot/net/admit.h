/* Admit: who may come to the counter, by a WebSocket or by polls.
 *
 * Private to net/. Threads: the loop. */
#ifndef NET_ADMIT_H
#define NET_ADMIT_H

#include "net/core.h"

/* Whether pages of the request's Origin may come to `path`: to the desk only the site's own. Another one is logged with
 * the line to write. */
bool admit_origin(struct server *, struct lws *, bool desk, const char *path);

/* A place among the connections of an address and of all, to be given back with admit_leave. 0, or -1 with why. */
int admit_enter(struct server *, const struct address *, struct guard_entry **ret_entry, enum refusal *ret_why);
/* NULL does nothing. */
void admit_leave(struct server *, struct guard_entry *);

#endif
