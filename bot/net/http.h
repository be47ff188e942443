/* Http: requests over HTTP/1.1, each read, led to its route and answered.
 *
 * What is served stands in net/routes.h and net/api.h. A *turn* is one request; it ends with one answer, at once
 * (http_send…, whose result is the callback's) or, where a job must be waited for, later: the job carries the turn's
 * number, and http_waiting finds nothing any more if the browser is gone. Private to net/. Threads: the loop. */
#ifndef NET_HTTP_H
#define NET_HTTP_H

#include "net/answer.h"
#include "net/core.h"

enum http_method { METHOD_GET = 1, METHOD_HEAD = 2, METHOD_POST = 4, METHOD_OPTIONS = 8 };

/* Of a request's body; MOST where a route asks for more. */
enum { HTTP_BODY_BYTES = 8192, HTTP_BODY_MOST = 256 << 10 };
/* Of what a path may have behind a route that is the beginning of many; a longer one leads nowhere. */
enum { HTTP_REST_BYTES = 192 };

struct api_route;
struct download;
struct upload;
struct client;
struct route;

/* Per-session data of the HTTP protocol: zeroed by the library, released at the end of the socket. */
struct turn {
    struct server *server;
    struct lws *wsi;
    const struct route *route;
    const struct api_route *api; /* instead of a route: net/api.h */
    char rest[HTTP_REST_BYTES];  /* of the path behind the route's; "" where the route is the whole */
    uint64_t number;             /* ≠ 0 while it is registered to be answered later */
    struct client *line;         /* whose poll waits in it: net/line.h; NULL = none */
    int64_t body_by_ms;          /* of the body; 0 = no deadline */
    enum http_method method;
    bool ready; /* `answer` is to be sent when the socket is writeable */
    struct answer answer;
    struct sending sending;
    struct buf body;
    bool has_body;
    struct upload *upload;     /* instead, of a route that takes files: net/upload.h */
    struct download *download; /* a body that is read in pieces: net/download.h */
};

int http_callback(struct lws *, enum lws_callback_reasons, void *user, void *in, size_t size);

/* Answers at once; the callback's result. `json` is a constant or NULL for an empty body. */
int http_send(struct turn *, struct answer *);
int http_send_status(struct turn *, int status, const char *json);
int http_send_redirect(struct turn *, const char *where);

/* Registers the turn for a later answer and returns its number, 0 without memory. */
uint64_t http_wait(struct turn *);
/* The turn, if its browser is still there, else NULL. */
struct turn *http_waiting(struct server *, uint64_t number);
/* The turn no longer waits: what it waited for is there. */
void http_waited(struct turn *);
/* Gives the answer; the turn no longer waits. */
void http_answer_later(struct turn *, const struct answer *);

/* A request header as text in `room` bytes, NULL if absent or too long. */
const char *http_header(struct lws *, enum lws_token_indexes, char *out, size_t room);
/* Whether the page that sent the request is one of ours: another site's could post the form too. */
bool http_own_origin(const struct turn *);
/* `path` without the prefix of public_url. */
const char *http_path(const struct server *, const char *path);

#endif
