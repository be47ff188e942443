/* Sending: the outlet of a serving process with everything that hangs on it (ticket hooks, mail).
 *
 * A new way out is added here: make it in sending_new, collect its sources in sending_publish, pump and free it.
 * Threads: the loop. */
#ifndef CLI_SENDING_H
#define CLI_SENDING_H

#include "conversation/hall.h"
#include "edition/edition.h"
#include "hooks/fetch.h"
#include "hooks/outlet.h"

struct sending;

struct sending_config {
    const struct clock *clock;
    struct store *store;
    struct fetcher *fetcher;
    const char *data; /* for secrets */
    const char *site; /* for files that the settings name */
    void *context;
    void (*wake)(void *context); /* any thread: sending_pump is due */
    void (*wake_in)(void *context, int ms);
    /* Whether somebody of a department is online; the address of a page of the server's own, in the arena. */
    bool (*on_duty)(void *context, const char *department);
    const char *(*page)(void *context, const char *path, struct arena *);
    /* Whether pages of an origin may open the chat. */
    bool (*allows)(void *context, const char *origin);
    /* An agent's answer by e-mail is stored, or cannot be. */
    void (*replied)(void *context, const struct hall_replied *);
};

/* NULL without memory. Nothing goes out before the first sending_publish. */
struct sending *sending_new(const struct sending_config *);
/* After the fetcher has stopped and the store is closed. */
void sending_free(struct sending *);

/* Takes over the settings of an edition, and pins it. */
int sending_publish(struct sending *, struct edition *);
struct outlet *sending_outlet(struct sending *);
/* For hall_reply_with. */
struct hall_replier sending_replier(struct sending *);
void sending_pump(struct sending *);
void sending_metrics(const struct sending *, struct buf *out);

#endif
