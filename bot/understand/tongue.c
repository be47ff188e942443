/* Slips undone by the words of the language: see tongue.h. */
#include "understand/tongue.h"

#include "base/hash.h"
#include "text/background.h"
#include "text/keyboard.h"
#include "text/kinship.h"
#include "text/spell.h"
#include "text/stem.h"

#include <string.h>

/* The best word so must be so many times as common as the next. */
static const double clearly = 2;

struct search {
    const char *lang;
    const struct background *background;
    const struct kinship *kinship;
    char best[TOKEN_BYTES];
    size_t size;
    double count, next; /* of the best word and of the one behind it */
};

static void try_word(struct search *s, const char *word, size_t size)
{
    char stem[TOKEN_BYTES + 1];
    size_t stemmed = stem_word(s->lang, word, size, stem, sizeof stem);
    uint32_t hash = (uint32_t)hash_bytes(stem, stemmed);
    double count = background_df(s->background, hash);
    bool same = size == s->size && memcmp(word, s->best, size) == 0;
    float scale;
    if (same || kinship_vector(s->kinship, hash, &scale) == NULL || count < TONGUE_LEAST || count <= s->next ||
        !spell_has(s->lang, word, size))
        return;
    if (count <= s->count) {
        s->next = count;
        return;
    }
    s->next = s->count;
    s->count = count;
    s->size = size;
    memcpy(s->best, word, size);
}

static void undo_doubled_and_swapped(struct search *s, const char *word, size_t size)
{
    char other[TOKEN_BYTES];
    for (size_t i = 0; i + 1 < size; i++) {
        if (word[i] == word[i + 1]) {
            memcpy(other, word, i);
            memcpy(other + i, word + i + 1, size - i - 1);
            try_word(s, other, size - 1);
            continue;
        }
        memcpy(other, word, size);
        other[i] = word[i + 1];
        other[i + 1] = word[i];
        try_word(s, other, size);
    }
}

static void undo_neighbours(struct search *s, const char *word, size_t size)
{
    char other[TOKEN_BYTES];
    memcpy(other, word, size);
    for (size_t i = 0; i < size; i++) {
        for (char c = 'a'; c <= 'z'; c++) {
            other[i] = c;
            if (keyboard_near(word[i], c))
                try_word(s, other, size);
        }
        other[i] = word[i];
    }
}

static void undo_forgotten(struct search *s, const char *word, size_t size)
{
    char other[TOKEN_BYTES];
    for (size_t i = 0; i <= size; i++) {
        memcpy(other, word, i);
        memcpy(other + i + 1, word + i, size - i);
        for (char c = 'a'; c <= 'z'; c++) {
            other[i] = c;
            try_word(s, other, size + 1);
        }
    }
}

static bool is_plain(const char *word, size_t size)
{
    for (size_t i = 0; i < size; i++)
        if (word[i] < 'a' || word[i] > 'z')
            return false;
    return true;
}

/* A word of another language that has tables is no slip: whoever writes it may be read in that one, too. */
static bool is_foreign(const char *lang, const struct token *t)
{
    static const char *const langs[] = {"en", "it"};
    for (size_t i = 0; i < sizeof langs / sizeof *langs; i++) {
        char stem[TOKEN_BYTES + 1];
        if (strcmp(langs[i], lang) == 0 || background_of(langs[i]) == NULL)
            continue;
        size_t size = stem_word(langs[i], t->word, t->length, stem, sizeof stem);
        if (background_df(background_of(langs[i]), (uint32_t)hash_bytes(stem, size)) >= TONGUE_FOREIGN)
            return true;
    }
    return false;
}

size_t tongue_mend(const char *lang, const struct token *t, enum typo_slip least, char *ret)
{
    struct search s = {.lang = lang, .background = background_of(lang), .kinship = kinship_of(lang)};
    if (s.background == NULL || s.kinship == NULL || t->length < TONGUE_SHORTEST || t->length > TONGUE_LONGEST ||
        !is_plain(t->word, t->length) || is_foreign(lang, t))
        return 0;
    undo_doubled_and_swapped(&s, t->word, t->length);
    undo_forgotten(&s, t->word, t->length);
    if (least < TYPO_PLAIN)
        undo_neighbours(&s, t->word, t->length);
    if (s.size == 0 || s.count < clearly * s.next)
        return 0;
    memcpy(ret, s.best, s.size);
    return s.size;
}
