/* What clients send: see inbox.h. */
#include "net/inbox.h"

#include "net/watch.h"

#include <stdlib.h>

enum { FRAME_MS = 1000 / CLIENT_FRAMES_PER_SECOND };

void inbox_clear(struct client *client)
{
    if (client->half != NULL)
        buf_free(client->half);
    free(client->half);
    client->half = NULL;
    client->half_by_ms = 0;
}

void inbox_alive(struct client *client)
{
    client->pong_by_ms = 0;
    if (client->role->alive != NULL)
        client->role->alive(client);
}

static void too_long(struct client *client)
{
    client->server->counters.bad_frames++;
    client_close(client, CLOSE_TOO_BIG, "frame too long");
}

bool inbox_takes(struct client *client)
{
    int64_t now = clock_mono_ms(client->server->config.clock);
    int64_t from = client->frames_full_ms > now ? client->frames_full_ms : now;
    client->frames_full_ms = from + FRAME_MS;
    if (client->frames_full_ms - now <= (int64_t)FRAME_MS * CLIENT_FRAMES_BURST)
        return true;
    client->server->counters.cut_flood++;
    outbox_clear(&client->out);
    client_close(client, CLOSE_POLICY, "too many frames");
    return false;
}

static int spend(struct client *client, const struct message_row *row)
{
    if (row->cost == 0 || client->address == NULL)
        return 0;
    return guard_spend(client->server->guard, client->visitor, client->address, row->cost);
}

static void handle(struct client *client, const struct frame *frame, const struct message_row *row)
{
    if (row->first == client->greeted) {
        client_error(client, "wrong_order", NULL, frame->cid, 0);
        return;
    }
    int wait = spend(client, row);
    if (wait > 0) {
        client->server->counters.slowed++;
        client_error(client, "slow_down", NULL, frame->cid, wait);
        return;
    }
    if (row->first) {
        client->greeted = true;
        client->hello_by_ms = 0;
        client->lang[0] = frame->lang[0];
        client->lang[1] = frame->lang[0] != '\0' ? frame->lang[1] : '\0';
    }
    client->role->heard(client, frame);
}

void inbox_frame(struct client *client, const char *bytes, size_t size)
{
    struct server *server = client->server;
    struct frame frame;
    const struct message_row *row;
    const char *detail;
    server->counters.frames_in++;
    server->counters.bytes_in += size;
    if (size > MESSAGE_FRAME_BYTES) {
        too_long(client);
        return;
    }
    if (!inbox_takes(client))
        return;
    inbox_alive(client);
    arena_reset(server->arena);
    const char *code = message_read(client->role->role, bytes, size, server->arena, &frame, &row, &detail);
    if (code != NULL) {
        server->counters.bad_frames++;
        client_error(client, code, detail, frame.cid, 0);
    } else {
        handle(client, &frame, row);
    }
}

static struct buf *half_new(void)
{
    struct buf *half = malloc(sizeof *half);
    if (half != NULL)
        buf_init(half, MESSAGE_FRAME_BYTES);
    return half;
}

static void piece(struct client *client, const char *bytes, size_t size, bool last)
{
    if (client->half == NULL) {
        client->half = half_new();
        watch_deadline(client, &client->half_by_ms, client->server->settings->half_frame_seconds);
    }
    if (client->half == NULL || buf_add(client->half, bytes, size) < 0) {
        inbox_clear(client);
        too_long(client);
        return;
    }
    if (!last)
        return;
    struct buf *half = client->half;
    client->half = NULL;
    client->half_by_ms = 0;
    inbox_frame(client, half->data, half->size);
    buf_free(half);
    free(half);
}

void inbox_heard(struct client *client, const char *bytes, size_t size)
{
    bool last = lws_is_final_fragment(client->wsi) && lws_remaining_packet_payload(client->wsi) == 0;
    /* What comes in while the end is near was not acknowledged: it will be sent again. */
    if (client->close_code != 0 || client->server->stopping)
        return;
    if (lws_frame_is_binary(client->wsi)) {
        client->server->counters.bad_frames++;
        client_close(client, CLOSE_KIND, "text frames only");
        return;
    }
    if (client->half == NULL && last)
        inbox_frame(client, bytes, size);
    else
        piece(client, bytes, size, last);
}
