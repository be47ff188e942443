/* Fill: values in place of {names}, in texts and in what visitors read. Private to this floor.
 *
 * Names are looked up in the running flow's slots, the conversation's variables, the facts of the turn and the
 * built-ins, in this order. Where a name is shown, a slot's value is put as people say it ("giovedì 24 dicembre");
 * where it is compared or sent, it is canonical. A value is put in as text: nothing in it is read as Markdown. A name
 * without a value is left out. Braces that hold no name stay as they are.
 * Memory: in the turn's arena. Threads: any. */
#ifndef DIALOGUE_FILL_H
#define DIALOGUE_FILL_H

#include "content/flow.h"
#include "dialogue/reply.h"
#include "dialogue/talk.h"

/* Where names come from. */
struct names {
    const struct step *step;
    const struct talk *talk;
    const struct flow *flow; /* of the running intent, NULL = none */
};

/* The canonical value of a name, NULL where it has none. */
const char *names_value(const struct names *, const char *name);
/* The same for expression_lookup; `names` is the context. */
const char *names_lookup(void *names, const char *name);
/* The value as it is said. NULL where it has none, or without memory. */
const char *names_said(const struct names *, const char *name);

/* A plain template. `said`: for people; otherwise canonical values. NULL without memory. */
const char *fill_text(const struct names *, const char *text, bool said);
/* An address: values are percent-encoded. NULL without memory. */
const char *fill_address(const struct names *, const char *text);
/* A copy of the blocks. In a link's address values are percent-encoded. NULL without memory. */
const struct block *fill_blocks(const struct names *, const struct block *);

#endif
