/* Spoken: the words of a stored event's body.
 *
 * Good for: what a person said, as plain text, to look it up or to teach it. Not for: showing (blocks are). Only bodies
 * that message_codec made. Threads: any. */
#ifndef WIRE_SPOKEN_H
#define WIRE_SPOKEN_H

#include "base/arena.h"

#include <stddef.h>

/* The words, paragraphs with a blank line between, in the arena; "" where it says nothing or is no such body. NULL
 * without memory. */
const char *spoken_text(const char *body, size_t size, struct arena *);

#endif
