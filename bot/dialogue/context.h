/* Context: what words mean because of what was said before. Private to this floor.
 *
 * Two things: words that choose one of the last reply's buttons ("yes", "the second one", its very words), and
 * follow-ups to the last answer ("e all'estero?"): questions that are no whole question by themselves. A fallback in
 * between does not age either. */
#ifndef DIALOGUE_CONTEXT_H
#define DIALOGUE_CONTEXT_H

#include "dialogue/reply.h"

/* The option that the words choose, NULL = none: by its title, by its place ("the second one"), by yes or no where the
 * reply asked something. -1 only without memory. */
int context_pick(struct step *, const char *text, const char **ret_option);
/* The option of the last reply's whose title these words are; the one at a place (1 = first, -1 = last). NULL = none.
 * They live as long as the step's memory is not written. */
const char *context_titled(const struct step *, const char *text);
const char *context_at(const struct step *, int ordinal);

/* The entry that follows the last answer and that the words ask for, VIEW_NONE = none. The confidence is that of the
 * words, with the odds raised by what the context makes likely: FOLLOWS_ODDS for an entry that names the last one in
 * its `follows`, TOPIC_ODDS for another of the same topic (Bayes' rule with the context as the prior).
 * step->out->understood is what was made of the words alone. -1 only without memory. */
int context_follow(struct step *, const char *text, uint32_t *ret_entry, double *ret_confidence);

/* Remembers the reply's buttons; those of before stay where a fallback has none. */
void context_remember(struct step *);

#endif
