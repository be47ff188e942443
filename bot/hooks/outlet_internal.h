/* What outlet.c (sending) and outlet_feed.c (learning of tickets) share. Not for others: they see outlet.h. */
#ifndef HOOKS_OUTLET_INTERNAL_H
#define HOOKS_OUTLET_INTERNAL_H

#include "hooks/breaker.h"
#include "hooks/outlet.h"

enum { OUTLET_LANES_MAX = 512, OUTLET_STORE_PAUSE_MS = 5000, OUTLET_FULL_PAUSE_MS = 30000 };

/* A source with what is known of its cursor. */
struct feed {
    struct outlet_source source;
    char *name;
    bool stale, busy;   /* there may be steps it has not seen; a job of it is under way */
    int64_t not_before; /* mono: after a full queue or a store that refuses */
};

struct lane {
    char *key; /* KIND, or KIND TAB TARGET */
    struct breaker breaker;
    int under_way;
    bool failing; /* and it was logged */
    int64_t used_ms;
};

/* A delivery under way, from its begin until the store has what came of it. */
struct flight {
    struct flight *next;
    struct outlet *outlet;
    int64_t id;
    int tries; /* before this one */
    const struct outlet_kind *kind;
    struct lane *lane;
    bool ended, saving;
    enum outlet_end end;
    int64_t pause_ms, not_before;
    char kind_name[DELIVERY_KIND_BYTES + 1]; /* of the row: `kind` may be the unknown one */
    char target[DELIVERY_TARGET_BYTES + 1], ref[DELIVERY_REF_BYTES + 1];
    char why[OUTLET_WHY_BYTES];
    char *answer;
};

struct outlet {
    struct outlet_config config;
    struct outlet_kind kinds[OUTLET_KINDS_MAX];
    size_t kind_count;
    struct feed *feeds;
    size_t feed_count;
    uint64_t generation; /* of the feeds */
    struct lane lanes[OUTLET_LANES_MAX];
    size_t lane_count;
    struct flight *flights;
    size_t flight_count;
    bool started, looking, look_again;
    int64_t look_ms; /* mono: when to look for what is due */
    uint64_t sent, dead, tries, made;
};

int64_t outlet_now(const struct outlet *);
/* To be pumped in so many milliseconds. */
void outlet_wake_in(struct outlet *, int64_t ms);
/* outlet_feed.c: asks the store for the sources' next steps. */
void outlet_feed_pump(struct outlet *);
void outlet_feed_free(struct outlet *);

#endif
