/* Agents told by Web Push: see pusher.h. */
#include "hooks/pusher.h"

#include "base/log.h"
#include "hooks/push_address.h"
#include "hooks/push_pace.h"
#include "hooks/webhook.h"
#include "store/push.h"
#include "wire/subscription.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    ANSWER_BYTES = 4096,
    BODY_BYTES = 8192,
    BLOCK_BYTES = 256, /* messages are filled up to this */
    SETTINGS_BYTES = 1 << 20,
    HOST_BYTES = 256
};

/* How long a push service keeps what it cannot deliver, and who chose not to be told. */
static const struct {
    const char *name, *ttl;
    enum presence least_quiet; /* from this presence on it is not told */
} kinds[PUSH_KINDS] = {
    [PUSH_WAITING] = {"waiting", "300", PRESENCE_NO_MORE},
    [PUSH_SAID] = {"message", "1800", PRESENCE_AWAY},
};

struct pusher {
    struct pusher_config config;
    struct mailbox *answers;
    size_t under_way;
    struct arena *arena; /* of the settings below */
    struct settings settings;
    struct push_pace *pace;
    bool failing;
    uint64_t sent, failed, gone, held;
};

/* A list that was asked for, with what is to be told. */
struct asking {
    struct store_push_list list;
    enum push_kind kind;
    int64_t ticket;
    const char *department; /* its id */
};

struct pusher *pusher_new(const struct pusher_config *config)
{
    struct pusher *p = calloc(1, sizeof *p);
    if (p == NULL)
        return NULL;
    p->config = *config;
    p->arena = arena_new(SETTINGS_BYTES);
    p->pace = push_pace_new();
    p->answers = mailbox_new(PUSHER_MOST, config->wake, config->context);
    if (p->arena != NULL && p->pace != NULL && p->answers != NULL)
        return p;
    pusher_free(p);
    return NULL;
}

void pusher_free(struct pusher *p)
{
    void *item;
    if (p == NULL)
        return;
    while (p->answers != NULL && mailbox_take(p->answers, &item, 1) == 1)
        fetch_free(item);
    mailbox_free(p->answers);
    arena_free(p->arena);
    push_pace_free(p->pace);
    free(p);
}

/* --- settings --------------------------------------------------------------------------------------- */

static void copy_departments(struct pusher *p, const struct settings *from)
{
    struct department *list = arena_array(p->arena, from->department_count + 1, sizeof *list);
    for (size_t i = 0; list != NULL && i < from->department_count; i++) {
        const struct department *d = &from->departments[i];
        list[i] = (struct department){.id = arena_strdup(p->arena, d->id)};
        for (size_t l = 0; l < SETTINGS_LANGUAGES_MAX; l++)
            list[i].name.in[l] = d->name.in[l] != NULL ? arena_strdup(p->arena, d->name.in[l]) : NULL;
        p->settings.department_count++;
    }
    p->settings.departments = list;
}

static struct string_list copy_list(struct pusher *p, const struct string_list *from)
{
    struct string_list copy = {.items = arena_array(p->arena, from->count + 1, sizeof *copy.items)};
    for (size_t i = 0; copy.items != NULL && i < from->count; i++)
        copy.items[copy.count++] = arena_strdup(p->arena, from->items[i]);
    return copy;
}

void pusher_settings(struct pusher *p, const struct settings *from)
{
    bool https = strncmp(from->public_url, "https://", 8) == 0;
    arena_reset(p->arena);
    p->settings = (struct settings){.push_per_minute = from->push_per_minute};
    p->settings.push_contact = from->push_contact[0] != '\0' ? arena_printf(p->arena, "mailto:%s", from->push_contact)
                                                             : arena_strdup(p->arena, https ? from->public_url : "");
    p->settings.languages = copy_list(p, &from->languages);
    p->settings.webhook_hosts = copy_list(p, &from->webhook_hosts);
    copy_departments(p, from);
    if (arena_failed(p->arena))
        p->settings = (struct settings){.push_contact = ""}; /* nobody is told until the next edition */
}

bool pusher_accepts(const struct pusher *p, const char *endpoint)
{
    return push_address_fits(endpoint, &p->settings.webhook_hosts);
}

/* --- one push ------------------------------------------------------------------------------------------ */

static struct fetch *make_request(struct pusher *p, const struct asking *a, const struct push_row *r)
{
    char authorization[PUSH_SIGNED_BYTES + 32], value[PUSH_SIGNED_BYTES], ttl[32], topic[48];
    bool listed = webhook_listed(&p->settings.webhook_hosts, r->endpoint);
    unsigned anywhere = REACH_LOOPBACK | REACH_PRIVATE | REACH_PUBLIC;
    const struct department *d = settings_department(&p->settings, a->department);
    const struct subscription_message m = {.kind = kinds[a->kind].name,
                                           .ticket = a->ticket,
                                           .department = d != NULL ? settings_text(&p->settings, &d->name, r->lang)
                                                                   : a->department,
                                           .lang = r->lang};
    struct fetch *f = NULL;
    struct buf text, body;
    buf_init(&text, PUSH_MESSAGE_BYTES);
    buf_init(&body, BODY_BYTES);
    if (subscription_write(&m, &text) == 0 &&
        push_sign(p->config.pair, r->endpoint, p->settings.push_contact, clock_wall_ms(p->config.clock) / 1000,
                  value) == 0 &&
        push_seal(&(struct push_sealing){.p256dh = r->p256dh,
                                         .auth = r->auth,
                                         .message = text.data,
                                         .size = text.size,
                                         .fill = BLOCK_BYTES - text.size % BLOCK_BYTES},
                  &body) == 0) {
        snprintf(authorization, sizeof authorization, "Authorization: %s", value);
        snprintf(ttl, sizeof ttl, "TTL: %s", kinds[a->kind].ttl);
        snprintf(topic, sizeof topic, "Topic: %s-%lld", kinds[a->kind].name, (long long)a->ticket);
        const char *headers[] = {authorization,
                                 ttl,
                                 topic,
                                 "Urgency: high",
                                 "Content-Type: application/octet-stream",
                                 "Content-Encoding: aes128gcm"};
        const struct fetch_request request = {.method = "POST",
                                              .url = r->endpoint,
                                              .headers = headers,
                                              .header_count = sizeof headers / sizeof *headers,
                                              .body = body.data,
                                              .body_size = body.size,
                                              .timeout_ms = PUSHER_MS,
                                              .answer_bytes = ANSWER_BYTES,
                                              .reach = listed ? anywhere : REACH_PUBLIC,
                                              .plain = listed ? anywhere : 0};
        f = fetch_new(&request);
    }
    buf_free(&text);
    buf_free(&body);
    return f;
}

static void send_to(struct pusher *p, const struct asking *a, const struct push_row *r)
{
    uintptr_t number;
    struct fetch *f = p->under_way < PUSHER_MOST ? make_request(p, a, r) : NULL;
    char *endpoint = f != NULL ? strdup(r->endpoint) : NULL;
    /* The address comes back with the answer, to be removed where it is known no longer. */
    if (endpoint != NULL)
        f->id = (uintptr_t)endpoint;
    if (endpoint != NULL && fetch_send(p->config.fetcher, f, p->answers, &number) == 0) {
        p->under_way++;
        return;
    }
    free(endpoint);
    fetch_free(f);
    p->held++;
}

static void listed(struct store_job *job)
{
    const struct asking *a = (const struct asking *)job;
    struct pusher *p = job->context;
    int64_t told = 0;
    bool may = false;
    for (size_t i = 0; job->result == STORE_OK && i < a->list.count; i++) {
        const struct push_row *r = &a->list.rows[i];
        if (r->presence >= (int)kinds[a->kind].least_quiet || p->config.here(p->config.context, r->user))
            continue;
        /* All browsers of one user's are one telling. */
        if (r->user != told)
            may = push_pace_spend(p->pace, r->user, p->settings.push_per_minute, clock_mono_ms(p->config.clock));
        told = r->user;
        if (may)
            send_to(p, a, r);
        else
            p->held++;
    }
    store_job_free(job);
}

static void ask(struct pusher *p, enum push_kind kind, const struct ticket *t, int64_t user)
{
    struct asking *a = push_pace_news(p->pace, kind, t, clock_mono_ms(p->config.clock))
                           ? store_job_new(&store_push_list_kind, sizeof *a, listed, p)
                           : NULL;
    if (a == NULL)
        return;
    struct arena *arena = a->list.job.arena;
    a->kind = kind;
    a->ticket = t->id;
    a->department = a->list.department = arena_strdup(arena, t->department);
    a->list.lang = arena_strdup(arena, t->lang);
    a->list.user = user;
    if (arena_failed(arena) || store_submit(p->config.store, &a->list.job) < 0)
        store_job_free(&a->list.job);
}

/* --- what the hall tells -------------------------------------------------------------------------------- */

void pusher_waiting(void *pusher, const struct ticket *t)
{
    ask(pusher, PUSH_WAITING, t, 0);
}

void pusher_said(void *pusher, const struct ticket *t)
{
    if (t->owner != 0)
        ask(pusher, PUSH_SAID, t, t->owner);
}

static void stored(struct store_job *job)
{
    store_job_free(job);
}

void pusher_presence(void *pusher, int64_t user, enum presence presence)
{
    struct pusher *p = pusher;
    struct store_push_presence *j =
        presence != PRESENCE_OFFLINE ? store_job_new(&store_push_presence_kind, sizeof *j, stored, p) : NULL;
    if (j == NULL)
        return;
    j->user = user;
    j->presence = (int)presence;
    if (store_submit(p->config.store, &j->job) < 0)
        store_job_free(&j->job);
}

/* --- what comes back ------------------------------------------------------------------------------------- */

static void forget(struct pusher *p, const char *endpoint)
{
    struct store_push_drop *j = store_job_new(&store_push_drop_kind, sizeof *j, stored, p);
    p->gone++;
    if (j == NULL)
        return;
    j->endpoint = arena_strdup(j->job.arena, endpoint);
    if (arena_failed(j->job.arena) || store_submit(p->config.store, &j->job) < 0)
        store_job_free(&j->job);
}

/* A line when it begins to fail and one when it works again; the address is a secret of the browser's but its host. */
static void note(struct pusher *p, bool good, const char *endpoint, const char *why)
{
    char host[HOST_BYTES];
    good ? p->sent++ : p->failed++;
    if (p->failing == !good)
        return;
    p->failing = !good;
    const char *at = strstr(endpoint, "://");
    at = at != NULL ? at + 3 : endpoint;
    snprintf(host, sizeof host, "%.*s", (int)strcspn(at, "/?#"), at);
    if (good)
        log_line(LOG_LEVEL_INFO, "push_back", "host", host, NULL);
    else
        log_line(LOG_LEVEL_WARNING, "push_failing", "host", host, "why", why, "mend",
                 "agents are told by open pages only until this push service takes messages again", NULL);
}

static void came_back(struct pusher *p, const struct fetch *f, const char *endpoint)
{
    char why[64];
    if (f->result == FETCH_CANCELLED)
        return;
    if (f->result != FETCH_OK) {
        note(p, false, endpoint, f->why);
    } else if (f->status == 404 || f->status == 410) {
        forget(p, endpoint);
    } else {
        snprintf(why, sizeof why, "it answered %d", f->status);
        note(p, f->status >= 200 && f->status < 300, endpoint, why);
    }
}

void pusher_pump(struct pusher *p)
{
    void *item;
    while (mailbox_take(p->answers, &item, 1) == 1) {
        struct fetch *f = item;
        char *endpoint = (char *)(uintptr_t)f->id;
        p->under_way--;
        came_back(p, f, endpoint);
        free(endpoint);
        fetch_free(f);
    }
}

void pusher_metrics(const struct pusher *p, struct buf *out)
{
    buf_printf(out,
               "# HELP sportello_pushes_total Messages to agents' browsers.\n# TYPE sportello_pushes_total counter\n"
               "sportello_pushes_total{result=\"sent\"} %llu\nsportello_pushes_total{result=\"failed\"} %llu\n"
               "sportello_pushes_total{result=\"gone\"} %llu\nsportello_pushes_total{result=\"held\"} %llu\n",
               (unsigned long long)p->sent, (unsigned long long)p->failed, (unsigned long long)p->gone,
               (unsigned long long)p->held);
}
