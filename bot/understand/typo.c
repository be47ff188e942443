/* Mending slips of the finger: see typo.h. */
#include "understand/typo.h"

#include "base/hash.h"
#include "text/keyboard.h"
#include "text/token.h"

#include <math.h>
#include <string.h>

/* Bounds of one search: words compared, and words that may have been meant. */
enum { COMPARED_MAX = 256, MEANT_MAX = 12 };

/* A strange slip is believed of words of so many letters on, the others of any; and never of
 * the first letter, where one looks. */
enum { STRANGE_LEAST = 6 };

/* Words of fewer letters are too often short for something else: beside function words only a
 * word of questions is meant, and only where there is no other. */
enum { SHORT_LEAST = 4 };

/* What a candidate is worth, in natural logarithms: each step of enum typo_slip, a word of
 * questions, and how many entries have it (a function word most; cut, so that a likelier slip always leads). The best
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

/* Two slips are believed of which one at most is strange; three never are. */
enum { SLIP_COST = 4, STRANGE_COST = 5, TWICE_COST = SLIP_COST + STRANGE_COST };

static unsigned least_of(unsigned a, unsigned b)
{
    return a < b ? a : b;
}

static unsigned cost_of(enum typo_slip slip)
{
    return slip == TYPO_STRANGE ? STRANGE_COST : SLIP_COST;
}

/* Whether two slips may have made one word of another: edit distance with swaps of neighbours. */
static bool within_two(const char *written, size_t size, const char *meant, size_t meant_size)
{
    unsigned rows[3][TYPO_MOST + 1] = {{0}}, *old = rows[0], *last = rows[1], *row = rows[2];
    for (size_t j = 0; j <= meant_size; j++)
        last[j] = (unsigned)j * SLIP_COST;
    for (size_t i = 1; i <= size; i++) {
        unsigned least, extra = cost_of(extra_letter(written, size, i - 1));
        char c = written[i - 1];
        least = row[0] = last[0] + extra;
        for (size_t j = 1; j <= meant_size; j++) {
            unsigned other = keyboard_near(c, meant[j - 1]) ? SLIP_COST : STRANGE_COST;
            unsigned best = last[j - 1] + (c == meant[j - 1] ? 0 : other);
            best = least_of(best, least_of(last[j] + extra, row[j - 1] + SLIP_COST));
            if (i > 1 && j > 1 && c == meant[j - 2] && written[i - 2] == meant[j - 1])
                best = least_of(best, old[j - 2] + SLIP_COST);
            row[j] = best;
            least = least_of(least, best);
        }
        if (least > TWICE_COST)
            return false;
        unsigned *spare = old;
        old = last;
        last = row;
        row = spare;
    }
    return last[meant_size] <= TWICE_COST;
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
    if (s->size < SHORT_LEAST && (w->flags & (WORD_STOP | WORD_IN_QUESTION)) == 0)
        return TYPO_NONE;
    size_t letters = s->size < w->length ? s->size : w->length;
    if (least == TYPO_NONE)
        least = letters < STRANGE_LEAST || *s->word != *meant ? TYPO_KEY : TYPO_STRANGE;
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
    double common = w->flags & WORD_STOP ? common_most : w->df > 1 ? log(w->df) : 0;
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

size_t typo_listed(const struct index *x, uint32_t hash, const uint64_t **ret)
{
    size_t first = first_place(x, hash), behind = first;
    while (behind < x->delete_count && x->deletes[behind] >> 32 == hash)
        behind++;
    *ret = x->deletes + first;
    return behind - first;
}

static void look_up(void *context, uint32_t hash)
{
    struct search *s = context;
    const uint64_t *listed;
    size_t count = typo_listed(s->x, hash, &listed);
    for (size_t i = 0; i < count && s->compared++ < COMPARED_MAX && s->count < MEANT_MAX; i++)
        consider(s, (uint32_t)listed[i]);
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
    bool told = s->size >= SHORT_LEAST || (s->x->words[best->id].flags & WORD_STOP) != 0;
    double needed = s->twice || !told ? HUGE_VAL : lead;
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
