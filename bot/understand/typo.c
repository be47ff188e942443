/* Mending slips of the finger: see typo.h. */
#include "understand/typo.h"

#include "base/hash.h"
#include "text/keyboard.h"
#include "text/token.h"

#include <math.h>
#include <string.h>

/* Bounds of one search: words compared, and words that may have been meant. */
enum { COMPARED_MAX = 256, MEANT_MAX = 12 };

/* A strange slip is believed of words of so many letters on, the others of any. */
enum { STRANGE_LEAST = 5 };

/* What a candidate is worth, in natural logarithms: each step of enum typo_slip, a word of
 * questions, and how many entries have it (cut, so that a likelier slip always leads). The best
 * must lead the next by `lead`, which is nearly three times as likely. */
static const double slip_worth = 3, asked_worth = 1.2, common_most = 1.9, lead = 1;

/* Every form of `word` that lacks the letter at `from` or a later one. */
static void forms_from(const char *word, size_t size, size_t from, bool again, void (*found)(void *, uint32_t),
                       void *context)
{
    char form[TOKEN_BYTES];
    for (size_t i = from; i < size; i++) {
        if (i > from && word[i] == word[i - 1])
            continue; /* the same form again */
        memcpy(form, word, i);
        memcpy(form + i, word + i + 1, size - i - 1);
        found(context, (uint32_t)hash_bytes(form, size - 1));
        if (again)
            forms_from(form, size - 1, i, false, found, context);
    }
}

void typo_forms(const char *word, size_t size, bool twice, void (*found)(void *context, uint32_t hash), void *context)
{
    if (size == 0 || size > TOKEN_BYTES)
        return;
    found(context, (uint32_t)hash_bytes(word, size));
    forms_from(word, size, 0, twice, found, context);
}

size_t typo_form_count(size_t size, bool twice)
{
    return 1 + size + (twice ? size * size / 2 : 0);
}

bool typo_twice(const struct image_word *w)
{
    return w->length >= TYPO_TWICE && w->length <= TYPO_TWICE_MOST && (w->flags & WORD_IN_QUESTION) != 0;
}

/* `longer` has one letter more, at `at`: the same as one beside it, or a key beside one. */
static enum typo_slip extra_letter(const char *longer, size_t size, size_t at)
{
    char c = longer[at], before = at > 0 ? longer[at - 1] : '\0', behind = at + 1 < size ? longer[at + 1] : '\0';
    if (c == before || c == behind)
        return TYPO_PLAIN;
    return keyboard_near(c, before) || keyboard_near(c, behind) ? TYPO_KEY : TYPO_STRANGE;
}

enum typo_slip typo_slip(const char *written, size_t size, const char *meant, size_t meant_size)
{
    size_t shorter = size < meant_size ? size : meant_size, head = 0, tail = 0;
    if (size + 1 < meant_size || meant_size + 1 < size)
        return TYPO_NONE;
    while (head < shorter && written[head] == meant[head])
        head++;
    while (tail < shorter - head && written[size - 1 - tail] == meant[meant_size - 1 - tail])
        tail++;
    size_t left = size - head - tail, meant_left = meant_size - head - tail;
    if (left == 0 && meant_left == 1)
        return TYPO_PLAIN;
    if (left == 1 && meant_left == 0)
        return extra_letter(written, size, head);
    if (left == 1 && meant_left == 1)
        return keyboard_near(written[head], meant[head]) ? TYPO_KEY : TYPO_STRANGE;
    if (left == 2 && meant_left == 2 && written[head] == meant[head + 1] && written[head + 1] == meant[head])
        return TYPO_PLAIN;
    return TYPO_NONE;
}

/* Whether two words are at most two slips apart: edit distance with swaps of neighbours. */
static bool within_two(const char *a, size_t a_size, const char *b, size_t b_size)
{
    unsigned char rows[3][TYPO_MOST + 1], *old = rows[0], *last = rows[1], *row = rows[2];
    for (size_t j = 0; j <= b_size; j++)
        last[j] = (unsigned char)j;
    for (size_t i = 1; i <= a_size; i++) {
        unsigned char least = row[0] = (unsigned char)i;
        for (size_t j = 1; j <= b_size; j++) {
            unsigned best = last[j - 1] + (a[i - 1] != b[j - 1]);
            best = last[j] + 1u < best ? last[j] + 1u : best;
            best = row[j - 1] + 1u < best ? row[j - 1] + 1u : best;
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] && old[j - 2] + 1u < best)
                best = old[j - 2] + 1u;
            row[j] = (unsigned char)best;
            least = row[j] < least ? row[j] : least;
        }
        if (least > 2)
            return false;
        unsigned char *spare = old;
        old = last;
        last = row;
        row = spare;
    }
    return last[b_size] <= 2;
}

struct meant {
    uint32_t id;
    double worth;
};

struct search {
    const struct index *x;
    const char *word;
    size_t size;
    struct typo_how how;
    bool twice;
    size_t compared, count;
    struct meant meant[MEANT_MAX];
};

static bool same_stem(const struct index *x, uint32_t a, uint32_t b)
{
    return x->word_features.items[x->word_features.at[a]] == x->word_features.items[x->word_features.at[b]];
}

/* By which slip, TYPO_NONE where it may not be. */
static enum typo_slip slip_of(const struct search *s, const struct image_word *w)
{
    const char *meant = s->x->strings + w->text;
    if (s->twice)
        return within_two(s->word, s->size, meant, w->length) ? TYPO_STRANGE : TYPO_NONE;
    enum typo_slip slip = typo_slip(s->word, s->size, meant, w->length), least = s->how.least;
    size_t letters = s->size < w->length ? s->size : w->length;
    if (least == TYPO_NONE)
        least = letters < STRANGE_LEAST ? TYPO_KEY : TYPO_STRANGE;
    return slip < least ? TYPO_NONE : slip;
}

static void consider(struct search *s, uint32_t id)
{
    const struct image_word *w = &s->x->words[id];
    if (s->how.hide_lonely && w->df <= 1)
        return;
    if (s->twice && !typo_twice(w))
        return;
    enum typo_slip slip = slip_of(s, w);
    if (slip == TYPO_NONE)
        return;
    double common = w->df > 1 ? log(w->df) : 0;
    double worth = slip * slip_worth + (w->flags & WORD_IN_QUESTION ? asked_worth : 0) +
                   (common < common_most ? common : common_most);
    for (size_t i = 0; i < s->count; i++)
        if (s->meant[i].id == id)
            return;
    if (s->count < MEANT_MAX)
        s->meant[s->count++] = (struct meant){id, worth};
}

/* The first place in the sorted list whose hash is not less. The hashes are spread evenly, so
 * the search starts where it ought to be and widens. */
static size_t first_place(const struct index *x, uint32_t hash)
{
    size_t count = x->delete_count, guess = (size_t)((uint64_t)hash * count >> 32), step = 32;
    size_t low = guess, high = guess;
    while (low > 0 && x->deletes[low - 1] >> 32 >= hash) {
        high = low;
        low = low > step ? low - step : 0;
        step *= 2;
    }
    for (step = 32; high < count && x->deletes[high] >> 32 < hash; step *= 2) {
        low = high;
        high = count - high > step ? high + step : count;
    }
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (x->deletes[middle] >> 32 < hash)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static void look_up(void *context, uint32_t hash)
{
    struct search *s = context;
    for (size_t at = first_place(s->x, hash); at < s->x->delete_count && s->x->deletes[at] >> 32 == hash &&
                                              s->compared < COMPARED_MAX && s->count < MEANT_MAX;
         at++, s->compared++)
        consider(s, (uint32_t)s->x->deletes[at]);
}

static uint32_t find_best(const struct search *s)
{
    const struct meant *best = NULL;
    for (size_t i = 0; i < s->count; i++)
        if (best == NULL || s->meant[i].worth > best->worth ||
            (s->meant[i].worth == best->worth && s->meant[i].id < best->id))
            best = &s->meant[i];
    if (best == NULL)
        return IMAGE_NONE;
    double needed = s->twice ? HUGE_VAL : lead;
    for (size_t i = 0; i < s->count; i++)
        if (!same_stem(s->x, s->meant[i].id, best->id) && best->worth - s->meant[i].worth < needed)
            return IMAGE_NONE;
    return best->id;
}

uint32_t typo_mend(const struct index *x, const char *word, size_t size, struct typo_how how)
{
    struct search s = {.x = x, .word = word, .size = size, .how = how};
    if (size < TYPO_LEAST || size > TYPO_MOST)
        return IMAGE_NONE;
    typo_forms(word, size, false, look_up, &s);
    return find_best(&s);
}

uint32_t typo_mend_twice(const struct index *x, const char *word, size_t size, struct typo_how how)
{
    struct search s = {.x = x, .word = word, .size = size, .how = how, .twice = true};
    if (size < TYPO_TWICE || size > TYPO_TWICE_MOST)
        return IMAGE_NONE;
    typo_forms(word, size, true, look_up, &s);
    return find_best(&s);
}
