/* Turn_heard: what a turn answers, as the dialogue is to hear it and the transcript to show it.
 *
 * Texts lie in the turn's arena; NULL, or -1, is without memory. Inside this floor only. */
#ifndef CONVERSATION_TURN_HEARD_H
#define CONVERSATION_TURN_HEARD_H

#include "conversation/turn.h"

/* What the conversation remembers of the dialogue. */
void turn_heard_memory(const struct conversation *, struct dialogue_memory *ret);
/* Now, by the site's clock. */
struct heard_time turn_heard_time(const struct hall *);
/* The site's own id of a visitor it has signed in, "" = nobody. */
const char *turn_heard_identity(const struct hall *, const struct conversation *);

/* A visitor's words as everything behind here knows them: without the card numbers and their like that no form asked
 * for. NULL also for NULL. */
const char *turn_heard_masked(const struct hall *, const struct conversation *, struct turn *, const char *text);
/* The messages of a burst as one text, each on its line. */
const char *turn_heard_text(const struct hall *, const struct conversation *, struct turn *);
/* What the visitor said or did as an event. */
int turn_heard_event(const struct hall *, const struct conversation *, struct turn *, const struct heard_item *,
                     struct event *ret);
/* What is known of the visitor and the page, into heard->facts; `now` in seconds. */
int turn_heard_facts(const struct conversation *, int64_t now, struct arena *, struct heard *);

#endif
