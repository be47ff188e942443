/* Fetch: requests to other servers, over HTTP or SMTP, on one thread for all of them (libcurl's multi interface).
 *
 * Good for: embeddings, webhooks, web push. A request is made (fetch_new copies all it is given), sent
 * (fetch_send: from then on it is the thread's), and comes back exactly once, in the mailbox that was named,
 * with its result; the receiver frees it. It carries the receiver's own id and generation, so that it need not
 * know any longer what asked. Whoever may wait uses fetch_wait instead.
 *
 * A request with a `mail` is a letter to a mail server: its body is the message, its address smtp or smtps.
 *
 * Never: redirects, proxies, cookies, decompression, other schemes than these. Each socket's address is
 * looked at when it is opened, so that a name that leads elsewhere the second time leads nowhere; a
 * connection that is used again is looked at again.
 * Limits: bytes and milliseconds by request, FETCH_MOST requests under way.
 * Errors: fetch_result, with words in `why` (never the body or a header). Threads: each function says. */
#ifndef HOOKS_FETCH_H
#define HOOKS_FETCH_H

#include "base/buf.h"
#include "base/mailbox.h"
#include "hooks/reach.h"

#include <stdbool.h>
#include <stdint.h>

enum {
    FETCH_MOST = 256,
    FETCH_WHY_BYTES = 256,
    FETCH_URL_BYTES = 2048,
    FETCH_HEADER_BYTES = 64 << 10 /* of an answer's headers */
};

enum fetch_result {
    FETCH_OK,          /* an answer, of any status */
    FETCH_WRONG,       /* not a request that can be made */
    FETCH_FORBIDDEN,   /* the address is not one the request may go to */
    FETCH_UNREACHABLE, /* no such name, or nobody listens */
    FETCH_LATE,        /* the time is over */
    FETCH_TOO_LARGE,   /* the answer passes its ceiling */
    FETCH_BROKEN,      /* the answer is cut, not HTTP, or TLS does not hold */
    FETCH_CANCELLED    /* by fetch_cancel, or because the thread ends */
};
/* "ok", "wrong", …: for logs and metrics. */
const char *fetch_result_name(enum fetch_result);

/* How a connection to a mail server that begins in plain text goes on. */
enum fetch_tls {
    FETCH_TLS_REQUIRED, /* STARTTLS, or no letter and no password */
    FETCH_TLS_TRY,      /* STARTTLS if the server has it */
    FETCH_TLS_NONE
};

/* The envelope of a letter. Strings are copied; none may have a control character in it. */
struct fetch_mail {
    const char *from, *to;       /* addresses */
    const char *user, *password; /* NULL = without */
    enum fetch_tls tls;
    const char *ca; /* file of certificates to trust instead of the system's, NULL = the system's */
};

struct fetch_request {
    const struct fetch_mail *mail; /* NULL = an HTTP request */
    const char *method;            /* GET, POST, PUT, PATCH, DELETE; of a letter NULL */
    const char *url;               /* http or https (a letter: smtp or smtps), without user and password */
    const char *const *headers;    /* "Name: value" */
    size_t header_count;
    const void *body;
    size_t body_size;
    int timeout_ms;      /* for all of it: name, connection, answer */
    size_t answer_bytes; /* ceiling of the answer's body */
    unsigned reach;      /* enum reach: where it may go */
    unsigned plain;      /* enum reach: where it may go without TLS */
    bool once;           /* it must not arrive twice: on a connection of its own, since libcurl sends again what
                            a connection from before was closed upon */
};

/* A request and what came of it. */
struct fetch {
    uint64_t id, generation; /* the receiver's own */
    enum fetch_result result;
    int status; /* of FETCH_OK; of a letter that failed: the server's refusal (4xx, 5xx), 0 = there was none */
    int64_t retry_after_s; /* of FETCH_OK: Retry-After, 0 = there was none */
    struct buf body;
    char *type;     /* of FETCH_OK: the Content-Type, or NULL */
    char *location; /* of FETCH_OK: where a redirect leads, as a whole address, or NULL; it is not followed */
    char why[FETCH_WHY_BYTES];
    struct fetch_work *work; /* what only the thread knows */
};

/* NULL without memory. A request that cannot be made comes back as FETCH_WRONG. */
struct fetch *fetch_new(const struct fetch_request *);
void fetch_free(struct fetch *);

struct fetcher;

/* Starts the thread. NULL without memory or threads. */
struct fetcher *fetcher_new(void);
/* What is under way comes back cancelled, then the thread ends; what is sent from now on is refused. The mailboxes
 * must have room, and still be there. */
void fetcher_stop(struct fetcher *);
/* Stops it if need be. Nobody may use it any more. */
void fetcher_free(struct fetcher *);

/* 0 and the request's number (never 0), or -1 where FETCH_MOST are under way or it has stopped: it stays the caller's.
 * The mailbox must have room for all that is to come back to it. Any thread. */
int fetch_send(struct fetcher *, struct fetch *, struct mailbox *answers, uintptr_t *ret_number);
/* It comes back soon, cancelled unless it was answered meanwhile. Any thread, also after it came back. */
void fetch_cancel(struct fetcher *, uintptr_t number);
/* Sends it and waits: the result stands in it. Any thread but a loop's. */
void fetch_wait(struct fetcher *, struct fetch *);

#endif
