/* Turn_ticket: the ticket that a turn makes, as agents will see it. It becomes the turn's; inside this floor only. */
#ifndef CONVERSATION_TURN_TICKET_H
#define CONVERSATION_TURN_TICKET_H

#include "conversation/turn.h"

/* Of a hand-off, with what the dialogue tried and what a flow has collected. Without memory there is none. */
void turn_ticket_handed(const struct hall *, const struct conversation *, struct turn *, const struct outcome *);
/* Of a message or a callback. -1 without memory. */
int turn_ticket_left(const struct hall *, const struct conversation *, struct turn *);

#endif
