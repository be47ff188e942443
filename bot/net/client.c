/* Clients, their deadlines and their ends: see client.h. */
#include "net/client.h"

#include "net/complaint.h"
#include "net/inbox.h"
#include "net/peer.h"
#include "net/ready.h"

#include <stdlib.h>
#include <string.h>

enum { CLOSE_SECONDS = 3 };

struct clients {
    struct map *by_number;
    struct client *rings[CLIENT_RINGS];
    struct client *timed;
    uint64_t last_number;
    size_t waiting_bytes;
    int second;
};

struct clients *client_registry_new(size_t most)
{
    struct clients *c = calloc(1, sizeof *c);
    if (c != NULL && (c->by_number = map_new(most)) == NULL) {
        free(c);
        return NULL;
    }
    return c;
}

void client_registry_free(struct clients *c)
{
    if (c == NULL)
        return;
    map_free(c->by_number);
    free(c);
}

size_t client_count(const struct server *server)
{
    return map_count(server->clients->by_number);
}

size_t client_waiting_bytes(const struct server *server)
{
    return server->clients->waiting_bytes;
}

struct client *client_find(struct server *server, uint64_t number)
{
    return map_get(server->clients->by_number, &number, sizeof number);
}

static int64_t now_of(const struct client *client)
{
    return clock_mono_ms(client->server->config.clock);
}

/* --- deadlines ------------------------------------------------------------------------------------ */

/* Puts the client among those that are looked at every second. */
static void timed_add(struct client *client)
{
    struct clients *clients = client->server->clients;
    if (client->timed_link != NULL)
        return;
    client->timed_next = clients->timed;
    client->timed_link = &clients->timed;
    if (client->timed_next != NULL)
        client->timed_next->timed_link = &client->timed_next;
    clients->timed = client;
}

static void timed_remove(struct client *client)
{
    if (client->timed_link == NULL)
        return;
    *client->timed_link = client->timed_next;
    if (client->timed_next != NULL)
        client->timed_next->timed_link = client->timed_link;
    client->timed_link = NULL;
}

void client_deadline(struct client *client, int64_t *deadline, int seconds)
{
    *deadline = now_of(client) + (int64_t)seconds * 1000;
    timed_add(client);
}

void client_kill(struct client *client)
{
    client->hello_by_ms = client->half_by_ms = client->write_by_ms = client->pong_by_ms = client->close_by_ms = 0;
    client->carrier_by_ms = 0;
    timed_remove(client);
    ready_remove(client);
    client->close_code = client->close_code != 0 ? client->close_code : CLOSE_POLICY;
    outbox_clear(&client->out);
    client->carrier->kill(client);
}

static bool passed(int64_t deadline, int64_t now)
{
    return deadline != 0 && now >= deadline;
}

static void look_at_deadlines(struct client *client, int64_t now)
{
    struct counters *counters = &client->server->counters;
    if (passed(client->write_by_ms, now)) {
        counters->cut_slow++;
        client_kill(client);
    } else if (passed(client->half_by_ms, now)) {
        counters->cut_half++;
        client_kill(client);
    } else if (passed(client->pong_by_ms, now)) {
        counters->cut_silent++;
        client_kill(client);
    } else if (passed(client->close_by_ms, now)) {
        client_kill(client);
    } else if (passed(client->hello_by_ms, now)) {
        client->hello_by_ms = 0;
        client_close(client, CLOSE_POLICY, "no hello");
    } else if (passed(client->carrier_by_ms, now)) {
        client->carrier_by_ms = 0;
        client->carrier->due(client);
    } else if (!(client->hello_by_ms | client->half_by_ms | client->write_by_ms | client->pong_by_ms |
                 client->close_by_ms | client->carrier_by_ms)) {
        timed_remove(client);
    }
}

static void look_for_half(struct client *client)
{
    if (client->close_code != 0)
        return;
    bool half = client->half != NULL || (client->carrier->half != NULL && client->carrier->half(client));
    if (!half)
        client->half_by_ms = 0;
    else if (client->half_by_ms == 0)
        client_deadline(client, &client->half_by_ms, client->server->settings->half_frame_seconds);
}

static void ping(struct client *client)
{
    if (client->close_code == 0 && client->pong_by_ms == 0 && client->carrier->ping != NULL)
        client->carrier->ping(client);
}

static void tick_ring(struct server *server, struct client *ring, int slot, int64_t now)
{
    int second = server->clients->second;
    for (struct client *client = ring, *next; client != NULL; client = next) {
        next = client->ring_next;
        if (second % client->role->ping_seconds == slot % client->role->ping_seconds)
            ping(client);
        look_for_half(client);
        if (client->role->looked != NULL)
            client->role->looked(client, now);
    }
}

void client_tick(struct server *server)
{
    struct clients *clients = server->clients;
    int64_t now = clock_mono_ms(server->config.clock);
    clients->second = (clients->second + 1) % CLIENT_RINGS;
    for (int slot = clients->second % CLIENT_LOOK_SECONDS; slot < CLIENT_RINGS; slot += CLIENT_LOOK_SECONDS)
        tick_ring(server, clients->rings[slot], slot, now);
    for (struct client *client = clients->timed, *next; client != NULL; client = next) {
        next = client->timed_next;
        look_at_deadlines(client, now);
    }
}

/* --- life ----------------------------------------------------------------------------------------- */

static void ring_add(struct client *client)
{
    struct client **ring = &client->server->clients->rings[client->number % CLIENT_RINGS];
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

struct client *client_new(struct server *server, const struct carrier *carrier, const struct client_role *role)
{
    struct clients *clients = server->clients;
    struct client *client = calloc(1, sizeof *client);
    if (client == NULL)
        return NULL;
    client->number = ++clients->last_number;
    client->server = server;
    client->carrier = carrier;
    client->role = role;
    memcpy(client->lang, "en", sizeof client->lang);
    outbox_init(&client->out, &clients->waiting_bytes);
    if (map_put(clients->by_number, &client->number, sizeof client->number, client) < 0) {
        free(client);
        return NULL;
    }
    ring_add(client);
    client_deadline(client, &client->hello_by_ms, server->settings->idle_hello_seconds);
    return client;
}

void client_free(struct client *client)
{
    struct server *server = client->server;
    map_remove(server->clients->by_number, &client->number, sizeof client->number);
    ring_remove(client);
    timed_remove(client);
    ready_remove(client);
    client->role->gone(client);
    guard_release(server->guard, client->visitor);
    outbox_clear(&client->out);
    inbox_clear(client);
    free(client);
}

void client_close(struct client *client, enum close_code code, const char *reason)
{
    if (client->close_code != 0)
        return;
    client->close_code = (uint16_t)code;
    client->close_reason = reason;
    client_deadline(client, &client->close_by_ms, CLOSE_SECONDS);
    client->carrier->close(client);
}

void client_close_all(struct server *server, enum close_code code, const char *reason)
{
    for (int slot = 0; slot < CLIENT_RINGS; slot++) {
        for (struct client *client = server->clients->rings[slot]; client != NULL; client = client->ring_next)
            client_close(client, code, reason);
    }
}

void client_drop_session(struct server *server, const unsigned char hash[TOKEN_HASH_BYTES])
{
    for (int slot = 0; slot < CLIENT_RINGS; slot++) {
        for (struct client *client = server->clients->rings[slot]; client != NULL; client = client->ring_next) {
            if (client->role == &desk_role && memcmp(client->session, hash, TOKEN_HASH_BYTES) == 0)
                client_close(client, CLOSE_POLICY, "logged out");
        }
    }
}

void client_renew_user(struct server *server, int64_t user)
{
    for (int slot = 0; slot < CLIENT_RINGS; slot++) {
        for (struct client *client = server->clients->rings[slot]; client != NULL; client = client->ring_next) {
            if (client->role == &desk_role && client->user == user)
                client->role->renew(client);
        }
    }
}

/* --- out ------------------------------------------------------------------------------------------ */

void client_send(struct client *client, const struct outgoing *outgoing)
{
    struct server *server = client->server;
    struct buf *scratch = &server->scratch;
    if (client->close_code != 0)
        return;
    buf_clear(scratch);
    if (message_write(outgoing, scratch) < 0 ||
        outbox_push(&client->out, scratch->data, scratch->size, client->role->out_bytes, CLIENT_OUT_ALL_BYTES) < 0) {
        server->counters.cut_slow++;
        client_kill(client);
        return;
    }
    client->carrier->flush(client);
    if (client->role->sent != NULL)
        client->role->sent(client, outgoing);
}

void client_deliver(void *context, uint64_t number, const struct outgoing *outgoing)
{
    struct client *client = client_find(context, number);
    if (client != NULL)
        client_send(client, outgoing);
}

void client_error(struct client *client, const char *code, const char *detail, const char *cid, int retry_ms)
{
    const char *text = complaint_text(code, client->lang);
    const char *full = detail != NULL ? arena_printf(client->server->arena, "%s (%s)", text, detail) : text;
    client_send(
        client,
        &(struct outgoing){
            .kind = OUT_ERROR, .code = code, .message = full != NULL ? full : text, .cid = cid, .retry_ms = retry_ms});
}
