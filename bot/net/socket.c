/* WebSockets of both kinds: see socket.h. */
#include "net/socket.h"

#include "net/complaint.h"
#include "net/inbox.h"
#include "net/peer.h"
#include "net/ready.h"

#include <stdlib.h>
#include <string.h>

enum { CLOSE_SECONDS = 3 };

struct clients {
    struct map *by_number;
    struct client *rings[SOCKET_RINGS];
    struct client *timed;
    uint64_t last_number;
    size_t waiting_bytes;
    int second;
};

struct clients *socket_registry_new(size_t most)
{
    struct clients *c = calloc(1, sizeof *c);
    if (c != NULL && (c->by_number = map_new(most)) == NULL) {
        free(c);
        return NULL;
    }
    return c;
}

void socket_registry_free(struct clients *c)
{
    if (c == NULL)
        return;
    map_free(c->by_number);
    free(c);
}

size_t socket_count(const struct server *server)
{
    return map_count(server->clients->by_number);
}

size_t socket_waiting_bytes(const struct server *server)
{
    return server->clients->waiting_bytes;
}

struct client *socket_find(struct server *server, uint64_t number)
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

static void wait_for_socket(struct client *client)
{
    client->waits = true;
    lws_callback_on_writable(client->wsi);
}

void client_wait(struct client *client)
{
    if (client->write_by_ms == 0)
        client_deadline(client, &client->write_by_ms, client->server->settings->slow_reader_seconds);
    if (!client->waits)
        wait_for_socket(client);
}

/* Without waiting for the other end, which may not be reading. The library frees it soon after. */
static void kill_client(struct client *client)
{
    client->hello_by_ms = client->half_by_ms = client->write_by_ms = client->pong_by_ms = client->close_by_ms = 0;
    timed_remove(client);
    ready_remove(client);
    client->close_code = client->close_code != 0 ? client->close_code : CLOSE_POLICY;
    outbox_clear(&client->out);
    lws_set_timeout(client->wsi, PENDING_TIMEOUT_USER_REASON_BASE, LWS_TO_KILL_ASYNC);
    /* The library looks at its timers after events of its own only. */
    lws_cancel_service(client->server->lws);
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
        kill_client(client);
    } else if (passed(client->half_by_ms, now)) {
        counters->cut_half++;
        kill_client(client);
    } else if (passed(client->pong_by_ms, now)) {
        counters->cut_silent++;
        kill_client(client);
    } else if (passed(client->close_by_ms, now)) {
        kill_client(client);
    } else if (passed(client->hello_by_ms, now)) {
        client->hello_by_ms = 0;
        client_close(client, CLOSE_POLICY, "no hello");
    } else if (!(client->hello_by_ms | client->half_by_ms | client->write_by_ms | client->pong_by_ms |
                 client->close_by_ms)) {
        timed_remove(client);
    }
}

/* The library tells nothing of a frame whose beginning alone has come; it knows how much is missing, though. One
 * whose head is cut is found by the next ping: no pong can come in the middle of a frame. */
static void look_for_half(struct client *client)
{
    if (client->close_code != 0)
        return;
    bool half = client->half != NULL || lws_remaining_packet_payload(client->wsi) > 0;
    if (!half)
        client->half_by_ms = 0;
    else if (client->half_by_ms == 0)
        client_deadline(client, &client->half_by_ms, client->server->settings->half_frame_seconds);
}

static void ping(struct client *client)
{
    if (client->close_code != 0 || client->pong_by_ms != 0)
        return;
    client->ping_due = true;
    client_deadline(client, &client->pong_by_ms, client->role->pong_seconds);
    wait_for_socket(client);
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

void socket_tick(struct server *server)
{
    struct clients *clients = server->clients;
    int64_t now = clock_mono_ms(server->config.clock);
    clients->second = (clients->second + 1) % SOCKET_RINGS;
    for (int slot = clients->second % SOCKET_LOOK_SECONDS; slot < SOCKET_RINGS; slot += SOCKET_LOOK_SECONDS)
        tick_ring(server, clients->rings[slot], slot, now);
    for (struct client *client = clients->timed, *next; client != NULL; client = next) {
        next = client->timed_next;
        look_at_deadlines(client, now);
    }
}

/* --- life ----------------------------------------------------------------------------------------- */

static void ring_add(struct client *client)
{
    struct client **ring = &client->server->clients->rings[client->number % SOCKET_RINGS];
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

static struct client *client_new(struct server *server, struct lws *wsi, const struct socket_role *role)
{
    struct clients *clients = server->clients;
    const struct peer *peer = peer_of(wsi);
    struct client *client = peer != NULL ? calloc(1, sizeof *client) : NULL;
    if (client == NULL)
        return NULL;
    client->number = ++clients->last_number;
    client->wsi = wsi;
    client->server = server;
    client->role = role;
    memcpy(client->lang, "en", sizeof client->lang);
    memcpy(client->session, peer->session, sizeof client->session);
    outbox_init(&client->out, &clients->waiting_bytes);
    if (map_put(clients->by_number, &client->number, sizeof client->number, client) < 0) {
        free(client);
        return NULL;
    }
    ring_add(client);
    client_deadline(client, &client->hello_by_ms, server->settings->idle_hello_seconds);
    return client;
}

static void client_free(struct client *client)
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
    wait_for_socket(client);
}

void socket_close_all(struct server *server, enum close_code code, const char *reason)
{
    for (int slot = 0; slot < SOCKET_RINGS; slot++) {
        for (struct client *client = server->clients->rings[slot]; client != NULL; client = client->ring_next)
            client_close(client, code, reason);
    }
}

void socket_drop_session(struct server *server, const unsigned char hash[TOKEN_HASH_BYTES])
{
    for (int slot = 0; slot < SOCKET_RINGS; slot++) {
        for (struct client *client = server->clients->rings[slot]; client != NULL; client = client->ring_next) {
            if (client->role == &desk_socket && memcmp(client->session, hash, TOKEN_HASH_BYTES) == 0)
                client_close(client, CLOSE_POLICY, "logged out");
        }
    }
}

void socket_renew_user(struct server *server, int64_t user)
{
    for (int slot = 0; slot < SOCKET_RINGS; slot++) {
        for (struct client *client = server->clients->rings[slot]; client != NULL; client = client->ring_next) {
            if (client->role == &desk_socket && client->user == user)
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
        outbox_push(&client->out, scratch->data, scratch->size, client->role->out_bytes, SOCKET_OUT_ALL_BYTES) < 0) {
        server->counters.cut_slow++;
        kill_client(client);
        return;
    }
    if (client->waits)
        client_wait(client);
    else
        ready_add(client);
    if (client->role->sent != NULL)
        client->role->sent(client, outgoing);
}

void socket_send(void *context, uint64_t number, const struct outgoing *outgoing)
{
    struct client *client = socket_find(context, number);
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

static int write_close(struct client *client)
{
    const char *reason = client->close_reason != NULL ? client->close_reason : "";
    lws_close_reason(client->wsi, (enum lws_close_status)client->close_code, (unsigned char *)(uintptr_t)reason,
                     strlen(reason));
    return -1;
}

/* With one byte in it: the library does not tell of an empty pong. */
static int write_ping(struct client *client)
{
    unsigned char bytes[LWS_PRE + 1] = {[LWS_PRE] = 's'};
    client->ping_due = false;
    return lws_write(client->wsi, bytes + LWS_PRE, 1, LWS_WRITE_PING) < 0 ? -1 : 0;
}

/* One frame a turn, as the library wants it. */
static int writeable(struct client *client)
{
    _Static_assert(OUTBOX_PRE >= LWS_PRE, "the library's header has room");
    struct server *server = client->server;
    size_t size;
    unsigned char *head = outbox_head(&client->out, &size);
    client->write_by_ms = 0;
    client->waits = false;
    if (head == NULL && client->close_code != 0)
        return write_close(client);
    if (head == NULL)
        return client->ping_due ? write_ping(client) : 0;
    if (lws_write(client->wsi, head, size, LWS_WRITE_TEXT) < (int)size)
        return -1;
    server->counters.frames_out++;
    server->counters.bytes_out += size;
    outbox_pop(&client->out);
    /* What the kernel did not take waits in the library: the next call tells when it is gone. Who is served
     * goes on at once. */
    bool more = client->out.first != NULL && server->served != client;
    if (more || client->close_code != 0 || client->ping_due || lws_partial_buffered(client->wsi))
        client_wait(client);
    return 0;
}

/* --- what the library tells ------------------------------------------------------------------------ */

static int opened(struct server *server, struct lws *wsi, struct client **slot)
{
    bool desk = strcmp(lws_get_protocol(wsi)->name, "sportello.desk.v1") == 0;
    *slot = client_new(server, wsi, desk ? &desk_socket : &visitor_socket);
    if (*slot == NULL)
        return -1;
    (*slot)->role->opened(*slot);
    return 0;
}

/* CLOSED may come for an opening that was never established: then there is no client. */
int socket_callback(struct lws *wsi, enum lws_callback_reasons reason, void *user, void *in, size_t size)
{
    struct server *server = lws_context_user(lws_get_context(wsi));
    struct client **slot = user;
    struct client *client = slot != NULL ? *slot : NULL;
    if (reason == LWS_CALLBACK_ESTABLISHED)
        return opened(server, wsi, slot);
    if (client == NULL)
        return 0;
    switch (reason) {
    case LWS_CALLBACK_RECEIVE:
        inbox_heard(client, in, size);
        return 0;
    case LWS_CALLBACK_SERVER_WRITEABLE:
        return writeable(client);
    case LWS_CALLBACK_RECEIVE_PONG:
        inbox_alive(client);
        return 0;
    case LWS_CALLBACK_CLOSED:
        *slot = NULL;
        client_free(client);
        return 0;
    default:
        return 0;
    }
}
