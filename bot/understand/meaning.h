/* Meaning: the vectors of an index's entries, of one kind, as a flat section of bytes.
 *
 * Good for: which entries mean what a text means, though they share no word with it. Not for:
 * words; for making vectors (a meaning_maker's: see index.h).
 *
 * Every phrasing becomes a unit vector, and every entry of several phrasings a centroid (the unit
 * vector of their sum); each is kept as 8-bit steps of its own scale, which moves a cosine by
 * 0.003 at most at 300 dimensions. A phrasing that the maker knows nothing of (all zeros) has none; an entry without
 * any has the cosine MEANING_NONE.
 *
 * The section knows nothing of the image around it: it may lie anywhere 8-byte aligned and be
 * mapped. Entries have the ordinals they had when it was made.
 * Cost: 1 byte a dimension and vector (each padded to 16). meaning_best reads all centroids of up
 * to MEANING_SCANNED entries (25 ns each at 300 dimensions); of more entries it reads the
 * groups whose middle is nearest, until it has read that many.
 * Errors: said at each function. Threads: an opened section is a plain value and read-only: any. */
#ifndef UNDERSTAND_MEANING_H
#define UNDERSTAND_MEANING_H

#include "understand/index.h"

enum { MEANING_SCANNED = 16384, MEANING_BATCH = 64 };
#define MEANING_NONE (-2.0f) /* below every cosine */

/* Makes the section of entries 0 … count-1 and appends it to `out`, whose size must be a multiple of 8;
 * the section's is one too. Asks the maker for MEANING_BATCH texts at a time; `progress`, if given,
 * hears shares from 0 to 1. 0; -1 where the maker cannot, where `size` is out of 1 …
 * MEANING_SIZE_MAX, without memory or past the ceiling of `out`: then `out` has its old size, and
 * the index is to be made without this kind (look at out->failed for the last case). */
int meaning_build(const struct meaning_maker *, const char *lang, const struct index_entry *, size_t count,
                  void (*progress)(void *context, double share), void *context, struct buf *out);

/* A section found good. Its fields are private; the bytes outlive it. */
struct meaning {
    const struct meaning_header *head;
    const struct meaning_entry *entries;
    const float *scales;
    const int8_t *rows;
    const uint32_t *order, *group_at;
};

/* Checks `size` bytes, 8-byte aligned, once: -1 where they are no section, or one of another version,
 * machine, or of other than `entries` entries. They may be hostile. */
int meaning_open(const void *bytes, size_t size, size_t entries, struct meaning *ret);
/* Names the maker, as meaning_maker.source did: compare it, and the size below, before using a text's vector. */
uint64_t meaning_source(const struct meaning *);
/* Floats of a text's vector. */
size_t meaning_size(const struct meaning *);

/* A text's vector made ready for many comparisons: it need not be of unit length. */
struct meaning_query {
    int16_t steps[MEANING_SIZE_MAX];
    float scale;     /* 0 = the text has no meaning: all cosines are MEANING_NONE */
    uint32_t hidden; /* private: a row that is not compared, UINT32_MAX = none */
};

/* Reads meaning_size floats. What is not finite, or all zeros, has no meaning. 8 kB: on the stack is fine. */
void meaning_ask(const struct meaning *, const float *vector, struct meaning_query *ret);

/* How many phrasings of an entry have a meaning; the n-th of them, in their order, asks as if it had never been
 * written: meaning_scores and the cosines of meaning_best leave it out (centroids still have it). */
uint32_t meaning_phrasings(const struct meaning *, uint32_t entry);
void meaning_ask_phrasing(const struct meaning *, uint32_t entry, uint32_t n, struct meaning_query *ret);

/* The best cosine (-1 … 1) over the phrasings of each entry in `entries` (ordinals below the count), or
 * MEANING_NONE. `entries` NULL = the entries 0 … count-1. */
void meaning_scores(const struct meaning *, const struct meaning_query *, const uint32_t *entries, size_t count,
                    float *ret_cosines);

/* The cosine of an entry's centroid, or MEANING_NONE. */
float meaning_centroid(const struct meaning *, const struct meaning_query *, uint32_t entry);

/* The up to k entries nearest to the text, best first: found by their centroids (the 4k nearest), ordered by
 * the best cosine over their phrasings, which *ret_cosines gets. Ties: the lower ordinal. `k` is at most
 * MEANING_BEST_MAX. Returns how many. */
enum { MEANING_BEST_MAX = 64 };
size_t meaning_best(const struct meaning *, const struct meaning_query *, size_t k, uint32_t *ret_entries,
                    float *ret_cosines);

#endif
