/* Lookup: what the edition makes of a text, in the language that it is in. Private to this floor. */
#ifndef DIALOGUE_LOOKUP_H
#define DIALOGUE_LOOKUP_H

#include "dialogue/reply.h"

/* Reads the text into step->out->understood: in the step's language, then in the site's others where that finds
 * nothing to be sure of. step->lang becomes the one it was understood in. `tell_language`: its letters may say so,
 * too. -1 only without memory. */
int lookup_text(struct step *, const char *text, bool tell_language);
/* Reads a text in which nothing was found again, with good words doubted too. *ret_found: an entry is sure enough then
 * to be offered, though never answered, and step->out->understood has it. -1 only without memory. */
int lookup_doubting(struct step *, const char *text, bool *ret_found);
/* Confidence of the first candidate, 0 = there is none. */
double lookup_best(const struct understanding *);

#endif
