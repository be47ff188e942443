/* Frames written without waiting for the socket: see ready.h. */
#include "net/ready.h"

/* Of one client in one round, so that a long answer to one is not in the way of the others. */
enum { FRAMES_AT_ONCE = 8 };

void ready_add(struct client *client)
{
    struct server *server = client->server;
    if (client->ready_link != NULL)
        return;
    client->ready_next = server->ready;
    client->ready_link = &server->ready;
    if (client->ready_next != NULL)
        client->ready_next->ready_link = &client->ready_next;
    server->ready = client;
}

static void unlink_client(struct client *client)
{
    *client->ready_link = client->ready_next;
    if (client->ready_next != NULL)
        client->ready_next->ready_link = client->ready_link;
    client->ready_link = NULL;
}

void ready_remove(struct client *client)
{
    if (client->ready_link != NULL)
        unlink_client(client);
    if (client->server->served == client)
        client->server->served = NULL;
}

/* The library says that the client may write, once for each frame. It may close it meanwhile: then ready_remove has
 * cleared `served`. */
static void serve_client(struct server *server, struct client *client)
{
    struct lws_pollfd writeable = {.fd = lws_get_socket_fd(client->wsi), .events = LWS_POLLOUT, .revents = LWS_POLLOUT};
    server->served = client;
    for (int i = 0; i < FRAMES_AT_ONCE && server->served == client && client->out.first != NULL && !client->waits;
         i++) {
        writeable.revents = LWS_POLLOUT;
        lws_service_fd(server->lws, &writeable);
    }
    if (server->served == client && client->out.first != NULL)
        client_wait(client);
    server->served = NULL;
}

static void on_prepare(struct ev_loop *loop, ev_prepare *watcher, int events)
{
    struct server *server = watcher->data;
    (void)loop, (void)events;
    while (server->ready != NULL) {
        struct client *client = server->ready;
        unlink_client(client);
        serve_client(server, client);
    }
}

void ready_start(struct server *server)
{
    ev_prepare_init(&server->before_sleep, on_prepare);
    server->before_sleep.data = server;
    ev_prepare_start(server->loop, &server->before_sleep);
}

void ready_stop(struct server *server)
{
    ev_prepare_stop(server->loop, &server->before_sleep);
}
