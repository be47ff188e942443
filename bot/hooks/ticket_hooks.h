/* Ticket_hooks: tells the company's services of tickets, over the outlet (settings `ticket_hooks`, docs/webhooks.md).
 *
 * Signed like every webhook (hooks/webhook.h), under the delivery's uid. A status of 200 to 299 is good, whatever the
 * body; 408, 425, 429, 5xx, no answer: again; anything else is dead at once. Threads: the loop; `wake` is called from
 * others. */
#ifndef HOOKS_TICKET_HOOKS_H
#define HOOKS_TICKET_HOOKS_H

#include "content/settings.h"
#include "hooks/fetch.h"
#include "hooks/outlet.h"

enum { TICKET_HOOK_TIMEOUT_MS = 15000 };

struct ticket_hooks;

struct ticket_hooks_config {
    const struct clock *clock;
    struct fetcher *fetcher;
    struct outlet *outlet;
    void *context;
    void (*wake)(void *context); /* any thread: ticket_hooks_pump is due */
    /* The value of a secret by its name, in the arena; NULL = there is none. */
    const char *(*secret)(void *context, const char *name, struct arena *);
};

/* Adds the kind "hook" to the outlet. NULL without memory. */
struct ticket_hooks *ticket_hooks_new(const struct ticket_hooks_config *);
/* After the fetcher has stopped. */
void ticket_hooks_free(struct ticket_hooks *);
/* Who is told from now on; the settings must stay until the next call. Fills one source each (their names are the
 * caller's until outlet_sources has copied them: they lie in `arena`); returns how many. */
size_t ticket_hooks_settings(struct ticket_hooks *, const struct settings *, struct arena *, struct outlet_source *ret,
                             size_t room);
/* Takes what has come back. */
void ticket_hooks_pump(struct ticket_hooks *);

#endif
