/* Ready: the clients that have something to write, served before the loop sleeps, each by its carrier.
 *
 * Polls gather so what is to be said in one round into one answer. A socket nearly always takes a frame at once. To ask
 * the kernel first whether it would costs two calls and another round of the loop for each frame; so the library is
 * told that it may write, and where the kernel takes not all of it, the library waits for the socket as ever. Private
 * to net/. Threads: the loop. */
#ifndef NET_READY_H
#define NET_READY_H

#include "net/client.h"

void ready_start(struct server *);
void ready_stop(struct server *);
/* Its next frame is written in this round of the loop. It may be among them already. */
void ready_add(struct client *);
/* No longer, or gone. */
void ready_remove(struct client *);

#endif
