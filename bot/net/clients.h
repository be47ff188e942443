/* Clients: who is connected, by number and in rings, of which a tick looks at one after the other.
 *
 * struct clients is for clients.c and watch.c. Private to net/. Threads: the loop. */
#ifndef NET_CLIENTS_H
#define NET_CLIENTS_H

#include "net/client.h"

struct clients {
    struct map *by_number;
    struct client *rings[CLIENT_RINGS];
    struct client *timed; /* those with a deadline: net/watch.h */
    uint64_t last_number;
    size_t waiting_bytes; /* to be written, of all */
    int second;           /* of the ring that was looked at last */
};

/* Gives the client its number and its place. -1 = there are too many, or no memory. */
int clients_add(struct clients *, struct client *);
/* One that is among them. */
void clients_remove(struct clients *, struct client *);

/* NULL without memory. */
struct clients *clients_new(size_t most);
void clients_free(struct clients *);
size_t clients_count(const struct server *);
/* What waits to be written, of all. */
size_t clients_waiting_bytes(const struct server *);
/* The client with this number, or NULL. */
struct client *clients_find(struct server *, uint64_t number);

/* Closes all, for the end. */
void clients_close_all(struct server *, enum close_code, const char *reason);
/* Closes the desk's clients of a session that has ended. */
void clients_drop_session(struct server *, const unsigned char hash[TOKEN_HASH_BYTES]);
/* Checks the desk's clients of a user now; those that may stay are closed to come again. */
void clients_renew_user(struct server *, int64_t user);

#endif
