/* Gesture: what the assistant does while it speaks, written `{nod}` in an answer.
 *
 * Editors write them in English or Italian in any language's files; case and accents do not matter. Elsewhere
 * (blocks, the wire) a gesture has its English name. They are no words: no text, index or search shows them.
 * Threads: any. */
#ifndef CONTENT_GESTURE_H
#define CONTENT_GESTURE_H

#include "content/suggest.h"

#include <stddef.h>

enum { GESTURES_MAX = 2 }; /* in one answer: more would be a fidget */

/* Its English name: nod, shake, wave, look or pause; NULL if `name`, of `size` bytes, is none. Static. */
const char *gesture_named(const char *name, size_t size);
/* Offers every name that editors may write. */
void gesture_suggest(struct suggest *);

#endif
