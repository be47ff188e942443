/* Sense_build: makes the meanings of an index, and what the fitting of its confidence needs of them.
 *
 * Life: sense_build_new (asks the makers for the entries), sense_build_outside (asks them for texts that no
 * entry answers, and finds the scale of sense.h), then sense_build_doc and sense_build_text; sense_build_add
 * at last. A kind whose maker fails at any point is left out of everything, of `x` too.
 * Private to this floor. Threads: one at a time. */
#ifndef UNDERSTAND_SENSE_BUILD_H
#define UNDERSTAND_SENSE_BUILD_H

#include "base/buf.h"
#include "understand/advance.h"
#include "understand/sense.h"

struct sense_build;

/* Makes the sections and gives them to `x`, which must be free of meanings so far and be closed before
 * sense_build_free. `options` may be NULL: then there are none. The part is told how far it is. NULL without memory. */
struct sense_build *sense_build_new(struct index *x, const struct index_entry *, const struct index_options *,
                                    const struct advance *);
void sense_build_free(struct sense_build *);

/* Texts that no entry answers, which must outlive it. -1 without memory. */
int sense_build_outside(struct sense_build *, const char *const *texts, size_t count);

/* What a phrasing means, asked as if it had never been written; and the n-th of the texts outside. Fewer kinds
 * than the index has, where nobody knows. -1 without memory. */
int sense_build_doc(const struct sense_build *, uint32_t doc, struct arena *, struct sense *ret);
int sense_build_text(const struct sense_build *, size_t outside, struct arena *, struct sense *ret);

/* Adds the sections and scales to an image that has none yet. -1 past its ceiling. */
int sense_build_add(const struct sense_build *, struct buf *image);

#endif
