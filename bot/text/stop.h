/* Stop: the function words of a language, and what its apostrophes part (l', dell', don't).
 *
 * Read once from text/data/stop.LANG.txt and elisions.LANG.txt. Words are compared folded.
 * A language without a list has none. Threads: any. */
#ifndef TEXT_STOP_H
#define TEXT_STOP_H

#include <stdbool.h>
#include <stddef.h>

struct stop;

/* The list of a language, or NULL. It lives as long as the program. */
const struct stop *stop_of(const char *lang);
/* Whether a folded word is one of them. NULL has none. */
bool stop_has(const struct stop *, const char *word, size_t size);

#endif
