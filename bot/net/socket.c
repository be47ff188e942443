/* WebSockets of both kinds: see socket.h. */
#include "net/socket.h"

#include "net/clients.h"
#include "net/complaint.h"
#include "net/inbox.h"
#include "net/peer.h"
#include "net/ready.h"
#include "net/watch.h"

#include <stdlib.h>
#include <string.h>

enum { CLOSE_SECONDS = 3 };

/* --- life ----------------------------------------------------------------------------------------- */

static struct client *client_new(struct server *server, struct lws *wsi, const struct socket_role *role)
{
    struct clients *clients = server->clients;
    const struct peer *peer = peer_of(wsi);
    struct client *client = peer != NULL ? calloc(1, sizeof *client) : NULL;
    if (client == NULL)
        return NULL;
    client->wsi = wsi;
    client->server = server;
    client->role = role;
    memcpy(client->lang, "en", sizeof client->lang);
    memcpy(client->session, peer->session, sizeof client->session);
    outbox_init(&client->out, &clients->waiting_bytes);
    if (clients_add(clients, client) < 0) {
        free(client);
        return NULL;
    }
    watch_deadline(client, &client->hello_by_ms, server->settings->idle_hello_seconds);
    return client;
}

static void client_free(struct client *client)
{
    struct server *server = client->server;
    clients_remove(server->clients, client);
    watch_end(client);
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
    watch_deadline(client, &client->close_by_ms, CLOSE_SECONDS);
    client_wake(client);
}

void client_wake(struct client *client)
{
    client->waits = true;
    lws_callback_on_writable(client->wsi);
}

void client_wait(struct client *client)
{
    if (client->write_by_ms == 0)
        watch_deadline(client, &client->write_by_ms, client->server->settings->slow_reader_seconds);
    if (!client->waits)
        client_wake(client);
}

void client_cut(struct client *client)
{
    client->hello_by_ms = client->half_by_ms = client->write_by_ms = client->pong_by_ms = client->close_by_ms = 0;
    watch_end(client);
    ready_remove(client);
    client->close_code = client->close_code != 0 ? client->close_code : CLOSE_POLICY;
    outbox_clear(&client->out);
    lws_set_timeout(client->wsi, PENDING_TIMEOUT_USER_REASON_BASE, LWS_TO_KILL_ASYNC);
    /* The library looks at its timers after events of its own only. */
    lws_cancel_service(client->server->lws);
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
        client_cut(client);
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
