/* A site in an invented language, with vectors: every word has a synonym that shares its direction and no letters
 * in particular, and there are words that have nothing to do with the site. */
#ifndef TESTS_INVENTED_H
#define TESTS_INVENTED_H

#include "base/hash.h"
#include "understand/image.h"
#include "vectors_test.h"

enum {
    INVENTED_ENTRIES = 15,
    INVENTED_PHRASINGS = 3,
    INVENTED_CONCEPTS = 4 * INVENTED_ENTRIES, /* four an entry; a phrasing has three of them */
    INVENTED_SMALL = 10,                      /* words that stand everywhere */
    INVENTED_STRANGE = 100,
    INVENTED_SIZE = 40,
    INVENTED_WORD = 16,
    INVENTED_TEXT = 128
};

enum invented_sort { INVENTED_SMALL_WORD, INVENTED_WORD_ITSELF, INVENTED_SYNONYM, INVENTED_STRANGE_WORD };

struct invented {
    char texts[INVENTED_ENTRIES][INVENTED_PHRASINGS][INVENTED_TEXT];
    const char *phrasings[INVENTED_ENTRIES][INVENTED_PHRASINGS];
    struct index_entry entries[INVENTED_ENTRIES];
    struct vectors *vectors;
    struct meaning_maker maker;
};

/* Syllables by chance; the same for the same sort and number. */
static inline const char *invented_word(enum invented_sort sort, size_t n, char ret[INVENTED_WORD])
{
    uint64_t chance = hash_mix((uint64_t)sort * 100003 + n * 7 + 1);
    size_t syllables = sort == INVENTED_SMALL_WORD ? 1 : 4;
    for (size_t i = 0; i < syllables; i++, chance = hash_mix(chance)) {
        ret[2 * i] = "bcdfglmnprstvz"[chance % 14];
        ret[2 * i + 1] = "aeiou"[chance / 14 % 5];
    }
    ret[2 * syllables] = '\0';
    return ret;
}

/* A direction by chance, and a little of another that no other word has. */
static inline void invented_line(struct buf *out, enum invented_sort sort, size_t n)
{
    char word[INVENTED_WORD];
    enum invented_sort of = sort == INVENTED_SYNONYM ? INVENTED_WORD_ITSELF : sort;
    buf_printf(out, "%s", invented_word(sort, n, word));
    for (size_t i = 0; i < INVENTED_SIZE; i++) {
        double own = (double)(hash_mix((uint64_t)of << 40 | n << 20 | i) >> 40) / (1 << 23) - 1;
        double noise = (double)(hash_mix((uint64_t)sort << 40 | n << 20 | i | 1 << 19) >> 40) / (1 << 23) - 1;
        buf_printf(out, " %.4f", own + 0.3 * noise);
    }
    buf_printf(out, "\n");
}

/* Words around a small one, three of the entry's four. */
static inline void invented_text(enum invented_sort sort, size_t entry, size_t variant, char ret[INVENTED_TEXT])
{
    char small[INVENTED_WORD], a[INVENTED_WORD], b[INVENTED_WORD], c[INVENTED_WORD];
    invented_word(INVENTED_SMALL_WORD, (entry + variant) % INVENTED_SMALL, small);
    invented_word(sort, 4 * entry + variant % 4, a);
    invented_word(sort, 4 * entry + (variant + 1) % 4, b);
    invented_word(sort, 4 * entry + (variant + 2) % 4, c);
    snprintf(ret, INVENTED_TEXT, "%s %s %s %s", a, small, b, c);
}

static inline struct invented *invented_new(void)
{
    struct invented *s = calloc(1, sizeof *s);
    struct buf vec;
    buf_init(&vec, 4 << 20);
    buf_printf(&vec, "%d %d\n", INVENTED_SMALL + 2 * INVENTED_CONCEPTS + INVENTED_STRANGE, INVENTED_SIZE);
    for (size_t i = 0; i < INVENTED_SMALL; i++)
        invented_line(&vec, INVENTED_SMALL_WORD, i);
    for (size_t i = 0; i < INVENTED_CONCEPTS; i++) {
        invented_line(&vec, INVENTED_WORD_ITSELF, i);
        invented_line(&vec, INVENTED_SYNONYM, i);
    }
    for (size_t i = 0; i < INVENTED_STRANGE; i++)
        invented_line(&vec, INVENTED_STRANGE_WORD, i);
    s->vectors = open_text(vec.data);
    s->maker = vectors_maker(s->vectors);
    buf_free(&vec);
    for (size_t e = 0; e < INVENTED_ENTRIES; e++) {
        for (size_t p = 0; p < INVENTED_PHRASINGS; p++) {
            invented_text(INVENTED_WORD_ITSELF, e, p, s->texts[e][p]);
            s->phrasings[e][p] = s->texts[e][p];
        }
        s->entries[e] = (struct index_entry){s->phrasings[e], INVENTED_PHRASINGS, "", ""};
    }
    return s;
}

static inline void invented_free(struct invented *s)
{
    vectors_close(s->vectors);
    free(s);
}

/* An index with the meanings that the makers (NULL = without) give. */
static inline struct index *invented_index(const struct invented *s, const struct meaning_maker *words,
                                           const struct meaning_maker *embedded, struct buf *ret_image)
{
    const struct index_options options = {
        .makers[MEANING_WORDS] = words,
        .makers[MEANING_EMBEDDED] = embedded,
    };
    buf_init(ret_image, 64 << 20);
    if (index_build("it", s->entries, INVENTED_ENTRIES, &options, ret_image) < 0)
        abort();
    return index_open(ret_image->data, ret_image->size);
}

/* What a text means, as options of a look-up by the vectors; `vector` has INVENTED_SIZE floats. */
static inline struct understand_options invented_options(const struct invented *s, const char *text, float *vector)
{
    struct understand_options o = {0};
    if (vectors_text(s->vectors, "it", text, strlen(text), vector)) {
        o.meanings[MEANING_WORDS] = vector;
        o.sources[MEANING_WORDS] = s->maker.source;
        o.sizes[MEANING_WORDS] = s->maker.size;
    }
    return o;
}

#endif
