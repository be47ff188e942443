/* The list of who is connected: see clients.h. */
#include "net/clients.h"

#include <stdlib.h>
#include <string.h>

struct clients *clients_new(size_t most)
{
    struct clients *c = calloc(1, sizeof *c);
    if (c != NULL && (c->by_number = map_new(most)) == NULL) {
        free(c);
        return NULL;
    }
    return c;
}

void clients_free(struct clients *c)
{
    if (c == NULL)
        return;
    map_free(c->by_number);
    free(c);
}

size_t clients_count(const struct server *server)
{
    return map_count(server->clients->by_number);
}

size_t clients_waiting_bytes(const struct server *server)
{
    return server->clients->waiting_bytes;
}

struct client *clients_find(struct server *server, uint64_t number)
{
    return map_get(server->clients->by_number, &number, sizeof number);
}

static void ring_add(struct clients *clients, struct client *client)
{
    struct client **ring = &clients->rings[client->number % CLIENT_RINGS];
    client->ring_next = *ring;
    client->ring_link = ring;
    if (client->ring_next != NULL)
        client->ring_next->ring_link = &client->ring_next;
    *ring = client;
}

static void ring_remove(struct client *client)
{
    *client->ring_link = client->ring_next;
    if (client->ring_next != NULL)
        client->ring_next->ring_link = client->ring_link;
}

int clients_add(struct clients *clients, struct client *client)
{
    client->number = ++clients->last_number;
    if (map_put(clients->by_number, &client->number, sizeof client->number, client) < 0)
        return -1;
    ring_add(clients, client);
    return 0;
}

void clients_remove(struct clients *clients, struct client *client)
{
    map_remove(clients->by_number, &client->number, sizeof client->number);
    ring_remove(client);
}

/* --- all of a kind ------------------------------------------------------------------------------------ */

void clients_close_all(struct server *server, enum close_code code, const char *reason)
{
    for (int slot = 0; slot < CLIENT_RINGS; slot++) {
        for (struct client *client = server->clients->rings[slot]; client != NULL; client = client->ring_next)
            client_close(client, code, reason);
    }
}

void clients_drop_session(struct server *server, const unsigned char hash[TOKEN_HASH_BYTES])
{
    for (int slot = 0; slot < CLIENT_RINGS; slot++) {
        for (struct client *client = server->clients->rings[slot]; client != NULL; client = client->ring_next) {
            if (client->role == &desk_role && memcmp(client->session, hash, TOKEN_HASH_BYTES) == 0)
                client_close(client, CLOSE_POLICY, "logged out");
        }
    }
}

void clients_renew_user(struct server *server, int64_t user)
{
    for (int slot = 0; slot < CLIENT_RINGS; slot++) {
        for (struct client *client = server->clients->rings[slot]; client != NULL; client = client->ring_next) {
            if (client->role == &desk_role && client->user == user)
                client->role->renew(client);
        }
    }
}
