/* Slots: the values that a flow collects, from answers, sentences, patterns and earlier conversations. Private to this
 * floor.
 *
 * What is found in a sentence is used once: parts that have become a value are marked as taken.
 * Threads: any. */
#ifndef DIALOGUE_SLOTS_H
#define DIALOGUE_SLOTS_H

#include "dialogue/flow.h"

/* Parts of a text that have become values. */
struct taken {
    size_t at[FLOW_SLOTS_MAX], end[FLOW_SLOTS_MAX];
    size_t count;
};
void slots_take(struct taken *, size_t at, size_t size);

/* A slot's canonical value, NULL = empty. */
const char *slots_value(const struct run *, int slot);
/* A slot's value, remembered; NULL empties it. -1 also where there is no room for it. */
int slots_set(struct run *, int slot, const char *value);
/* A variable of the visitor's ("visitor.…"), for the caller to keep. */
void slots_keep(struct run *, const char *name, const char *value);
/* Reads the answer to a slot's question, as entity_read. */
enum entity_outcome slots_read(const struct run *, int slot, const char *text, struct entity_found *ret,
                               const char **ret_why);
/* Fills slots with what evidently stands in a sentence: the empty ones, or with `again` those that have another value.
 * Returns how many. */
int slots_fill(struct run *, const char *text, struct taken *, bool again);
/* Of what was told at length only what is plainly meant: "ieri", a telephone number; not a word that a choice has. */
void slots_fill_from_story(struct run *, const char *text);
/* "No, at five": of a day and hour told earlier, the one or the other anew. Returns how many have changed. */
int slots_correct_moments(struct run *, const char *text, struct taken *);
/* The slots at a flow's beginning: what `from` (or NULL) hands on under the same name and type, what the pattern
 * caught, what stands in the text, what the visitor told in an earlier conversation. `text` and `match` may be NULL. */
int slots_begin(struct run *, const struct flow *from, const char *text, const struct match *match);
/* The words of what they mean: the filled slot whose name the text mentions, or -1. */
int slots_named(const struct run *, const char *text);

#endif
