/* Match: whether a pattern (content/pattern.h) fits what was said, and which words its slots got. Private to this
 * floor.
 *
 * Words are compared folded. A text is read up to MATCH_WORDS words; one that is longer matches nothing. Trying
 * out costs at most MATCH_STEPS comparisons a pattern, and MATCH_STEPS_ALL all patterns together: one that would need
 * more does not match.
 * Memory: the words in the arena. Threads: any. */
#ifndef DIALOGUE_MATCH_H
#define DIALOGUE_MATCH_H

#include "base/arena.h"
#include "edition/need.h"

enum { MATCH_WORDS = 200, MATCH_STEPS = 20000, MATCH_STEPS_ALL = 300000, MATCH_SLOTS = 8 };

/* A text taken apart once for all patterns. */
struct match_text {
    const char *text, *lang;
    struct match_word *words;
    size_t count;
    uint64_t bits; /* of all words (edition/need.h) */
    bool too_long;
    int steps; /* left for all patterns */
};

struct match_capture {
    const char *slot;
    size_t at, size; /* bytes of the text */
};

struct match {
    struct match_capture captures[MATCH_SLOTS];
    size_t count;
};

/* -1 only without memory. */
int match_text(const char *lang, const char *text, struct arena *, struct match_text *ret);

/* The same text for the patterns of another language. */
void match_text_in(struct match_text *, const char *lang);

/* What slots may hold: whether the words that a slot would catch are a value of it. */
struct match_values {
    bool (*fits)(void *context, const char *text, const struct match_capture *);
    void *context;
};

/* Whether the pattern fits. With `values` slots catch values only, as many words as make one; NULL = any words. */
bool match_pattern(const struct pattern_node *, struct match_text *, const struct match_values *, struct match *ret);

#endif
