/* Intent: the reader of intents of one step, `intents/<lang>/NAME.yaml`.
 *
 *     intent: saluto
 *     title: Salutare
 *     examples: ["ciao", "buongiorno"]
 *     say: ["Ciao!", "Buongiorno!"]       # or one text; Markdown
 *     buttons: ["[Orari](#orari)"]
 *     handoff: negozio                    # a department, or true for the default one
 *     mood: glad
 * An intent says something, hands off, or both. Unknown keys are refused.
 * Memory: in the collector's arena. Threads: one at a time for an arena. */
#ifndef CONTENT_INTENT_H
#define CONTENT_INTENT_H

#include "content/collect.h"
#include "content/lines.h"

enum { INTENT_SAY_MAX = 20 };

/* Reads the intent of one file, whose text passed lines_check. */
void intent_read(struct collect *, const char *file, const char *lang, struct span text);

#endif
