/* Routes: what is served at which path.
 *
 * routes[] in routes.c is the list, but for what the desk's pages ask under /desk/api/, whose rows have roles as well
 * (net/api.h). A row names its function; the other fields are what that function needs to know. Private to net/.
 * Threads: any, for it is constant. */
#ifndef NET_ROUTES_H
#define NET_ROUTES_H

#include <stdbool.h>
#include <stddef.h>

struct turn;

/* The Content-Security-Policy of an answer: for what is no page, for a page, for the desk's, which has a worker, and
 * for the one that other sites may show in a frame. */
enum route_policy { POLICY_PLAIN, POLICY_PAGE, POLICY_DESK, POLICY_FRAME };

struct route {
    const char *path;
    unsigned methods;            /* bits of enum http_method */
    int (*serve)(struct turn *); /* after the body, if there is one; the callback's result */

    /* Where the path is the beginning of many: whether there is one that goes on so. turn->rest has it then. */
    bool (*below)(const char *rest);
    int body_seconds;  /* within which it must have come; 0 = while something of it comes */
    size_t body_bytes; /* ceiling of a POST's body, at most HTTP_BODY_MOST; 0 = HTTP_BODY_BYTES */

    bool takes_files; /* the body is one: net/upload.h */

    const char *asset, *type; /* page_asset */
    enum route_policy policy;
    bool cross_origin;
    const char *cache;    /* Cache-Control of what is built in; NULL = asked for anew each time */
    const char *redirect; /* page_redirect; relative, so that it holds under any prefix */
};

/* The row of a path (without the prefix of public_url), NULL = there is none. */
const struct route *routes_find(const char *path);

#endif
