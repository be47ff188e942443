/* Token buckets and connection counts: see guard.h. */
#include "net/guard.h"

#include "base/hash.h"
#include "base/map.h"

#include <stdlib.h>
#include <string.h>

enum {
    MINUTE_MS = 60000,
    SWEEP_SECONDS = 30,
    SWEEP_BATCH = 256,
    SWEEP_ROUNDS = 16,
    SOCKETS_SPARE = 64,      /* for pages, beside the WebSockets of an address */
    UPLOADS_AT_ONCE = 16,    /* files on their way from an address */
    NAME_FREE_TRIES = 5,     /* wrong passwords for one name from one address before each costs a wait */
    NAME_WAIT_MS = 1000,     /* the first wait; it doubles with each further wrong one */
    NAME_WAIT_MOST = 300000, /* ms */
    NAME_FORGET_MS = 900000,
    NAME_KEY_BYTES = ADDRESS_BYTES + 8,
};

/* A bucket holds at most `burst` tokens and gains `rate` a minute. It is kept as the moment at which it was or will
 * be full: that needs no update while nothing happens. */
struct guard_entry {
    size_t connections;
    double full_ms; /* messages */
    double logins_full_ms;
};

/* Wrong passwords for one name from one address, or of one browser; wrong codes for one user. */
struct tries {
    int wrong;
    int64_t last_ms;
};

struct guard {
    const struct clock *clock;
    struct guard_limits limits;
    struct map *entries[GUARD_KINDS];
    struct map *tries;
    struct map
        *proofs; /* struct tries too, by struct proof_key: made for people that exist, so strangers cannot fill it */
    struct guard_entry others[GUARD_KINDS];
    struct tries other_tries;
    size_t connections, most;
    int seconds;
};

struct guard *guard_new(const struct clock *clock, size_t most)
{
    struct guard *g = calloc(1, sizeof *g);
    if (g == NULL)
        return NULL;
    g->clock = clock;
    g->most = most;
    g->tries = map_new(most);
    g->proofs = map_new(most);
    bool made = g->tries != NULL && g->proofs != NULL;
    for (int kind = 0; kind < GUARD_KINDS; kind++)
        made = (g->entries[kind] = map_new(most)) != NULL && made;
    if (!made) {
        guard_free(g);
        return NULL;
    }
    return g;
}

static void map_free_with_values(struct map *map)
{
    size_t at = 0;
    for (void *value; map != NULL && (value = map_next(map, &at, NULL, NULL)) != NULL;)
        free(value);
    map_free(map);
}

void guard_free(struct guard *g)
{
    if (g == NULL)
        return;
    for (int kind = 0; kind < GUARD_KINDS; kind++)
        map_free_with_values(g->entries[kind]);
    map_free_with_values(g->tries);
    map_free_with_values(g->proofs);
    free(g);
}

void guard_limits(struct guard *g, const struct settings *settings)
{
    g->limits = (struct guard_limits){
        .messages_per_minute = settings->messages_per_minute,
        .messages_burst = settings->messages_burst,
        .address_messages_per_minute = settings->address_messages_per_minute,
        .address_connections = settings->address_connections,
        .visitor_connections = settings->visitor_connections,
        .connections = settings->connections,
        .logins_per_minute = settings->logins_per_minute,
        .files_per_minute = settings->files_per_minute,
    };
}

/* --- connections ---------------------------------------------------------------------------------- */

static struct guard_entry *entry_of(struct guard *g, enum guard_kind kind, const void *key, size_t size)
{
    struct guard_entry *entry = map_get(g->entries[kind], key, size);
    if (entry != NULL)
        return entry;
    entry = calloc(1, sizeof *entry);
    if (entry == NULL || map_put(g->entries[kind], key, size, entry) < 0) {
        free(entry);
        return &g->others[kind];
    }
    return entry;
}

struct guard_entry *guard_hold(struct guard *g, enum guard_kind kind, const void *key, size_t size)
{
    struct guard_entry *entry = entry_of(g, kind, key, size);
    const int most[GUARD_KINDS] = {
        [GUARD_ADDRESS] = g->limits.address_connections,
        [GUARD_VISITOR] = g->limits.visitor_connections,
        [GUARD_SOCKET] = g->limits.address_connections * 2 + SOCKETS_SPARE,
        [GUARD_UPLOAD] = UPLOADS_AT_ONCE,
    };
    if (entry->connections >= (size_t)most[kind])
        return NULL;
    entry->connections++;
    return entry;
}

void guard_release(struct guard *g, struct guard_entry *entry)
{
    (void)g;
    if (entry != NULL)
        entry->connections--;
}

bool guard_enter(struct guard *g)
{
    if (g->connections >= (size_t)g->limits.connections)
        return false;
    g->connections++;
    return true;
}

void guard_leave(struct guard *g)
{
    g->connections--;
}

size_t guard_connections(const struct guard *g)
{
    return g->connections;
}

/* --- rates ---------------------------------------------------------------------------------------- */

static double now_ms(const struct guard *g)
{
    return (double)clock_mono_ms(g->clock);
}

/* Milliseconds until a bucket has `cost` tokens: each token taken moves the moment of being full by
 * `token_ms`, and it may lie at most burst × token_ms ahead. */
static double wait_for(double full_ms, double now, int cost, double token_ms, int burst)
{
    double from = full_ms > now ? full_ms : now;
    double ahead = from - now + cost * token_ms, most = burst * token_ms;
    return ahead > most ? ahead - most : 0;
}

static void take(double *full_ms, double now, int cost, double token_ms)
{
    *full_ms = (*full_ms > now ? *full_ms : now) + cost * token_ms;
}

static int whole_ms(double wait)
{
    return wait > 0 ? (int)wait + 1 : 0;
}

/* An address may use the whole minute's worth at once: a school class opens the page together. */
int guard_spend(struct guard *g, struct guard_entry *visitor, struct guard_entry *address, int cost)
{
    const struct guard_limits *l = &g->limits;
    double now = now_ms(g);
    double visitor_token = (double)MINUTE_MS / l->messages_per_minute;
    double address_token = (double)MINUTE_MS / l->address_messages_per_minute;
    double wait = wait_for(address->full_ms, now, cost, address_token, l->address_messages_per_minute);
    if (visitor != NULL) {
        int burst = l->messages_burst > cost ? l->messages_burst : cost;
        double own = wait_for(visitor->full_ms, now, cost, visitor_token, burst);
        wait = own > wait ? own : wait;
    }
    if (wait > 0)
        return whole_ms(wait);
    take(&address->full_ms, now, cost, address_token);
    if (visitor != NULL)
        take(&visitor->full_ms, now, cost, visitor_token);
    return 0;
}

int guard_file(struct guard *g, struct guard_entry *upload)
{
    double now = now_ms(g), token = (double)MINUTE_MS / g->limits.files_per_minute;
    double wait = wait_for(upload->full_ms, now, 1, token, g->limits.files_per_minute);
    if (wait > 0)
        return whole_ms(wait);
    take(&upload->full_ms, now, 1, token);
    return 0;
}

/* --- passwords ------------------------------------------------------------------------------------ */

/* An address and a name of any length, as a key of one length. */
static void name_key(const struct address *address, const char *name, unsigned char ret_key[NAME_KEY_BYTES])
{
    struct address who = address_key(address);
    uint64_t hash = hash_keyed(name, strlen(name));
    memcpy(ret_key, who.bytes, ADDRESS_BYTES);
    memcpy(ret_key + ADDRESS_BYTES, &hash, sizeof hash);
}

static struct tries *tries_of(struct guard *g, struct map *map, const void *key, size_t size)
{
    struct tries *tries = map_get(map, key, size);
    if (tries != NULL)
        return tries;
    tries = calloc(1, sizeof *tries);
    if (tries == NULL || map_put(map, key, size, tries) < 0) {
        free(tries);
        return &g->other_tries;
    }
    return tries;
}

static double name_wait(const struct tries *tries, double now)
{
    if (tries->wrong < NAME_FREE_TRIES || now - (double)tries->last_ms > NAME_FORGET_MS)
        return 0;
    double pause = NAME_WAIT_MS;
    for (int i = NAME_FREE_TRIES; i < tries->wrong && pause < NAME_WAIT_MOST; i++)
        pause *= 2;
    if (pause > NAME_WAIT_MOST)
        pause = NAME_WAIT_MOST;
    double until = (double)tries->last_ms + pause;
    return until > now ? until - now : 0;
}

static void count_wrong(struct tries *tries, double now)
{
    if (now - (double)tries->last_ms > NAME_FORGET_MS)
        tries->wrong = 0;
    tries->wrong++;
    tries->last_ms = (int64_t)now;
}

int guard_login(struct guard *g, const struct address *address, const char *name)
{
    unsigned char key[NAME_KEY_BYTES];
    struct address who = address_key(address);
    struct guard_entry *entry = entry_of(g, GUARD_ADDRESS, who.bytes, sizeof who.bytes);
    double now = now_ms(g), token = (double)MINUTE_MS / g->limits.logins_per_minute;
    name_key(address, name, key);
    struct tries *tries = tries_of(g, g->tries, key, sizeof key);
    double wait = wait_for(entry->logins_full_ms, now, 1, token, g->limits.logins_per_minute);
    double own = name_wait(tries, now);
    if (own > wait)
        wait = own;
    if (wait > 0)
        return whole_ms(wait);
    take(&entry->logins_full_ms, now, 1, token);
    count_wrong(tries, now);
    return 0;
}

void guard_login_good(struct guard *g, const struct address *address, const char *name)
{
    unsigned char key[NAME_KEY_BYTES];
    struct address who = address_key(address);
    struct guard_entry *entry = map_get(g->entries[GUARD_ADDRESS], who.bytes, sizeof who.bytes);
    name_key(address, name, key);
    free(map_remove(g->tries, key, sizeof key));
    if (entry != NULL)
        entry->logins_full_ms -= (double)MINUTE_MS / g->limits.logins_per_minute;
}

struct proof_key {
    int64_t proof, id;
};

int guard_try(struct guard *g, enum guard_proof proof, int64_t id)
{
    const struct proof_key key = {proof, id};
    struct tries *tries = tries_of(g, g->proofs, &key, sizeof key);
    double now = now_ms(g), wait = name_wait(tries, now);
    if (wait > 0)
        return whole_ms(wait);
    count_wrong(tries, now);
    return 0;
}

void guard_try_good(struct guard *g, enum guard_proof proof, int64_t id)
{
    const struct proof_key key = {proof, id};
    free(map_remove(g->proofs, &key, sizeof key));
}

/* --- forgetting ----------------------------------------------------------------------------------- */

static bool idle_entry(const void *value, double now)
{
    const struct guard_entry *entry = value;
    return entry->connections == 0 && entry->full_ms <= now && entry->logins_full_ms <= now;
}

static bool idle_tries(const void *value, double now)
{
    return now - (double)((const struct tries *)value)->last_ms > NAME_FORGET_MS;
}

/* A map must not change while it is walked: a batch is collected, then removed. Keys are copied: removal moves them. */
static size_t sweep(struct map *map, bool (*idle)(const void *value, double now), double now)
{
    struct {
        unsigned char bytes[64];
        size_t size;
    } keys[SWEEP_BATCH];
    size_t found = 0, at = 0, size;
    const void *key;
    for (const void *value; found < SWEEP_BATCH && (value = map_next(map, &at, &key, &size)) != NULL;) {
        if (!idle(value, now) || size > sizeof keys[0].bytes)
            continue;
        memcpy(keys[found].bytes, key, size);
        keys[found++].size = size;
    }
    for (size_t i = 0; i < found; i++)
        free(map_remove(map, keys[i].bytes, keys[i].size));
    return found;
}

/* A crowded map is swept every second and more thoroughly. */
static void forget(const struct guard *g, struct map *map, bool (*idle)(const void *value, double now), bool due)
{
    bool crowded = map_count(map) * 4 > g->most * 3;
    int rounds = crowded ? SWEEP_ROUNDS : due ? 1 : 0;
    while (rounds-- > 0 && sweep(map, idle, now_ms(g)) == SWEEP_BATCH)
        continue;
}

void guard_tick(struct guard *g)
{
    bool due = ++g->seconds % SWEEP_SECONDS == 0;
    for (int kind = 0; kind < GUARD_KINDS; kind++)
        forget(g, g->entries[kind], idle_entry, due);
    forget(g, g->tries, idle_tries, due);
    forget(g, g->proofs, idle_tries, due);
}

size_t guard_entries(const struct guard *g)
{
    size_t count = map_count(g->tries) + map_count(g->proofs);
    for (int kind = 0; kind < GUARD_KINDS; kind++)
        count += map_count(g->entries[kind]);
    return count;
}
