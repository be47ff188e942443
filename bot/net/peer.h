/* Peer: one accepted socket, whatever it speaks, and whose it is.
 *
 * It is made when the socket is accepted, counts among the sockets of its address while it is open, and ends with it.
 * Who the client behind the proxies is holds for one request: each is read anew. Private to net/. Threads: the loop. */
#ifndef NET_PEER_H
#define NET_PEER_H

#include "net/address.h"
#include "store/token.h"

#include <libwebsockets.h>
#include <stdbool.h>

struct guard_entry;
struct server;

/* Opaque user data of its wsi. */
struct peer {
    struct address from;         /* the other end of the socket */
    struct address client;       /* behind proxies; as of the last request */
    struct guard_entry *socket;  /* its place among the address's sockets; NULL for a trusted proxy */
    struct guard_entry *address; /* held while it is a WebSocket */
    bool proxied;                /* came through a proxy (or says so) */
    bool secure;                 /* a trusted proxy says that the browser speaks https */
    bool has_session;            /* the upgrade carried a session cookie */
    unsigned char session[TOKEN_HASH_BYTES];
};

/* Whether one more socket may be accepted. */
bool peer_has_room(const struct server *);
/* An accepted socket's: 0, or -1 = hang up (its address has too many, or no memory). */
int peer_open(struct server *, struct lws *);
/* With the socket; also where there is none. */
void peer_close(struct server *, struct lws *);

/* A socket's, as it was last read; NULL = there is none. */
struct peer *peer_of(struct lws *);
/* The same, after finding out from the request's headers who the client is; before any limit is looked at. */
struct peer *peer_read(struct server *, struct lws *);

#endif
