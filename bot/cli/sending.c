/* What goes out of a serving process: see sending.h. */
#include "cli/sending.h"

#include "hooks/duty.h"
#include "hooks/mail_reply.h"
#include "hooks/ticket_hooks.h"
#include "hooks/tracker.h"
#include "net/server.h"

#include <stdlib.h>

enum { NAMES_BYTES = 256 << 10 };

struct sending {
    struct sending_config config;
    struct edition *edition; /* pinned: its settings are in use */
    struct outlet *outlet;
    struct ticket_hooks *hooks;
    struct mail *mail;
    struct mail_reply *reply;
    struct duty *duty;
    struct tracker *tracker;
};

static const char *secret_of(void *context, const char *name, struct arena *arena)
{
    return server_secret(((struct sending *)context)->config.data, name, arena);
}

static void wake(void *context)
{
    struct sending *g = context;
    g->config.wake(g->config.context);
}

static void wake_in(void *context, int ms)
{
    struct sending *g = context;
    g->config.wake_in(g->config.context, ms);
}

static bool allows(void *context, const char *origin)
{
    struct sending *g = context;
    return server_allows(g->config.server, origin);
}

static void replied(void *context, const struct hall_replied *r)
{
    struct sending *g = context;
    hall_replied(g->config.hall, r);
}

static int undelivered(void *context, const struct hall_undelivered *u)
{
    struct sending *g = context;
    return hall_undelivered(g->config.hall, u);
}

static int give_up(void *context, const struct outlet_dead *dead)
{
    return mail_reply_give_up(((struct sending *)context)->reply, dead);
}

static void mended(void *context, int64_t ticket)
{
    hall_mended(((struct sending *)context)->config.hall, ticket);
}

static bool on_duty(void *context, const char *department)
{
    struct sending *g = context;
    return hall_on_duty(g->config.hall, department);
}

static const char *page(void *context, const char *path, struct arena *arena)
{
    struct sending *g = context;
    return server_page(g->config.server, path, arena);
}

static int add_mail(struct sending *g)
{
    g->mail = mail_new(&(struct mail_config){.clock = g->config.clock,
                                             .fetcher = g->config.fetcher,
                                             .outlet = g->outlet,
                                             .site = g->config.site,
                                             .context = g,
                                             .wake = wake,
                                             .secret = secret_of});
    if (g->mail != NULL)
        g->reply = mail_reply_new(&(struct mail_reply_config){.store = g->config.store,
                                                              .outlet = g->outlet,
                                                              .mail = g->mail,
                                                              .context = g,
                                                              .allows = allows,
                                                              .replied = replied,
                                                              .undelivered = undelivered});
    if (g->reply != NULL)
        g->duty = duty_new(&(struct duty_config){.store = g->config.store,
                                                 .clock = g->config.clock,
                                                 .outlet = g->outlet,
                                                 .mail = g->mail,
                                                 .context = g,
                                                 .on_duty = on_duty,
                                                 .page = page});
    if (g->duty == NULL)
        return -1;
    hall_reply_with(g->config.hall, &(struct hall_replier){g->reply, mail_reply_begin, mail_reply_told});
    return 0;
}

static void numbered(void *context, uint64_t delivery, bool kept)
{
    tracker_numbered(((struct sending *)context)->tracker, (int64_t)delivery, kept);
}

static int number_of(void *context, int64_t delivery, int64_t ticket, const char *lang, const char *outside)
{
    struct sending *g = context;
    const struct hall_number number = {.ticket = ticket, .outside = outside, .lang = lang};
    return hall_outside(g->config.hall, &number, (uint64_t)delivery, numbered, g);
}

struct sending *sending_new(const struct sending_config *config)
{
    struct sending *g = calloc(1, sizeof *g);
    if (g == NULL)
        return NULL;
    g->config = *config;
    g->outlet = outlet_new(&(struct outlet_config){.clock = config->clock,
                                                   .store = config->store,
                                                   .context = g,
                                                   .wake_in = wake_in,
                                                   .give_up = give_up,
                                                   .mended = mended});
    if (g->outlet != NULL)
        g->hooks = ticket_hooks_new(&(struct ticket_hooks_config){.clock = config->clock,
                                                                  .fetcher = config->fetcher,
                                                                  .outlet = g->outlet,
                                                                  .context = g,
                                                                  .wake = wake,
                                                                  .secret = secret_of});
    if (g->hooks != NULL)
        g->tracker = tracker_new(&(struct tracker_config){.clock = config->clock,
                                                          .fetcher = config->fetcher,
                                                          .outlet = g->outlet,
                                                          .context = g,
                                                          .wake = wake,
                                                          .secret = secret_of,
                                                          .number = number_of});
    if (g->tracker != NULL && add_mail(g) == 0)
        return g;
    sending_free(g);
    return NULL;
}

void sending_free(struct sending *g)
{
    if (g == NULL)
        return;
    ticket_hooks_free(g->hooks);
    duty_free(g->duty);
    mail_reply_free(g->reply);
    mail_free(g->mail);
    tracker_free(g->tracker);
    outlet_free(g->outlet);
    edition_unpin(g->edition);
    free(g);
}

int sending_publish(struct sending *g, struct edition *edition)
{
    struct outlet_source sources[OUTLET_SOURCES_MAX];
    struct arena *names = arena_new(NAMES_BYTES);
    if (names == NULL)
        return -1;
    const struct settings *settings = view_settings(edition_view(edition));
    struct edition *before = g->edition;
    g->edition = edition_pin(edition);
    mail_settings(g->mail, settings);
    mail_reply_settings(g->reply, settings);
    size_t count = ticket_hooks_settings(g->hooks, settings, names, sources, OUTLET_SOURCES_MAX);
    count += duty_settings(g->duty, settings, sources + count, OUTLET_SOURCES_MAX - count);
    count += tracker_settings(g->tracker, settings, sources + count, OUTLET_SOURCES_MAX - count);
    int result = arena_failed(names) ? -1 : outlet_sources(g->outlet, sources, count);
    edition_unpin(before);
    arena_free(names);
    return result;
}

struct outlet *sending_outlet(struct sending *g)
{
    return g->outlet;
}

void sending_pump(struct sending *g)
{
    ticket_hooks_pump(g->hooks);
    mail_pump(g->mail);
    tracker_pump(g->tracker);
    outlet_pump(g->outlet);
}

void sending_metrics(const struct sending *g, struct buf *out)
{
    outlet_metrics(g->outlet, out);
}
