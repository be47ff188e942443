/* Files and small answers: see page.h. */
#include "net/page.h"

#include "net/metrics.h"
#include "net/peer.h"
#include "net/routes.h"

#include <stdio.h>
#include <string.h>

enum { HEADER_BYTES = 1024, ACCEPT_BYTES = 256 };

/* The desk may name one script by its address: that of its worker (web-desk/push.js).
 * The socket's own URL is named beside 'self', because not every browser counts ws: as 'self'. An address in brackets
 * has no place in a policy's grammar. */
static void put_policy(struct turn *turn, struct answer *answer)
{
    char host[256], origin[300], sockets[600] = "";
    bool framed = turn->route->policy == POLICY_FRAME;
    if (http_header(turn->wsi, WSI_TOKEN_HOST, host, sizeof host) != NULL && strpbrk(host, "[];, '\"") == NULL) {
        snprintf(origin, sizeof origin, "http://%s", host);
        bool plain = origins_own(turn->server->origins, origin);
        snprintf(origin, sizeof origin, "https://%s", host);
        if (plain || origins_own(turn->server->origins, origin))
            snprintf(sockets, sizeof sockets, " %s://%s", plain ? "ws" : "wss", host);
    }
    snprintf(answer->policy, sizeof answer->policy,
             "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: https:; "
             "connect-src 'self'%s; base-uri 'none'; form-action 'self'; %srequire-trusted-types-for 'script'; "
             "trusted-types %s",
             sockets, framed ? "" : "frame-ancestors 'none'; ",
             turn->route->policy == POLICY_DESK ? "desk-worker" : "'none'");
    if (framed)
        answer->ancestors = origins_ancestors(turn->server->origins);
}

int page_asset(struct turn *turn)
{
    const struct route *route = turn->route;
    struct asset asset;
    char accept[ACCEPT_BYTES];
    const char *wish = http_header(turn->wsi, WSI_TOKEN_HTTP_ACCEPT_ENCODING, accept, sizeof accept);
    if (assets_get(turn->server->assets, route->asset, wish, &asset) < 0)
        return http_send_status(turn, 404, "{\"code\":\"not_found\"}");
    struct answer answer = {.status = 200,
                            .type = route->type,
                            .body = asset.bytes,
                            .size = asset.size,
                            .owned = asset.owned,
                            .cross_origin = route->cross_origin,
                            .encoding = encoding_forms[asset.encoding].token,
                            .varies = "accept-encoding",
                            .cache = asset.lasting ? route->cache : NULL};
    snprintf(answer.tag, sizeof answer.tag, "%s", asset.tag);
    if (route->policy != POLICY_PLAIN)
        put_policy(turn, &answer);
    answer_if_new(turn->wsi, &answer);
    return http_send(turn, &answer);
}

int page_redirect(struct turn *turn)
{
    return http_send_redirect(turn, turn->route->redirect);
}

int page_nothing(struct turn *turn)
{
    return http_send_status(turn, 204, NULL);
}

int page_health(struct turn *turn)
{
    struct answer answer = {.type = "application/json"};
    answer.owned = metrics_health(turn->server, &answer.status);
    answer.body = answer.owned;
    answer.size = answer.owned != NULL ? strlen(answer.owned) : 0;
    return http_send(turn, &answer);
}

int page_metrics(struct turn *turn)
{
    char bearer[HEADER_BYTES];
    const struct peer *peer = peer_read(turn->server, turn->wsi);
    const char *authorization = http_header(turn->wsi, WSI_TOKEN_HTTP_AUTHORIZATION, bearer, sizeof bearer);
    if (!metrics_allowed(turn->server, peer, authorization))
        return http_send_status(turn, 403, "{\"code\":\"forbidden\"}");
    struct answer answer = {.status = 200, .type = "text/plain; version=0.0.4; charset=utf-8"};
    answer.owned = metrics_text(turn->server);
    answer.body = answer.owned;
    answer.size = answer.owned != NULL ? strlen(answer.owned) : 0;
    return http_send(turn, &answer);
}
