/* Opening an image: every offset, size and ordinal is checked here, once. See image.h. */
#include "understand/image.h"

#include "base/hash.h"
#include "text/spell.h"
#include "understand/classifier.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

const uint8_t image_element[IMAGE_SECTIONS] = {
    [SECTION_STRINGS] = 1,         [SECTION_WORDS] = sizeof(struct image_word),
    [SECTION_WORD_SLOTS] = 4,      [SECTION_WORD_FEATURES_AT] = 4,
    [SECTION_WORD_FEATURES] = 4,   [SECTION_WORD_DOCS_AT] = 4,
    [SECTION_WORD_DOCS] = 4,       [SECTION_WEIGHTS] = 4,
    [SECTION_FEATURE_SLOTS] = 8,   [SECTION_FEATURE_WORDS_AT] = 4,
    [SECTION_FEATURE_WORDS] = 4,   [SECTION_STEM_IDF] = 4,
    [SECTION_STEM_ENTRIES_AT] = 4, [SECTION_STEM_ENTRIES] = 4,
    [SECTION_STEM_IMPACTS] = 1,    [SECTION_DOCS] = sizeof(struct image_doc),
    [SECTION_DOC_WORDS_AT] = 4,    [SECTION_DOC_WORDS] = 4,
    [SECTION_ENTRY_DOCS_AT] = 4,   [SECTION_ENTRY_DOCS] = 4,
    [SECTION_DELETES] = 8,         [SECTION_LIKES_AT] = 4,
    [SECTION_LIKES] = 4,           [SECTION_LIKE_VALUES] = 4,
    [SECTION_CLASSIFIER] = 1,      [SECTION_MEANINGS... SECTION_MEANINGS_LAST] = 1,
};

static bool sections_fit(const struct image_header *h, size_t size)
{
    uint64_t least = sizeof *h;
    for (size_t s = 0; s < IMAGE_SECTIONS; s++) {
        uint64_t at = h->sections[s].at, count = h->sections[s].count;
        if (at % 8 != 0 || at < least || at > size || count > (size - at) / image_element[s])
            return false;
        least = at + count * image_element[s];
    }
    return true;
}

/* Slots are a power of two and never all taken, so that a search ends. */
static bool slots_good(uint64_t count, uint32_t taken)
{
    return count > taken && count <= UINT32_MAX && (count & (count - 1)) == 0;
}

static bool counts_agree(const struct image_header *h)
{
    const struct {
        enum image_section section;
        uint64_t count;
    } wanted[] = {
        {SECTION_WORDS, h->words},
        {SECTION_WORD_FEATURES_AT, (uint64_t)h->words + 1},
        {SECTION_WORD_DOCS_AT, (uint64_t)h->words + 1},
        {SECTION_WEIGHTS, h->features},
        {SECTION_FEATURE_WORDS_AT, (uint64_t)h->features + 1},
        {SECTION_STEM_IDF, h->stems},
        {SECTION_STEM_ENTRIES_AT, (uint64_t)h->stems + 1},
        {SECTION_STEM_IMPACTS, h->sections[SECTION_STEM_ENTRIES].count},
        {SECTION_DOCS, h->docs},
        {SECTION_DOC_WORDS_AT, (uint64_t)h->docs + 1},
        {SECTION_ENTRY_DOCS_AT, (uint64_t)h->entries + 1},
        {SECTION_ENTRY_DOCS, h->docs},
        {SECTION_LIKES_AT, (uint64_t)h->words + 1},
        {SECTION_LIKE_VALUES, h->sections[SECTION_LIKES].count},
    };
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++)
        if (h->sections[wanted[i].section].count != wanted[i].count)
            return false;
    return h->stems <= h->features && slots_good(h->sections[SECTION_WORD_SLOTS].count, h->words) &&
           slots_good(h->sections[SECTION_FEATURE_SLOTS].count, h->features);
}

static const void *section(const struct image_header *h, enum image_section s)
{
    return (const char *)h + h->sections[s].at;
}

/* Reads lists of ordinals below `limit`; `least` items each. */
static bool read_lists(const struct image_header *h, enum image_section at, uint32_t limit, uint32_t least,
                       struct image_lists *ret)
{
    ret->at = section(h, at);
    ret->items = section(h, at + 1);
    uint64_t owners = h->sections[at].count - 1, items = h->sections[at + 1].count;
    if (ret->at[0] != 0 || ret->at[owners] != items)
        return false;
    for (uint64_t i = 0; i < owners; i++)
        if (ret->at[i + 1] < ret->at[i] || ret->at[i + 1] - ret->at[i] < least)
            return false;
    for (uint64_t i = 0; i < items; i++)
        if (ret->items[i] >= limit)
            return false;
    return true;
}

static bool numbers_good(const float *numbers, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (!isfinite(numbers[i]) || numbers[i] < 0)
            return false;
    return true;
}

static bool words_good(const struct index *x)
{
    uint64_t strings = x->head->sections[SECTION_STRINGS].count;
    for (uint32_t w = 0; w < x->head->words; w++)
        if ((uint64_t)x->words[w].text + x->words[w].length > strings ||
            x->word_features.items[x->word_features.at[w]] >= x->head->stems)
            return false;
    for (uint64_t i = 0; i <= x->word_mask; i++)
        if (x->word_slots[i] != IMAGE_NONE && x->word_slots[i] >= x->head->words)
            return false;
    for (size_t i = 0; i < x->delete_count; i++)
        if ((uint32_t)x->deletes[i] >= x->head->words)
            return false;
    return true;
}

static bool docs_good(const struct index *x)
{
    for (uint32_t d = 0; d < x->head->docs; d++)
        if (x->docs[d].entry >= x->head->entries || !isfinite(x->docs[d].norm) || x->docs[d].norm < 0)
            return false;
    for (uint64_t i = 0; i <= x->feature_mask; i++)
        if (x->feature_slots[i].id != IMAGE_NONE && x->feature_slots[i].id >= x->head->features)
            return false;
    return true;
}

static bool model_good(const struct image_header *h)
{
    for (size_t m = 0; m < CONFIDENCE_MODELS; m++) {
        for (size_t i = 0; i < CONFIDENCE_SCOPE_SIZE; i++)
            if (!isfinite(h->models[m].scope[i]))
                return false;
        for (size_t i = 0; i < CONFIDENCE_FIRST_SIZE; i++)
            if (!isfinite(h->models[m].first[i]))
                return false;
        if (!(h->models[m].share >= 0 && h->models[m].share <= 1))
            return false;
    }
    return isfinite(h->unknown_idf) && h->unknown_idf > 0;
}

/* A table with every slot taken would search for ever. */
static bool has_free_slots(const struct index *x)
{
    uint64_t words = 0, features = 0;
    for (uint64_t i = 0; i <= x->word_mask; i++)
        words += x->word_slots[i] == IMAGE_NONE;
    for (uint64_t i = 0; i <= x->feature_mask; i++)
        features += x->feature_slots[i].id == IMAGE_NONE;
    return words > 0 && features > 0;
}

static bool read_sections(struct index *x, const struct image_header *h)
{
    x->strings = section(h, SECTION_STRINGS);
    x->words = section(h, SECTION_WORDS);
    x->word_slots = section(h, SECTION_WORD_SLOTS);
    x->word_mask = (uint32_t)(h->sections[SECTION_WORD_SLOTS].count - 1);
    x->feature_slots = section(h, SECTION_FEATURE_SLOTS);
    x->feature_mask = (uint32_t)(h->sections[SECTION_FEATURE_SLOTS].count - 1);
    x->weights = section(h, SECTION_WEIGHTS);
    x->stem_idf = section(h, SECTION_STEM_IDF);
    x->stem_impacts = section(h, SECTION_STEM_IMPACTS);
    x->like_values = section(h, SECTION_LIKE_VALUES);
    x->docs = section(h, SECTION_DOCS);
    x->deletes = section(h, SECTION_DELETES);
    x->delete_count = h->sections[SECTION_DELETES].count;
    return read_lists(h, SECTION_WORD_FEATURES_AT, h->features, 1, &x->word_features) &&
           read_lists(h, SECTION_WORD_DOCS_AT, h->docs, 0, &x->word_docs) &&
           read_lists(h, SECTION_FEATURE_WORDS_AT, h->words, 0, &x->feature_words) &&
           read_lists(h, SECTION_STEM_ENTRIES_AT, h->entries, 0, &x->stem_entries) &&
           read_lists(h, SECTION_DOC_WORDS_AT, h->words, 0, &x->doc_words) &&
           read_lists(h, SECTION_ENTRY_DOCS_AT, h->docs, 0, &x->entry_docs) &&
           read_lists(h, SECTION_LIKES_AT, h->words, 0, &x->likes) &&
           numbers_good(x->like_values, h->sections[SECTION_LIKES].count) && numbers_good(x->weights, h->features) &&
           numbers_good(x->stem_idf, h->stems) && words_good(x) && docs_good(x) && has_free_slots(x);
}

static int read_classifier(struct index *x, const struct image_header *h)
{
    size_t size = h->sections[SECTION_CLASSIFIER].count;
    if (size == 0)
        return 0;
    x->classifier = calloc(1, sizeof *x->classifier);
    return x->classifier == NULL
               ? -1
               : classifier_open(section(h, SECTION_CLASSIFIER), size, h->lang, h->words, h->entries, x->classifier);
}

static int read_meanings(struct index *x, const struct image_header *h)
{
    for (size_t k = 0; k < MEANING_KINDS; k++) {
        const struct sense_scale *scale = &h->scales[k];
        size_t size = h->sections[SECTION_MEANINGS + k].count;
        if (size == 0)
            continue;
        if (meaning_open(section(h, SECTION_MEANINGS + (enum image_section)k), size, h->entries, &x->meanings[k]) < 0 ||
            !isfinite(scale->low) || !isfinite(scale->high) || scale->low >= scale->high)
            return -1;
        x->kinds |= 1u << k;
        x->scales[k] = *scale;
    }
    return 0;
}

struct index *index_open(const void *bytes, size_t size)
{
    const struct image_header *h = bytes;
    if ((uintptr_t)bytes % 8 != 0 || size < sizeof *h || h->magic != IMAGE_MAGIC || h->version != IMAGE_VERSION ||
        h->size != size || memchr(h->lang, '\0', IMAGE_LANG_BYTES) == NULL || !model_good(h) ||
        !sections_fit(h, size) || !counts_agree(h))
        return NULL;
    struct index *x = calloc(1, sizeof *x);
    if (x == NULL)
        return NULL;
    x->head = h;
    if (!read_sections(x, h) || read_classifier(x, h) < 0 || read_meanings(x, h) < 0) {
        index_close(x);
        return NULL;
    }
    x->stop = stop_of(h->lang);
    spell_prepare(h->lang);
    return x;
}

void index_close(struct index *x)
{
    if (x != NULL)
        free(x->classifier);
    free(x);
}

const char *index_lang(const struct index *x)
{
    return x->head->lang;
}

size_t index_count(const struct index *x)
{
    return x->head->entries;
}

uint32_t image_find_word(const struct index *x, const char *word, size_t size)
{
    uint32_t i = (uint32_t)hash_bytes(word, size) & x->word_mask;
    for (; x->word_slots[i] != IMAGE_NONE; i = (i + 1) & x->word_mask) {
        const struct image_word *w = &x->words[x->word_slots[i]];
        if (w->length == size && memcmp(x->strings + w->text, word, size) == 0)
            return x->word_slots[i];
    }
    return IMAGE_NONE;
}

uint32_t image_find_feature(const struct index *x, uint32_t hash)
{
    uint32_t i = hash & x->feature_mask;
    for (; x->feature_slots[i].id != IMAGE_NONE; i = (i + 1) & x->feature_mask)
        if (x->feature_slots[i].hash == hash)
            return x->feature_slots[i].id;
    return IMAGE_NONE;
}
