/* Metrics: how the server is, for machines. Private to net/. Threads: the loop. */
#ifndef NET_METRICS_H
#define NET_METRICS_H

#include "net/core.h"

struct peer;

/* Prometheus text, to be freed; NULL without memory. */
char *metrics_text(const struct server *);
/* One JSON object, to be freed; *ret_status is 200, or 503 while the store cannot write. */
char *metrics_health(const struct server *, int *ret_status);
/* Loopback that came through no proxy, or the bearer token of `metrics_secret`. */
bool metrics_allowed(const struct server *, const struct peer *, const char *authorization);

#endif
