/* One client's life, and what it is told: see client.h. */
#include "net/client.h"

#include "net/clients.h"
#include "net/complaint.h"
#include "net/inbox.h"
#include "net/ready.h"
#include "net/watch.h"

#include <stdlib.h>
#include <string.h>

enum { CLOSE_SECONDS = 3 };

struct client *client_new(struct server *server, const struct carrier *carrier, const struct client_role *role)
{
    struct clients *clients = server->clients;
    struct client *client = calloc(1, sizeof *client);
    if (client == NULL)
        return NULL;
    client->server = server;
    client->carrier = carrier;
    client->role = role;
    memcpy(client->lang, "en", sizeof client->lang);
    outbox_init(&client->out, &clients->waiting_bytes);
    if (clients_add(clients, client) < 0) {
        free(client);
        return NULL;
    }
    watch_deadline(client, &client->hello_by_ms, server->settings->idle_hello_seconds);
    return client;
}

void client_free(struct client *client)
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
    client->carrier->close(client);
}

void client_cut(struct client *client)
{
    client->hello_by_ms = client->half_by_ms = client->write_by_ms = client->pong_by_ms = client->close_by_ms = 0;
    client->carrier_by_ms = 0;
    watch_end(client);
    ready_remove(client);
    client->close_code = client->close_code != 0 ? client->close_code : CLOSE_POLICY;
    outbox_clear(&client->out);
    client->carrier->kill(client);
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
        client_cut(client);
        return;
    }
    client->carrier->flush(client);
    if (client->role->sent != NULL)
        client->role->sent(client, outgoing);
}

void client_deliver(void *context, uint64_t number, const struct outgoing *outgoing)
{
    struct client *client = clients_find(context, number);
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
