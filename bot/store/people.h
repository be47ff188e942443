/* People: how the people of the desk prove who they are, and what else is kept of them.
 *
 * Jobs as in store.h, for users that exist: what a log-in needs to know, one-time codes, pictures, sessions,
 * the lines of the audit log. Who may do it is for the caller to know. Threads: as store.h. */
#ifndef STORE_PEOPLE_H
#define STORE_PEOPLE_H

#include "store/store.h"

enum { TOTP_SECRET_BYTES = 20, RECOVERY_CODES = 10, PICTURE_BYTES_MAX = 32 << 10, AUDIT_PAGE_MAX = 200 };

/* What a try to log in asks: the user by name, and whether the browser or the address is one of theirs.
 * STORE_MISSING = nobody has the name. */
struct store_login {
    struct store_job job;
    const char *name, *address;
    const unsigned char *device; /* hash of the browser's token, NULL = it has none */
    struct user user;
    unsigned char ret_secret[TOTP_SECRET_BYTES]; /* where user.totp */
    int64_t ret_device;                          /* 0 = not one in which this user has logged in */
    bool ret_address_known;
};
extern const struct store_job_kind store_login_kind;

enum totp_act {
    TOTP_USE,     /* `step`: STORE_REFUSED where it, or a later one, was used; also among several at once */
    TOTP_RECOVER, /* uses up the recovery code of `codes[0]`; STORE_REFUSED = it is none (any more) */
    TOTP_BEGIN,   /* keeps `secret` until it is confirmed */
    TOTP_BEGUN,   /* reads it back into `secret`; STORE_MISSING */
    TOTP_CONFIRM, /* what was begun holds from now on, `step` is used; `codes` replace older ones */
};

struct store_totp {
    struct store_job job;
    enum totp_act act;
    int64_t user;
    int64_t step;
    unsigned char secret[TOTP_SECRET_BYTES];
    unsigned char codes[RECOVERY_CODES][TOKEN_HASH_BYTES];
    struct audit_by by;
    int64_t ret_codes_left; /* after RECOVER */
};
extern const struct store_job_kind store_totp_kind;

/* What the user's own page shows: read only. */
struct store_account {
    struct store_job job;
    int64_t user;
    unsigned char secret[TOTP_SECRET_BYTES]; /* where ret_totp */
    bool ret_totp;
    int64_t ret_codes_left;
};
extern const struct store_job_kind store_account_kind;

/* SET with size 0 takes it away. A read is STORE_MISSING where there is none, or the user is disabled. */
struct store_picture {
    struct store_job job;
    bool set;
    int64_t user;
    const char *type, *bytes; /* in, or out */
    size_t size;
    int64_t ret_version;
    struct audit_by by;
};
extern const struct store_job_kind store_picture_kind;

struct session_row {
    int64_t made_ms, seen_ms, expires_ms;
    const char *address;
    bool own; /* the one that asks */
};

/* A user's sessions that hold, newest first. */
struct store_sessions {
    struct store_job job;
    int64_t user, idle_ms;
    unsigned char token_hash[TOKEN_HASH_BYTES];
    struct session_row *rows;
    size_t count;
};
extern const struct store_job_kind store_sessions_kind;

struct audit_row {
    int64_t id, at_ms, user;
    const char *name; /* of the user, "" = nobody */
    const char *act, *detail, *address;
};

/* Lines with an id below `before` (0 = the newest), newest first, at most AUDIT_PAGE_MAX. */
struct store_audit_list {
    struct store_job job;
    int64_t before;
    size_t limit;
    struct audit_row *rows;
    size_t count;
    bool ret_more;
};
extern const struct store_job_kind store_audit_list_kind;

#endif
