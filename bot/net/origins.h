/* Origins: which pages may open a socket here, and where "here" is.
 *
 * Visitors' sockets are open to the site's own origins and to `allowed_origins`; the desk only to the own ones:
 * `public_url` and the listening address as 127.0.0.1, localhost and [::1] with its port. "Origin equals Host" is
 * never asked, because who rebinds a name has both. Memory: copies what it needs. Threads: one at a time. */
#ifndef NET_ORIGINS_H
#define NET_ORIGINS_H

#include "content/settings.h"

struct origins;

enum { ORIGINS_ANCESTORS_BYTES = 8192 };

/* NULL without memory. `host` is what the server listens on. */
struct origins *origins_new(const struct settings *, const char *host, int port);
void origins_free(struct origins *);
/* "scheme://host[:port]" of an URL in the form browsers send: lower case, no port that the scheme implies. NULL for
 * what is no http(s) URL, and without memory; free() it. */
char *origins_of(const char *url);
/* NULL and "null" are never allowed. */
bool origins_allow(const struct origins *, const char *origin);
bool origins_own(const struct origins *, const char *origin);
/* The policy that lets the pages above, and only them, show a page of ours in a frame. */
const char *origins_ancestors(const struct origins *);
/* The path of public_url without a slash at its end: "" or "/help". */
const char *origins_prefix(const struct origins *);
/* Whether public_url is https: cookies then are Secure. */
bool origins_secure(const struct origins *);
/* The origin of public_url; "" = none given. */
const char *origins_public(const struct origins *);

#endif
