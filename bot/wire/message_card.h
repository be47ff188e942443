/* Message_card: a ticket as one agent sees it, as a member of a frame. Private to wire/. */
#ifndef WIRE_MESSAGE_CARD_H
#define WIRE_MESSAGE_CARD_H

#include "conversation/frame.h"

/* As a member called `name`, or, where it is NULL, as an element of the open array. */
void card_write(const char *name, const struct desk_card *, struct buf *out);
/* An array of names as a member. */
void card_names(const char *name, const char *const *names, size_t count, struct buf *out);

#endif
