/* Deskaids: what a serving process has for its agents beyond the desk itself: notifications to closed pages (Web Push)
 * and customers' cards.
 *
 * Life: made before the server (it reads and makes files), started once the server is there, freed after it.
 * Threads: the loop. */
#ifndef CLI_DESKAIDS_H
#define CLI_DESKAIDS_H

#include "edition/edition.h"
#include "hooks/fetch.h"
#include "net/server.h"

struct deskaids;

struct deskaids_config {
    const struct clock *clock;
    struct store *store;
    struct fetcher *fetcher;
    const char *data; /* for secrets */
    void *context;
    void (*wake)(void *context); /* any thread: deskaids_pump is due */
};

/* NULL without memory. */
struct deskaids *deskaids_new(const struct deskaids_config *);
/* After the fetcher has stopped and the store is closed. */
void deskaids_free(struct deskaids *);
/* Agents are told from now on. */
void deskaids_start(struct deskaids *, struct server *, const struct edition *);
void deskaids_publish(struct deskaids *, const struct edition *);
void deskaids_pump(struct deskaids *);
void deskaids_metrics(const struct deskaids *, struct buf *out);

/* For struct server_config: the public key (NULL = none), and its functions' work. */
const char *deskaids_push_key(const struct deskaids *);
bool deskaids_push_accepts(const struct deskaids *, const char *endpoint, const char *p256dh, const char *auth);
void deskaids_customer(struct deskaids *, uint64_t number, const struct ticket *);

#endif
