/* Classifier: how much each entry claims a question, and how much none of them does: one linear
 * function an entry over the signals of the words (signals.h). A flat section of the image, made
 * by training.h and read in place. Private to this floor. Threads: any. */
#ifndef UNDERSTAND_CLASSIFIER_H
#define UNDERSTAND_CLASSIFIER_H

#include "text/kinship.h"
#include "text/thesaurus.h"
#include "understand/question.h"

/* More entries than this share the weights of retrieval instead. */
enum { CLASSIFIER_ENTRIES_MAX = 2000 };

/* What one signal, or one word of the vocabulary, adds to which classes: this, then `count` classes (uint16_t)
 * and as many weights (int8_t), so that all of it lies together. A row of all classes names none. */
struct classifier_row {
    float scale;  /* of a weight */
    float square; /* of a signal's rarity, or of all a word's weights: for the length */
    uint32_t count;
};

/* Rows begin at multiples of so many bytes; that is what they are numbered by. */
enum { CLASSIFIER_UNIT = 4 };

/* A word of the vocabulary. */
struct classifier_word {
    uint32_t key; /* of its stem */
    uint32_t row; /* where that of all its signals together is, or IMAGE_NONE */
};

struct classifier_header {
    uint32_t classes;             /* entries + 1: the last is "none of them" */
    uint32_t units, slots, words; /* units: of the rows */
    uint32_t elements;            /* weights in all rows that slots and words name */
    float own;                    /* with what margin entries claim their own phrasings, in the mean */
    uint32_t gists;               /* classes with a part over gists: all or none */
    float unseen;                 /* the rarity of a stem that no phrasing has */
    uint64_t thesaurus;           /* which table its sets are numbered by; 0 = none */
    uint64_t kinship;             /* … and which one its gists are made with */
};

struct classifier {
    const struct classifier_header *head;
    const char *rows;
    const struct image_slot *slots; /* hash of a signal → where its row is */
    const struct classifier_word *words;
    const float *bias;                 /* of each class */
    const int8_t *gists;               /* KINSHIP_SIZE steps a class … */
    const float *gist_scales;          /* … and what a step is worth */
    const struct thesaurus *thesaurus; /* NULL where its sets are numbered otherwise */
    const struct kinship *kinship;     /* NULL where there are no gists, or of another table */
};

/* Reads a section in place, for an index of so many words and entries; every number in it is
 * checked. -1 where it is not good. */
int classifier_open(const void *bytes, size_t size, const char *lang, uint32_t words, uint32_t entries,
                    struct classifier *ret);
/* A margin as a claim: 0 for what is not claimed, 1 for what is claimed as an entry's own phrasings
 * are. The more phrasings the entries have, the larger margins become; claims hardly. */
static inline float classifier_claim(float margin, float own)
{
    float claim = (margin + 1) / (own + 1);
    return claim > 0 ? claim < 2 ? claim : 2 : 0; /* NaN, of damaged weights, is 0 */
}
/* Writes what the classes claim of a question to ret[classes]. */
void classifier_claims(const struct classifier *, const struct index *, const struct question *, float *ret);

#endif
