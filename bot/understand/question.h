/* Question: a visitor's text as the index sees it: its words as they were meant (reading.h) and
 * one weighted vector of features. Private to this floor. Memory: in the arena. */
#ifndef UNDERSTAND_QUESTION_H
#define UNDERSTAND_QUESTION_H

#include "understand/reading.h"

enum { QUESTION_WORDS_MAX = READING_WORDS_MAX };

/* One word of the reading, weighed. */
struct question_word {
    uint32_t id;        /* in the vocabulary (after mending), or IMAGE_NONE */
    uint32_t stem;      /* feature of its stem, or IMAGE_NONE */
    double idf;         /* of the stem; of a word that stands nowhere it is the highest */
    bool stop;          /* a function word */
    bool mended;        /* not as it was written */
    bool known;         /* in the vocabulary, itself or another form of it, or mended */
    bool in_dictionary; /* the language has it */
    bool listed;        /* the index lists its neighbours: its features are not among the question's */
};

struct question_feature {
    uint32_t id;
    float weight; /* how often, times its weight */
};

struct question {
    struct reading reading;
    struct question_word *words; /* of the reading, one each */
    size_t word_count, content_count, known_count;
    size_t mended_count;               /* of content */
    struct question_feature *features; /* of words that are not listed, each known one once */
    size_t feature_count;
    uint32_t *slots; /* feature → place in `features`, open addressing */
    uint32_t mask;
    double squares;   /* of the features, those unknown to the index among them; of words not listed */
    double mass;      /* sum of the idf of its words */
    double content;   /* … of those that are no function words */
    double senseless; /* … that neither the entries nor the language have */
    double unknown;   /* … and of those that are not known */
    uint64_t exact;   /* hash of its words, mended, in order */
};

/* Hides an entry or a phrasing from a look-up, as if it had never been written: how the confidence
 * is fitted on an edition's own phrasings. IMAGE_NONE = none. */
struct question_mask {
    uint32_t entry, doc;
};

/* What is asked by words that were read. -1 without memory. */
int question_of(const struct index *, const struct reading *, struct arena *, struct question *ret);
/* Reads a text and what it asks. -1 without memory. `mask` may be NULL. */
int question_read(const struct index *, const char *text, const struct question_mask *mask, struct arena *,
                  struct question *ret);
/* The same with all features, and no word listed. -1 without memory. */
int question_read_whole(const struct index *, const char *text, struct arena *, struct question *ret);
/* How strongly a word of the vocabulary answers to a whole question: the product of their vectors. */
double question_meets(const struct index *, const struct question *, uint32_t word);

#endif
