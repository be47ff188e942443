/* Accepted sockets: see peer.h. */
#include "net/peer.h"

#include "net/admit.h"
#include "net/core.h"
#include "net/http.h"

#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

enum { HEADER_BYTES = 1024, PAGE_SOCKETS = 512 };

struct peer *peer_of(struct lws *wsi)
{
    return lws_get_opaque_user_data(wsi);
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

struct peer *peer_read(struct server *server, struct lws *wsi)
{
    char forwarded[HEADER_BYTES];
    struct peer *peer = peer_of(wsi);
    if (peer == NULL)
        return NULL;
    peer->proxied = lws_hdr_total_length(wsi, WSI_TOKEN_X_FORWARDED_FOR) > 0;
    peer->secure = proxies_trust(server->proxies, &peer->from) && forwarded_https(wsi);
    peer->client = proxies_client(server->proxies, &peer->from,
                                  http_header(wsi, WSI_TOKEN_X_FORWARDED_FOR, forwarded, sizeof forwarded));
    return peer;
}

/* Pages need some sockets beside the WebSockets. */
bool peer_has_room(const struct server *server)
{
    size_t wanted = (size_t)server->settings->connections + PAGE_SOCKETS;
    return !server->stopping && server->sockets < wanted && server->sockets < server->socket_limit;
}

int peer_open(struct server *server, struct lws *wsi)
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

void peer_close(struct server *server, struct lws *wsi)
{
    struct peer *peer = peer_of(wsi);
    if (peer == NULL)
        return;
    admit_leave(server, peer->address);
    guard_release(server->guard, peer->socket);
    lws_set_opaque_user_data(wsi, NULL);
    server->sockets--;
    free(peer);
}
