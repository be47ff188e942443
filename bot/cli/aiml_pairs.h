/* Aiml_pairs: what one pair of a case is worth: may it be judged at all, and is the answer the one expected?
 *
 * A pair is left out for what it or its files use, never for its name. Threads: any. */
#ifndef CLI_AIML_PAIRS_H
#define CLI_AIML_PAIRS_H

#include "aiml/aiml.h"
#include "wire/aiml_cases.h"

/* Why the pair `step` of the case is left out, as docs/aiml.md lists it; NULL = it is judged. */
const char *aiml_pair_excluded(const struct aiml *, const struct aiml_case *, size_t step, const struct aiml_reply *);

/* The answer as the other interpreter's tests print it: a capital at the beginning, a full stop at the end, a space
 * behind a comma, buttons as elements behind the words. Appended to `out`. */
void aiml_pair_print(const struct aiml_reply *, struct buf *out);

/* True if a printed answer is one of those expected, with the same finish. */
bool aiml_pair_right(const char *printed, const struct aiml_step *);

/* The reasons in the order of docs/aiml.md, ended by NULL. */
extern const char *const aiml_pair_reasons[];

#endif
