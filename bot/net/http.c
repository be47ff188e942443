/* Requests and turns: see http.h. */
#include "net/http.h"

#include "net/api.h"
#include "net/download.h"
#include "net/line.h"
#include "net/peer.h"
#include "net/routes.h"
#include "net/upgrade.h"
#include "net/upload.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { WAIT_SECONDS = 30, HEADER_BYTES = 1024, ORIGIN_BYTES = 512 };

/* --- helpers -------------------------------------------------------------------------------------- */

const char *http_header(struct lws *wsi, enum lws_token_indexes token, char *out, size_t room)
{
    int length = lws_hdr_total_length(wsi, token);
    if (length <= 0 || (size_t)length >= room || lws_hdr_copy(wsi, out, (int)room, token) < 0)
        return NULL;
    return out;
}

bool http_own_origin(const struct turn *turn)
{
    char value[ORIGIN_BYTES];
    return origins_own(turn->server->origins, http_header(turn->wsi, WSI_TOKEN_ORIGIN, value, sizeof value));
}

const char *http_path(const struct server *server, const char *path)
{
    const char *prefix = origins_prefix(server->origins);
    size_t size = strlen(prefix);
    if (size > 0 && strncmp(path, prefix, size) == 0 && path[size] == '/')
        return path + size;
    return path;
}

/* --- answers ------------------------------------------------------------------------------------------ */

int http_send(struct turn *turn, struct answer *answer)
{
    answer->head_only = turn->method == METHOD_HEAD;
    turn->server->counters.requests++;
    return answer_begin(turn->wsi, answer, &turn->sending);
}

int http_send_status(struct turn *turn, int status, const char *json)
{
    struct answer answer = answer_plain(status, json);
    return http_send(turn, &answer);
}

int http_send_redirect(struct turn *turn, const char *where)
{
    struct answer answer = answer_plain(308, NULL);
    snprintf(answer.location, sizeof answer.location, "%s", where);
    return http_send(turn, &answer);
}

static int send_and_close(struct turn *turn, int status, const char *json)
{
    struct answer answer = answer_plain(status, json);
    answer.close = true;
    return http_send(turn, &answer);
}

static int refuse_method(struct turn *turn, unsigned methods)
{
    struct answer answer = answer_plain(405, NULL);
    answer.close = true;
    snprintf(answer.allow, sizeof answer.allow, "%s%s%s", methods & METHOD_GET ? "GET" : "",
             methods & METHOD_HEAD ? ", HEAD" : "",
             methods == METHOD_POST  ? "POST"
             : methods & METHOD_POST ? ", POST"
                                     : "");
    return http_send(turn, &answer);
}

/* --- requests ----------------------------------------------------------------------------------------- */

static bool read_method(struct lws *wsi, enum http_method *ret)
{
    static const struct {
        int index;
        enum http_method method;
    } methods[] = {{LWSHUMETH_GET, METHOD_GET},
                   {LWSHUMETH_HEAD, METHOD_HEAD},
                   {LWSHUMETH_POST, METHOD_POST},
                   {LWSHUMETH_OPTIONS, METHOD_OPTIONS}};
    char *uri;
    int length, index = lws_http_get_uri_and_method(wsi, &uri, &length);
    for (size_t i = 0; i < sizeof methods / sizeof *methods; i++) {
        if (methods[i].index == index) {
            *ret = methods[i].method;
            return true;
        }
    }
    return false;
}

/* What a request says of its body, -1 = more than may be. A body where none belongs, or of a length that is not said,
 * ends the connection: what follows could not be told apart from a second request. */
static long long body_length(struct lws *wsi, enum http_method method, size_t most)
{
    char text[24];
    bool length = lws_hdr_total_length(wsi, WSI_TOKEN_HTTP_CONTENT_LENGTH) > 0;
    const char *value = http_header(wsi, WSI_TOKEN_HTTP_CONTENT_LENGTH, text, sizeof text);
    long long bytes = value != NULL ? atoll(value) : length ? -1 : 0;
    if (lws_hdr_total_length(wsi, WSI_TOKEN_HTTP_TRANSFER_ENCODING) > 0)
        return -1;
    return bytes <= (method == METHOD_POST ? (long long)most : 0) ? bytes : -1;
}

static void turn_clear(struct turn *turn)
{
    if (turn->number != 0)
        map_remove(turn->server->turns, &turn->number, sizeof turn->number);
    turn->number = 0;
    turn->ready = false;
    turn->body_by_ms = 0;
    line_left(turn);
    free(turn->answer.owned);
    turn->answer = (struct answer){.status = 0};
    sending_clear(&turn->sending);
    if (turn->has_body)
        buf_free(&turn->body);
    turn->has_body = false;
    upload_drop(turn);
    download_drop(turn);
}

static bool takes_files(const struct turn *turn)
{
    return turn->api != NULL ? turn->api->takes_files : turn->route != NULL && turn->route->takes_files;
}

/* Where the request's path leads: a route, one of the desk's questions, or nowhere. */
static void find(struct turn *turn, const char *path, unsigned *ret_methods, size_t *ret_body_bytes)
{
    size_t body_bytes = 0;
    *ret_methods = 0;
    turn->api = NULL;
    turn->route = routes_find(path);
    if (turn->route != NULL) {
        *ret_methods = turn->route->methods;
        body_bytes = turn->route->body_bytes;
        snprintf(turn->rest, sizeof turn->rest, "%s", path + strlen(turn->route->path));
    } else if ((turn->api = api_route(path)) != NULL) {
        *ret_methods = turn->api->methods;
        body_bytes = turn->api->body_bytes;
    }
    *ret_body_bytes = takes_files(turn) ? upload_most(turn->server) : body_bytes > 0 ? body_bytes : HTTP_BODY_BYTES;
}

static int serve(struct turn *turn)
{
    return turn->api != NULL ? api_serve(turn, turn->api) : turn->route->serve(turn);
}

static int redirect_to_prefix(struct turn *turn, const char *prefix)
{
    char where[HEADER_BYTES];
    snprintf(where, sizeof where, "%s/", prefix);
    return http_send_redirect(turn, where);
}

static int request(struct server *server, struct lws *wsi, struct turn *turn, const char *uri)
{
    unsigned methods;
    size_t body_bytes;
    const char *prefix = origins_prefix(server->origins);
    turn_clear(turn);
    turn->server = server;
    turn->wsi = wsi;
    find(turn, http_path(server, uri), &methods, &body_bytes);
    if (!read_method(wsi, &turn->method))
        return refuse_method(turn, methods != 0 ? methods : METHOD_GET | METHOD_HEAD);
    long long length = body_length(wsi, turn->method, body_bytes);
    if (turn->method == METHOD_POST && takes_files(turn))
        return upload_begin(turn, length);
    if (length < 0)
        return send_and_close(turn, 413, "{\"code\":\"too_long\"}");
    if (methods == 0 && strcmp(uri, prefix) == 0)
        return redirect_to_prefix(turn, prefix);
    if (methods == 0 && turn->method == METHOD_POST)
        return send_and_close(turn, 404, "{\"code\":\"not_found\"}");
    if (methods == 0)
        return http_send_status(turn, 404, "{\"code\":\"not_found\"}");
    if ((methods & turn->method) == 0)
        return refuse_method(turn, methods);
    if (turn->method != METHOD_POST)
        return serve(turn);
    buf_init(&turn->body, body_bytes);
    turn->has_body = true;
    if (turn->route != NULL && turn->route->body_seconds > 0)
        turn->body_by_ms = clock_mono_ms(server->config.clock) + (int64_t)turn->route->body_seconds * 1000;
    /* Without a body the library announces no end of one. */
    bool empty = lws_hdr_total_length(wsi, WSI_TOKEN_HTTP_CONTENT_LENGTH) <= 0;
    return empty ? serve(turn) : 0;
}

static int request_body(struct turn *turn, const void *bytes, size_t size)
{
    if (turn->upload != NULL)
        return upload_take(turn, bytes, size);
    /* What comes of a body that was refused is let pass while the answer is still going out. */
    if (!turn->has_body)
        return turn->sending.left > 0 ? 0 : -1;
    /* The library waits as long as something comes: one byte in ten seconds would do. */
    if (turn->body_by_ms != 0 && clock_mono_ms(turn->server->config.clock) > turn->body_by_ms)
        return -1;
    return buf_add(&turn->body, bytes, size);
}

static int request_complete(struct turn *turn)
{
    return turn->has_body || turn->upload != NULL ? serve(turn) : 0;
}

static int writeable(struct turn *turn)
{
    if (turn->ready) {
        struct answer answer = turn->answer;
        turn->ready = false;
        turn->answer.owned = NULL;
        return http_send(turn, &answer);
    }
    if (turn->sending.left == 0)
        return turn->download != NULL ? download_next(turn) : 0;
    /* With the last piece the library ends the turn (turn_clear) and its memory: nothing of it is read after that. */
    bool streams = turn->sending.more;
    int result = answer_continue(turn->wsi, &turn->sending);
    return streams && result == 0 && turn->sending.left == 0 ? download_next(turn) : result;
}

/* --- turns that wait ------------------------------------------------------------------------------------ */

uint64_t http_wait(struct turn *turn)
{
    struct server *server = turn->server;
    uint64_t number = ++server->turn_number;
    if (map_put(server->turns, &number, sizeof number, turn) < 0)
        return 0;
    turn->number = number;
    lws_set_timeout(turn->wsi, PENDING_TIMEOUT_HTTP_CONTENT, WAIT_SECONDS);
    return number;
}

struct turn *http_waiting(struct server *server, uint64_t number)
{
    return map_get(server->turns, &number, sizeof number);
}

void http_waited(struct turn *turn)
{
    map_remove(turn->server->turns, &turn->number, sizeof turn->number);
    turn->number = 0;
}

void http_answer_later(struct turn *turn, const struct answer *answer)
{
    http_waited(turn);
    turn->answer = *answer;
    turn->ready = true;
    lws_callback_on_writable(turn->wsi);
}

/* --- sockets -------------------------------------------------------------------------------------------- */

int http_callback(struct lws *wsi, enum lws_callback_reasons reason, void *user, void *in, size_t size)
{
    struct server *server = lws_context_user(lws_get_context(wsi));
    switch (reason) {
    case LWS_CALLBACK_FILTER_NETWORK_CONNECTION:
        return peer_has_room(server) ? 0 : -1;
    case LWS_CALLBACK_SERVER_NEW_CLIENT_INSTANTIATED:
        return peer_open(server, wsi);
    case LWS_CALLBACK_WSI_DESTROY:
        peer_close(server, wsi);
        return 0;
    case LWS_CALLBACK_HTTP_CONFIRM_UPGRADE:
        return upgrade_check(server, wsi, in);
    case LWS_CALLBACK_HTTP:
        return request(server, wsi, user, in);
    case LWS_CALLBACK_HTTP_BODY:
        return request_body(user, in, size);
    case LWS_CALLBACK_HTTP_BODY_COMPLETION:
        return request_complete(user);
    case LWS_CALLBACK_HTTP_WRITEABLE:
        return writeable(user);
    case LWS_CALLBACK_CLOSED_HTTP:
    case LWS_CALLBACK_HTTP_DROP_PROTOCOL:
        if (user != NULL)
            turn_clear(user);
        return 0;
    default:
        return 0;
    }
}
