/* Slips in forms of known words: see kin.h. */
#include "understand/kin.h"

#include "base/hash.h"
#include "text/spell.h"
#include "text/stem.h"
#include "understand/typo.h"

#include <string.h>

enum {
    STEM_LEAST = 3,  /* bytes of a stem that is mended */
    BEGIN_LEAST = 5, /* … and of one that a word must begin with */
    ENDING_MOST = 7,
    COMPARED_MAX = 64, /* words looked at in one search */
    ASKED_MAX = 6      /* of them, asked for in the dictionary */
};

/* Tells the hashes of stems from those of words in the one list. */
static const uint32_t salt = 0x5bd1e995u;

struct salted {
    void (*found)(void *context, uint32_t hash);
    void *context;
};

static void pass_on(void *context, uint32_t hash)
{
    const struct salted *s = context;
    s->found(s->context, hash ^ salt);
}

void kin_forms(const char *lang, const char *word, size_t size, void (*found)(void *context, uint32_t hash),
               void *context)
{
    char stem[TOKEN_BYTES + 1];
    struct salted s = {found, context};
    size_t length = stem_word(lang, word, size, stem, sizeof stem);
    if (length >= STEM_LEAST)
        typo_forms(stem, length, false, pass_on, &s);
}

size_t kin_form_count(size_t size)
{
    return typo_form_count(size + 2, false); /* no stemmer adds more */
}

bool kin_counts(const struct image_word *w)
{
    return (w->flags & WORD_IN_QUESTION) != 0 && (w->flags & WORD_STOP) == 0 && w->length > STEM_LEAST &&
           w->length <= TYPO_MOST;
}

struct search {
    const struct index *x;
    const struct token *token;
    bool hide_lonely, torn;
    char stem[TOKEN_BYTES + 1];
    size_t stem_size, compared, asked;
    enum typo_slip best;
    char *form; /* the best so far */
    size_t form_size;
};

static size_t stem_of(const struct index *x, uint32_t id, char ret[TOKEN_BYTES + 1])
{
    return stem_word(x->head->lang, x->strings + x->words[id].text, x->words[id].length, ret, TOKEN_BYTES + 1);
}

/* A word whose stem may be the one that was meant: with the ending that was written. */
static void consider(struct search *s, uint32_t id)
{
    char form[KIN_BYTES];
    size_t size = stem_of(s->x, id, form), ending = s->token->length - s->stem_size;
    enum typo_slip slip = typo_slip(s->stem, s->stem_size, form, size);
    if (slip < TYPO_KEY || slip < s->best)
        return;
    memcpy(form + size, s->token->word + s->stem_size, ending);
    size += ending;
    if (size == s->form_size && memcmp(form, s->form, size) == 0)
        return;
    if (s->asked++ >= ASKED_MAX || !spell_has(s->x->head->lang, form, size))
        return;
    s->torn = slip == s->best;
    s->best = slip;
    memcpy(s->form, form, size);
    s->form_size = size;
}

static void look_up(void *context, uint32_t hash)
{
    struct search *s = context;
    const uint64_t *listed;
    size_t count = typo_listed(s->x, hash, &listed);
    for (size_t i = 0; i < count && s->compared++ < COMPARED_MAX; i++) {
        uint32_t id = (uint32_t)listed[i];
        if (!s->hide_lonely || s->x->words[id].df > 1)
            consider(s, id);
    }
}

size_t kin_mend(const struct index *x, const struct token *t, bool hide_lonely, char *ret)
{
    struct search s = {.x = x, .token = t, .hide_lonely = hide_lonely, .form = ret};
    if (t->length > TYPO_MOST)
        return 0;
    s.stem_size = stem_word(x->head->lang, t->word, t->length, s.stem, sizeof s.stem);
    if (s.stem_size < STEM_LEAST || s.stem_size > t->length || memcmp(s.stem, t->word, s.stem_size) != 0)
        return 0;
    struct salted salted = {look_up, &s};
    typo_forms(s.stem, s.stem_size, false, pass_on, &salted);
    return s.torn ? 0 : s.form_size;
}

uint32_t kin_begun(const struct index *x, const struct token *t, bool hide_lonely)
{
    size_t compared = 0, least = t->length > BEGIN_LEAST + ENDING_MOST ? t->length - ENDING_MOST : BEGIN_LEAST;
    for (size_t size = t->length < TYPO_MOST ? t->length : TYPO_MOST; size >= least; size--) {
        const uint64_t *listed;
        size_t count = typo_listed(x, (uint32_t)hash_bytes(t->word, size) ^ salt, &listed);
        for (size_t i = 0; i < count && compared++ < COMPARED_MAX; i++) {
            char stem[TOKEN_BYTES + 1];
            uint32_t id = (uint32_t)listed[i];
            if ((!hide_lonely || x->words[id].df > 1) && stem_of(x, id, stem) == size &&
                memcmp(stem, t->word, size) == 0)
                return id;
        }
    }
    return IMAGE_NONE;
}
