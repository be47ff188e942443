/* Hashes of what the classifier sees: see signals.h. */
#include "understand/signals.h"

#include "base/hash.h"
#include "text/stem.h"
#include "text/token.h"

/* Chosen on the labelled questions of `make bench-understanding`; all are flat around here. */
static const float stem_weight = 1.5f, gram_weight = 1.0f, neighbours_weight = 1.0f, near_weight = 1.0f;
static const float set_weight = 1.0f, broader_share = 0.5f;
const float signals_frame_share = 0.25f;

static uint32_t mix(uint32_t a, uint32_t b, uint32_t kind)
{
    return (uint32_t)(hash_mix((uint64_t)a << 32 | b) + kind * 0x9e3779b1u);
}

static size_t add_sets(const char *lang, const struct thesaurus *t, const char *word, size_t size, struct signal *ret)
{
    struct thesaurus_set sets[THESAURUS_SETS];
    char stem[TOKEN_BYTES + 1];
    size_t count = thesaurus_sets(t, stem, stem_word(lang, word, size, stem, sizeof stem), sets);
    for (size_t i = 0; i < count; i++)
        ret[i] = (struct signal){mix(sets[i].id, 0, SIGNAL_SET),
                                 set_weight * (sets[i].broader ? broader_share : 1) / (1 + sets[i].rank), SIGNAL_SET};
    return count;
}

size_t signals_of_word(const char *lang, const struct thesaurus *thesaurus, const char *word, size_t size, bool stop,
                       struct signal ret[SIGNALS_OF_WORD])
{
    uint32_t hashes[FEATURES_MAX];
    size_t count = features_of(lang, word, size, false, hashes);
    for (size_t i = 0; i < count; i++)
        ret[i] = (struct signal){hashes[i], i == 0 ? stem_weight : gram_weight, SIGNAL_FEATURE};
    if (thesaurus != NULL && !stop && size <= TOKEN_BYTES)
        count += add_sets(lang, thesaurus, word, size, ret + count);
    return count;
}

size_t signals_of_pair(uint32_t first, uint32_t second, size_t distance, struct signal ret[SIGNALS_OF_PAIR])
{
    uint32_t least = first < second ? first : second, most = first < second ? second : first;
    size_t count = 0;
    ret[count++] = (struct signal){mix(least, most, SIGNAL_PAIR), near_weight, SIGNAL_PAIR};
    if (distance == 1)
        ret[count++] = (struct signal){mix(first, second, SIGNAL_PAIR + 1), neighbours_weight, SIGNAL_PAIR};
    return count;
}

/* What stands for other words in a frame, and for its ends; no stem's key is likely to be one of them. */
enum { FRAME_GAP = 1, FRAME_BEGIN, FRAME_END };

struct signals_frame signals_frame(void)
{
    return (struct signals_frame){{FRAME_BEGIN, 0}};
}

static size_t push_frame(struct signals_frame *f, uint32_t key, struct signal *ret)
{
    size_t count = 0;
    uint32_t two = mix(f->last[0], key, SIGNAL_FRAME + 1);
    ret[count++] = (struct signal){two, 1, SIGNAL_FRAME};
    if (f->last[1] != 0)
        ret[count++] = (struct signal){mix(f->last[1], two, SIGNAL_FRAME + 2), 1, SIGNAL_FRAME};
    f->last[1] = f->last[0];
    f->last[0] = key;
    return count;
}

size_t signals_of_frame(struct signals_frame *f, uint32_t key, bool stop, struct signal ret[SIGNALS_OF_FRAME])
{
    if (!stop && f->last[0] == FRAME_GAP)
        return 0;
    return push_frame(f, stop ? key : FRAME_GAP, ret);
}

size_t signals_of_frame_end(struct signals_frame *f, struct signal ret[SIGNALS_OF_FRAME])
{
    return push_frame(f, FRAME_END, ret);
}

size_t signals_of_next(struct signals_before *before, uint32_t key, struct signal ret[SIGNALS_OF_PAIRS])
{
    size_t count = 0;
    for (size_t d = 1; d <= SIGNALS_REACH && d <= before->count; d++)
        count += signals_of_pair(before->keys[(before->count - d) % SIGNALS_REACH], key, d, ret + count);
    before->keys[before->count++ % SIGNALS_REACH] = key;
    return count;
}
