/* Server: one libwebsockets context on a libev loop, with everything that hangs on the loop.
 *
 * Owns the listening socket, the pages, visitors' and agents' sockets, the guards, the workers, the
 * control socket and the timers. The store and the edition are given to it.
 * Errors: server_new NULL with *ret_why in words. Threads: the one that runs server_run is the loop;
 * everything here belongs to it. */
#ifndef NET_SERVER_H
#define NET_SERVER_H

#include "base/clock.h"
#include "base/worker.h"
#include "conversation/hall.h"
#include "edition/edition.h"
#include "store/store.h"

struct server;

/* Kinds of work off the loop; each has its own queue. */
enum server_work {
    WORK_LONG,
    WORK_PASSWORD,
    WORK_REPORT,
    WORK_SPELL,
    WORK_PASSWORD_KNOWN,
    WORK_WIDGET,
    WORK_FILES,
    WORK_DOWNLOAD,
    WORK_SCRUB,
    WORK_KINDS
};

/* What was said, in which form. Opus is wished for by who can take WAV as well. */
enum server_sound { SOUND_TRACK, SOUND_WAV, SOUND_OPUS };

/* A command that came in over the control socket. Write with server_reply_*, then finish once. */
struct server_reply;
void server_reply_out(struct server_reply *, const char *bytes, size_t size); /* to its stdout */
void server_reply_err(struct server_reply *, const char *bytes, size_t size);
void server_reply_end(struct server_reply *, int exit_code);

struct server_config {
    const char *host;
    int port; /* 0 = any free one */
    struct store *store;
    const struct clock *clock;
    struct edition *edition;
    const char *assets;   /* folder that overrides built-in pages; NULL = none */
    const char *data;     /* for DATA/control.sock and DATA/secrets */
    const char *site;     /* the site's folder, for commands that pages of the desk ask for; NULL = none can be */
    const char *push_key; /* the public one of Web Push; NULL = nobody is told that way */
    void *context;
    /* Whether a browser's address and keys are ones that can be pushed to. */
    bool (*push_accepts)(void *context, const char *endpoint, const char *p256dh, const char *auth);
    /* Asks what there is to know of the visitor of a ticket (read only in the call); server_customer must follow once,
     * at once or later. NULL = nobody knows. */
    void (*customer)(void *context, uint64_t number, const struct ticket *);
    /* Asks for what was said by its id; server_sound must follow once, at once or later. NULL = there is no voice. */
    void (*sound)(void *context, uint64_t number, const char *id, enum server_sound);
    /* On the loop: */
    void (*listening)(void *context, const char *url);
    void (*command)(void *context, int argc, char **argv, struct server_reply *); /* must end the reply, now or later */
    void (*hup)(void *context);
    void (*woken)(void *context);                    /* after server_wake; NULL = nothing */
    void (*metrics)(void *context, struct buf *out); /* adds lines to /metrics; NULL = none */
};

/* Starts the store's thread. The order at the end is server_run, store_close, server_free: closing the store
 * calls back what is still under way, and that must find the hall. Strings of the config must outlive the server. */
struct server *server_new(const struct server_config *, const char **ret_why);
void server_free(struct server *);
/* Runs until SIGTERM, SIGINT or server_stop: then accepts no more, lets what is under way commit (5 s at
 * most), closes the sockets with 1001 and returns 0. */
int server_run(struct server *);
void server_stop(struct server *); /* any thread */
void server_wake(struct server *); /* any thread: `woken` is called on the loop */
/* On the loop: `woken` is called in so many milliseconds, or before. */
void server_wake_in(struct server *, int ms);

/* The answer to server_config.customer: the card as JSON (NULL = none) and, where there is none, why. Before
 * server_free. */
void server_customer(uint64_t number, const char *card, size_t size, const char *why);

/* The answer to server_config.sound, and as what it comes; bytes NULL = `busy`: it may be asked for again, else there
 * is no such thing. */
void server_sound(struct server *, uint64_t number, enum server_sound, const char *bytes, size_t size, bool busy);

struct workers *server_workers(struct server *);
struct hall *server_hall(struct server *);
int server_port(const struct server *);
/* Whether pages of this origin may open the chat. */
bool server_allows(const struct server *, const char *origin);
/* The address of a page of the server itself ("/desk"), in the arena: under public_url, or where it listens. */
const char *server_page(const struct server *, const char *path, struct arena *);
/* What a user may do, or be, has changed in the store: who may not stay is out at once, who may comes in again with
 * what holds now. */
void server_user_changed(struct server *, int64_t user);
/* Swaps the live edition and takes over its settings. */
void server_publish(struct server *, struct edition *);

/* The client of the control socket: sends argv to the server of DATA, copies its answers to stdout and stderr,
 * returns its exit code; -1 if no server listens there. Any thread, blocking. */
int server_ask(const char *data, int argc, char **argv);

/* A secret by name from the environment or DATA/secrets/NAME, in the arena; NULL = there is none. */
const char *server_secret(const char *data, const char *name, struct arena *);

#endif
