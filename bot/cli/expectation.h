/* Expectation: whether the last reply of a play is what a dialogue's `expect` line says, and both in words.
 * Words lie in the play's arena until its next turn. Threads: any, one at a time for a play. */
#ifndef CLI_EXPECTATION_H
#define CLI_EXPECTATION_H

#include "cli/play.h"
#include "content/chat.h"

bool expectation_holds(const struct play *, const struct chat_line *);
/* "slot numero = AB-*". */
const char *expectation_text(struct play *, const struct chat_line *);
/* What there is instead, as far as it belongs to what is expected. */
const char *expectation_got(struct play *, const struct chat_line *);
/* All that a reply is, and what it says on one line. */
const char *expectation_outcome(struct play *);
const char *expectation_reply(struct play *);

#endif
