/* Page: what a route answers at once, without asking the store: files of the program, redirects, health, metrics.
 *
 * Each is a `serve` of a row of routes[] (net/routes.h), which says what else it needs, and gives the callback's
 * result. Private to net/. Threads: the loop. */
#ifndef NET_PAGE_H
#define NET_PAGE_H

#include "net/http.h"

/* The row's asset, with its type and policy; 304 where the browser has it. */
int page_asset(struct turn *);
/* 308 to the row's redirect. */
int page_redirect(struct turn *);
/* 204. */
int page_nothing(struct turn *);

/* GET /healthz and /metrics. */
int page_health(struct turn *);
int page_metrics(struct turn *);

#endif
