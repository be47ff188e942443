/* Prove: whether somebody is who they say: the password, then, where it is switched on, a one-time code.
 *
 * The password goes to a worker (two at once for strangers, one for who is known, so that a flood of strangers
 * holds nobody up), the code to the store, which lets each be used once. The one who starts it has asked the
 * guard before, and tells it in the end. Private to net/. Threads: the loop. */
#ifndef NET_PROVE_H
#define NET_PROVE_H

#include "net/core.h"
#include "net/password.h"
#include "net/totp.h"

enum proof_result {
    PROOF_GOOD,
    PROOF_WRONG,       /* the password */
    PROOF_CODE_NEEDED, /* the password was right; there is no code yet */
    PROOF_WRONG_CODE,  /* or one that was used */
    PROOF_SLOW,        /* too many wrong codes: `wait_ms` */
    PROOF_BUSY,        /* nothing could be found out */
};

/* Part of what it is for; stays until `done`, which is called once. What is secret in it is for the owner to wipe. */
struct proof {
    struct job job;
    struct server *server;
    void (*done)(struct proof *, enum proof_result);
    /* in */
    bool exists;          /* false: nobody; takes the same time */
    bool known;           /* has a browser or an address that is known */
    int64_t user, device; /* 0 = not a known one */
    bool totp;
    unsigned char secret[TOTP_SECRET_BYTES]; /* where totp */
    char hash[PASSWORD_HASH_BYTES];
    char password[PASSWORD_MOST + 1];
    char code[TOTP_CODE_MOST + 1];    /* "" = none given */
    char next[PASSWORD_MOST + 1];     /* a new password that is hashed as well, "" = none */
    char address[ADDRESS_TEXT_BYTES]; /* for the audit log */
    /* out */
    char next_hash[PASSWORD_HASH_BYTES];
    bool matches;
    int wait_ms;
};

void prove(struct proof *);
/* Which of the guard's counts the codes of this one are. */
enum guard_proof proof_counts(const struct proof *, int64_t *ret_id);

#endif
