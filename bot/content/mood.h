/* Mood: how the assistant's face looks while it says something. Threads: any. */
#ifndef CONTENT_MOOD_H
#define CONTENT_MOOD_H

#include "content/suggest.h"

#include <stdbool.h>

#define MOOD_NAMES "neutral, warm, glad, sorry, serious"

bool mood_is(const char *);
/* Offers all of them. */
void mood_suggest(struct suggest *);

#endif
