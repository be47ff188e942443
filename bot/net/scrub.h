/* Scrub: after chats were erased, what is left of them in the index and the log of the database goes, on a worker.
 * Wanted ones are known to the store, so that a restart goes on with them. Private to net/. Threads: the loop. */
#ifndef NET_SCRUB_H
#define NET_SCRUB_H

#include "net/core.h"

/* Once a second. */
void scrub_tick(struct server *);

#endif
