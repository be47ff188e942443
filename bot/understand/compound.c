/* Words together and apart: see compound.h. */
#include "understand/compound.h"

#include <string.h>

enum {
    WHOLE_LEAST = 4,   /* letters of a word that two make */
    TORN_LEAST = 5,    /* letters of a word that may have lost its space */
    HALF_LEAST = 2,    /* of each of its halves, but for l'ordine without its apostrophe */
    TELLING_LEAST = 4, /* of a half that alone makes the other one believed */
    WHOLE_MOST = 32,
    DOCS_MAX = 32, /* phrasings looked through for two words side by side */
};

static uint32_t find(const struct index *x, const char *word, size_t size, bool hide_lonely)
{
    uint32_t id = image_find_word(x, word, size);
    return id != IMAGE_NONE && hide_lonely && x->words[id].df <= 1 ? IMAGE_NONE : id;
}

static bool side_by_side(const struct index *x, uint32_t first, uint32_t second)
{
    const uint32_t *docs, *other, *words;
    uint32_t count = image_list(&x->word_docs, first, &docs), others = image_list(&x->word_docs, second, &other);
    if (others < count) {
        docs = other;
        count = others;
    }
    for (uint32_t d = 0; d < count && d < DOCS_MAX; d++) {
        uint32_t length = image_list(&x->doc_words, docs[d], &words);
        for (uint32_t i = 0; i + 1 < length; i++)
            if (words[i] == first && words[i + 1] == second)
                return true;
    }
    return false;
}

/* Whether a letter begins at this place, and not in the middle of it. */
static bool is_start(const char *word, size_t at)
{
    return ((unsigned char)word[at] & 0xc0) != 0x80;
}

size_t compound_apart(const struct index *x, const char *word, size_t size, bool hide_lonely)
{
    if (size < WHOLE_LEAST || size > WHOLE_MOST)
        return 0;
    for (size_t at = 1; at < size; at++) {
        if (!is_start(word, at))
            continue;
        uint32_t second = find(x, word + at, size - at, hide_lonely);
        uint32_t first = second != IMAGE_NONE ? find(x, word, at, hide_lonely) : IMAGE_NONE;
        if (first != IMAGE_NONE && side_by_side(x, first, second))
            return at;
    }
    return 0;
}

/* How much a half of a torn word tells: 0 = nothing, it is no word. */
enum half { HALF_NONE, HALF_GOOD, HALF_STOP, HALF_TELLING };

static enum half half_of(const struct index *x, const char *word, size_t size, bool hide_lonely)
{
    if (stop_has(x->stop, word, size))
        return HALF_STOP;
    if (size < HALF_LEAST)
        return HALF_NONE;
    if (find(x, word, size, hide_lonely) != IMAGE_NONE)
        return size >= TELLING_LEAST ? HALF_TELLING : HALF_GOOD;
    return HALF_NONE;
}

/* Whether two halves make sense together. Of single letters only an elided article may stand
 * before, and only before a telling word. */
static bool believed(enum half first, size_t first_size, enum half second, size_t second_size)
{
    if (first == HALF_NONE || second == HALF_NONE || second_size < HALF_LEAST)
        return false;
    if (first_size < HALF_LEAST)
        return second == HALF_TELLING;
    return first == HALF_TELLING || second == HALF_TELLING || (first == HALF_STOP && second == HALF_STOP);
}

size_t compound_torn(const struct index *x, const char *word, size_t size, bool hide_lonely)
{
    size_t best = 0, most = 0;
    if (size < TORN_LEAST || size > WHOLE_MOST)
        return 0;
    for (size_t at = 1; at + HALF_LEAST <= size; at++) {
        enum half second = is_start(word, at) ? half_of(x, word + at, size - at, hide_lonely) : HALF_NONE;
        if (second == HALF_NONE || !believed(half_of(x, word, at, hide_lonely), at, second, size - at))
            continue;
        /* The halves most alike in length are the least likely to be chance. */
        size_t shorter = at < size - at ? at : size - at;
        if (shorter > most) {
            most = shorter;
            best = at;
        }
    }
    return best;
}

uint32_t compound_together(const struct index *x, const struct token *first, const struct token *second,
                           bool hide_lonely)
{
    char whole[WHOLE_MOST];
    size_t size = first->length + second->length;
    if (size < WHOLE_LEAST || size > WHOLE_MOST)
        return IMAGE_NONE;
    memcpy(whole, first->word, first->length);
    memcpy(whole + first->length, second->word, second->length);
    uint32_t id = find(x, whole, size, hide_lonely);
    return id != IMAGE_NONE && (x->words[id].flags & WORD_STOP) == 0 ? id : IMAGE_NONE;
}
