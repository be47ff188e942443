/* Socket: a client's WebSocket, visitor's or agent's: the carrier of nearly all of them.
 *
 * A frame is a text message of RFC 6455. What the library did not take at once waits until the socket takes more, or
 * until the reader is too slow. Private to net/. Threads: the loop. */
#ifndef NET_SOCKET_H
#define NET_SOCKET_H

#include "net/client.h"

/* Both WebSocket protocols. Their per-session data is one pointer to the client. */
int socket_callback(struct lws *, enum lws_callback_reasons, void *user, void *in, size_t size);

#endif
