/* Turn: one answer to what visitors did, on its way to the store. Inside this floor only. */
#ifndef CONVERSATION_TURN_H
#define CONVERSATION_TURN_H

#include "conversation/internal.h"

/* A turn under way in the store: the job, and what the loop needs when it comes back. */
struct turn {
    struct store_turn row;    /* first: a job is its kind's struct */
    struct heard_item *items; /* what it answers, oldest first; owned */
    enum outcome_kind outcome;
    enum who who;
    bool enqueue;
    const char *saved_key; /* what is said once the number is known; NULL = nothing */
};

/* What becomes of the turn's items: the events, the ticket and the memory that are to be stored. -1 without
 * memory. */
int turn_fill(struct hall *, struct conversation *, struct turn *);

#endif
