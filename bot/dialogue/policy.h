/* Policy: what comes of words, in the order that dialogue.h tells. Private to this floor.
 * All return -1 only without memory. */
#ifndef DIALOGUE_POLICY_H
#define DIALOGUE_POLICY_H

#include "dialogue/reply.h"

/* Words, typed or those of a button. */
int policy_text(struct step *, const char *text);
/* An entry: what an intent with steps begins, or what an entry says. `text` = the words that led to it, or NULL. */
int policy_entry(struct step *, uint32_t entry, const char *text, double confidence);
/* None of these, or a thumb down: the next candidates and a person, or a person alone. `key`, `person_key`: the
 * sentences for either. */
int policy_next(struct step *, const char *key, const char *person_key, const char *why);
/* A new question: what was shown for the last one does not matter any more. */
void policy_remember(struct dialogue_memory *, const char *text);

#endif
