/* What the files of training share: training.c (examples), training_solve.c, training_write.c. Not for others. */
#ifndef UNDERSTAND_TRAINING_DATA_H
#define UNDERSTAND_TRAINING_DATA_H

#include "understand/examples.h"
#include "understand/training.h"

/* What an example contributes to a class. */
struct share {
    uint32_t class;
    float alpha;
};

struct training {
    const struct index *x;
    struct examples examples;
    uint32_t *docs;   /* of the first examples */
    uint32_t *labels; /* of all: an entry, or `classes` - 1 for none */
    uint32_t *used;   /* the same for the last run, SVM_LEFT_OUT for what took no part */
    uint8_t *kernel;  /* see svm.h */
    float kernel_one, kernel_below;
    uint32_t *example_of; /* by doc, or IMAGE_NONE */
    float *costs,
        *entry_costs; /* what an error costs where "none of them" is told from the rest, and where an entry is */
    uint32_t *order;
    size_t doc_count, classes;
    uint32_t fold; /* of the last run */
    float own;     /* mean margin of the phrasings, after it */
    const char **outside;
    size_t outside_count;
    const struct kinship *kinship; /* NULL where the language has none */
    float *gists;                  /* KINSHIP_SIZE an example, of length 1 or 0 */
    /* By column: the examples that have it. */
    uint32_t *posting_at, *posting_examples;
    float *posting_values;
    /* By example: its shares. */
    uint32_t *share_at;
    struct share *shares;
};

#endif
