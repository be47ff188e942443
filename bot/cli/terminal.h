/* Terminal: a chat with the assistant on a terminal, for editors who try out what they have written.
 *
 * On a terminal lines can be edited and found again with the arrow keys, and the assistant's words stand out by colour
 * (not with NO_COLOR set); from a file or a pipe the lines are read one by one and printed with what was
 * answered. Threads: the main one. */
#ifndef CLI_TERMINAL_H
#define CLI_TERMINAL_H

#include "cli/command.h"
#include "cli/secondlook.h"

/* Until the end of the input, or /quit. -1 without memory. */
int terminal_chat(struct call *, const struct view *, struct secondlook *);

#endif
