/* Ticket_json: a step of a ticket as other systems are told of it (docs/webhooks.md, “Tickets out”).
 * Threads: any. */
#ifndef WIRE_TICKET_JSON_H
#define WIRE_TICKET_JSON_H

#include "base/buf.h"
#include "store/delivery.h"

/* "handed_off", "claimed", "closed", "message" or "callback": what a step is to those outside; NULL = nothing. */
const char *ticket_event_of(const struct ticket_step *);

/* Appends the object. Where the whole would pass the buffer's ceiling, the transcript's oldest messages are left out.
 * -1 past the ceiling all the same, or without memory. */
int ticket_json(const char *event, const struct ticket_step *, struct buf *out);

#endif
