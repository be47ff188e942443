/* Inbox: what one client sends, from pieces to frames that are read, paid for and handed on.
 *
 * A WebSocket's frame may come in pieces up to MESSAGE_FRAME_BYTES; only then is memory kept for it, with a deadline.
 * Frames of any kind come from a bucket of their own, so that what costs no message is not free. Whatever is wrong gets
 * an `error` or closes the connection. Private to net/. Threads: the loop. */
#ifndef NET_INBOX_H
#define NET_INBOX_H

#include "net/client.h"

/* What the library received on this client's socket: a whole frame or a part of one. */
void inbox_heard(struct client *, const char *bytes, size_t size);
/* A whole frame, however it came; the client may be closing afterwards. It forgets what lies in the server's arena. */
void inbox_frame(struct client *, const char *bytes, size_t size);
/* Counts one thing that came, good or bad. False = it was one too many, and the client is cut. */
bool inbox_takes(struct client *);
/* A frame or a pong came: the other end lives. */
void inbox_alive(struct client *);
/* Forgets a frame that has begun. */
void inbox_clear(struct client *);

#endif
