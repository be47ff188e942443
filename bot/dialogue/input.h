/* Input: what a page may show for the answer to a flow's question: a date picker, a keyboard for e-mail addresses.
 *
 * A help, never a condition: whatever is typed instead is read like anything that visitors say. What such an input
 * gives (an ISO date, "15:30", a number with the decimal sign told here, a choice's title) every reader of that slot
 * understands. Private to this floor but for the struct (dialogue.h). */
#ifndef DIALOGUE_INPUT_H
#define DIALOGUE_INPUT_H

#include "content/flow.h"
#include "dialogue/dialogue.h"

/* For the answer to this slot's question, in the language of its flow. NULL only without memory. */
const struct outcome_input *input_for(const struct slot *, const char *lang, const struct heard_time *now,
                                      struct arena *);

#endif
