/* Signals: what the classifier sees of a text: each word's stem, its rows of letters and its sets
 * of synonyms, which words stand near each other, and the frame that its function words make. Each
 * signal is a hash with a weight that does not know how rare it is (training.h does). Private to this floor. Threads:
 * any. */
#ifndef UNDERSTAND_SIGNALS_H
#define UNDERSTAND_SIGNALS_H

#include "text/thesaurus.h"
#include "understand/features.h"

enum signal_kind { SIGNAL_FEATURE, SIGNAL_SET, SIGNAL_PAIR, SIGNAL_FRAME };

struct signal {
    uint32_t key;
    float weight;
    enum signal_kind kind;
};

enum { SIGNALS_OF_WORD = FEATURES_MAX + THESAURUS_SETS, SIGNALS_OF_PAIR = 2, SIGNALS_REACH = 3, SIGNALS_OF_FRAME = 2 };

enum { SIGNALS_OF_PAIRS = SIGNALS_OF_PAIR * SIGNALS_REACH };

/* The signals of a folded word, its stem's first; how many (≥ 1). `thesaurus` may be NULL. */
size_t signals_of_word(const char *lang, const struct thesaurus *, const char *word, size_t size, bool stop,
                       struct signal ret[SIGNALS_OF_WORD]);
/* The signals of two words, by the keys of their stems, `distance` words apart (1 = neighbours,
 * at most SIGNALS_REACH); how many. */
size_t signals_of_pair(uint32_t first, uint32_t second, size_t distance, struct signal ret[SIGNALS_OF_PAIR]);

/* The frame of a text: its function words in order, between them a gap for however many others ("how do I … my …"):
 * what is asked or ordered, whatever it is about. */
struct signals_frame {
    uint32_t last[2]; /* what came before, the nearest first */
};
/* What two frames add to the product of two texts: their cosine, times this. */
extern const float signals_frame_share;
struct signals_frame signals_frame(void);
/* The signals that the next word of the text brings, by the key of its stem; how many. */
size_t signals_of_frame(struct signals_frame *, uint32_t key, bool stop, struct signal ret[SIGNALS_OF_FRAME]);
/* … and those that its end brings. */
size_t signals_of_frame_end(struct signals_frame *, struct signal ret[SIGNALS_OF_FRAME]);

/* The words of a text that stand before the next one: as many as pairs reach back. Begins as {0}. */
struct signals_before {
    uint32_t keys[SIGNALS_REACH];
    size_t count;
};
/* The signals of the next word, by its stem's key, with those before it, among which it is from then on; how many. */
size_t signals_of_next(struct signals_before *, uint32_t key, struct signal ret[SIGNALS_OF_PAIRS]);

#endif
