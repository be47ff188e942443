/* Answer: one HTTP response, head and body, with the headers that every page of ours has.
 *
 * Strings are the caller's until the head is written, except `owned`, which is freed when the body is out or the
 * socket gone. Private to net/. Threads: the loop. */
#ifndef NET_ANSWER_H
#define NET_ANSWER_H

#include <libwebsockets.h>
#include <stdbool.h>
#include <stddef.h>

enum { ANSWER_HEADER_BYTES = 1024, ANSWER_ORIGIN_BYTES = 512, ANSWER_HEADERS = 4 };

struct answer {
    int status;
    const char *type; /* NULL = no body */
    const char *body;
    size_t size;
    char *owned; /* freed in the end; may be the body */
    bool head_only;
    bool cross_origin;                /* may be used by pages of other origins */
    bool by_origin;                   /* depends on who asks: see `origin` */
    bool preflight;                   /* by_origin: such a page may send what it has asked about */
    bool shown;                       /* pages of other origins may show it, but not read it */
    bool streamed;                    /* the head alone: the body follows in parts */
    bool close;                       /* no further request on this connection */
    char policy[ANSWER_HEADER_BYTES]; /* Content-Security-Policy; "" = the one for what is no page */
    const char *ancestors;            /* a second policy that goes with it, of who may show it; NULL = none */
    char origin[ANSWER_ORIGIN_BYTES]; /* by_origin: the one whose pages may read it; "" = none */
    const char *disposition;          /* Content-Disposition; NULL = none */
    char tag[40];                     /* ETag, "" = none and no-store */
    char location[ANSWER_HEADER_BYTES];
    char cookie[256];
    char second_cookie[256];
    const char *cache;    /* Cache-Control; NULL = by the tag */
    const char *encoding; /* Content-Encoding; NULL or "" = none */
    const char *varies;   /* the header of the request by which there are other forms of it; NULL = none */
    char allow[32];
    int retry_seconds; /* Retry-After, 0 = none */
};

/* What is left of a body. */
struct sending {
    const char *at;
    size_t left;
    char *owned;
    bool close;
    bool more; /* further parts follow, which the caller puts here */
};

/* Plain small answers. `json` is a constant or NULL for an empty body. */
struct answer answer_plain(int status, const char *json);
/* {"code":"…"}; owned, and an empty body without memory. */
struct answer answer_code(int status, const char *code);
/* 429 `slow_down` with the milliseconds to wait; the same. */
struct answer answer_slow(int wait_ms);

/* Makes it 304 without a body if the browser says that it has what the tag names. */
void answer_if_new(struct lws *, struct answer *);
/* Writes the head and begins the body: the callback's result (0, or -1 = close). */
int answer_begin(struct lws *, const struct answer *, struct sending *);
/* Writes a further part, from the writeable callback. After the last of a body that does not stream any more the
 * library has given back the session's memory, `sending` with it: do not look at it again. */
int answer_continue(struct lws *, struct sending *);
void sending_clear(struct sending *);

#endif
