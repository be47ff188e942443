/* Listen: the libwebsockets context and the one listening socket. Private to net/. Threads: the loop. */
#ifndef NET_LISTEN_H
#define NET_LISTEN_H

#include "net/core.h"

/* Fills server->lws, vhost, port and socket_limit. -1 with *ret_why. */
int listen_open(struct server *, const char **ret_why);
void listen_close(struct server *);
/* The URL that the server answers at, in `room` bytes. */
void listen_url(const struct server *, char *out, size_t room);

#endif
