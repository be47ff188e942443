/* Agents as clients: see client.h. The session is checked before the first frame is read, and again while
 * the socket is open: at once when the server learns of a change, and every minute, which also tells the store that
 * the session is in use. */
#include "net/clients.h"
#include "net/session.h"

#include <string.h>

enum { OUT_BYTES = 16 << 20, CHECK_MS = 60000 };

static void checked(struct store_job *job);

static int check(struct client *client)
{
    struct server *server = client->server;
    struct store_session *job = session_job(server, SESSION_TOUCH, client->session, checked, server);
    if (job == NULL)
        return -1;
    job->job.tag = client->number;
    if (store_submit(server->config.store, &job->job) < 0) {
        store_job_free(&job->job);
        return -1;
    }
    client->checked_ms = clock_mono_ms(server->config.clock);
    return 0;
}

static void refuse(struct client *client)
{
    arena_reset(client->server->arena);
    client->server->counters.refused[REFUSED_SESSION]++;
    client_error(client, "forbidden", NULL, NULL, 0);
    client_close(client, CLOSE_POLICY, "no session");
}

static void let_in(struct client *client, const struct user *user)
{
    client->agent_in = true;
    client->user = user->id;
    hall_agent_in(client->server->hall, client->number, user);
    lws_rx_flow_control(client->wsi, 1);
    /* What had come already waits in the library, which looks there after events of its own only. */
    lws_cancel_service(client->server->lws);
}

/* A store that cannot be asked just now throws nobody out who is in. */
static void checked(struct store_job *job)
{
    struct server *server = job->context;
    struct client *client = clients_find(server, job->tag);
    const struct user *user = &((const struct store_session *)job)->user;
    if (client != NULL && client->close_code == 0) {
        bool found = job->result == STORE_OK && !session_needs_totp(server->settings, user);
        if (found && !client->agent_in)
            let_in(client, user);
        else if (found && hall_agent_changed(server->hall, client->number, user) < 0)
            client_close(client, CLOSE_LATER, "changed");
        else if (!found && (job->result == STORE_MISSING || job->result == STORE_OK || !client->agent_in))
            refuse(client);
    }
    store_job_free(job);
}

static void opened(struct client *client)
{
    lws_rx_flow_control(client->wsi, 0);
    if (check(client) < 0)
        refuse(client);
}

static void renew(struct client *client)
{
    if (client->close_code == 0 && check(client) < 0)
        client_close(client, CLOSE_LATER, "changed");
}

static void looked(struct client *client, int64_t now_ms)
{
    if (client->agent_in && client->close_code == 0 && now_ms - client->checked_ms >= CHECK_MS)
        (void)check(client);
}

static void heard(struct client *client, const struct frame *frame)
{
    if (client->agent_in)
        hall_agent(client->server->hall, client->number, frame);
}

static void alive(struct client *client)
{
    if (client->agent_in)
        hall_agent_alive(client->server->hall, client->number);
}

static void gone(struct client *client)
{
    if (client->agent_in)
        hall_agent_gone(client->server->hall, client->number);
}

const struct client_role desk_role = {
    .role = ROLE_AGENT,
    .ping_seconds = 5,
    .pong_seconds = 20,
    .out_bytes = OUT_BYTES,
    .opened = opened,
    .heard = heard,
    .alive = alive,
    .looked = looked,
    .renew = renew,
    .gone = gone,
};
