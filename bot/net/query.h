/* Query: the parameters behind the '?' of a request, "q=two+words&before=7".
 *
 * Private to net/. Threads: the loop. */
#ifndef NET_QUERY_H
#define NET_QUERY_H

#include "base/arena.h"

#include <libwebsockets.h>
#include <stdbool.h>
#include <stdint.h>

/* Of the whole, and of one value before it is decoded. */
enum { QUERY_BYTES = 2048, QUERY_VALUE_BYTES = 1024 };

/* The request's, as it came; "" = none. A parameter that is too long, and those behind it, are left out. */
void query_read(struct lws *, char ret_query[QUERY_BYTES]);

/* The first value of that name, decoded, in the arena. NULL = absent, malformed, too long or with a NUL. */
const char *query_param(const char *query, const char *name, struct arena *);
/* A whole number within a range, both ends included. False = it is none; *ret is changed only where it is. */
bool query_number(const char *text, int64_t low, int64_t high, int64_t *ret);

#endif
