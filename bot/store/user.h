/* User: who works at the desk, their sessions, and the log of who did what.
 *
 * What more is kept of people is in people.h. Memory, errors and threads as in store.h, which includes this. */
#ifndef STORE_USER_H
#define STORE_USER_H

#include "store/job.h"
#include "store/token.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct user {
    int64_t id;
    const char *name, *role, *password_hash, *departments, *languages; /* lists: "a,b"; "" = all */
    bool disabled;
    int64_t created_ms;
    int capacity;            /* chats at a time; 0 = the setting */
    const char *email;       /* "" = none */
    int64_t picture_version; /* 0 = none */
    bool totp;               /* the password alone does not do */
};

/* Who does something, for the audit log: user 0 and an address of "" or NULL is the command line. */
struct audit_by {
    int64_t user;
    const char *address;
};

/* Makes a user. STORE_REFUSED = the name is taken. */
struct store_user_add {
    struct store_job job;
    struct user user; /* in; out: id */
    struct audit_by by;
};
extern const struct store_job_kind store_user_add_kind;

/* By name, or by id where name is NULL; STORE_MISSING. With list = true: all of them in `users`. */
struct store_user_get {
    struct store_job job;
    const char *name;
    int64_t id;
    bool list;
    struct user user;
    struct user *users;
    size_t count;
};
extern const struct store_job_kind store_user_get_kind;

/* Changes what is not NULL, and not -1 where it is a number. A new password and disabling end the user's sessions, but
 * for `keep`. Writes a line of the audit log for each thing that changed. STORE_MISSING; STORE_REFUSED = over a
 * ceiling, or (ret_last_admin) nobody would be left who is an admin and may log in. */
struct store_user_set {
    struct store_job job;
    int64_t id;
    const char *password_hash;
    int disabled;
    int capacity;
    const char *role, *departments, *languages, *email;
    bool totp_off;             /* forgets secret and recovery codes */
    const unsigned char *keep; /* token hash of the session that stays; NULL = none */
    struct audit_by by;
    bool ret_last_admin;
};
extern const struct store_job_kind store_user_set_kind;

enum session_act { SESSION_MAKE, SESSION_FIND, SESSION_DROP, SESSION_TOUCH, SESSION_DROP_OTHERS };

/* FIND: by hash, not past expires_ms, user not disabled, seen within idle_ms (0 = ever): fills `user`; STORE_MISSING
 * otherwise. TOUCH does the same and notes that it was seen now. MAKE also remembers the browser, where `device` is
 * not NULL, of which STORE_DEVICES_MAX a user are kept. DROP_OTHERS ends all of user_id but this one. */
enum { STORE_DEVICES_MAX = 20 };
struct store_session {
    struct store_job job;
    enum session_act act;
    unsigned char token_hash[TOKEN_HASH_BYTES];
    int64_t user_id, expires_ms;
    int64_t idle_ms;
    const char *address;         /* MAKE: of the browser, NULL = "" */
    const unsigned char *device; /* MAKE: hash of its token */
    struct user user;
    int64_t ret_seen_ms; /* before this */
    int64_t ret_dropped;
};
extern const struct store_job_kind store_session_kind;

/* A line of who did what: never message bodies. AUDIT_LINES_MAX are kept. */
enum { AUDIT_LINES_MAX = 1000000 };
struct store_audit {
    struct store_job job;
    int64_t user;
    const char *act, *detail;
    const char *address; /* NULL = "" */
};
extern const struct store_job_kind store_audit_kind;

#endif
