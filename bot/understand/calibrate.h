/* Calibrate: fits the confidence of an index by cross-validation on its own phrasings.
 *
 * In scope: phrasings with themselves hidden, and, of an entry that has but one, the same with words
 * dropped or misspelt. Out of scope: phrasings with their whole entry hidden, everyday sentences, and
 * everyday questions from understand/data/offtopic.LANG.txt that resemble no entry.
 * Deterministic: chance is a hash of the phrasing. Private to this floor. */
#ifndef UNDERSTAND_CALIBRATE_H
#define UNDERSTAND_CALIBRATE_H

#include "understand/advance.h"
#include "understand/sense_build.h"
#include "understand/training.h"

/* -1 without memory. `training` is NULL for an index without a classifier. `x` was built of `entries`; `ret` starts
 * from the prior. Where the index has meanings each set of their kinds gets a model of its own, so that a question
 * that comes without is judged as if there were none; the makers are asked for the texts out of scope. */
int calibrate(const struct index *x, const struct index_entry *entries, struct training *, struct sense_build *,
              const struct advance *, struct confidence_model ret[CONFIDENCE_MODELS]);

#endif
