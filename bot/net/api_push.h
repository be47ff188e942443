/* Api_push: the routes push/key, push/subscribe and push/unsubscribe (see net/api.h and docs/protocol.md).
 * Private to net/. Threads: the loop. */
#ifndef NET_API_PUSH_H
#define NET_API_PUSH_H

#include "net/api.h"

/* GET → {"key":"B…"}: the server's key, for `applicationServerKey`. 404 not_found = this server has none. */
void api_push_key(struct api_call *);
/* POST, a subscription (wire/subscription.h) → 204; it lasts as long as the login. 400 bad_field: an address that is
 * not pushed to, or keys that are none. */
void api_push_subscribe(struct api_call *);
/* POST {endpoint} → 204. */
void api_push_unsubscribe(struct api_call *);

#endif
