/* Client: the other end of a conversation, visitor or agent, whatever carries its frames.
 *
 * A client has a number that is never used again; what works for it elsewhere knows the number only. Its frames come
 * and go over a *carrier*: a WebSocket (net/socket.h) or a line of polls (net/line.h). Above this header nobody
 * knows which. What can be in flight for a client ends in client_free: its place in the lists, what waits to be
 * written, a half message, its hold on the visitor's guard, and the hall's knowledge of it. Each kind of people is a
 * struct client_role in a file of its own. Ceilings: CLIENT_* below. Private to net/. Threads: the loop. */
#ifndef NET_CLIENT_H
#define NET_CLIENT_H

#include "net/core.h"
#include "net/outbox.h"

enum {
    CLIENT_OUT_ALL_BYTES = 256 << 20, /* waiting to be written, of all clients together */
    CLIENT_FRAME_OUT_BYTES = 8 << 20, /* one frame: the desk's queue is the largest */
    CLIENT_FRAMES_PER_SECOND = 20,    /* of any kind from one client; beyond the burst it is cut */
    CLIENT_FRAMES_BURST = 200,
    CLIENT_RINGS = 25,       /* seconds; a multiple of every role's ping_seconds */
    CLIENT_LOOK_SECONDS = 5, /* how often a client is looked at for a half frame */
};

/* Codes of RFC 6455, 7.4.1. */
enum close_code {
    CLOSE_NORMAL = 1000,
    CLOSE_GOING = 1001,
    CLOSE_KIND = 1003,
    CLOSE_POLICY = 1008,
    CLOSE_TOO_BIG = 1009,
    CLOSE_LATER = 1013
};

struct client;
struct line;

struct client_role {
    enum message_role role;
    int ping_seconds; /* divides CLIENT_RINGS */
    int pong_seconds; /* without an answer for so long the connection is dead */
    size_t out_bytes; /* may wait for one client */
    void (*opened)(struct client *);
    void (*heard)(struct client *, const struct frame *);
    void (*alive)(struct client *);                  /* a frame or a pong */
    void (*looked)(struct client *, int64_t now_ms); /* every CLIENT_LOOK_SECONDS */
    void (*renew)(struct client *);
    void (*sent)(struct client *, const struct outgoing *);
    void (*gone)(struct client *);
};

extern const struct client_role visitor_role, desk_role;

/* What a carrier does for its client. A function may be NULL where there is nothing to do. */
struct carrier {
    void (*flush)(struct client *);      /* its outbox has one frame more */
    void (*write)(struct client *);      /* its turn among those that are ready has come; may free it */
    void (*close)(struct client *);      /* `close_code` was set: ends it after what waits */
    void (*kill)(struct client *);       /* ends it soon, without waiting for the other end; never at once */
    void (*ping)(struct client *);       /* asks whether the other end lives; sets pong_by_ms */
    void (*due)(struct client *);        /* `carrier_by_ms` has passed, and is 0 again */
    bool (*half)(const struct client *); /* whether a frame has begun and not ended */
};

struct client {
    uint64_t number;
    struct server *server;
    const struct client_role *role;
    const struct carrier *carrier;
    struct lws *wsi;   /* a WebSocket's; NULL for a line */
    struct line *line; /* a line's; NULL for a WebSocket */
    struct outbox out;
    struct buf *half;                        /* a message that has begun; NULL = none */
    struct guard_entry *visitor;             /* held; NULL until the visitor is known */
    struct guard_entry *address;             /* held by the carrier: who pays with it */
    struct client *ring_next, **ring_link;   /* the clients that are pinged in the same second */
    struct client *timed_next, **timed_link; /* those with a deadline; timed_link NULL = not among them */
    struct client *ready_next, **ready_link; /* those with a frame to write; ready_link NULL = not among them */
    int64_t hello_by_ms, half_by_ms, write_by_ms, pong_by_ms, close_by_ms, carrier_by_ms; /* 0 = none */
    int64_t frames_full_ms;                                                               /* token bucket of frames */
    const char *close_reason;
    uint16_t close_code; /* 0 = stays open */
    char lang[3];
    bool greeted; /* the first frame was a hello */
    bool ping_due;
    bool waits; /* the library tells when the socket takes more */
    /* agents */
    bool agent_in;
    int64_t user;
    int64_t checked_ms;
    unsigned char session[TOKEN_HASH_BYTES];
};

/* For the hall: a frame to a client that may be gone. `context` is the server. */
void client_deliver(void *context, uint64_t number, const struct outgoing *);

/* For carriers: a new client, which must say hello in time; NULL without memory. Who made it calls role->opened when
 * its carrier is in place, and client_free in the end. */
struct client *client_new(struct server *, const struct carrier *, const struct client_role *);
void client_free(struct client *);

void client_send(struct client *, const struct outgoing *);
/* `error` in the client's language; cid may be NULL, detail too; retry_ms 0 = none. */
void client_error(struct client *, const char *code, const char *detail, const char *cid, int retry_ms);
/* After what waits has been written; `reason` is a constant. */
void client_close(struct client *, enum close_code, const char *reason);
/* Without waiting for the other end, which may not be listening. It is freed soon after, never within the call. */
void client_cut(struct client *);

#endif
