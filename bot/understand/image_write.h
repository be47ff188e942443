/* Image write: puts the parts of an index in the making together. Private to this floor. */
#ifndef UNDERSTAND_IMAGE_WRITE_H
#define UNDERSTAND_IMAGE_WRITE_H

#include "understand/vocabulary.h"

enum {
    IMAGE_ENTRIES_MAX = 1 << 28, /* a packed posting has so many bits for its entry */
    IMAGE_LIST_MAX = 16384       /* longest posting list: no look-up reads further */
};

/* All but the vocabulary. Lists come as offsets (`_at`, one more than owners) and items. */
struct image_parts {
    uint32_t entries;
    double unknown_idf;
    float *weights, *stem_idf;
    struct image_doc *docs;
    struct numbers doc_words_at, doc_words, word_docs_at, word_docs, feature_words_at, feature_words;
    struct numbers entry_docs_at, entry_docs, stem_entries_at, stem_entries, like_at, likes;
    struct buf impacts, like_values;
    uint64_t *deletes;
    size_t delete_count;
};

void image_parts_free(struct image_parts *);
/* Sorts packed postings (stem << 36 | (255 - impact) << 28 | entry) into lists by stem. */
int image_parts_postings(struct image_parts *, uint64_t *postings, size_t count, uint32_t stems);
/* The delete-neighbourhood of the vocabulary. */
int image_parts_deletes(struct image_parts *, const struct vocabulary *);
/* Appends the image, with the prior confidence. */
int image_write(const struct image_parts *, const struct vocabulary *, struct buf *out);

/* Puts one of the sections from SECTION_CLASSIFIER on at the end of an image that was written without; they must
 * come in their order. -1 past the ceiling. */
int image_add_section(struct buf *image, enum image_section, const struct buf *bytes);

#endif
