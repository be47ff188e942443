/* Training: makes the classifier of an index (classifier.h), and answers what it would say if an
 * entry or a phrasing had never been written, for fitting the confidence.
 *
 * Examples are the phrasings, what is known to be out of scope, and sentences of everyday
 * language (negatives.h), each a vector of signals weighted by their rarity. Life: training_new,
 * training_run, then any of the others. Private to this floor. Threads: one at a time. */
#ifndef UNDERSTAND_TRAINING_H
#define UNDERSTAND_TRAINING_H

#include "base/buf.h"
#include "understand/classifier.h"

/* More phrasings than this are sampled evenly, the same number of each entry. */
enum { TRAINING_EXAMPLES_MAX = 20000 };

struct training;

/* Reads the phrasings of an index, which must stay open. NULL without memory. */
struct training *training_new(const struct index *, const struct index_options *);
void training_free(struct training *);

/* Solves for every class. -1 without memory. */
int training_run(struct training *, void (*progress)(void *context, double share), void *context);
/* Appends the section of the image. -1 past the buffer's ceiling or without memory. */
int training_write(const struct training *, struct buf *out);

/* The margins of a question (as classifier_margins gives them) by what is left when the mask's doc,
 * or the mask's entry, is forgotten. NULL = nothing is. -1 without memory. */
int training_margins(const struct training *, const struct question *, const struct question_mask *, struct arena *,
                     float *ret);
/* Of everyday sentences and examples out of scope: how many there are, and their texts. */
size_t training_outside(const struct training *, const char *const **ret_texts);

#endif
