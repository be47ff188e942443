/* Categories: what the site's AIML says to a message, as one more rule among the others. Private to this floor.
 *
 * AIML answers by patterns, without a probability. What it is sure of is judged by how much of the message its pattern
 * names: a pattern without wildcards is a rule as an editor's own and wins over the FAQ; one with wildcards speaks
 * where the FAQ is not sure; an ultimate default (`*`), and what breaks off at a limit, counts as not understood.
 * Its memory (predicates, topic, that) goes on only with what it said itself.
 * Memory: in the turn's arena. Threads: any. */
#ifndef DIALOGUE_CATEGORIES_H
#define DIALOGUE_CATEGORIES_H

#include "dialogue/reply.h"

struct aiml_reply;

/* What is said to the text. *ret NULL: nothing (no AIML, another language, a default, a fault). *ret_share: of the
 * message's words those that the pattern names, 1 = it has no wildcard. -1 only without memory. */
int categories_read(struct step *, const char *text, const struct aiml_reply **ret, double *ret_share);
/* Says it. */
int categories_say(struct step *, const struct aiml_reply *, double share);

#endif
