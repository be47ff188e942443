/* The opening of a WebSocket: see upgrade.h. */
#include "net/upgrade.h"

#include "base/log.h"
#include "net/admit.h"
#include "net/http.h"
#include "net/peer.h"
#include "net/session.h"

#include <stdio.h>
#include <string.h>

enum { KEY_CHARACTERS = 24, HEADER_BYTES = 1024 };

static const struct door {
    const char *path, *protocol;
    bool desk;
} doors[] = {{"/chat", "sportello.v1", false}, {"/desk/socket", "sportello.desk.v1", true}};

static const struct refusal_row {
    const char *name, *status, *header;
} refusals[REFUSAL_KINDS] = {
    [REFUSED_ORIGIN] = {"origin", "403 Forbidden", ""},
    [REFUSED_FORM] = {"form", "400 Bad Request", "sec-websocket-version: 13\r\n"},
    [REFUSED_UPGRADE] = {"upgrade", "400 Bad Request", ""},
    [REFUSED_ADDRESS] = {"address", "429 Too Many Requests", "retry-after: 5\r\n"},
    [REFUSED_TOTAL] = {"total", "429 Too Many Requests", "retry-after: 5\r\n"},
    [REFUSED_SESSION] = {"session", "401 Unauthorized", ""},
};

/* By hand: at this moment the library has not read the version of HTTP yet, and would answer as to HTTP/1.0. The
 * connection ends, because the opening may have brought more than it should. */
static int refuse(struct server *server, struct lws *wsi, enum refusal why)
{
    unsigned char bytes[LWS_PRE + 512];
    char *head = (char *)bytes + LWS_PRE;
    const struct refusal_row *row = &refusals[why];
    server->counters.refused[why]++;
    log_line(LOG_LEVEL_DEBUG, "upgrade_refused", "why", row->name, NULL);
    int size = snprintf(head, sizeof bytes - LWS_PRE,
                        "HTTP/1.1 %s\r\ncontent-length: 0\r\ncache-control: no-store\r\n"
                        "x-content-type-options: nosniff\r\n%sconnection: close\r\n\r\n",
                        row->status, row->header);
    (void)lws_write(wsi, bytes + LWS_PRE, (size_t)size, LWS_WRITE_HTTP_HEADERS);
    return -1;
}

static const struct door *find_door(const struct server *server, struct lws *wsi)
{
    char *uri, path[HEADER_BYTES], protocol[64];
    int length;
    if (lws_http_get_uri_and_method(wsi, &uri, &length) != LWSHUMETH_GET || (size_t)length >= sizeof path)
        return NULL;
    memcpy(path, uri, (size_t)length);
    path[length] = '\0';
    if (http_header(wsi, WSI_TOKEN_PROTOCOL, protocol, sizeof protocol) == NULL)
        return NULL;
    for (size_t i = 0; i < sizeof doors / sizeof *doors; i++) {
        if (strcmp(http_path(server, path), doors[i].path) == 0 && strcmp(protocol, doors[i].protocol) == 0)
            return &doors[i];
    }
    return NULL;
}

/* RFC 6455, 4.2.1: HTTP/1.1, "Connection: Upgrade", version 13 and the base64 of 16 bytes. */
static bool well_formed(struct lws *wsi)
{
    char value[HEADER_BYTES];
    const char *version = http_header(wsi, WSI_TOKEN_VERSION, value, sizeof value);
    if (version == NULL || strcmp(version, "13") != 0)
        return false;
    const char *connection = http_header(wsi, WSI_TOKEN_CONNECTION, value, sizeof value);
    if (connection == NULL || strcasestr(connection, "upgrade") == NULL)
        return false;
    const char *key = http_header(wsi, WSI_TOKEN_KEY, value, sizeof value);
    static const char base64[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    return key != NULL && strlen(key) == KEY_CHARACTERS && strspn(key, base64) == KEY_CHARACTERS - 2 &&
           strcmp(key + KEY_CHARACTERS - 2, "==") == 0;
}

static bool desk_session(struct lws *wsi, struct peer *peer)
{
    peer->has_session = session_from_request(wsi, peer->session) == 0;
    return peer->has_session;
}

int upgrade_check(struct server *server, struct lws *wsi, const char *to)
{
    struct peer *peer = peer_read(server, wsi);
    /* "h2c" would be answered with 101, and its HPACK reader has known holes. */
    if (peer == NULL || strcasecmp(to, "websocket") != 0)
        return refuse(server, wsi, REFUSED_UPGRADE);
    const struct door *door = find_door(server, wsi);
    if (door == NULL || !well_formed(wsi) || peer->address != NULL)
        return refuse(server, wsi, REFUSED_FORM);
    if (!admit_origin(server, wsi, door->desk, door->path))
        return refuse(server, wsi, REFUSED_ORIGIN);
    if (door->desk && !desk_session(wsi, peer))
        return refuse(server, wsi, REFUSED_SESSION);
    enum refusal why;
    if (admit_enter(server, &peer->client, &peer->address, &why) < 0)
        return refuse(server, wsi, why);
    /* It is given back when the socket ends. */
    return 0;
}
