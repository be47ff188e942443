/* How often agents are told: see push_pace.h. */
#include "hooks/push_pace.h"

#include <stdlib.h>

enum { RECENT = 256, MINUTE_MS = 60000 };

/* What has been told lately. `round` of a waiting ticket: when it was last claimed, so that a return is news. */
struct told {
    enum push_kind kind;
    int64_t ticket, round, at_ms;
};

struct spending {
    int64_t user, since_ms;
    int count;
};

struct push_pace {
    struct told recent[RECENT];
    size_t recent_next;
    struct spending spending[PUSHER_USERS_MAX];
    size_t spender_count;
};

struct push_pace *push_pace_new(void)
{
    return calloc(1, sizeof(struct push_pace));
}

void push_pace_free(struct push_pace *p)
{
    free(p);
}

bool push_pace_news(struct push_pace *p, enum push_kind kind, const struct ticket *t, int64_t now)
{
    for (size_t i = 0; i < RECENT; i++) {
        const struct told *one = &p->recent[i];
        if (one->ticket != t->id || one->kind != kind)
            continue;
        if (kind == PUSH_WAITING ? one->round == t->claimed_ms : now - one->at_ms < PUSHER_AGAIN_MS)
            return false;
    }
    p->recent[p->recent_next++ % RECENT] = (struct told){kind, t->id, t->claimed_ms, now};
    return true;
}

bool push_pace_spend(struct push_pace *p, int64_t user, int per_minute, int64_t now)
{
    struct spending *own = NULL, *stale = NULL;
    for (size_t i = 0; i < p->spender_count && own == NULL; i++) {
        if (p->spending[i].user == user)
            own = &p->spending[i];
        else if (now - p->spending[i].since_ms >= MINUTE_MS)
            stale = &p->spending[i];
    }
    if (own == NULL) {
        own = stale != NULL ? stale : p->spender_count < PUSHER_USERS_MAX ? &p->spending[p->spender_count++] : NULL;
        if (own == NULL)
            return false;
        *own = (struct spending){.user = user, .since_ms = now};
    }
    if (now - own->since_ms >= MINUTE_MS)
        *own = (struct spending){.user = user, .since_ms = now};
    return own->count++ < per_minute;
}
