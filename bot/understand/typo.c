/* Mending a slip of the finger: see typo.h. */
#include "understand/typo.h"

#include "base/hash.h"
#include "text/token.h"

#include <string.h>

void typo_forms(const char *word, size_t size, void (*found)(void *context, uint32_t hash), void *context)
{
    char form[TOKEN_BYTES];
    if (size > TOKEN_BYTES)
        return;
    found(context, (uint32_t)hash_bytes(word, size));
    for (size_t i = 0; i < size; i++) {
        if (i > 0 && word[i] == word[i - 1])
            continue; /* the same form again */
        memcpy(form, word, i);
        memcpy(form + i, word + i + 1, size - i - 1);
        found(context, (uint32_t)hash_bytes(form, size - 1));
    }
}

bool typo_is_one(const char *a, size_t a_size, const char *b, size_t b_size)
{
    if (a_size < b_size)
        return typo_is_one(b, b_size, a, a_size);
    if (a_size - b_size > 1)
        return false;
    size_t head = 0, tail = 0;
    while (head < b_size && a[head] == b[head])
        head++;
    while (tail < b_size - head && a[a_size - 1 - tail] == b[b_size - 1 - tail])
        tail++;
    size_t left = a_size - head - tail;
    if (a_size > b_size)
        return left == 1;
    return left == 1 || (left == 2 && a[head] == b[head + 1] && a[head + 1] == b[head]);
}

struct search {
    const struct index *x;
    const char *word;
    size_t size;
    uint32_t best;
    bool torn; /* two words are as good */
};

static bool same_stem(const struct index *x, uint32_t a, uint32_t b)
{
    return x->word_features.items[x->word_features.at[a]] == x->word_features.items[x->word_features.at[b]];
}

static void consider(struct search *s, uint32_t id)
{
    const struct image_word *w = &s->x->words[id];
    if (id == s->best || w->length < TYPO_LEAST || !typo_is_one(s->word, s->size, s->x->strings + w->text, w->length))
        return;
    if (s->best == IMAGE_NONE) {
        s->best = id;
        return;
    }
    const struct image_word *b = &s->x->words[s->best];
    int asked = (w->flags & WORD_IN_QUESTION) - (b->flags & WORD_IN_QUESTION);
    bool kin = same_stem(s->x, id, s->best);
    if (asked > 0 || (asked == 0 && kin && w->df > b->df))
        s->best = id;
    if (!kin)
        s->torn = asked != 0 ? (asked > 0 ? false : s->torn) : true;
}

static void look_up(void *context, uint32_t hash)
{
    struct search *s = context;
    size_t low = 0, high = s->x->delete_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (s->x->deletes[middle] >> 32 < hash)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < s->x->delete_count && s->x->deletes[low] >> 32 == hash; low++)
        consider(s, (uint32_t)s->x->deletes[low]);
}

uint32_t typo_mend(const struct index *x, const char *word, size_t size)
{
    struct search s = {.x = x, .word = word, .size = size, .best = IMAGE_NONE};
    if (size >= TYPO_LEAST)
        typo_forms(word, size, look_up, &s);
    return s.torn ? IMAGE_NONE : s.best;
}
