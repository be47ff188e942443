/* Mending one word: see mend.h. */
#include "understand/mend.h"

#include "text/spell.h"
#include "text/stem.h"
#include "understand/compound.h"
#include "understand/kin.h"
#include "understand/tongue.h"
#include "understand/typo.h"

#include <string.h>

/* Nobody misspells more words of one question; one of so many that cannot be mended is gibberish
 * or in another language. */
enum { WORDS_MAX = 24, VAIN_MAX = 10, DEAR_MAX = 4, TONGUE_MAX = 1 };

/* Letters of a word whose letters in a row may be too many. */
enum { RUNS_LEAST = 5 };

struct mender mender_of(const struct index *x, const struct respelling *respellings, size_t respelling_count,
                        bool hide_lonely)
{
    return (struct mender){.x = x,
                           .texting = texting_of(x->head->lang),
                           .respellings = respellings,
                           .respelling_count = respelling_count,
                           .hide_lonely = hide_lonely,
                           .words_left = WORDS_MAX,
                           .vain_left = VAIN_MAX,
                           .dear_left = DEAR_MAX,
                           .tongue_left = TONGUE_MAX};
}

bool mend_goes_on(const struct mender *m)
{
    return m->words_left > 0 && m->vain_left > 0;
}

bool mend_is_good(const struct mender *m, const char *written, size_t written_size, const struct token *t)
{
    const char *lang = m->x->head->lang;
    char accented[TEXTING_WORD_BYTES];
    if (spell_has(lang, written, written_size))
        return true;
    for (size_t i = 0, size; (size = texting_accent(m->texting, t->word, t->length, i, accented)) > 0; i++)
        if (spell_has(lang, accented, size))
            return true;
    return false;
}

static bool in_vocabulary(const struct mender *m, const char *word, size_t size)
{
    uint32_t id = image_find_word(m->x, word, size);
    return id != IMAGE_NONE && !(m->hide_lonely && m->x->words[id].df <= 1);
}

static bool is_word(const struct mender *m, const char *word, size_t size)
{
    return in_vocabulary(m, word, size) || stop_has(m->x->stop, word, size) || spell_has(m->x->head->lang, word, size);
}

static size_t put(char *ret, const char *text, size_t size)
{
    if (size >= MEND_BYTES)
        return 0;
    memcpy(ret, text, size);
    return size;
}

static size_t put_word(const struct mender *m, uint32_t id, char *ret)
{
    return id == IMAGE_NONE ? 0 : put(ret, m->x->strings + m->x->words[id].text, m->x->words[id].length);
}

static size_t put_halves(const struct token *t, size_t at, char *ret)
{
    if (at == 0)
        return 0;
    put(ret, t->word, at);
    ret[at] = ' ';
    return at + 1 + put(ret + at + 1, t->word + at, t->length - at);
}

/* Of the suggestions for this word the first that the entries have, else the first. */
static size_t by_respelling(struct mender *m, const struct token *t, char *ret)
{
    size_t found = 0;
    for (size_t i = 0; i < m->respelling_count; i++) {
        const struct respelling *r = &m->respellings[i];
        struct token_reader word = token_reader(r->word, strlen(r->word));
        struct token w;
        if (!token_next(&word, &w) || w.length != t->length || memcmp(w.word, t->word, w.length) != 0)
            continue;
        struct token_reader instead = token_reader(r->instead, strlen(r->instead));
        bool had = token_next(&instead, &w) && in_vocabulary(m, w.word, w.length);
        if (had || found == 0)
            found = put(ret, r->instead, strlen(r->instead));
        if (had)
            break;
    }
    return found;
}

static size_t by_letters(struct mender *m, const struct token *t, char *ret)
{
    char word[TEXTING_WORD_BYTES];
    for (size_t i = 0, size; (size = texting_letters(m->texting, t->word, t->length, i, word)) > 0; i++)
        if (is_word(m, word, size))
            return put(ret, word, size);
    return 0;
}

/* "graaazie", "fatttura": three letters in a row are two or one. */
static size_t by_runs(struct mender *m, const struct token *t, char *ret)
{
    for (size_t keep = 2; keep >= 1 && t->length >= RUNS_LEAST; keep--) {
        size_t used = 0, run = 0;
        bool cut = false;
        for (size_t i = 0; i < t->length;) {
            for (run = 1; i + run < t->length && t->word[i + run] == t->word[i]; run++)
                continue;
            size_t kept = run >= 3 ? keep : run;
            memset(ret + used, t->word[i], kept);
            used += kept;
            cut = cut || run >= 3;
            i += run;
        }
        if (cut && is_word(m, ret, used))
            return used;
    }
    return 0;
}

static size_t by_sure_slip(struct mender *m, const struct token *t, char *ret)
{
    const struct typo_how how = {.hide_lonely = m->hide_lonely, .least = m->least > TYPO_KEY ? m->least : TYPO_KEY};
    return put_word(m, typo_mend(m->x, t->word, t->length, how), ret);
}

static size_t by_kin(struct mender *m, const struct token *t, char *ret)
{
    return m->least > TYPO_NONE ? 0 : kin_mend(m->x, t, m->hide_lonely, ret);
}

static size_t by_space(struct mender *m, const struct token *t, char *ret)
{
    return put_halves(t, compound_torn(m->x, t->word, t->length, m->hide_lonely), ret);
}

static size_t by_slip(struct mender *m, const struct token *t, char *ret)
{
    const struct typo_how how = {.hide_lonely = m->hide_lonely, .least = m->least};
    return put_word(m, typo_mend(m->x, t->word, t->length, how), ret);
}

static size_t by_two_slips(struct mender *m, const struct token *t, char *ret)
{
    const struct typo_how how = {.hide_lonely = m->hide_lonely};
    if (t->length < TYPO_TWICE || m->dear_left == 0 || m->least > TYPO_NONE)
        return 0;
    m->dear_left--;
    return put_word(m, typo_mend_twice(m->x, t->word, t->length, how), ret);
}

/* What no entry has: a word of the language. */
static size_t by_tongue(struct mender *m, const struct token *t, char *ret)
{
    /* While confidence is learnt, words of one entry are hidden, not misspelt. */
    if (m->tongue_left == 0 || m->hide_lonely)
        return 0;
    m->tongue_left--;
    return tongue_mend(m->x->head->lang, t, m->least, ret);
}

size_t mend_doubted(const struct mender *m, const struct token *t, char *ret)
{
    char was[TOKEN_BYTES + 1], is[TOKEN_BYTES + 1];
    const char *lang = m->x->head->lang;
    const struct typo_how how = {.hide_lonely = m->hide_lonely};
    size_t size = put_word(m, typo_mend(m->x, t->word, t->length, how), ret);
    /* Another form of the word says nothing new. */
    size_t stem = stem_word(lang, t->word, t->length, was, sizeof was);
    return stem == stem_word(lang, ret, size, is, sizeof is) && memcmp(was, is, stem) == 0 ? 0 : size;
}

/* In this order: what is surest first. */
static size_t (*const ways[])(struct mender *, const struct token *, char *) = {
    by_respelling, by_letters, by_runs, by_sure_slip, by_kin, by_space, by_slip, by_two_slips, by_tongue,
};

size_t mend_word(struct mender *m, const struct token *t, bool name, char *ret)
{
    size_t size = 0;
    for (size_t i = 0; i < t->length; i++)
        if (t->word[i] >= '0' && t->word[i] <= '9')
            return 0; /* a code is what it is */
    if (!mend_goes_on(m))
        return 0;
    m->words_left--;
    m->least = name ? TYPO_PLAIN : TYPO_NONE;
    for (size_t i = 0; i < sizeof ways / sizeof *ways && size == 0; i++)
        size = ways[i](m, t, ret);
    m->vain_left -= size == 0;
    return size;
}
