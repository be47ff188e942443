/* Portrait: the picture of somebody who works at the desk, for visitors' pages on any site: GET /agents/ID?v=VERSION.
 * Private to net/. Threads: the loop. */
#ifndef NET_PORTRAIT_H
#define NET_PORTRAIT_H

#include "net/http.h"

/* The number in a path "/agents/12"; 0 = it is no such path. */
int64_t portrait_of(const char *path);
/* The callback's result; turn->portrait says whose. */
int portrait_serve(struct turn *);

#endif
