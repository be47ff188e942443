/* Picks: what the buttons do, and the one that is always there. Private to this floor. */
#ifndef DIALOGUE_PICKS_H
#define DIALOGUE_PICKS_H

#include "dialogue/reply.h"

/* An option as dialogue.h lists them; one that is none any more is told so. -1 only without memory. */
int picks_hear(struct step *, const char *option);
/* "Talk to a person": takes over what a flow has collected so far. */
int picks_human(struct step *);

#endif
