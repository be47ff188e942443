/* Voicing: the voice helper of a site, for commands. Threads: any but a loop's. */
#ifndef CLI_VOICING_H
#define CLI_VOICING_H

#include "cli/command.h"

struct view;

/* Makes the tracks of an edition's answers that are not in DATA/voice yet, with progress on a terminal. Where there is
 * no helper, or it fails, the mouth follows the letters: nothing that stops a publishing; it is said on call->err. */
void voicing_prepare(const struct call *, const struct view *);

#endif
