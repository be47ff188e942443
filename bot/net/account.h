/* Account: what the routes of one's own account share. For net/api_account.c and net/api_totp.c only.
 *
 * What may only be done by who knows the password asks for it once more: account_prove checks it on a worker and then
 * calls `proven`. Threads: the loop. */
#ifndef NET_ACCOUNT_H
#define NET_ACCOUNT_H

#include "net/api.h"
#include "net/prove.h"
#include "store/people.h"

/* What a function keeps while its call waits. */
struct account {
    struct proof proof;
    struct api_call *call;
    void (*proven)(struct account *);
    bool in_use; /* the secret is being changed, not begun */
    int64_t codes_left;
    unsigned char secret[TOTP_SECRET_BYTES];
    char codes[RECOVERY_CODES][RECOVERY_BYTES];
};

/* In the call's arena, which points to it. NULL without memory. */
struct account *account_of(struct api_call *);
/* Forgets every secret in it. */
void account_wipe(struct account *);
/* A change of the one who asks, in which nothing is changed yet. NULL without memory. */
struct store_user_set *account_change(struct api_call *);
/* Asks for the password and, where it is on, the code; then `proven` is called. */
void account_prove(struct api_call *call, const char *password, const char *code, const char *next,
                   void (*proven)(struct account *));
/* The strings of a body; false after refusing it. The first `needed` must be there. */
bool account_form(struct api_call *call, const char *const *names, size_t count, size_t needed, const char **values);

#endif
