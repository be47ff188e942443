/* Deadlines and pings: see watch.h. */
#include "net/watch.h"

#include "net/clients.h"

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

void watch_end(struct client *client)
{
    if (client->timed_link == NULL)
        return;
    *client->timed_link = client->timed_next;
    if (client->timed_next != NULL)
        client->timed_next->timed_link = client->timed_link;
    client->timed_link = NULL;
}

void watch_deadline(struct client *client, int64_t *deadline, int seconds)
{
    *deadline = clock_mono_ms(client->server->config.clock) + (int64_t)seconds * 1000;
    timed_add(client);
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
        client_cut(client);
    } else if (passed(client->half_by_ms, now)) {
        counters->cut_half++;
        client_cut(client);
    } else if (passed(client->pong_by_ms, now)) {
        counters->cut_silent++;
        client_cut(client);
    } else if (passed(client->close_by_ms, now)) {
        client_cut(client);
    } else if (passed(client->hello_by_ms, now)) {
        client->hello_by_ms = 0;
        client_close(client, CLOSE_POLICY, "no hello");
    } else if (passed(client->carrier_by_ms, now)) {
        client->carrier_by_ms = 0;
        client->carrier->due(client);
    } else if (!(client->hello_by_ms | client->half_by_ms | client->write_by_ms | client->pong_by_ms |
                 client->close_by_ms | client->carrier_by_ms)) {
        watch_end(client);
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
        watch_deadline(client, &client->half_by_ms, client->server->settings->half_frame_seconds);
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

void watch_tick(struct server *server)
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
