/* Origins and places: see admit.h. */
#include "net/admit.h"

#include "base/log.h"
#include "net/http.h"

#include <stdio.h>

enum { HEADER_BYTES = 1024 };

/* Names the very line to write; at most one a second, because strangers can bring it about. */
static void log_origin(struct server *server, const char *origin, bool desk, const char *path)
{
    char mend[HEADER_BYTES + 64];
    int64_t now = clock_mono_ms(server->config.clock);
    if (now - server->origin_logged_ms < 1000)
        return;
    server->origin_logged_ms = now;
    if (origin == NULL)
        snprintf(mend, sizeof mend, "%s", "pages must send an Origin");
    else
        snprintf(mend, sizeof mend,
                 desk ? "in sportello.yaml: public_url: \"%s\"" : "in sportello.yaml: allowed_origins: [\"%s\"]",
                 origin);
    log_line(LOG_LEVEL_WARNING, "origin_refused", "origin", origin, "path", path, "mend", mend, NULL);
}

bool admit_origin(struct server *server, struct lws *wsi, bool desk, const char *path)
{
    char value[HEADER_BYTES];
    const char *origin = http_header(wsi, WSI_TOKEN_ORIGIN, value, sizeof value);
    if (desk ? origins_own(server->origins, origin) : origins_allow(server->origins, origin))
        return true;
    log_origin(server, origin, desk, path);
    return false;
}

int admit_enter(struct server *server, const struct address *client, struct guard_entry **ret_entry,
                enum refusal *ret_why)
{
    struct address key = address_key(client);
    struct guard_entry *entry = guard_hold(server->guard, GUARD_ADDRESS, key.bytes, sizeof key.bytes);
    if (entry == NULL) {
        *ret_why = REFUSED_ADDRESS;
        return -1;
    }
    if (server->stopping || !guard_enter(server->guard)) {
        guard_release(server->guard, entry);
        *ret_why = REFUSED_TOTAL;
        return -1;
    }
    *ret_entry = entry;
    return 0;
}

void admit_leave(struct server *server, struct guard_entry *entry)
{
    if (entry == NULL)
        return;
    guard_release(server->guard, entry);
    guard_leave(server->guard);
}
