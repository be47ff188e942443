/* Portrait: the picture of somebody who works at the desk, for visitors' pages on any site: GET /agents/ID?v=VERSION.
 * Private to net/. Threads: the loop. */
#ifndef NET_PORTRAIT_H
#define NET_PORTRAIT_H

#include "net/http.h"

/* Whether what follows "/agents/" is somebody's number. */
bool portrait_is(const char *rest);
/* The callback's result; turn->rest says whose. */
int portrait_serve(struct turn *);

#endif
