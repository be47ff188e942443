/* Trial: learns from one part of a corpus and is asked the other, one question after the other.
 *
 * Each label is an entry; its own name in words counts as one more wording, or, where the label was
 * given an entry, that entry's question and answer. What is out of scope is learned as such. If it is so
 * wished, and there are examples of it, it is one of the labels that can be given: where a text is more
 * probably out of scope than in it, as the assistant itself would judge. Deterministic but for the times.
 * Memory: trial_free frees what both functions made. Threads: one at a time. */
#ifndef CLI_TRIAL_H
#define CLI_TRIAL_H

#include "cli/corpus.h"
#include "understand/index.h"
#include "understand/vectors.h"

enum { TRIAL_IMAGE_BYTES = 1 << 30, TRIAL_NONE = UINT32_MAX, TRIAL_BEST = 3 };

struct trial_options {
    const char *lang;
    bool oos_as_class;
    const struct vectors *vectors; /* to learn and to ask with; NULL = none */
    /* Hears shares from 0 to 1 now and then, if given: `what` is "learning" or "asking". */
    void (*progress)(void *context, const char *what, double share);
    void *context;
};

struct trial_answer {
    uint32_t labels[TRIAL_BEST]; /* best first, TRIAL_NONE = none */
    float confidences[TRIAL_BEST];
    double in_scope;
    bool close; /* the second is nearly as good as the first */
    double us;  /* what understanding took */
};

struct trial {
    struct buf image;
    struct index *index;
    uint32_t *labels; /* of each entry */
    size_t entry_count;
    uint32_t outside; /* the label given to what is out of scope; TRIAL_NONE = none is */
    double train_s;
    struct trial_answer *answers; /* of each line of corpus.test */
};

/* Learns corpus->train: at least one label must be there to learn. -1 without memory or past the ceiling
 * of an index; free it either way. */
int trial_learn(struct trial *, struct corpus *, const struct trial_options *);
/* Asks corpus->test. -1 without memory. */
int trial_ask(struct trial *, const struct corpus *, const struct trial_options *);
void trial_free(struct trial *);

#endif
