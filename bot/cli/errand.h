/* Errand: commands that the running server carries out for somebody who asked over the control socket, or for SIGHUP.
 *
 * Each is parsed on the loop, runs on the worker for long jobs (one at a time), and tells its progress and its
 * words to who asked. Errors: told to who asked. Threads: the loop; commands run on a worker. */
#ifndef CLI_ERRAND_H
#define CLI_ERRAND_H

#include "base/worker.h"
#include "cli/command.h"

struct server_reply;
struct store_erase;

/* Filled by the owner, but for what errands_init makes. */
struct errands {
    struct data *data; /* the store, shared with workers */
    struct workers *workers;
    size_t work; /* the kind of a long job */
    struct fetcher *fetcher;
    void (*published)(void *context, struct edition *); /* on the loop; takes no pin over */
    void (*ended)(void *context); /* on the loop, after each command: it may have changed the store; NULL = nothing */
    void (*user_changed)(void *context, int64_t user);         /* on the loop; NULL = nothing */
    void (*erased)(void *context, const struct store_erase *); /* on the loop; NULL = nothing */
    void *context;
    /* Its own. */
    struct mailbox *told; /* progress, from the worker */
    size_t under_way;
    bool publishing; /* without anybody who asked */
};

/* `wake` is called on any thread when there is something for errands_pump. -1 without memory. */
int errands_init(struct errands *, void (*wake)(void *context), void *context);
/* When none is under way any more. */
void errands_end(struct errands *);

/* Does what argv says and ends the reply, now or later; `reply` NULL = what it says is logged. */
void errands_start(struct errands *, int argc, char **argv, struct server_reply *reply);
/* Publishes the site, unless that is under way already. */
void errands_publish(struct errands *, const char *site);
/* Passes progress on. */
void errands_pump(struct errands *);

#endif
