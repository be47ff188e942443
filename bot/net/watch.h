/* Watch: clients that fall silent, stop in the middle of a frame or do not read are cut.
 *
 * A client has deadlines (struct client, …_by_ms), each set when something is waited for and cleared when it comes;
 * every client is pinged and looked at in its ring's turn. Private to net/. Threads: the loop. */
#ifndef NET_WATCH_H
#define NET_WATCH_H

#include "net/client.h"

/* Sets one of the client's deadlines so many seconds from now; what is past is acted on within a second. */
void watch_deadline(struct client *, int64_t *deadline, int seconds);
/* Looks at no deadline of it any more. */
void watch_end(struct client *);
/* Once a second: pings, half frames and deadlines. */
void watch_tick(struct server *);

#endif
