/* Honest: whether a greeting says that the assistant is automatic.
 *
 * The widget says so in a line of its own at all times; people read the greeting. Words are compared without case and
 * accents. Threads: any. */
#ifndef CONTENT_HONEST_H
#define CONTENT_HONEST_H

#include <stdbool.h>

/* True also for a language whose words are not known (data/honest.txt). */
bool honest_greeting(const char *lang, const char *greeting);

#endif
