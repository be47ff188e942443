/* Several: more than one question in one message, each with an entry of its own. Private to this floor.
 *
 * A message is taken apart only where every part is sure by itself; otherwise it stays what it
 * was, one question. Small talk around a question ("hello, …", "… thanks") is passed over; a
 * part that asks for a person wins. A text that cannot be cut costs a glance (dialogue/split.h);
 * one that can, seven look-ups at most, and none behind the first part that is not sure. */
#ifndef DIALOGUE_SEVERAL_H
#define DIALOGUE_SEVERAL_H

#include "dialogue/reply.h"

struct several {
    size_t count; /* entries; 0 = the message is one question */
    uint32_t entries[OUTCOME_ENTRIES_MAX];
    /* Of the least sure. */
    double confidence, in_scope;
};

/* Takes `text` apart; step->out->understood is what was made of it as a whole, in step->lang.
 * -1 only without memory. */
int several_read(struct step *, const char *text, struct several *ret);

#endif
