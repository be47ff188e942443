/* Widget: the files that pages of other sites load, under their lasting addresses: GET /w/HASH/NAME.
 *
 * What is current comes from the program's memory; what an earlier version brought from DATA/widget (net/shelf.h), read
 * by a worker. widget_start puts the current files there, by a worker as well, and may be waited for by nobody: until
 * then only earlier ones come from the disk. Private to net/. Threads: the loop. */
#ifndef NET_WIDGET_H
#define NET_WIDGET_H

#include "net/http.h"

struct widget;

/* Reads what is kept in DATA/widget. NULL without memory. */
struct widget *widget_new(const struct server_config *);
void widget_free(struct widget *);
void widget_start(struct server *);

/* Whether a path goes on so behind "/w/". */
bool widget_is(const char *rest);
/* The callback's result. */
int widget_serve(struct turn *);

#endif
