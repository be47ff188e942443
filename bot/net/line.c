/* Polls as connections: see line.h. */
#include "net/line.h"

#include "net/admit.h"
#include "net/inbox.h"
#include "net/peer.h"
#include "net/ready.h"
#include "net/watch.h"
#include "wire/parcel.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SECRET_BYTES = 24, TYPE_BYTES = 64, RETRY_SECONDS = 5, HEAD_BYTES = 512, CLOSE_ROOM = 256 };

struct line {
    char secret[PARCEL_LINE_BYTES];
    struct turn *held; /* the poll that waits for something to say; NULL between polls */
    uint64_t heard;    /* frames taken in */
    uint64_t from;     /* frames that the other end has: they have left the outbox */
    uint64_t told;     /* … and those that an answer has held, at the least `from` */
    bool over;         /* to be freed in its next turn */
    struct address address;
};

/* --- answers ---------------------------------------------------------------------------------------- */

/* Errors too must be readable by the page: it is an allowed one. */
static void put_origin(const struct turn *turn, struct answer *answer)
{
    char origin[ANSWER_ORIGIN_BYTES];
    answer->by_origin = true;
    const char *value = http_header(turn->wsi, WSI_TOKEN_ORIGIN, origin, sizeof origin);
    if (origins_allow(turn->server->origins, value))
        snprintf(answer->origin, sizeof answer->origin, "%s", value);
}

static int refuse(struct turn *turn, int status, const char *json, int retry_seconds)
{
    struct answer answer = answer_plain(status, json);
    answer.retry_seconds = retry_seconds;
    put_origin(turn, &answer);
    return http_send(turn, &answer);
}

/* Appends as many frames as an answer may have; true = all that wait. */
static bool put_frames(struct client *client, struct buf *out)
{
    struct line *line = client->line;
    struct counters *counters = &client->server->counters;
    const struct outbox_frame *at = NULL;
    const char *bytes;
    size_t size;
    uint64_t number = line->from;
    while ((bytes = outbox_each(&client->out, &at, &size)) != NULL) {
        if (number > line->from && out->size + size > LINE_ANSWER_BYTES)
            return false;
        parcel_put(out, bytes, size);
        if (++number <= line->told)
            continue;
        line->told = number;
        counters->frames_out++;
        counters->bytes_out += size;
    }
    return true;
}

/* Answers the poll that is held; its headers are gone by now. */
static void let_go(struct client *client, struct answer *answer)
{
    struct turn *turn = client->line->held;
    client->line->held = NULL;
    turn->line = NULL;
    answer->by_origin = true;
    memcpy(answer->origin, turn->answer.origin, sizeof answer->origin);
    http_answer_later(turn, answer);
}

/* Without frames where another poll takes this one's place: they go with that one. */
static void answer_held(struct client *client, bool with_frames)
{
    struct line *line = client->line;
    struct answer answer = {.status = 200, .type = "application/json"};
    struct buf body;
    buf_init(&body, LINE_ANSWER_BYTES + CLIENT_FRAME_OUT_BYTES + HEAD_BYTES + CLOSE_ROOM);
    parcel_begin(&body, line->secret, line->heard, line->from);
    bool all = with_frames && put_frames(client, &body);
    bool ends = all && client->close_code != 0;
    parcel_finish(&body, ends ? client->close_code : 0, ends ? client->close_reason : NULL);
    answer.owned = buf_take(&body, &answer.size);
    answer.body = answer.owned;
    if (answer.owned == NULL)
        answer = answer_plain(503, "{\"code\":\"busy\"}");
    let_go(client, &answer);
    watch_deadline(client, &client->carrier_by_ms, LINE_GRACE_SECONDS);
    if (ends)
        client_cut(client);
}

/* --- life ------------------------------------------------------------------------------------------- */

static struct client *find_line(const struct server *server, const char *secret)
{
    return map_get_str(server->lines, secret);
}

static void free_line(struct client *client)
{
    struct server *server = client->server;
    struct line *line = client->line;
    struct guard_entry *entry = client->address;
    if (line->held != NULL) {
        struct answer answer = answer_plain(404, "{\"code\":\"not_found\"}");
        let_go(client, &answer);
    }
    map_remove_str(server->lines, line->secret);
    client_free(client);
    admit_leave(server, entry);
    free(line);
}

static void write_line(struct client *client)
{
    struct line *line = client->line;
    if (line->over)
        free_line(client);
    else if (line->held != NULL && (client->out.first != NULL || client->close_code != 0))
        answer_held(client, true);
}

/* Gathers what is said in this round. */
static void flush(struct client *client)
{
    if (client->line->held != NULL)
        ready_add(client);
}

/* Nobody comes again to a server that ends. */
static void close_line(struct client *client)
{
    if (client->line->held != NULL)
        ready_add(client);
    else if (client->server->closing)
        client_cut(client);
}

static void kill_line(struct client *client)
{
    client->line->over = true;
    ready_add(client);
}

/* A poll was held long enough, or none has come for too long. */
static void due(struct client *client)
{
    if (client->line->held != NULL)
        answer_held(client, true);
    else
        client_cut(client);
}

static const struct carrier line_carrier = {
    .flush = flush, .write = write_line, .close = close_line, .kill = kill_line, .due = due};

static void make_secret(char ret_secret[PARCEL_LINE_BYTES])
{
    unsigned char bytes[SECRET_BYTES];
    randombytes_buf(bytes, sizeof bytes);
    sodium_bin2base64(ret_secret, PARCEL_LINE_BYTES, bytes, sizeof bytes, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

/* NULL without memory. */
static struct client *new_line(struct server *server, struct guard_entry *entry, const struct address *from)
{
    struct line *line = calloc(1, sizeof *line);
    struct client *client = line != NULL ? client_new(server, &line_carrier, &visitor_role) : NULL;
    if (client == NULL) {
        free(line);
        return NULL;
    }
    make_secret(line->secret);
    client->line = line;
    client->address = entry;
    line->address = address_key(from);
    if (map_put_str(server->lines, line->secret, client) < 0) {
        client_free(client);
        free(line);
        return NULL;
    }
    watch_deadline(client, &client->carrier_by_ms, LINE_GRACE_SECONDS);
    client->role->opened(client);
    return client;
}

/* A new line for a poll that names none: NULL = it was refused, *ret is the callback's result. */
static struct client *open_line(struct turn *turn, const struct peer *peer, int *ret)
{
    struct server *server = turn->server;
    struct guard_entry *entry;
    enum refusal why;
    if (admit_enter(server, &peer->client, &entry, &why) < 0) {
        server->counters.refused[why]++;
        *ret = refuse(turn, 429, "{\"code\":\"slow_down\"}", RETRY_SECONDS);
        return NULL;
    }
    struct client *client = new_line(server, entry, &peer->client);
    if (client == NULL) {
        admit_leave(server, entry);
        *ret = refuse(turn, 503, "{\"code\":\"busy\"}", RETRY_SECONDS);
    }
    return client;
}

/* A browser that has come into another network counts, and pays, there from now on. -1 = there is no room for it. */
static int move_line(struct client *client, const struct peer *peer)
{
    struct server *server = client->server;
    struct address key = address_key(&peer->client);
    if (address_equal(&key, &client->line->address))
        return 0;
    struct guard_entry *entry = guard_hold(server->guard, GUARD_ADDRESS, key.bytes, sizeof key.bytes);
    if (entry == NULL)
        return -1;
    guard_release(server->guard, client->address);
    client->address = entry;
    client->line->address = key;
    return 0;
}

/* --- a poll ----------------------------------------------------------------------------------------- */

/* What the other end has by now need not be kept. False = it has what was never sent. */
static bool confirm(struct client *client, uint64_t got)
{
    struct line *line = client->line;
    if (got > line->told)
        return false;
    for (; line->from < got && client->out.first != NULL; line->from++)
        outbox_pop(&client->out);
    return true;
}

static void greet(struct client *client, const struct parcel *parcel)
{
    struct buf hello;
    buf_init(&hello, MESSAGE_FRAME_BYTES + 1);
    (void)parcel_hello(parcel, &hello);
    if (hello.failed)
        client_close(client, CLOSE_TOO_BIG, "frame too long");
    else
        inbox_frame(client, hello.data, hello.size);
    buf_free(&hello);
}

/* Those that a poll before this one has brought already are passed over. */
static void take(struct client *client, struct parcel *parcel)
{
    struct line *line = client->line;
    const char *frame;
    size_t size;
    for (uint64_t number = (uint64_t)parcel->sent + 1; parcel_next(parcel, &frame, &size); number++) {
        if (number <= line->heard)
            continue;
        if (client->close_code != 0)
            return;
        line->heard = number;
        inbox_frame(client, frame, size);
    }
}

static int hold(struct client *client, struct turn *turn)
{
    struct line *line = client->line;
    line->held = turn;
    turn->line = client;
    put_origin(turn, &turn->answer);
    lws_set_timeout(turn->wsi, PENDING_TIMEOUT_HTTP_CONTENT, LINE_HOLD_SECONDS * 2);
    watch_deadline(client, &client->carrier_by_ms, LINE_HOLD_SECONDS);
    ready_add(client);
    return 0;
}

static bool is_plain_text(const struct turn *turn)
{
    static const char plain[] = "text/plain";
    char type[TYPE_BYTES];
    const char *value = http_header(turn->wsi, WSI_TOKEN_HTTP_CONTENT_TYPE, type, sizeof type);
    return value != NULL && strncasecmp(value, plain, sizeof plain - 1) == 0 &&
           (value[sizeof plain - 1] == '\0' || strchr("; ", value[sizeof plain - 1]) != NULL);
}

/* The body, read and judged by itself. False = it was refused, *ret is the callback's result. */
static bool read_body(struct turn *turn, struct parcel *ret_parcel, int *ret)
{
    struct server *server = turn->server;
    if (!admit_origin(server, turn->wsi, false, "/chat/poll")) {
        server->counters.refused[REFUSED_ORIGIN]++;
        *ret = refuse(turn, 403, "{\"code\":\"forbidden\"}", 0);
        return false;
    }
    if (!is_plain_text(turn)) {
        *ret = refuse(turn, 415, "{\"code\":\"bad_frame\"}", 0);
        return false;
    }
    if (server->stopping) {
        *ret = refuse(turn, 503, "{\"code\":\"busy\"}", RETRY_SECONDS);
        return false;
    }
    if (parcel_read(turn->body.data, turn->body.size, ret_parcel) != NULL) {
        server->counters.bad_frames++;
        *ret = refuse(turn, 400, "{\"code\":\"bad_frame\"}", 0);
        return false;
    }
    return true;
}

/* The line that the poll is for, with what it confirms done. NULL = it was refused, *ret is the callback's result. */
static struct client *line_of(struct turn *turn, const struct parcel *parcel, int *ret)
{
    const struct peer *peer = peer_read(turn->server, turn->wsi);
    if (peer == NULL) {
        *ret = -1;
        return NULL;
    }
    struct client *client = parcel->line[0] != '\0' ? find_line(turn->server, parcel->line) : NULL;
    if (parcel->line[0] == '\0') {
        client = parcel->sent == 0 && parcel->got == 0 ? open_line(turn, peer, ret) : NULL;
        if (client == NULL && (parcel->sent != 0 || parcel->got != 0))
            *ret = refuse(turn, 400, "{\"code\":\"bad_field\"}", 0);
        return client;
    }
    if (client == NULL || client->line->over)
        *ret = refuse(turn, 404, "{\"code\":\"not_found\"}", 0);
    else if (move_line(client, peer) < 0)
        *ret = refuse(turn, 429, "{\"code\":\"slow_down\"}", RETRY_SECONDS);
    else if ((uint64_t)parcel->sent > client->line->heard || !confirm(client, (uint64_t)parcel->got))
        *ret = refuse(turn, 400, "{\"code\":\"bad_field\"}", 0);
    else
        return client;
    return NULL;
}

int line_poll(struct turn *turn)
{
    struct parcel parcel;
    int result = 0;
    if (!read_body(turn, &parcel, &result))
        return result;
    struct client *client = line_of(turn, &parcel, &result);
    if (client == NULL)
        return result;
    if (client->line->held != NULL)
        answer_held(client, false);
    hold(client, turn);
    if (parcel.line[0] == '\0' && parcel.greets)
        greet(client, &parcel);
    else
        (void)inbox_takes(client); /* an empty poll is not free either */
    inbox_alive(client);
    take(client, &parcel);
    buf_free(&turn->body);
    turn->has_body = false;
    if (parcel.end)
        client_close(client, CLOSE_NORMAL, NULL);
    return 0;
}

void line_left(struct turn *turn)
{
    struct client *client = turn->line;
    turn->line = NULL;
    if (client == NULL)
        return;
    client->line->held = NULL;
    watch_deadline(client, &client->carrier_by_ms, LINE_GRACE_SECONDS);
}

size_t line_count(const struct server *server)
{
    return map_count(server->lines);
}

void line_end_all(struct server *server)
{
    struct client *client;
    size_t at = 0;
    while ((client = map_next(server->lines, &at, NULL, NULL)) != NULL) {
        ready_remove(client);
        free_line(client);
        at = 0;
    }
}
