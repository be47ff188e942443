/* Clients: who is connected by a WebSocket, by number and in rings, of which a tick looks at one after the other.
 *
 * For socket.c and watch.c. Threads: the loop. */
#ifndef NET_CLIENTS_H
#define NET_CLIENTS_H

#include "net/socket.h"

struct clients {
    struct map *by_number;
    struct client *rings[SOCKET_RINGS];
    struct client *timed; /* those with a deadline: net/watch.h */
    uint64_t last_number;
    size_t waiting_bytes; /* to be written, of all */
    int second;           /* of the ring that was looked at last */
};

/* Gives the client its number and its place. -1 = there are too many, or no memory. */
int clients_add(struct clients *, struct client *);
/* One that is among them. */
void clients_remove(struct clients *, struct client *);

#endif
