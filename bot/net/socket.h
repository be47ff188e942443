/* Socket: one WebSocket, visitor's or agent's.
 *
 * A client has a number that is never used again; what works for it elsewhere knows the number only. What can be
 * in flight for a client ends in client_free: its place in the lists, what waits to be written, a half message,
 * its hold on the visitor's guard, and the hall's knowledge of it. Each kind of people is a struct socket_role in a
 * file of its own. Ceilings: SOCKET_* below. Private to net/. Threads: the loop. */
#ifndef NET_SOCKET_H
#define NET_SOCKET_H

#include "net/core.h"
#include "net/outbox.h"

enum {
    SOCKET_OUT_ALL_BYTES = 256 << 20, /* waiting to be written, of all clients together */
    SOCKET_FRAME_OUT_BYTES = 8 << 20, /* one frame: the desk's queue is the largest */
    SOCKET_FRAMES_PER_SECOND = 20,    /* of any kind from one client; beyond the burst it is cut */
    SOCKET_FRAMES_BURST = 200,
    SOCKET_RINGS = 25,       /* seconds; a multiple of every role's ping_seconds */
    SOCKET_LOOK_SECONDS = 5, /* how often a client is looked at for a half frame */
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

struct socket_role {
    enum message_role role;
    int ping_seconds; /* divides SOCKET_RINGS */
    int pong_seconds; /* without an answer for so long the connection is dead */
    size_t out_bytes; /* may wait for one client */
    void (*opened)(struct client *);
    void (*heard)(struct client *, const struct frame *);
    void (*alive)(struct client *);                  /* a frame or a pong */
    void (*looked)(struct client *, int64_t now_ms); /* every SOCKET_LOOK_SECONDS */
    void (*renew)(struct client *);
    void (*sent)(struct client *, const struct outgoing *);
    void (*gone)(struct client *);
};

extern const struct socket_role visitor_socket, desk_socket;

struct client {
    uint64_t number;
    struct lws *wsi;
    struct server *server;
    const struct socket_role *role;
    struct outbox out;
    struct buf *half;                        /* a message that has begun; NULL = none */
    struct guard_entry *visitor;             /* held; NULL until the visitor is known */
    struct client *ring_next, **ring_link;   /* the clients that are pinged in the same second */
    struct client *timed_next, **timed_link; /* those with a deadline; timed_link NULL = not among them */
    struct client *ready_next, **ready_link; /* those with a frame to write; ready_link NULL = not among them */
    int64_t hello_by_ms, half_by_ms, write_by_ms, pong_by_ms, close_by_ms; /* 0 = none */
    int64_t frames_full_ms;                                                /* token bucket of frames */
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

/* The registry. NULL without memory. */
struct clients *socket_registry_new(size_t most);
void socket_registry_free(struct clients *);
size_t socket_count(const struct server *);
size_t socket_waiting_bytes(const struct server *);
/* Closes all, for the end. */
void socket_close_all(struct server *, enum close_code, const char *reason);
/* Closes the desk sockets of a session that has ended. */
void socket_drop_session(struct server *, const unsigned char hash[TOKEN_HASH_BYTES]);

/* Checks the desk sockets of a user now; those that may stay are closed to come again. */
void socket_renew_user(struct server *, int64_t user);

/* For the hall: a frame to a client that may be gone. `context` is the server. */
void socket_send(void *context, uint64_t client, const struct outgoing *);
/* The client with this number, or NULL. */
struct client *socket_find(struct server *, uint64_t client);
void client_send(struct client *, const struct outgoing *);
/* `error` in the client's language; cid may be NULL, detail too; retry_ms 0 = none. */
void client_error(struct client *, const char *code, const char *detail, const char *cid, int retry_ms);
/* What it has to write waits until the socket takes it, or until the reader is too slow. */
void client_wait(struct client *);
/* The library tells when the socket takes more. */
void client_wake(struct client *);
/* Ends it without waiting for the other end, which may not be reading. The library frees it soon after. */
void client_cut(struct client *);
/* After what waits has been written; `reason` is a constant. */
void client_close(struct client *, enum close_code, const char *reason);

/* Both WebSocket protocols. Their per-session data is one pointer to the client. */
int socket_callback(struct lws *, enum lws_callback_reasons, void *user, void *in, size_t size);

#endif
