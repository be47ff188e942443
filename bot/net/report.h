/* Report: what is read beside the store's thread, on a worker with a connection of its own, and the index of closed
 * chats, which is kept up a few chats at a time. Private to net/. Threads: the loop. */
#ifndef NET_REPORT_H
#define NET_REPORT_H

#include "net/core.h"

/* Has the job read on the worker of reports; its `done` comes back on the loop, as from the store. 0, or -1 when there
 * is too much to do: the job stays the caller's. */
int report_submit(struct server *, struct store_job *);
/* Once a second: goes on with the index. */
void report_tick(struct server *);

#endif
