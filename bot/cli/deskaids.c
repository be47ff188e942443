/* Notifications and customers' cards of a serving process: see deskaids.h. */
#include "cli/deskaids.h"

#include "cli/sitepush.h"
#include "hooks/customers.h"
#include "hooks/pusher.h"

#include <stdlib.h>

struct deskaids {
    struct deskaids_config config;
    struct server *server;  /* NULL before the start */
    struct push_pair *pair; /* NULL = nobody is told by Web Push */
    struct pusher *pusher;  /* the same */
    struct customers *customers;
};

static void wake(void *context)
{
    struct deskaids *d = context;
    d->config.wake(d->config.context);
}

static const char *secret_of(void *context, const char *name, struct arena *arena)
{
    return server_secret(((struct deskaids *)context)->config.data, name, arena);
}

static bool here(void *context, int64_t user)
{
    return hall_agent_here(server_hall(((struct deskaids *)context)->server), user);
}

static void customer_told(void *context, uint64_t number, const char *json, size_t size, const char *why)
{
    (void)context;
    server_customer(number, json, size, why);
}

struct deskaids *deskaids_new(const struct deskaids_config *config)
{
    struct deskaids *d = calloc(1, sizeof *d);
    if (d == NULL)
        return NULL;
    d->config = *config;
    d->pair = sitepush_pair(config->data);
    if (d->pair != NULL)
        d->pusher = pusher_new(&(struct pusher_config){.clock = config->clock,
                                                       .fetcher = config->fetcher,
                                                       .store = config->store,
                                                       .pair = d->pair,
                                                       .context = d,
                                                       .wake = wake,
                                                       .here = here});
    d->customers = customers_new(&(struct customers_config){.clock = config->clock,
                                                            .fetcher = config->fetcher,
                                                            .context = d,
                                                            .wake = wake,
                                                            .secret = secret_of,
                                                            .told = customer_told});
    if (d->customers != NULL && (d->pair == NULL || d->pusher != NULL))
        return d;
    deskaids_free(d);
    return NULL;
}

void deskaids_free(struct deskaids *d)
{
    if (d == NULL)
        return;
    customers_free(d->customers);
    pusher_free(d->pusher);
    push_pair_free(d->pair);
    free(d);
}

void deskaids_start(struct deskaids *d, struct server *server, const struct edition *edition)
{
    d->server = server;
    deskaids_publish(d, edition);
    if (d->pusher != NULL)
        hall_notify_with(server_hall(server),
                         &(struct hall_notifier){d->pusher, pusher_waiting, pusher_said, pusher_presence});
}

void deskaids_publish(struct deskaids *d, const struct edition *edition)
{
    if (d->pusher != NULL)
        pusher_settings(d->pusher, view_settings(edition_view(edition)));
}

void deskaids_pump(struct deskaids *d)
{
    customers_pump(d->customers);
    if (d->pusher != NULL)
        pusher_pump(d->pusher);
}

void deskaids_metrics(const struct deskaids *d, struct buf *out)
{
    customers_metrics(d->customers, out);
    if (d->pusher != NULL)
        pusher_metrics(d->pusher, out);
}

const char *deskaids_push_key(const struct deskaids *d)
{
    return d->pair != NULL ? push_pair_public(d->pair) : NULL;
}

bool deskaids_push_accepts(const struct deskaids *d, const char *endpoint, const char *p256dh, const char *auth)
{
    return d->pusher != NULL && pusher_accepts(d->pusher, endpoint) && push_check_keys(p256dh, auth) == 0;
}

void deskaids_customer(struct deskaids *d, uint64_t number, const struct ticket *ticket)
{
    const struct edition *edition = hall_edition(server_hall(d->server));
    customers_ask(d->customers, view_settings(edition_view(edition)), number, ticket);
}
