/* Satisfaction: what a visitor says of the help, once a chat is over. Part of the store's interface: see store.h. */
#ifndef STORE_SATISFACTION_H
#define STORE_SATISFACTION_H

#include "store/store.h"

enum { SATISFACTION_TEXT_BYTES = 4096 };

/* Of the visitor's newest conversation, which may be closed; the last word counts. STORE_MISSING = there is none. */
struct store_satisfy {
    struct store_job job;
    unsigned char token_hash[TOKEN_HASH_BYTES];
    int value; /* 1 to 5 */
    const char *text;
    int64_t ret_conversation, ret_ticket;
};
extern const struct store_job_kind store_satisfy_kind;

#endif
