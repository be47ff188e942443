/* Signals: what the classifier sees of a text: each word's stem, its rows of letters and its sets
 * of synonyms, and which words stand near each other. Each signal is a hash with a weight that
 * does not know how rare it is (training.h does). Private to this floor. Threads: any. */
#ifndef UNDERSTAND_SIGNALS_H
#define UNDERSTAND_SIGNALS_H

#include "text/thesaurus.h"
#include "understand/features.h"

enum signal_kind { SIGNAL_FEATURE, SIGNAL_SET, SIGNAL_PAIR };

struct signal {
    uint32_t key;
    float weight;
    enum signal_kind kind;
};

enum { SIGNALS_OF_WORD = FEATURES_MAX + THESAURUS_SETS, SIGNALS_OF_PAIR = 2, SIGNALS_REACH = 3 };
enum { SIGNALS_OF_PAIRS = SIGNALS_OF_PAIR * SIGNALS_REACH };

/* The signals of a folded word, its stem's first; how many (≥ 1). `thesaurus` may be NULL. */
size_t signals_of_word(const char *lang, const struct thesaurus *, const char *word, size_t size, bool stop,
                       struct signal ret[SIGNALS_OF_WORD]);
/* The signals of two words, by the keys of their stems, `distance` words apart (1 = neighbours,
 * at most SIGNALS_REACH); how many. */
size_t signals_of_pair(uint32_t first, uint32_t second, size_t distance, struct signal ret[SIGNALS_OF_PAIR]);

/* The words of a text that stand before the next one: as many as pairs reach back. Begins as {0}. */
struct signals_before {
    uint32_t keys[SIGNALS_REACH];
    size_t count;
};
/* The signals of the next word, by its stem's key, with those before it, among which it is from then on; how many. */
size_t signals_of_next(struct signals_before *, uint32_t key, struct signal ret[SIGNALS_OF_PAIRS]);

#endif
