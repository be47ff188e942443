/* Change: substitutions of a text: normal, denormal, person, person2, gender. Private to bot/aiml.
 *
 * At each place the longest entry that fits is put in, once; what was put in is not looked at again, but for
 * stand-ins (`me2`), which some files use on the way from `you` to `me`. A space at an
 * end of an entry asks for the end of a word there. Runs of spaces become one. Threads: any. */
#ifndef AIML_CHANGE_H
#define AIML_CHANGE_H

#include "aiml/image.h"
#include "base/arena.h"

/* The arena gives at most CHANGE_PASSES times (size × CHANGE_GROWS + CHANGE_MORE) bytes. */
enum { CHANGE_PASSES = 2, CHANGE_GROWS = 4, CHANGE_MORE = 256 };

/* `which`: CHANGE_NORMAL … CHANGE_GENDER. The changed text with a NUL, cut at `room` bytes; NULL when the arena
 * is full. */
const char *change_text(const struct aiml *, int which, const char *text, size_t size, size_t room, struct arena *,
                        size_t *ret_size);

#endif
