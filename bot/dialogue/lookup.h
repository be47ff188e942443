/* Lookup: what the edition makes of a text, in the language that it is in. Private to this floor. */
#ifndef DIALOGUE_LOOKUP_H
#define DIALOGUE_LOOKUP_H

#include "dialogue/reply.h"

/* Reads the text into step->out->understood: in the step's language, then in the site's others where that finds
 * nothing to be sure of. step->lang becomes the one it was understood in. `tell_language`: its letters may say so,
 * too. -1 only without memory. */
int lookup_text(struct step *, const char *text, bool tell_language);
/* Confidence of the first candidate, 0 = there is none. */
double lookup_best(const struct understanding *);

#endif
