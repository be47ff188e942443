/* Says: what an entry of an edition may say as one message, as plans of utterances, so that its tracks are there before
 * it is said for the first time.
 *
 * Of an article its answer; of an intent its sentences; of a flow what its steps say until somebody has to answer:
 * several `say` and the question behind them are one message. A text with a value in it (`{name}`) is not known before
 * it is said: it has no plan. Not known either: what the assistant adds in its own words (at a handoff,
 * where it is not understood). Limits: SAYS_MOST plans an entry, SAYS_STEPS_MOST steps looked at. Threads: any. */
#ifndef HOOKS_SAYS_H
#define HOOKS_SAYS_H

#include "edition/view.h"
#include "hooks/utterance.h"

enum { SAYS_MOST = 64, SAYS_STEPS_MOST = 4000 };

struct says {
    struct utterance_plan plans[SAYS_MOST]; /* each once; their texts lie in the arena */
    size_t count;
    bool open; /* there are texts with a value in them */
};

void says_of_entry(const struct view *, uint32_t entry, const unsigned char key[UTTERANCE_KEY_BYTES], struct arena *,
                   struct says *ret);

#endif
