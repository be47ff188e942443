/* Webhooks under way: see caller.h. */
#include "hooks/caller.h"

#include "base/log.h"

#include <stdlib.h>
#include <string.h>

enum { CALL_ARENA_BYTES = 1 << 20, SECRET_BYTES = 64 << 10, NAMES_MAX = SETTINGS_WEBHOOKS_MAX, NAME_BYTES = 100 };

/* One call. Its strings lie in its arena, so that a new edition changes nothing about it. */
struct one {
    struct caller *caller;
    struct one *next;
    uint64_t number;
    struct arena *arena;
    struct settings settings; /* only what a request needs: webhook_hosts */
    struct webhook webhook;
    const char *secret;
    struct webhook_call call;
    bool safe, ended;
    int tried;
    int64_t until_ms, again_ms; /* again_ms: when to try again, 0 = a request is under way */
    uintptr_t fetch;
};

/* How a webhook has been doing, by name. */
struct health {
    char name[NAME_BYTES];
    bool failing;
};

struct caller {
    struct caller_config config;
    struct mailbox *answers;
    struct one *calls;
    size_t count;
    struct health health[NAMES_MAX];
    size_t health_count;
    uint64_t good, failed, tries;
};

struct caller *caller_new(const struct caller_config *config)
{
    struct caller *c = calloc(1, sizeof *c);
    if (c == NULL)
        return NULL;
    c->config = *config;
    c->answers = mailbox_new(CALLER_MOST, config->wake, config->context);
    if (c->answers != NULL)
        return c;
    free(c);
    return NULL;
}

/* --- one call ------------------------------------------------------------------------------------- */

static void one_free(struct one *o)
{
    struct one **at = &o->caller->calls;
    while (*at != NULL && *at != o)
        at = &(*at)->next;
    if (*at == o) {
        *at = o->next;
        o->caller->count--;
    }
    arena_free(o->arena);
    free(o);
}

static struct one *find(const struct caller *c, uint64_t number)
{
    struct one *o = c->calls;
    while (o != NULL && o->number != number)
        o = o->next;
    return o;
}

/* A line in the log when a webhook begins to fail, and when it is back. */
static void note(struct caller *c, const char *name, bool good, const char *why)
{
    size_t i = 0;
    while (i < c->health_count && strcmp(c->health[i].name, name) != 0)
        i++;
    if (i == NAMES_MAX)
        return;
    if (i == c->health_count) {
        snprintf(c->health[i].name, NAME_BYTES, "%s", name);
        c->health[c->health_count++].failing = false;
    }
    if (c->health[i].failing == !good)
        return;
    c->health[i].failing = !good;
    if (good)
        log_line(LOG_LEVEL_INFO, "webhook_back", "name", name, NULL);
    else
        log_line(LOG_LEVEL_WARNING, "webhook_failing", "name", name, "why", why, "mend",
                 "see to that service; until then flows take their way out", NULL);
}

static void finish(struct one *o, bool ok, const struct variable *values, size_t count, const char *why)
{
    struct caller *c = o->caller;
    /* One that nobody waits for any more says nothing about its webhook. */
    if (!o->ended) {
        ok ? c->good++ : c->failed++;
        note(c, o->webhook.name, ok, why);
        c->config.called(c->config.context, o->number, ok, values, count);
    }
    one_free(o);
}

/* Sends a try. -1 with words where it cannot be. */
static int send_try(struct one *o, char why[WEBHOOK_WHY_BYTES])
{
    struct caller *c = o->caller;
    int64_t left = o->until_ms - clock_mono_ms(c->config.clock);
    o->call.timeout_ms = left > 1 ? (int)left : 1;
    struct fetch *f = webhook_request(&o->settings, &o->webhook, o->secret, &o->call, why);
    if (f == NULL)
        return -1;
    f->id = o->number;
    c->tries++;
    o->tried++;
    o->again_ms = 0;
    if (fetch_send(c->config.fetcher, f, c->answers, &o->fetch) == 0)
        return 0;
    fetch_free(f);
    snprintf(why, WEBHOOK_WHY_BYTES, "too many requests are under way");
    return -1;
}

/* Whether another try is worth while; then it is due after a pause. */
static bool put_off(struct one *o)
{
    int64_t now = clock_mono_ms(o->caller->config.clock);
    int64_t pause = (int64_t)WEBHOOK_BACKOFF_MS << (o->tried - 1);
    if (!o->safe || o->ended || o->tried >= WEBHOOK_TRIES || now + pause >= o->until_ms)
        return false;
    o->again_ms = now + pause;
    o->caller->config.wake_in(o->caller->config.context, (int)pause);
    return true;
}

static void came_back(struct one *o, const struct fetch *f)
{
    const struct variable *values;
    size_t count;
    char why[WEBHOOK_WHY_BYTES];
    enum webhook_verdict verdict = webhook_take(f, o->arena, &values, &count, why);
    if (verdict != WEBHOOK_AGAIN || !put_off(o))
        finish(o, verdict == WEBHOOK_GOOD, values, count, why);
}

static void try_again(struct caller *c)
{
    int64_t now = clock_mono_ms(c->config.clock);
    for (struct one *o = c->calls, *next; o != NULL; o = next) {
        char why[WEBHOOK_WHY_BYTES];
        next = o->next;
        if (o->again_ms == 0)
            continue;
        /* The loop keeps the soonest moment only: the others ask again whenever it comes round. */
        if (now < o->again_ms)
            c->config.wake_in(c->config.context, (int)(o->again_ms - now));
        else if (send_try(o, why) < 0)
            finish(o, false, NULL, 0, why);
    }
}

void caller_pump(struct caller *c)
{
    void *item;
    while (mailbox_take(c->answers, &item, 1) == 1) {
        struct fetch *f = item;
        struct one *o = find(c, f->id);
        if (o != NULL)
            came_back(o, f);
        fetch_free(f);
    }
    try_again(c);
}

/* --- the hall's side ------------------------------------------------------------------------------ */

static int copy_hosts(struct one *o, const struct string_list *hosts)
{
    struct string_list *copy = &o->settings.webhook_hosts;
    copy->items = arena_array(o->arena, hosts->count + 1, sizeof *copy->items);
    for (size_t i = 0; copy->items != NULL && i < hosts->count; i++)
        copy->items[copy->count++] = arena_strdup(o->arena, hosts->items[i]);
    return arena_failed(o->arena) ? -1 : 0;
}

static int copy_call(struct one *o, const struct webhook *w, const struct hall_call *h)
{
    struct arena *arena = o->arena;
    struct variable *sends = arena_array(arena, h->send_count + 1, sizeof *sends);
    for (size_t i = 0; sends != NULL && i < h->send_count; i++)
        sends[i] = (struct variable){arena_strdup(arena, h->sends[i].name), arena_strdup(arena, h->sends[i].value)};
    o->webhook = (struct webhook){.name = arena_strdup(arena, w->name),
                                  .url = arena_strdup(arena, w->url),
                                  .secret = arena_strdup(arena, w->secret),
                                  .timeout_ms = w->timeout_ms};
    o->call.id = arena_strdup(arena, h->id);
    o->call.once = !h->safe;
    o->call.said = (struct hook_call){.type = o->webhook.name,
                                      .intent = arena_strdup(arena, h->intent),
                                      .lang = arena_strdup(arena, h->lang),
                                      .visitor = h->visitor != NULL ? arena_strdup(arena, h->visitor) : NULL,
                                      .at_seconds = h->at_seconds,
                                      .sends = sends,
                                      .send_count = h->send_count};
    return arena_failed(arena) ? -1 : 0;
}

static struct one *one_new(struct caller *c, const struct settings *settings, const struct webhook *w,
                           const struct hall_call *h)
{
    struct one *o = c->count < CALLER_MOST ? calloc(1, sizeof *o) : NULL;
    if (o == NULL)
        return NULL;
    *o = (struct one){.caller = c, .number = h->number, .safe = h->safe, .next = c->calls};
    c->calls = o;
    c->count++;
    o->arena = arena_new(CALL_ARENA_BYTES);
    if (o->arena != NULL && copy_call(o, w, h) == 0 && copy_hosts(o, &settings->webhook_hosts) == 0)
        return o;
    one_free(o);
    return NULL;
}

int caller_begin(void *context, const struct settings *settings, const struct hall_call *h)
{
    struct caller *c = context;
    const struct webhook *w = settings_webhook(settings, h->webhook);
    char why[WEBHOOK_WHY_BYTES] = "the site has no such webhook any more";
    struct one *o = w != NULL ? one_new(c, settings, w, h) : NULL;
    if (o == NULL) {
        c->failed++;
        note(c, h->webhook, false, w == NULL ? why : "too many calls are under way");
        return -1;
    }
    o->until_ms = clock_mono_ms(c->config.clock) + (h->timeout_ms > 0 ? h->timeout_ms : w->timeout_ms);
    o->secret = c->config.secret(c->config.context, o->webhook.secret, o->arena);
    snprintf(why, sizeof why, "its secret “%s” is missing", o->webhook.secret);
    if (o->secret != NULL && send_try(o, why) == 0)
        return 0;
    c->failed++;
    note(c, o->webhook.name, false, why);
    one_free(o);
    return -1;
}

void caller_end(void *context, uint64_t number)
{
    struct one *o = find(context, number);
    if (o == NULL || o->ended)
        return;
    o->ended = true;
    if (o->again_ms != 0)
        one_free(o);
    else
        fetch_cancel(o->caller->config.fetcher, o->fetch);
}

void caller_free(struct caller *c)
{
    if (c == NULL)
        return;
    for (struct one *o = c->calls; o != NULL; o = o->next)
        o->ended = true;
    caller_pump(c);
    while (c->calls != NULL)
        one_free(c->calls);
    mailbox_free(c->answers);
    free(c);
}

void caller_metrics(const struct caller *c, struct buf *out)
{
    buf_printf(
        out,
        "# HELP sportello_webhooks_total Calls of webhooks that ended.\n# TYPE sportello_webhooks_total counter\n"
        "sportello_webhooks_total{result=\"good\"} %llu\nsportello_webhooks_total{result=\"failed\"} %llu\n"
        "# HELP sportello_webhook_tries_total Requests sent for them.\n"
        "# TYPE sportello_webhook_tries_total counter\nsportello_webhook_tries_total %llu\n"
        "# HELP sportello_webhooks_open Calls under way.\n# TYPE sportello_webhooks_open gauge\n"
        "sportello_webhooks_open %zu\n",
        (unsigned long long)c->good, (unsigned long long)c->failed, (unsigned long long)c->tries, c->count);
}
