/* What a service knows of customers: see customers.h. */
#include "hooks/customers.h"

#include "base/hash.h"
#include "base/log.h"
#include "hooks/breaker.h"
#include "hooks/webhook.h"
#include "wire/customer.h"

#include <inttypes.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    ARENA_BYTES = 1 << 20,
    CARD_BYTES = 256 << 10,
    SENDS_MAX = 48,
    FAILURES = 5,
    PAUSE_MS = 30000,
    ID_RANDOM_BYTES = 16
};

/* One question under way. */
struct asking {
    struct asking *next;
    uint64_t id, number, key;
    int64_t since_ms;
};

/* A card that came, or that there was none. */
struct kept {
    uint64_t key; /* 0 = nothing is here */
    int64_t until_ms;
    char *json; /* NULL = the service does not know them */
    size_t size;
};

struct customers {
    struct customers_config config;
    struct mailbox *answers;
    struct asking *asking;
    size_t count;
    uint64_t last_id;
    struct kept kept[CUSTOMERS_KEPT];
    size_t kept_next;
    struct breaker breaker;
    uint64_t good, unknown, failed, from_memory;
};

struct customers *customers_new(const struct customers_config *config)
{
    struct customers *c = calloc(1, sizeof *c);
    if (c == NULL)
        return NULL;
    c->config = *config;
    c->breaker = (struct breaker){.most = FAILURES, .pause_ms = PAUSE_MS};
    c->answers = mailbox_new(CUSTOMERS_MOST, config->wake, config->context);
    if (c->answers != NULL)
        return c;
    free(c);
    return NULL;
}

static void drop(struct customers *c, struct asking *a)
{
    struct asking **at = &c->asking;
    while (*at != a)
        at = &(*at)->next;
    *at = a->next;
    c->count--;
    free(a);
}

void customers_free(struct customers *c)
{
    void *item;
    if (c == NULL)
        return;
    while (mailbox_take(c->answers, &item, 1) == 1)
        fetch_free(item);
    mailbox_free(c->answers);
    while (c->asking != NULL)
        drop(c, c->asking);
    for (size_t i = 0; i < CUSTOMERS_KEPT; i++)
        free(c->kept[i].json);
    free(c);
}

/* --- what is kept --------------------------------------------------------------------------------------- */

static void tell(struct customers *c, uint64_t number, const char *json, size_t size, const char *why)
{
    c->config.told(c->config.context, number, json, size, json != NULL ? "" : why);
}

static const struct kept *find_kept(const struct customers *c, uint64_t key)
{
    int64_t now = clock_mono_ms(c->config.clock);
    for (size_t i = 0; i < CUSTOMERS_KEPT; i++)
        if (c->kept[i].key == key && c->kept[i].until_ms > now)
            return &c->kept[i];
    return NULL;
}

/* Takes over the text, which may be NULL. */
static void keep(struct customers *c, const struct asking *a, char *json, size_t size)
{
    struct kept *k = &c->kept[c->kept_next++ % CUSTOMERS_KEPT];
    free(k->json);
    *k = (struct kept){.key = a->key, .until_ms = a->since_ms + CUSTOMERS_KEPT_MS, .json = json, .size = size};
}

/* --- the question --------------------------------------------------------------------------------------- */

/* What is known of the visitor, from the ticket: each under its name. */
struct facts {
    struct arena *arena;
    struct variable list[SENDS_MAX];
    size_t count;
};

static void add(struct facts *f, const char *name, const char *value)
{
    if (value != NULL && value[0] != '\0' && f->count < SENDS_MAX)
        f->list[f->count++] = (struct variable){name, value};
}

/* Slots are lines of name TAB value. */
static void add_slots(struct facts *f, const char *lines)
{
    while (lines != NULL && *lines != '\0') {
        size_t size = strcspn(lines, "\n"), name = strcspn(lines, "\t\n");
        if (name > 0 && name < size)
            add(f, arena_printf(f->arena, "slot.%.*s", (int)name, lines),
                arena_strndup(f->arena, lines + name + 1, size - name - 1));
        lines += size + (lines[size] == '\n');
    }
}

/* False = nothing is known by which a customer could be told from another. */
static bool collect(const struct ticket *t, struct facts *f)
{
    bool mail = strchr(t->contact, '@') != NULL;
    add(f, mail ? "email" : "phone", t->contact);
    add_slots(f, t->slots);
    bool known = f->count > 0 || t->identity[0] != '\0';
    add(f, "name", t->name);
    return known;
}

static uint64_t key_of(const struct ticket *t, const struct facts *f)
{
    uint64_t key = hash_mix((uint64_t)t->conversation) ^ hash_keyed(t->identity, strlen(t->identity));
    for (size_t i = 0; i < f->count; i++) {
        key = key * 31 + hash_keyed(f->list[i].name, strlen(f->list[i].name));
        key = key * 31 + hash_keyed(f->list[i].value, strlen(f->list[i].value));
    }
    return key != 0 ? key : 1;
}

static struct fetch *make_request(struct customers *c, const struct settings *settings, const struct webhook *w,
                                  const struct ticket *t, struct facts *f, char why[WEBHOOK_WHY_BYTES])
{
    unsigned char random[ID_RANDOM_BYTES];
    char id[WEBHOOK_ID_BYTES] = "card_", number[32];
    const char *secret = c->config.secret(c->config.context, w->secret, f->arena);
    randombytes_buf(random, sizeof random);
    sodium_bin2hex(id + 5, sizeof id - 5, random, sizeof random);
    snprintf(number, sizeof number, "%" PRId64, t->id);
    add(f, "ticket", number);
    add(f, "department", t->department);
    snprintf(why, WEBHOOK_WHY_BYTES, "its secret “%s” is missing", w->secret);
    if (secret == NULL)
        return NULL;
    const struct webhook_call call = {.id = id,
                                      .said = {.type = w->name,
                                               .intent = "",
                                               .lang = t->lang,
                                               .visitor = t->identity[0] != '\0' ? t->identity : NULL,
                                               .at_seconds = clock_wall_ms(c->config.clock) / 1000,
                                               .sends = f->list,
                                               .send_count = f->count},
                                      .timeout_ms = settings->customer_card_timeout_ms};
    return webhook_request(settings, w, secret, &call, why);
}

/* One line when it begins to fail and one when it is back. */
static void note(struct customers *c, bool good, const char *why)
{
    enum breaker_change change = breaker_note(&c->breaker, clock_mono_ms(c->config.clock), good);
    if (change == BREAKER_OPENED)
        log_line(LOG_LEVEL_WARNING, "customer_card_failing", "why", why, "mend",
                 "see to the service that customer_card names; agents see “not available” meanwhile", NULL);
    else if (change == BREAKER_CLOSED)
        log_line(LOG_LEVEL_INFO, "customer_card_back", NULL);
}

static void fail(struct customers *c, uint64_t number, const char *why)
{
    c->failed++;
    note(c, false, why);
    tell(c, number, NULL, 0, "not_available");
}

static int send_off(struct customers *c, struct fetch *f, uint64_t number, uint64_t key)
{
    uintptr_t handle;
    struct asking *a = c->count < CUSTOMERS_MOST ? calloc(1, sizeof *a) : NULL;
    if (a == NULL)
        return -1;
    *a = (struct asking){c->asking, ++c->last_id, number, key, clock_mono_ms(c->config.clock)};
    c->asking = a;
    c->count++;
    f->id = a->id;
    if (fetch_send(c->config.fetcher, f, c->answers, &handle) == 0)
        return 0;
    drop(c, a);
    return -1;
}

void customers_ask(struct customers *c, const struct settings *settings, uint64_t number, const struct ticket *t)
{
    char why[WEBHOOK_WHY_BYTES];
    struct arena *arena = arena_new(ARENA_BYTES);
    struct facts f = {.arena = arena};
    const struct webhook *w = settings_webhook(settings, settings->customer_card);
    bool known = arena != NULL && collect(t, &f);
    uint64_t key = key_of(t, &f);
    const struct kept *kept = find_kept(c, key);
    struct fetch *request = NULL;
    if (w == NULL || !known) {
        tell(c, number, NULL, 0, "not_asked");
    } else if (kept != NULL) {
        c->from_memory++;
        tell(c, number, kept->json, kept->size, "unknown");
    } else if (!breaker_allows(&c->breaker, clock_mono_ms(c->config.clock))) {
        c->failed++;
        tell(c, number, NULL, 0, "not_available");
    } else if ((request = make_request(c, settings, w, t, &f, why)) == NULL) {
        fail(c, number, why);
    } else if (send_off(c, request, number, key) < 0) {
        fetch_free(request);
        breaker_forget(&c->breaker);
        tell(c, number, NULL, 0, "not_available");
    }
    arena_free(arena);
}

/* --- the answer ------------------------------------------------------------------------------------------- */

/* 0 with the card's text (NULL = not known), to be freed; -1 with words. */
static int take(const struct fetch *f, struct arena *arena, char **ret_json, size_t *ret_size,
                char why[WEBHOOK_WHY_BYTES])
{
    struct customer card;
    struct buf json;
    const char *wrong = NULL;
    *ret_json = NULL;
    *ret_size = 0;
    if (f->result != FETCH_OK) {
        snprintf(why, WEBHOOK_WHY_BYTES, "%s", f->why);
        return -1;
    }
    if (f->status == 404)
        return 0;
    if (f->status < 200 || f->status > 299) {
        snprintf(why, WEBHOOK_WHY_BYTES, "it answered %d", f->status);
        return -1;
    }
    if (customer_read(f->body.data, f->body.size, arena, &card, &wrong) < 0) {
        snprintf(why, WEBHOOK_WHY_BYTES, "its answer is no card: %s", wrong);
        return -1;
    }
    if (!customer_known(&card))
        return 0;
    buf_init(&json, CARD_BYTES);
    if (customer_write(&card, &json) == 0)
        *ret_json = buf_take(&json, ret_size);
    buf_free(&json);
    snprintf(why, WEBHOOK_WHY_BYTES, "there is not enough memory");
    return *ret_json != NULL ? 0 : -1;
}

static void came_back(struct customers *c, const struct fetch *f, struct asking *a)
{
    char *json, why[WEBHOOK_WHY_BYTES];
    size_t size;
    struct arena *arena = arena_new(ARENA_BYTES);
    snprintf(why, sizeof why, "there is not enough memory");
    if (arena == NULL || take(f, arena, &json, &size, why) < 0) {
        fail(c, a->number, why);
    } else {
        json != NULL ? c->good++ : c->unknown++;
        note(c, true, "");
        keep(c, a, json, size);
        tell(c, a->number, json, size, "unknown");
    }
    arena_free(arena);
}

void customers_pump(struct customers *c)
{
    void *item;
    while (mailbox_take(c->answers, &item, 1) == 1) {
        struct fetch *f = item;
        struct asking *a = c->asking;
        while (a != NULL && a->id != f->id)
            a = a->next;
        if (a != NULL) {
            came_back(c, f, a);
            drop(c, a);
        }
        fetch_free(f);
    }
}

void customers_metrics(const struct customers *c, struct buf *out)
{
    buf_printf(out,
               "# HELP sportello_customer_cards_total Questions about customers.\n"
               "# TYPE sportello_customer_cards_total counter\n"
               "sportello_customer_cards_total{result=\"good\"} %llu\n"
               "sportello_customer_cards_total{result=\"unknown\"} %llu\n"
               "sportello_customer_cards_total{result=\"failed\"} %llu\n"
               "sportello_customer_cards_total{result=\"kept\"} %llu\n",
               (unsigned long long)c->good, (unsigned long long)c->unknown, (unsigned long long)c->failed,
               (unsigned long long)c->from_memory);
}
