/* Visitors as clients: see client.h. */
#include "net/client.h"

#include <string.h>

enum { OUT_BYTES = 4 << 20 };

/* A visitor is known by the token, which the page brings or the welcome gives. All pages of one visitor then share
 * one rate and have one number of connections. */
static bool know(struct client *client, const char *token)
{
    struct guard *guard = client->server->guard;
    struct guard_entry *entry = guard_hold(guard, GUARD_VISITOR, token, strlen(token));
    if (entry == NULL)
        return false;
    guard_release(guard, client->visitor);
    client->visitor = entry;
    return true;
}

static void opened(struct client *client)
{
    (void)client;
}

static void heard(struct client *client, const struct frame *frame)
{
    bool hello = frame->kind == FRAME_HELLO && frame->token != NULL && frame->token[0] != '\0';
    if (hello && !know(client, frame->token)) {
        client->server->counters.slowed++;
        client_error(client, "slow_down", NULL, NULL, 5000);
        client_close(client, CLOSE_LATER, "too many pages");
        return;
    }
    hall_visitor(client->server->hall, client->number, frame);
}

static void sent(struct client *client, const struct outgoing *outgoing)
{
    if (outgoing->kind == OUT_WELCOME && outgoing->token != NULL)
        (void)know(client, outgoing->token);
}

static void gone(struct client *client)
{
    hall_visitor_gone(client->server->hall, client->number);
}

const struct client_role visitor_role = {
    .role = ROLE_VISITOR,
    .ping_seconds = 25,
    .pong_seconds = 20,
    .out_bytes = OUT_BYTES,
    .opened = opened,
    .heard = heard,
    .sent = sent,
    .gone = gone,
};
