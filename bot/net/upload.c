/* Files that come: see upload.h. */
#include "net/upload.h"

#include "net/api.h"
#include "net/keep.h"
#include "net/peer.h"
#include "wire/json.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    ORIGIN_BYTES = ANSWER_ORIGIN_BYTES,
    ANSWER_BYTES = 4096,
    ALL_BYTES = 128 << 20, /* of all uploads under way, as they have come in */
    ALL_MOST = 128,        /* uploads under way */
    GRACE_MS = 15000,      /* … after which a body must have come at least so fast: */
    SLOWEST = 4096,        /* bytes a second */
};

struct upload {
    struct server *server;
    struct guard_entry *address; /* held */
    char *bytes;                 /* `length` of them; the memory is taken as they come */
    size_t length, got;          /* got: those that are kept */
    size_t seen;                 /* those that have come */
    int64_t begun_ms;
    int wait_ms;      /* with slow_down */
    int status;       /* refused: what still comes is let pass, up to its end; 0 = not */
    const char *code; /* … and why */
    char origin[ORIGIN_BYTES];
};

size_t upload_most(const struct server *server)
{
    const struct settings *settings = server->settings;
    return settings->file_types.count > 0 ? ((size_t)settings->file_megabytes << 20) + UPLOAD_HEAD_BYTES : 0;
}

/* --- answers ------------------------------------------------------------------------------------------- */

/* The page's own origin where it may open the chat, "" where it may not. */
static void read_origin(struct turn *turn, char ret[ORIGIN_BYTES])
{
    char value[ORIGIN_BYTES];
    const char *origin = http_header(turn->wsi, WSI_TOKEN_ORIGIN, value, sizeof value);
    bool allowed = origins_allow(turn->server->origins, origin);
    snprintf(ret, ORIGIN_BYTES, "%s", allowed ? origin : "");
}

static void for_origin(struct answer *answer, const char *origin)
{
    answer->by_origin = true;
    snprintf(answer->origin, sizeof answer->origin, "%s", origin);
}

static int refuse_now(struct turn *turn, struct answer answer)
{
    char origin[ORIGIN_BYTES];
    read_origin(turn, origin);
    for_origin(&answer, origin);
    answer.close = turn->upload == NULL && turn->method == METHOD_POST; /* a body follows that nobody reads */
    return http_send(turn, &answer);
}

/* --- the body ------------------------------------------------------------------------------------------ */

/* Counted by the address of the client, as long as the upload is under way. */
static struct guard_entry *hold_address(struct turn *turn, int *ret_wait_ms)
{
    struct guard *guard = turn->server->guard;
    const struct peer *peer = peer_read(turn->server, turn->wsi);
    struct address key = peer != NULL ? address_key(&peer->client) : (struct address){0};
    struct guard_entry *entry = peer != NULL ? guard_hold(guard, GUARD_UPLOAD, key.bytes, sizeof key.bytes) : NULL;
    *ret_wait_ms = entry != NULL ? guard_file(guard, entry) : 1000;
    if (*ret_wait_ms == 0)
        return entry;
    guard_release(guard, entry);
    return NULL;
}

/* The address is NULL where the file is refused: then its bytes are let pass, so that the browser reads the answer. */
static int begin(struct turn *turn, size_t length, struct guard_entry *address, int wait_ms)
{
    struct server *server = turn->server;
    bool busy = server->stopping || server->uploads >= ALL_MOST;
    struct upload *upload = calloc(1, sizeof *upload);
    char *bytes = upload != NULL && address != NULL && !busy ? malloc(length) : NULL;
    if (upload == NULL) {
        guard_release(server->guard, address);
        return refuse_now(turn, answer_code(503, "busy"));
    }
    *upload = (struct upload){.server = server,
                              .address = address,
                              .bytes = bytes,
                              .length = length,
                              .begun_ms = clock_mono_ms(server->config.clock),
                              .wait_ms = wait_ms};
    if (bytes == NULL) {
        upload->status = address == NULL ? 429 : 503;
        upload->code = address == NULL ? "slow_down" : "busy";
    }
    read_origin(turn, upload->origin);
    server->uploads++;
    turn->upload = upload;
    return 0;
}

int upload_begin(struct turn *turn, long long length)
{
    struct server *server = turn->server;
    int wait_ms = 0;
    if (upload_most(server) == 0)
        return refuse_now(turn, answer_code(403, "no_files"));
    if (length < 0)
        return refuse_now(turn, answer_code(413, "too_long"));
    if (length == 0)
        return refuse_now(turn, answer_code(400, "bad_field"));
    struct guard_entry *address = hold_address(turn, &wait_ms);
    if (address == NULL)
        server->counters.slowed++;
    return begin(turn, (size_t)length, address, wait_ms);
}

static void let_pass(struct upload *upload, int status, const char *code)
{
    upload->status = status;
    upload->code = code;
    upload->server->upload_bytes -= upload->got;
    upload->got = 0;
    free(upload->bytes);
    upload->bytes = NULL;
}

int upload_take(struct turn *turn, const void *bytes, size_t size)
{
    struct upload *upload = turn->upload;
    struct server *server = turn->server;
    int64_t took_ms = clock_mono_ms(server->config.clock) - upload->begun_ms;
    upload->seen += size;
    if (took_ms > GRACE_MS && (int64_t)upload->seen < took_ms * SLOWEST / 1000) {
        server->counters.cut_slow++;
        return -1;
    }
    if (upload->seen > upload->length)
        return -1;
    if (upload->bytes != NULL && server->upload_bytes + size > ALL_BYTES)
        let_pass(upload, 503, "busy");
    if (upload->bytes == NULL)
        return 0;
    memcpy(upload->bytes + upload->got, bytes, size);
    upload->got += size;
    server->upload_bytes += size;
    return 0;
}

static void upload_free(struct upload *upload)
{
    struct server *server = upload->server;
    server->uploads--;
    server->upload_bytes -= upload->got;
    guard_release(server->guard, upload->address);
    free(upload->bytes);
    free(upload);
}

void upload_drop(struct turn *turn)
{
    if (turn->upload != NULL)
        upload_free(turn->upload);
    turn->upload = NULL;
}

/* --- what is to be kept -------------------------------------------------------------------------------- */

/* The line of JSON in front: its members' values, in the server's arena. Behind its end in the body, or 0. */
static size_t read_head(struct upload *upload, const char *const *names, size_t count, const char **values)
{
    size_t most = upload->got < UPLOAD_HEAD_BYTES ? upload->got : UPLOAD_HEAD_BYTES;
    const char *end = upload->bytes != NULL ? memchr(upload->bytes, '\n', most) : NULL;
    struct arena *arena = upload->server->arena;
    arena_reset(arena);
    if (end == NULL || message_fields(upload->bytes, (size_t)(end - upload->bytes), names, count, arena, values) < 0)
        return 0;
    return (size_t)(end - upload->bytes) + 1;
}

/* Takes the bytes out of the upload, which ends with this. */
static void keep(struct upload *upload, struct keep_wish *wish, size_t at,
                 void (*done)(struct server *, void *, uint64_t, const struct kept *), void *context, uint64_t number)
{
    struct server *server = upload->server;
    size_t held = upload->got;
    wish->body = upload->bytes;
    wish->at = at;
    wish->size = upload->got - at;
    upload->bytes = NULL;
    upload->got = 0; /* still counted: until it is kept */
    keep_file(server, wish, held, done, context, number);
}

static void put_file(const struct block_file *file, struct buf *json)
{
    buf_init(json, ANSWER_BYTES);
    json_open(json, NULL, '{');
    message_file(file, json);
    json_close(json, '}');
}

/* --- visitors ------------------------------------------------------------------------------------------ */

static void visitor_kept(struct server *server, void *context, uint64_t number, const struct kept *kept)
{
    struct turn *turn = http_waiting(server, number);
    struct buf json;
    (void)context;
    if (turn == NULL)
        return; /* gone meanwhile: what nobody sends goes within the hour */
    struct answer answer = {.status = kept->status, .type = "application/json"};
    if (kept->file != NULL) {
        put_file(kept->file, &json);
        answer.owned = buf_take(&json, &answer.size);
        answer.body = answer.owned;
    } else {
        answer = answer_code(kept->status, kept->code);
    }
    for_origin(&answer, turn->upload != NULL ? turn->upload->origin : "");
    http_answer_later(turn, &answer);
}

/* A browser asks whether a page of that origin may send a file. */
static int preflight(struct turn *turn)
{
    char origin[ORIGIN_BYTES];
    read_origin(turn, origin);
    struct answer answer = answer_plain(origin[0] != '\0' ? 204 : 403, NULL);
    for_origin(&answer, origin);
    answer.preflight = origin[0] != '\0';
    return http_send(turn, &answer);
}

int upload_visitor(struct turn *turn)
{
    static const char *const names[] = {"token", "name"};
    const char *values[2] = {NULL, NULL};
    struct upload *upload = turn->upload;
    struct keep_wish wish = {.size = 0};
    if (turn->method == METHOD_OPTIONS)
        return preflight(turn);
    if (upload == NULL)
        return http_send_status(turn, 503, "{\"code\":\"busy\"}");
    size_t at = upload->status == 0 ? read_head(upload, names, 2, values) : 0;
    if (upload->status != 0)
        return refuse_now(turn, upload->wait_ms > 0 ? answer_slow(upload->wait_ms)
                                                    : answer_code(upload->status, upload->code));
    if (upload->origin[0] == '\0')
        return refuse_now(turn, answer_code(403, "forbidden"));
    if (at == 0 || values[1] == NULL || at == upload->got)
        return refuse_now(turn, answer_code(400, "bad_field"));
    if (hall_token_hash(values[0], wish.token_hash) < 0)
        return refuse_now(turn, answer_code(403, "forbidden"));
    wish.name = values[1];
    uint64_t number = http_wait(turn);
    if (number == 0)
        return refuse_now(turn, answer_code(503, "busy"));
    keep(upload, &wish, at, visitor_kept, NULL, number);
    return 0;
}

/* --- agents -------------------------------------------------------------------------------------------- */

static void agent_kept(struct server *server, void *context, uint64_t number, const struct kept *kept)
{
    struct api_call *call = context;
    struct buf json;
    (void)server;
    (void)number;
    if (kept->file == NULL) {
        api_refuse(call, kept->status, kept->code);
        return;
    }
    put_file(kept->file, &json);
    api_answer(call, &json);
}

/* An agent's file is for one chat, which must be theirs. */
void upload_agent(struct api_call *call)
{
    static const char *const names[] = {"ticket", "name"};
    const char *values[2] = {NULL, NULL};
    struct turn *turn = http_waiting(call->server, call->turn);
    struct upload *upload = turn != NULL ? turn->upload : NULL;
    size_t at = upload != NULL ? read_head(upload, names, 2, values) : 0;
    if (upload == NULL || upload->status != 0) {
        if (upload != NULL && upload->wait_ms > 0)
            api_slow(call, upload->wait_ms);
        else
            api_refuse(call, 503, "busy");
        return;
    }
    if (at == 0 || values[0] == NULL || values[1] == NULL || at == upload->got) {
        api_refuse(call, 400, "bad_field");
        return;
    }
    const struct ticket *ticket = desk_ticket(hall_desk(call->server->hall), strtoll(values[0], NULL, 10));
    if (ticket == NULL || ticket->state != TICKET_CLAIMED || ticket->owner != call->user.id) {
        api_refuse(call, 403, "not_yours");
        return;
    }
    struct keep_wish wish = {.name = values[1], .user = call->user.id, .conversation = ticket->conversation};
    keep(upload, &wish, at, agent_kept, call, 0);
}
