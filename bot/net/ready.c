/* Frames written without waiting for the socket: see ready.h. */
#include "net/ready.h"

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

static void on_prepare(struct ev_loop *loop, ev_prepare *watcher, int events)
{
    struct server *server = watcher->data;
    (void)loop, (void)events;
    while (server->ready != NULL) {
        struct client *client = server->ready;
        unlink_client(client);
        client->carrier->write(client);
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
