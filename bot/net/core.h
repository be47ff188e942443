/* Core: what the files of net/ share of one server. Private to net/. Threads: the loop.
 *
 * A *peer* is one accepted socket, whatever it speaks (net/peer.h), and a *turn* one HTTP request on it (net/http.h); a
 * *client* is the other end of a WebSocket or of polls (net/client.h). */
#ifndef NET_CORE_H
#define NET_CORE_H

#include "base/map.h"
#include "net/address.h"
#include "net/assets.h"
#include "net/control.h"
#include "net/guard.h"
#include "net/origins.h"
#include "net/proxies.h"
#include "net/server.h"
#include "wire/message.h"

#include <ev.h>
#include <libwebsockets.h>

enum refusal {
    REFUSED_ORIGIN,
    REFUSED_FORM, /* method, version, key, subprotocol, path */
    REFUSED_UPGRADE,
    REFUSED_ADDRESS,
    REFUSED_TOTAL,
    REFUSED_SESSION,
    REFUSAL_KINDS
};

/* What /metrics shows besides the hall's own counts. */
struct counters {
    uint64_t frames_in, frames_out, bytes_in, bytes_out, bad_frames, slowed, requests;
    uint64_t refused[REFUSAL_KINDS];
    uint64_t cut_slow, cut_half, cut_silent, cut_flood, logins_good, logins_wrong, library_warnings;
};

struct clients;
struct widget;
struct reader;

/* Wrong log-ins of a minute that were written down: of a flood the beginning is enough. */
struct wrong_logins {
    int64_t minute;
    int noted;
    int64_t missed;
};

struct server {
    struct server_config config;
    struct ev_loop *loop;
    ev_async store_wake, work_wake, stop_wake, other_wake;
    ev_timer later; /* server_wake_in */
    ev_timer second;
    ev_prepare before_sleep;
    ev_signal term, interrupt, hup;
    struct lws_context *lws;
    struct lws_vhost *vhost;
    size_t sockets; /* accepted, of any kind */

    struct workers *workers;
    struct reader *reader; /* the worker's of reports */
    struct hall *hall;
    struct edition *edition; /* pinned: settings lie in it */
    const struct settings *settings;
    struct guard *guard;
    struct origins *origins;
    struct proxies *proxies;
    struct assets *assets;
    struct widget *widget;
    struct control *control;
    struct clients *clients;
    struct client *ready, *served; /* net/ready.h: those with a frame to write; the one that is writing */
    struct map *lines;             /* of polls, by their secrets: net/line.h */
    struct map *turns;             /* HTTP turns that wait for a job, by number */
    uint64_t turn_number;
    size_t uploads, upload_bytes; /* under way: net/upload.h */
    bool removing;                /* bytes of files that have gone: net/keep.h */
    int files_seconds;
    int64_t files_logged_ms;
    int spellings;       /* texts whose words are at the worker: net/api_spell.c */
    struct arena *arena; /* of the frame or request that is being handled */
    struct buf scratch;  /* the frame that is being written */
    char *metrics_token; /* NULL = loopback only */

    struct counters counters;
    struct wrong_logins wrong_logins;
    int64_t started_ms, origin_logged_ms, end_by_ms;
    size_t socket_limit; /* accepted sockets: what the process may have of file descriptors */
    ev_timer ending;
    int port;
    bool stopping, closing;
    bool indexing; /* a job of the index of closed chats is under way */
    /* net/scrub.c: a job of it is under way; the hall's erasures when it began, and 1 (0 = look again); not before. */
    bool scrubbing;
    uint64_t scrubbed;
    int64_t scrub_at_ms;
};

#endif
