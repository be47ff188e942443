/* Tickets told to the company's services: see ticket_hooks.h. */
#include "hooks/ticket_hooks.h"

#include "hooks/webhook.h"
#include "wire/ticket_json.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ANSWERS = OUTLET_MOST, SECRET_BYTES = 64 << 10, AT_ONCE = 4 };

static const char prefix[] = "hook:";

struct ticket_hooks {
    struct ticket_hooks_config config;
    const struct settings *settings;
    struct mailbox *answers;
    char why[WEBHOOK_WHY_BYTES]; /* of a begin that failed */
};

/* --- wording ------------------------------------------------------------------------------------------- */

static bool wants(const struct ticket_hook *hook, const char *event)
{
    for (size_t i = 0; i < hook->events.count; i++)
        if (strcmp(hook->events.items[i], event) == 0)
            return true;
    return false;
}

static int make(void *context, const struct outlet_source *source, const struct ticket_step *step, struct arena *arena,
                struct delivery_new ret[OUTLET_MAKE_MAX])
{
    const struct ticket_hooks *h = context;
    const char *name = source->name + strlen(prefix), *event = ticket_event_of(step);
    const struct ticket_hook *hook = settings_ticket_hook(h->settings, name);
    struct buf body;
    if (event == NULL || hook == NULL || !wants(hook, event))
        return 0;
    buf_init(&body, DELIVERY_BODY_BYTES);
    int result = ticket_json(event, step, &body);
    ret[0] = (struct delivery_new){.kind = "hook",
                                   .target = arena_strdup(arena, name),
                                   .ref = arena_printf(arena, "step:%" PRId64, step->id),
                                   .ticket = step->ticket.id,
                                   .body = result == 0 ? arena_strndup(arena, body.data, body.size) : NULL,
                                   .body_size = body.size};
    buf_free(&body);
    return result == 0 && !arena_failed(arena) ? 1 : -1;
}

size_t ticket_hooks_settings(struct ticket_hooks *h, const struct settings *settings, struct arena *arena,
                             struct outlet_source *ret, size_t room)
{
    size_t count = 0;
    h->settings = settings;
    for (size_t i = 0; i < settings->ticket_hook_count && count < room; i++) {
        const char *name = arena_printf(arena, "%s%s", prefix, settings->ticket_hooks[i].name);
        if (name != NULL)
            ret[count++] = (struct outlet_source){.name = name, .with_said = true, .make = make, .context = h};
    }
    return count;
}

/* --- sending ------------------------------------------------------------------------------------------- */

static int refuse(struct ticket_hooks *h, struct outlet_result *ret, enum outlet_end end)
{
    *ret = (struct outlet_result){.end = end, .down = end == OUTLET_AGAIN, .why = h->why};
    return -1;
}

static struct fetch *request(struct ticket_hooks *h, const struct ticket_hook *hook, const struct delivery *d)
{
    struct arena *arena = arena_new(SECRET_BYTES);
    const char *secret = arena != NULL ? h->config.secret(h->config.context, hook->secret, arena) : NULL;
    struct fetch *f = NULL;
    const struct webhook_post post = {.id = d->uid,
                                      .url = hook->url,
                                      .secret_name = hook->secret,
                                      .secret = secret,
                                      .at_seconds = clock_wall_ms(h->config.clock) / 1000,
                                      .body = d->body,
                                      .body_size = d->body_size,
                                      .timeout_ms = TICKET_HOOK_TIMEOUT_MS};
    if (secret == NULL)
        snprintf(h->why, sizeof h->why, "its secret “%s” is missing", hook->secret);
    else
        f = webhook_post_request(h->settings, &post, h->why);
    arena_free(arena);
    return f;
}

static int begin(void *context, const struct delivery *d, struct outlet_result *ret)
{
    struct ticket_hooks *h = context;
    const struct ticket_hook *hook = h->settings != NULL ? settings_ticket_hook(h->settings, d->target) : NULL;
    uintptr_t number;
    if (hook == NULL) {
        snprintf(h->why, sizeof h->why, "the settings have no such ticket hook any more");
        return refuse(h, ret, OUTLET_DEAD);
    }
    struct fetch *f = request(h, hook, d);
    if (f == NULL)
        return refuse(h, ret, OUTLET_AGAIN);
    f->id = (uint64_t)d->id;
    if (fetch_send(h->config.fetcher, f, h->answers, &number) == 0)
        return 0;
    fetch_free(f);
    snprintf(h->why, sizeof h->why, "too many requests are under way");
    return refuse(h, ret, OUTLET_AGAIN);
}

static void came_back(struct ticket_hooks *h, const struct fetch *f)
{
    char why[WEBHOOK_WHY_BYTES];
    bool good = f->result == FETCH_OK && f->status >= 200 && f->status <= 299, again = webhook_may_help(f);
    struct outlet_result r = {.end = good ? OUTLET_SENT : again ? OUTLET_AGAIN : OUTLET_DEAD, .why = why};
    if (f->result == FETCH_CANCELLED)
        r.end = OUTLET_AGAIN; /* the program ends, or has no memory: neither is the receiver's fault */
    else
        r.down = again;
    if (f->result == FETCH_OK)
        snprintf(why, sizeof why, "it answers %d%s", f->status,
                 f->status >= 300 && f->status < 400 ? ": redirects are not followed" : "");
    else
        snprintf(why, sizeof why, "%s", f->why);
    r.retry_after_ms = f->retry_after_s < OUTLET_WAIT_MOST_MS / 1000 ? f->retry_after_s * 1000 : OUTLET_WAIT_MOST_MS;
    outlet_ended(h->config.outlet, (int64_t)f->id, &r);
}

void ticket_hooks_pump(struct ticket_hooks *h)
{
    void *item;
    while (mailbox_take(h->answers, &item, 1) == 1) {
        came_back(h, item);
        fetch_free(item);
    }
}

/* --- life ---------------------------------------------------------------------------------------------- */

struct ticket_hooks *ticket_hooks_new(const struct ticket_hooks_config *config)
{
    struct ticket_hooks *h = calloc(1, sizeof *h);
    if (h == NULL)
        return NULL;
    h->config = *config;
    h->answers = mailbox_new(ANSWERS, config->wake, config->context);
    const struct outlet_kind kind = {.name = "hook", .at_once = AT_ONCE, .begin = begin, .context = h};
    if (h->answers != NULL && outlet_add_kind(config->outlet, &kind) == 0)
        return h;
    ticket_hooks_free(h);
    return NULL;
}

void ticket_hooks_free(struct ticket_hooks *h)
{
    void *item;
    if (h == NULL)
        return;
    while (h->answers != NULL && mailbox_take(h->answers, &item, 1) == 1)
        fetch_free(item);
    mailbox_free(h->answers);
    free(h);
}
