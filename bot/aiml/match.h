/* Match: which category fits what was said, what was said before and what the talk is about. Private to bot/aiml.
 *
 * At each step the ways are tried in the order of AIML 2: `$word`, `#`, `_`, the word, a set, `^`, `*`; wildcards
 * take as few words as they can, sets as many. Where a search goes astray, what has failed once is remembered, so
 * that its cost grows with the size of what it looks at, not with the number of ways. Threads: any. */
#ifndef AIML_MATCH_H
#define AIML_MATCH_H

#include "aiml/image.h"
#include "base/arena.h"

struct heard_word {
    uint32_t at, size; /* in the text */
    uint32_t id;       /* 0 = no pattern has it */
};

/* A text and its words. */
struct heard {
    const char *text;
    size_t size;
    const struct heard_word *words;
    size_t count;
};

/* Parts a text, which must stay, into at most AIML_WORDS words. -1 when the arena is full. */
int match_hear(const struct aiml *, const char *text, size_t size, struct arena *, struct heard *ret);

/* What stands for a that or a topic that is not there: a word without letters, which only wildcards take. */
struct heard match_nothing(void);

enum { PART_PATTERN, PART_THAT, PART_TOPIC, PARTS };

/* What a wildcard or set took: words, or the entry of a set. */
struct match_star {
    uint16_t at, count;
    uint32_t member; /* 1 + member; 0 = as it was said */
};

struct match {
    uint32_t category; /* 1 + category; 0 = none */
    const struct match_star *stars[PARTS];
    size_t star_count[PARTS];
};

/* What searches of one answer share: made in the arena by the first that needs it. All zero at the beginning. */
struct match_scratch {
    void *memory;
    size_t steps; /* left; counted down */
};

/* -1 when the steps are used up or the arena is full. */
int match_find(const struct aiml *, const struct heard part[PARTS], struct match_scratch *, struct arena *,
               struct match *ret);

#endif
