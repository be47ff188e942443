/* Requests and routes: see http.h. */
#include "net/http.h"

#include "net/api.h"
#include "net/login.h"
#include "net/metrics.h"
#include "net/portrait.h"
#include "net/upgrade.h"

#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

enum { WAIT_SECONDS = 30, HEADER_BYTES = 1024, ORIGIN_BYTES = 512, PAGE_SOCKETS = 512 };

enum policy { POLICY_NONE, POLICY_PAGE, POLICY_DESK };

/* What is served where. A route has an asset or a function; a redirect is relative, so that it holds under any
 * prefix. */
struct route {
    const char *path;
    unsigned methods; /* bits of enum http_method */
    const char *asset, *type;
    enum policy policy;
    bool cross_origin;
    const char *redirect;
    int (*serve)(struct turn *); /* after the body, if it has one; the callback's result */
};

#define READ   (METHOD_GET | METHOD_HEAD)
#define HTML   "text/html; charset=utf-8"
#define CSS    "text/css; charset=utf-8"
#define SCRIPT "text/javascript; charset=utf-8"

static int serve_health(struct turn *turn);
static int serve_metrics(struct turn *turn);
static int serve_nothing(struct turn *turn);

static const struct route routes[] = {
    {"/", READ, .asset = "demo.html", .type = HTML, .policy = POLICY_PAGE},
    {"/demo.css", READ, .asset = "demo.css", .type = CSS},
    {"/demo.js", READ, .asset = "demo.js", .type = SCRIPT},
    {"/sportello.js", READ, .asset = "sportello.js", .type = SCRIPT, .cross_origin = true},
    {"/sportello-panel.js", READ, .asset = "sportello-panel.js", .type = SCRIPT, .cross_origin = true},
    {"/favicon.ico", READ, .serve = serve_nothing},
    {"/healthz", READ, .serve = serve_health},
    {"/metrics", READ, .serve = serve_metrics},
    {"/desk", READ, .asset = "desk.html", .type = HTML, .policy = POLICY_DESK},
    {"/desk/", READ, .redirect = "../desk"},
    {"/desk.css", READ, .asset = "desk.css", .type = CSS},
    {"/desk.js", READ, .asset = "desk.js", .type = SCRIPT},
    {"/desk/push-worker.js", READ, .asset = "push-worker.js", .type = SCRIPT},
    {"/desk/login", METHOD_POST, .serve = login_in},
    {"/desk/logout", METHOD_POST, .serve = login_out},
    {"/desk/session", READ, .serve = login_session},
};

/* --- helpers -------------------------------------------------------------------------------------- */

const char *http_header(struct lws *wsi, enum lws_token_indexes token, char *out, size_t room)
{
    int length = lws_hdr_total_length(wsi, token);
    if (length <= 0 || (size_t)length >= room || lws_hdr_copy(wsi, out, (int)room, token) < 0)
        return NULL;
    return out;
}

/* The nearest proxy's word: it stands last. */
static bool forwarded_https(struct lws *wsi)
{
    static const char name[] = "x-forwarded-proto:";
    char value[HEADER_BYTES];
    int length = lws_hdr_custom_copy(wsi, value, sizeof value, name, sizeof name - 1);
    const char *last = length > 0 ? strrchr(value, ',') : NULL;
    last = last != NULL ? last + 1 : value;
    return length > 0 && strcasecmp(last + strspn(last, " "), "https") == 0;
}

struct peer *http_peer(struct server *server, struct lws *wsi)
{
    char forwarded[HEADER_BYTES];
    struct peer *peer = lws_get_opaque_user_data(wsi);
    if (peer == NULL)
        return NULL;
    peer->proxied = lws_hdr_total_length(wsi, WSI_TOKEN_X_FORWARDED_FOR) > 0;
    peer->secure = proxies_trust(server->proxies, &peer->from) && forwarded_https(wsi);
    peer->client = proxies_client(server->proxies, &peer->from,
                                  http_header(wsi, WSI_TOKEN_X_FORWARDED_FOR, forwarded, sizeof forwarded));
    return peer;
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

static const struct route portrait_route = {"/agents/", READ, .serve = portrait_serve};

static const struct route *find_route(const char *path)
{
    if (portrait_of(path) != 0)
        return &portrait_route;
    for (size_t i = 0; i < sizeof routes / sizeof *routes; i++) {
        if (strcmp(routes[i].path, path) == 0)
            return &routes[i];
    }
    return NULL;
}

static int send_now(struct turn *turn, struct answer *answer)
{
    answer->head_only = turn->method == METHOD_HEAD;
    turn->server->counters.requests++;
    return answer_begin(turn->wsi, answer, &turn->sending);
}

static int send_status(struct turn *turn, int status, const char *json, bool close)
{
    struct answer answer = answer_plain(status, json);
    answer.close = close;
    return send_now(turn, &answer);
}

/* --- what is served --------------------------------------------------------------------------------- */

/* The desk may name one script by its address: that of its worker (web-desk/push.js).
 * The socket's own URL is named beside 'self', because not every browser counts ws: as 'self'. An address in brackets
 * has no place in a policy's grammar. */
static void put_policy(struct turn *turn, struct answer *answer)
{
    char host[256], origin[300], sockets[600] = "";
    if (http_header(turn->wsi, WSI_TOKEN_HOST, host, sizeof host) != NULL && strpbrk(host, "[];, '\"") == NULL) {
        snprintf(origin, sizeof origin, "http://%s", host);
        bool plain = origins_own(turn->server->origins, origin);
        snprintf(origin, sizeof origin, "https://%s", host);
        if (plain || origins_own(turn->server->origins, origin))
            snprintf(sockets, sizeof sockets, " %s://%s", plain ? "ws" : "wss", host);
    }
    snprintf(
        answer->policy, sizeof answer->policy,
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: https:; connect-src 'self'%s; "
        "base-uri 'none'; form-action 'self'; frame-ancestors 'none'; require-trusted-types-for 'script'; "
        "trusted-types %s",
        sockets, turn->route->policy == POLICY_DESK ? "desk-worker" : "'none'");
}

static int serve_asset(struct turn *turn)
{
    const struct route *route = turn->route;
    struct asset asset;
    char known[64];
    if (assets_get(turn->server->assets, route->asset, &asset) < 0)
        return send_status(turn, 404, "{\"code\":\"not_found\"}", false);
    struct answer answer = {.status = 200,
                            .type = route->type,
                            .body = asset.bytes,
                            .size = asset.size,
                            .owned = asset.owned,
                            .cross_origin = route->cross_origin};
    snprintf(answer.tag, sizeof answer.tag, "%s", asset.tag);
    if (route->policy != POLICY_NONE)
        put_policy(turn, &answer);
    const char *match = http_header(turn->wsi, WSI_TOKEN_HTTP_IF_NONE_MATCH, known, sizeof known);
    if (match != NULL && strstr(match, asset.tag) != NULL) {
        answer.status = 304;
        answer.type = NULL;
    }
    return send_now(turn, &answer);
}

static int serve_nothing(struct turn *turn)
{
    return send_status(turn, 204, NULL, false);
}

static int serve_health(struct turn *turn)
{
    struct answer answer = {.type = "application/json"};
    answer.owned = metrics_health(turn->server, &answer.status);
    answer.body = answer.owned;
    answer.size = answer.owned != NULL ? strlen(answer.owned) : 0;
    return send_now(turn, &answer);
}

static int serve_metrics(struct turn *turn)
{
    char bearer[HEADER_BYTES];
    const struct peer *peer = http_peer(turn->server, turn->wsi);
    const char *authorization = http_header(turn->wsi, WSI_TOKEN_HTTP_AUTHORIZATION, bearer, sizeof bearer);
    if (!metrics_allowed(turn->server, peer, authorization))
        return send_status(turn, 403, "{\"code\":\"forbidden\"}", false);
    struct answer answer = {.status = 200, .type = "text/plain; version=0.0.4; charset=utf-8"};
    answer.owned = metrics_text(turn->server);
    answer.body = answer.owned;
    answer.size = answer.owned != NULL ? strlen(answer.owned) : 0;
    return send_now(turn, &answer);
}

static int serve_redirect(struct turn *turn, const char *where)
{
    struct answer answer = answer_plain(308, NULL);
    snprintf(answer.location, sizeof answer.location, "%s", where);
    return send_now(turn, &answer);
}

/* --- requests ----------------------------------------------------------------------------------------- */

static bool read_method(struct lws *wsi, enum http_method *ret)
{
    static const struct {
        int index;
        enum http_method method;
    } methods[] = {{LWSHUMETH_GET, METHOD_GET}, {LWSHUMETH_HEAD, METHOD_HEAD}, {LWSHUMETH_POST, METHOD_POST}};
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

/* A request with a body where none belongs, or of a length that is not said, ends the connection: what follows
 * could not be told apart from a second request. */
static bool body_is_sound(struct lws *wsi, enum http_method method, size_t most)
{
    char text[24];
    bool length = lws_hdr_total_length(wsi, WSI_TOKEN_HTTP_CONTENT_LENGTH) > 0;
    const char *value = http_header(wsi, WSI_TOKEN_HTTP_CONTENT_LENGTH, text, sizeof text);
    long long bytes = value != NULL ? atoll(value) : length ? -1 : 0;
    if (lws_hdr_total_length(wsi, WSI_TOKEN_HTTP_TRANSFER_ENCODING) > 0)
        return false;
    return bytes >= 0 && bytes <= (method == METHOD_POST ? (long long)most : 0);
}

static int serve(struct turn *turn)
{
    if (turn->api != NULL)
        return api_serve(turn, turn->api);
    if (turn->route->asset != NULL)
        return serve_asset(turn);
    if (turn->route->redirect != NULL)
        return serve_redirect(turn, turn->route->redirect);
    return turn->route->serve(turn);
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
    return send_now(turn, &answer);
}

static void turn_clear(struct turn *turn)
{
    if (turn->number != 0)
        map_remove(turn->server->turns, &turn->number, sizeof turn->number);
    turn->number = 0;
    turn->ready = false;
    free(turn->answer.owned);
    turn->answer = (struct answer){.status = 0};
    sending_clear(&turn->sending);
    if (turn->has_body)
        buf_free(&turn->body);
    turn->has_body = false;
}

static int request(struct server *server, struct lws *wsi, struct turn *turn, const char *uri)
{
    const char *path = http_path(server, uri);
    turn_clear(turn);
    turn->server = server;
    turn->wsi = wsi;
    turn->route = find_route(path);
    turn->portrait = portrait_of(path);
    turn->api = turn->route == NULL ? api_route(path) : NULL;
    size_t most = turn->api != NULL && turn->api->body_bytes > 0 ? turn->api->body_bytes : HTTP_BODY_BYTES;
    unsigned methods = turn->api != NULL ? turn->api->methods : turn->route != NULL ? turn->route->methods : 0;
    if (!read_method(wsi, &turn->method))
        return refuse_method(turn, READ);
    if (!body_is_sound(wsi, turn->method, most))
        return send_status(turn, 413, "{\"code\":\"too_long\"}", true);
    if (methods == 0 && strcmp(uri, origins_prefix(server->origins)) == 0) {
        char where[HEADER_BYTES];
        snprintf(where, sizeof where, "%s/", origins_prefix(server->origins));
        return serve_redirect(turn, where);
    }
    if (methods == 0)
        return send_status(turn, 404, "{\"code\":\"not_found\"}", turn->method == METHOD_POST);
    if ((methods & turn->method) == 0)
        return refuse_method(turn, methods);
    if (turn->method != METHOD_POST)
        return serve(turn);
    buf_init(&turn->body, most);
    turn->has_body = true;
    /* Without a body the library announces no end of one. */
    bool empty = lws_hdr_total_length(wsi, WSI_TOKEN_HTTP_CONTENT_LENGTH) <= 0;
    return empty ? serve(turn) : 0;
}

static int request_body(struct turn *turn, const void *bytes, size_t size)
{
    /* What comes of a body that was refused is let pass while the answer is still going out. */
    if (!turn->has_body)
        return turn->sending.left > 0 ? 0 : -1;
    return buf_add(&turn->body, bytes, size);
}

static int request_complete(struct turn *turn)
{
    return turn->has_body ? serve(turn) : 0;
}

static int writeable(struct turn *turn)
{
    if (turn->ready) {
        struct answer answer = turn->answer;
        turn->ready = false;
        turn->answer.owned = NULL;
        return send_now(turn, &answer);
    }
    return turn->sending.left > 0 ? answer_continue(turn->wsi, &turn->sending) : 0;
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

void http_answer_later(struct turn *turn, const struct answer *answer)
{
    map_remove(turn->server->turns, &turn->number, sizeof turn->number);
    turn->number = 0;
    turn->answer = *answer;
    turn->ready = true;
    lws_callback_on_writable(turn->wsi);
}

/* --- sockets -------------------------------------------------------------------------------------------- */

/* Pages need some sockets beside the WebSockets. */
static bool room_for_socket(const struct server *server)
{
    size_t wanted = (size_t)server->settings->connections + PAGE_SOCKETS;
    return !server->stopping && server->sockets < wanted && server->sockets < server->socket_limit;
}

static int peer_new(struct server *server, struct lws *wsi)
{
    struct sockaddr_storage from;
    socklen_t size = sizeof from;
    struct peer *peer = calloc(1, sizeof *peer);
    if (peer == NULL)
        return -1;
    if (getpeername(lws_get_socket_fd(wsi), (struct sockaddr *)&from, &size) == 0)
        address_from_socket((struct sockaddr *)&from, &peer->from);
    peer->client = peer->from;
    struct address key = address_key(&peer->from);
    if (!proxies_trust(server->proxies, &peer->from) &&
        (peer->socket = guard_hold(server->guard, GUARD_SOCKET, key.bytes, sizeof key.bytes)) == NULL) {
        server->counters.refused[REFUSED_ADDRESS]++;
        free(peer);
        return -1;
    }
    lws_set_opaque_user_data(wsi, peer);
    server->sockets++;
    return 0;
}

static void peer_free(struct server *server, struct lws *wsi)
{
    struct peer *peer = lws_get_opaque_user_data(wsi);
    if (peer == NULL)
        return;
    if (peer->address != NULL) {
        guard_release(server->guard, peer->address);
        guard_leave(server->guard);
    }
    guard_release(server->guard, peer->socket);
    lws_set_opaque_user_data(wsi, NULL);
    server->sockets--;
    free(peer);
}

int http_callback(struct lws *wsi, enum lws_callback_reasons reason, void *user, void *in, size_t size)
{
    struct server *server = lws_context_user(lws_get_context(wsi));
    switch (reason) {
    case LWS_CALLBACK_FILTER_NETWORK_CONNECTION:
        return room_for_socket(server) ? 0 : -1;
    case LWS_CALLBACK_SERVER_NEW_CLIENT_INSTANTIATED:
        return peer_new(server, wsi);
    case LWS_CALLBACK_WSI_DESTROY:
        peer_free(server, wsi);
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
