/* WebSockets of both kinds: see socket.h. */
#include "net/socket.h"

#include "net/inbox.h"
#include "net/peer.h"
#include "net/ready.h"
#include "net/watch.h"

#include <string.h>

/* Of one client in one round, so that a long answer to one is not in the way of the others. */
enum { FRAMES_AT_ONCE = 8 };

static void wait_for_socket(struct client *client)
{
    client->waits = true;
    lws_callback_on_writable(client->wsi);
}

static void wait_to_write(struct client *client)
{
    if (client->write_by_ms == 0)
        watch_deadline(client, &client->write_by_ms, client->server->settings->slow_reader_seconds);
    if (!client->waits)
        wait_for_socket(client);
}

/* --- as a carrier ----------------------------------------------------------------------------------- */

static void flush(struct client *client)
{
    if (client->waits)
        wait_to_write(client);
    else
        ready_add(client);
}

/* The library is told that the client may write, once for each frame. It may close it meanwhile: then ready_remove has
 * cleared `served`. */
static void write_now(struct client *client)
{
    struct server *server = client->server;
    struct lws_pollfd writeable = {.fd = lws_get_socket_fd(client->wsi), .events = LWS_POLLOUT, .revents = LWS_POLLOUT};
    server->served = client;
    for (int i = 0; i < FRAMES_AT_ONCE && server->served == client && client->out.first != NULL && !client->waits;
         i++) {
        writeable.revents = LWS_POLLOUT;
        lws_service_fd(server->lws, &writeable);
    }
    if (server->served == client && client->out.first != NULL)
        wait_to_write(client);
    server->served = NULL;
}

/* The library frees it soon after. */
static void kill_socket(struct client *client)
{
    lws_set_timeout(client->wsi, PENDING_TIMEOUT_USER_REASON_BASE, LWS_TO_KILL_ASYNC);
    /* The library looks at its timers after events of its own only. */
    lws_cancel_service(client->server->lws);
}

static void ping(struct client *client)
{
    client->ping_due = true;
    watch_deadline(client, &client->pong_by_ms, client->role->pong_seconds);
    wait_for_socket(client);
}

/* The library tells nothing of a frame whose beginning alone has come; it knows how much is missing, though. One
 * whose head is cut is found by the next ping: no pong can come in the middle of a frame. */
static bool half(const struct client *client)
{
    return lws_remaining_packet_payload(client->wsi) > 0;
}

static const struct carrier socket_carrier = {
    .flush = flush, .write = write_now, .close = wait_for_socket, .kill = kill_socket, .ping = ping, .half = half};

/* --- what the library tells ------------------------------------------------------------------------ */

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
        wait_to_write(client);
    return 0;
}

static int opened(struct server *server, struct lws *wsi, struct client **slot)
{
    bool desk = strcmp(lws_get_protocol(wsi)->name, "sportello.desk.v1") == 0;
    const struct peer *peer = peer_of(wsi);
    struct client *client =
        peer != NULL ? client_new(server, &socket_carrier, desk ? &desk_role : &visitor_role) : NULL;
    *slot = client;
    if (client == NULL)
        return -1;
    client->wsi = wsi;
    client->address = peer->address;
    memcpy(client->session, peer->session, sizeof client->session);
    client->role->opened(client);
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
