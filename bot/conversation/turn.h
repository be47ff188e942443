/* Turn: one answer to what visitors did, on its way to the store. Inside this floor only. */
#ifndef CONVERSATION_TURN_H
#define CONVERSATION_TURN_H

#include "conversation/internal.h"

/* A turn under way in the store: the job, and what the loop needs when it comes back. */
struct turn {
    struct store_turn row;                   /* first: a job is its kind's struct */
    struct heard_item *items;                /* what it answers, oldest first; owned */
    struct edition *edition;                 /* the caller's pin, while it is filled */
    const struct understand_options *second; /* what a second look found; NULL = none was taken */
    const char *clean;                       /* the last text in which turn_heard_masked found nothing to hide */
    bool wants_look;                         /* turn_fill: a second look may help */
    struct second_look look;                 /* … at this, in the hall's scratch */
    enum outcome_kind outcome;
    bool in_flow;
    struct edition *kept; /* pinned for the flow that goes on; NULL = none does */
    enum who who;
    bool enqueue;
    const char *saved_key; /* what is said once the number is known; NULL = nothing */
};

/* Goes on with the turn of an item whose files have been looked up: takes it over. */
void turn_with_files(struct hall *, struct conversation *, struct heard_item *);
/* Frees a list of items. */
void turn_free_items(struct heard_item *);
/* What becomes of the turn's items: the events, the ticket and the memory that are to be stored. -1 without
 * memory. */
int turn_fill(struct hall *, struct conversation *, struct turn *);

#endif
