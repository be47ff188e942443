/* Plain: the words of a stored message, for those who show no blocks: other systems, mail.
 *
 * Reads the body of an event as message_codec made it. A link reads "words (address)". Errors: -1 for what is no such
 * body. Threads: any. */
#ifndef WIRE_PLAIN_H
#define WIRE_PLAIN_H

#include "base/arena.h"
#include "base/buf.h"

/* Appends the words; *ret_name is the agent's name as the message has it, in the arena, "" = none. Past the buffer's
 * ceiling the words are cut (the buffer has failed). */
int plain_of_body(const char *body, size_t size, struct arena *, struct buf *out, const char **ret_name);

#endif
