/* Customers: asks the company's own service what there is to know of a customer, for the card that agents see.
 *
 * One webhook, `customer_card`, signed as others are (hooks/webhook.h); it is sent what is known of the visitor, and
 * its answer is read by wire/customer.h. Whoever asked is told once, at once or later: what came is kept for
 * CUSTOMERS_KEPT_MS for the same visitor with the same facts. A service that failed five times in a row is left alone
 * for half a minute. Nobody waits for it but the card: no try is made twice.
 * Limits: CUSTOMERS_MOST asked at a time, CUSTOMERS_KEPT kept. Threads: all on the loop; `wake` from others. */
#ifndef HOOKS_CUSTOMERS_H
#define HOOKS_CUSTOMERS_H

#include "base/clock.h"
#include "content/settings.h"
#include "hooks/fetch.h"
#include "store/ticket.h"

enum { CUSTOMERS_MOST = 32, CUSTOMERS_KEPT = 256, CUSTOMERS_KEPT_MS = 60000 };

struct customers;

struct customers_config {
    const struct clock *clock;
    struct fetcher *fetcher;
    void *context;
    void (*wake)(void *context); /* any thread: customers_pump is due */
    const char *(*secret)(void *context, const char *name, struct arena *);
    /* `json` is the card as wire/customer.h writes it, NULL = there is none, and `why` says so: "not_asked" (no service
     * is named, or nothing is known of the visitor), "unknown" (the service does not know them), "not_available". Both
     * last for the call. */
    void (*told)(void *context, uint64_t number, const char *json, size_t size, const char *why);
};

/* NULL without memory. */
struct customers *customers_new(const struct customers_config *);
/* After the fetcher has stopped: then all has come back. Nobody is told any more. */
void customers_free(struct customers *);

/* What is known of the visitor of a ticket. Copied. */
void customers_ask(struct customers *, const struct settings *, uint64_t number, const struct ticket *);

/* Takes what has come back. */
void customers_pump(struct customers *);
/* Appends its figures, as Prometheus text. */
void customers_metrics(const struct customers *, struct buf *out);

#endif
