/* Rules: intents that a pattern of theirs finds, before any understanding. Private to this floor. */
#ifndef DIALOGUE_RULES_H
#define DIALOGUE_RULES_H

#include "dialogue/match.h"
#include "dialogue/reply.h"

struct rule {
    uint32_t entry; /* VIEW_NONE = no pattern fits */
    struct match match;
};

/* The first pattern that fits, in the order of the files: in the step's language, then in the site's others.
 * `only_people`: of intents alone that just hand over to a person. -1 only without memory. */
int rules_find(struct step *, const char *text, bool only_people, struct rule *ret);

#endif
