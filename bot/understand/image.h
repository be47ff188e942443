/* Image: the layout of an index in memory and on disk. Private to this floor.
 *
 * One header, then sections of plain fixed-width numbers, each 8-byte aligned. Everything is
 * an ordinal into another section, so an image can be mapped anywhere; every ordinal is checked
 * once by image_open. Numbers are little endian: a machine of the other kind finds a wrong
 * magic and makes the image again.
 *
 *   entry     what is answered: an article or an intent
 *   doc       one phrasing of an entry, as a list of words; docs are numbered by rising norm,
 *             so that a cut posting list keeps the docs where a word weighs most
 *   word      a folded word of the vocabulary, with the features it is made of
 *   feature   a stem or a hashed row of 3-5 letters, with a weight; stems come first */
#ifndef UNDERSTAND_IMAGE_H
#define UNDERSTAND_IMAGE_H

#include "text/stop.h"
#include "understand/meaning.h"

enum { IMAGE_MAGIC = 0x49545053, IMAGE_VERSION = 8, IMAGE_LANG_BYTES = 8 };

#define IMAGE_NONE UINT32_MAX

enum { WORD_STOP = 1, WORD_IN_QUESTION = 2 };

struct image_word {
    uint32_t text; /* offset into the strings */
    uint8_t length, flags;
    uint16_t unused;
    uint32_t df; /* entries that have it anywhere */
};

struct image_doc {
    uint64_t exact; /* hash of its words in order */
    uint32_t entry, phrasing;
    float norm; /* length of its feature vector */
    uint32_t unused;
};

struct image_slot {
    uint32_t hash, id; /* id IMAGE_NONE = free */
};

enum image_section {
    SECTION_STRINGS,
    SECTION_WORDS,
    SECTION_WORD_SLOTS, /* hash of a word → word */
    SECTION_WORD_FEATURES_AT,
    SECTION_WORD_FEATURES, /* of each word, its stem first */
    SECTION_WORD_DOCS_AT,
    SECTION_WORD_DOCS,     /* docs a word stands in */
    SECTION_WEIGHTS,       /* of each feature */
    SECTION_FEATURE_SLOTS, /* hash of a feature → feature */
    SECTION_FEATURE_WORDS_AT,
    SECTION_FEATURE_WORDS, /* words of questions that have a feature */
    SECTION_STEM_IDF,
    SECTION_STEM_ENTRIES_AT,
    SECTION_STEM_ENTRIES, /* entries a stem stands in, heaviest first … */
    SECTION_STEM_IMPACTS, /* … and how heavily, 255 = most */
    SECTION_DOCS,
    SECTION_DOC_WORDS_AT,
    SECTION_DOC_WORDS,
    SECTION_ENTRY_DOCS_AT,
    SECTION_ENTRY_DOCS,
    SECTION_DELETES, /* see typo.h and kin.h: hash of a form << 32 | word, sorted */
    SECTION_LIKES_AT,
    SECTION_LIKES,       /* words most like a word of questions, itself first … */
    SECTION_LIKE_VALUES, /* … and the products of their vectors */
    SECTION_CLASSIFIER,  /* bytes: classifier.h */
    SECTION_MEANINGS,    /* bytes: meaning.h; one section a kind, in their order */
    SECTION_MEANINGS_LAST = SECTION_MEANINGS + MEANING_KINDS - 1,
    IMAGE_SECTIONS
};

/* Bytes of one element of each section. */
extern const uint8_t image_element[IMAGE_SECTIONS];

/* A model for each set of kinds of meanings that a question may have: the set's bits (1 << kind) are its number. */
enum { CONFIDENCE_SCOPE_SIZE = 12, CONFIDENCE_FIRST_SIZE = 10, CONFIDENCE_MODELS = 1 << MEANING_KINDS };

/* The weights of the two logistic functions: see confidence.h. */
struct confidence_model {
    double scope[CONFIDENCE_SCOPE_SIZE], first[CONFIDENCE_FIRST_SIZE];
    double share; /* of the ranking: how much the meaning leads, 0–1 */
};

/* What cosines of one kind mean on this site: see sense.h. */
struct sense_scale {
    float low, high; /* low < high */
};

struct image_header {
    uint32_t magic, version;
    uint64_t size;
    char lang[IMAGE_LANG_BYTES];
    uint32_t entries, docs, words, stems, features, unused;
    double unknown_idf; /* of a word that stands nowhere */
    struct confidence_model models[CONFIDENCE_MODELS];
    struct sense_scale scales[MEANING_KINDS];
    struct {
        uint64_t at, count;
    } sections[IMAGE_SECTIONS];
};

/* Lists of ordinals, one list an owner: items[at[i]] … items[at[i + 1] - 1]. */
struct image_lists {
    const uint32_t *at, *items;
};

struct classifier;

struct index {
    const struct image_header *head;
    const struct stop *stop;
    const char *strings;
    const struct image_word *words;
    const uint32_t *word_slots;
    const struct image_slot *feature_slots;
    uint32_t word_mask, feature_mask;
    const float *weights, *stem_idf, *like_values;
    const uint8_t *stem_impacts;
    const struct image_doc *docs;
    struct image_lists word_features, word_docs, feature_words, stem_entries, doc_words, entry_docs, likes;
    const uint64_t *deletes;
    size_t delete_count;
    struct classifier *classifier; /* NULL = none */
    unsigned kinds;                /* of meanings that there are: bits 1 << kind */
    struct meaning meanings[MEANING_KINDS];
    struct sense_scale scales[MEANING_KINDS];
};

/* The word (folded) in the vocabulary, or IMAGE_NONE. */
uint32_t image_find_word(const struct index *, const char *word, size_t size);
/* The feature with this hash, or IMAGE_NONE. */
uint32_t image_find_feature(const struct index *, uint32_t hash);

static inline uint32_t image_list(const struct image_lists *l, uint32_t owner, const uint32_t **ret_items)
{
    *ret_items = l->items + l->at[owner];
    return l->at[owner + 1] - l->at[owner];
}

#endif
