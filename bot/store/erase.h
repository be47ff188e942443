/* Erase: a visitor's chats go, for good. Part of the store's interface: see store.h.
 *
 * In one transaction: messages and states, what they were rated, what flows asked and keep, webhooks under way,
 * files, notes, tags and deliveries of the tickets, the words in the index, links sent by e-mail, and the questions
 * to learn from that nobody else has asked (accepted ones have become the site's own words). Open tickets are closed
 * with the cause "erased".
 * What stays, without a link to anybody: of a ticket its number, place, department, language, states, times and the
 * people behind the counter, which the numbers and the fairness of the queue rest on. What stays of the visitor is
 * the hash of the browser's token, so that its other pages and a second request are understood.
 * Deleted bytes are overwritten (secure_delete) except in the index of words and in the log: store_search_scrub does
 * those after the commit, and store_scrub remembers over a crash that it has to. */
#ifndef STORE_ERASE_H
#define STORE_ERASE_H

#include "store/store.h"

enum { ERASE_REQUEST_BYTES = 32, ERASE_REMEMBER_DAYS = 7 };

/* All conversations of one visitor, by a token or by the number of a ticket. STORE_DUPLICATE: this request was carried
 * out before, nothing is done. STORE_MISSING: there is no such ticket, or it was erased already. A visitor nobody knows
 * has nothing: STORE_OK. */
struct store_erase {
    struct store_job job;
    unsigned char token_hash[TOKEN_HASH_BYTES]; /* with `ticket` out: of the visitor */
    int64_t ticket;                             /* not 0: instead of the token */
    unsigned char request[ERASE_REQUEST_BYTES]; /* all zero = none */
    struct audit_by by;
    /* The words of a question as store_learn_note got them in `fold`; NULL without memory. On the store's thread. */
    const char *(*fold)(struct arena *, const char *text);
    const char *const *langs; /* in which questions may have been kept; none = in any */
    size_t lang_count;
    int64_t *conversations; /* out: those that were erased */
    size_t count, ret_tickets;
};
extern const struct store_job_kind store_erase_kind;

/* Whether what was erased still has to be scrubbed: ret_wanted > ret_done. With `done` it has been, up to there. */
struct store_scrub {
    struct store_job job;
    int64_t done; /* 0 = only ask */
    int64_t ret_wanted, ret_done;
};
extern const struct store_job_kind store_scrub_kind;

#endif
