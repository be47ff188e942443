/* Vocabulary: the distinct words of a site while its index is built, each with its features.
 * Private to this floor. Errors: `failed` is set without memory and stays set. */
#ifndef UNDERSTAND_VOCABULARY_H
#define UNDERSTAND_VOCABULARY_H

#include "base/buf.h"
#include "understand/image.h"
#include "understand/numbers.h"

/* Ceilings: of the words' letters, and of the image's ordinals. */
enum { VOCABULARY_BYTES = 512 << 20 };

struct vocabulary {
    const char *lang;
    struct buf strings;
    struct image_word *words;
    uint32_t word_count, word_room;
    uint32_t *word_slots;
    uint32_t word_mask;
    /* Hashes of each word's features, then (after vocabulary_number) their ordinals. */
    struct numbers features_at, features;
    struct image_slot *feature_slots;
    uint32_t feature_mask, feature_count, stem_count;
    bool failed;
};

void vocabulary_init(struct vocabulary *, const char *lang);
void vocabulary_free(struct vocabulary *);

/* The ordinal of a folded word, new or old; 0 once it has failed. */
uint32_t vocabulary_word(struct vocabulary *, const char *word, size_t size);
/* Once all words are in: finds their features and numbers them, stems first. -1 without memory. */
int vocabulary_number(struct vocabulary *);

#endif
