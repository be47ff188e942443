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
struct server;

struct sending_config {
    const struct clock *clock;
    struct store *store;
    struct fetcher *fetcher;
    struct hall *hall; /* which tells numbers of other systems, and answers by e-mail */
    struct server *server;
    const char *data; /* for secrets */
    const char *site; /* for files that the settings name */
    void *context;
    void (*wake)(void *context); /* any thread: sending_pump is due */
    void (*wake_in)(void *context, int ms);
};

/* NULL without memory. Nothing goes out before the first sending_publish. */
struct sending *sending_new(const struct sending_config *);
/* After the fetcher has stopped and the store is closed. */
void sending_free(struct sending *);

/* Takes over the settings of an edition, and pins it. */
int sending_publish(struct sending *, struct edition *);
struct outlet *sending_outlet(struct sending *);
void sending_pump(struct sending *);
void sending_metrics(const struct sending *, struct buf *out);

#endif
