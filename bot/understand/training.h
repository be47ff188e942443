/* Training: makes the classifier of an index (classifier.h), and ones that have not seen a part of
 * the examples, for fitting the confidence.
 *
 * Examples are the phrasings, what is known to be out of scope, and sentences of everyday
 * language (negatives.h), each a vector of signals weighted by their rarity. Life: training_new,
 * training_run, then any of the others. Private to this floor. Threads: one caller at a time;
 * a run uses up to four of its own. */
#ifndef UNDERSTAND_TRAINING_H
#define UNDERSTAND_TRAINING_H

#include "base/buf.h"
#include "understand/classifier.h"

/* More phrasings than this are sampled evenly, the same number of each entry; of more examples out of
 * scope than this every so many-th is taken. The kernel takes a byte for each pair. */
enum { TRAINING_EXAMPLES_MAX = 20000, TRAINING_OUTSIDE_MAX = 4000 };

struct training;

/* Reads the phrasings of an index, which must stay open. NULL without memory. */
struct training *training_new(const struct index *, const struct index_options *);
void training_free(struct training *);

/* Solves for every class. -1 without memory. `progress` may be NULL. */
int training_run(struct training *, void (*progress)(void *context, double share), void *context);
/* The same without a fold of the examples: a fifth of the phrasings of each entry (of few: one), an
 * eighth of the entries altogether, and a fifth of what is out of scope. */
enum { TRAINING_FOLDS = 5 };
int training_run_fold(struct training *, uint32_t fold);
enum training_aside { TRAINING_IN, TRAINING_PHRASING_OUT, TRAINING_ENTRY_OUT };
/* Whether a phrasing was left out of the last run, and how; and an example out of scope. */
enum training_aside training_doc_aside(const struct training *, uint32_t doc);
bool training_outside_aside(const struct training *, size_t outside);
/* How many folds are worth their time: fewer, the more examples there are. */
uint32_t training_folds(const struct training *);

/* Appends the section of the image. -1 past the buffer's ceiling or without memory. */
int training_write(const struct training *, struct buf *out);

/* What the classes claim of a question, as classifier_claims gives it, after the last run. -1 without memory. */
int training_claims(struct training *, const struct question *, struct arena *, float *ret);
/* Of everyday sentences and examples out of scope: how many there are, and their texts. */
size_t training_outside(const struct training *, const char *const **ret_texts);

#endif
