/* What the hand-off card shows beside the ticket, which the agents' socket tells. Private to net/. */
#ifndef NET_API_CARD_H
#define NET_API_CARD_H

#include "net/api.h"

/* GET card?ticket=: {"earlier": [{ticket, at, question, state, cause?, owner?}], "signed_in"}; of a ticket that the
 * user does not see 404. */
void api_card(struct api_call *);

#endif
