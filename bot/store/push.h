/* Push: browsers that agents have asked to be told in while the page is closed (store/data/010-push.sql).
 *
 * Jobs as those of store.h. A subscription lasts as long as the session it was made in, and no longer than the push
 * service knows it. Limits: PUSH_USER_MAX of one user; the oldest goes when one more comes. */
#ifndef STORE_PUSH_H
#define STORE_PUSH_H

#include "store/store.h"

enum { PUSH_USER_MAX = 10, PUSH_ENDPOINT_BYTES = 1024, PUSH_LIST_MAX = 2000 };

struct push_row {
    int64_t id, user;
    const char *endpoint, *p256dh, *auth, *lang;
    int presence; /* as it was told to the store: enum presence of desk/ */
};

/* Keeps the row's subscription for the user of a session; one that is there already becomes theirs.
 * STORE_MISSING = there is no such session; STORE_REFUSED = over a ceiling. */
struct store_push_add {
    struct store_job job;
    unsigned char session[TOKEN_HASH_BYTES];
    struct push_row row; /* without id */
};
extern const struct store_job_kind store_push_add_kind;

/* Drops one by its endpoint, where it is the user's (0 = whoever's); STORE_MISSING. */
struct store_push_drop {
    struct store_job job;
    int64_t user;
    const char *endpoint;
};
extern const struct store_job_kind store_push_drop_kind;

/* Those that may be told: of one user, or (user 0) of all who serve a department in a language. Sessions that are over
 * and disabled users are left out. */
struct store_push_list {
    struct store_job job;
    int64_t user;
    const char *department, *lang;
    struct push_row *rows;
    size_t count;
};
extern const struct store_job_kind store_push_list_kind;

/* What a user chose. */
struct store_push_presence {
    struct store_job job;
    int64_t user;
    int presence;
};
extern const struct store_job_kind store_push_presence_kind;

#endif
