/* Index: the entries of one language, made searchable; an immutable flat image.
 *
 * Good for: which entry does this text ask for, and how sure are we. Built once at publish
 * from the editors' texts, then read in place (from a mapped file) by any thread at once.
 * Not for: searching transcripts. An entry is known here by its ordinal alone: what it is (an
 * FAQ article, an intent) is the caller's business.
 * Errors: index_build -1 without memory, past the ceiling of `out` or for an entry without
 * phrasings; index_open NULL where the bytes are not an index of this format (every offset is
 * checked once, at opening). */
#ifndef UNDERSTAND_INDEX_H
#define UNDERSTAND_INDEX_H

#include "base/arena.h"
#include "base/buf.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What is known of one entry. phrasings[0] is its title or question. */
struct index_entry {
    const char *const *phrasings;
    size_t phrasing_count;
    const char *answer, *topic; /* "" = none */
};

/* Meanings: dense vectors of a text's sense, beside its words. Two kinds may be used at once. */
enum meaning_kind { MEANING_WORDS, MEANING_EMBEDDED, MEANING_KINDS };

/* Who makes the meanings of one kind. */
struct meaning_maker {
    uint64_t source; /* names the file or the model: vectors of different sources are never compared */
    size_t size;     /* floats of a vector, 1 … MEANING_SIZE_MAX */
    /* Writes `count` vectors of `size` floats each, one a text, of any length; a text without any
     * meaning gets zeros. -1 where it cannot: the index is then made without this kind. May block. */
    int (*make)(void *context, const char *lang, const char *const *texts, size_t count, float *ret);
    void *context;
};
enum { MEANING_SIZE_MAX = 4096 };

struct index_options {
    /* Examples of questions that none of the entries answers, if there are any; what everybody's
     * visitors ask beside the point is known without. */
    const char *const *out_of_scope;
    size_t out_of_scope_count;
    const struct meaning_maker *makers[MEANING_KINDS]; /* NULL = without */
    /* Hears shares from 0 to 1 now and then, if given. */
    void (*progress)(void *context, double share);
    void *context;
};

/* Builds the index of entries 0 … count-1 in language `lang` and appends its image to `out`;
 * fits the confidence by cross-validation on the entries' own phrasings. `options` may be NULL. */
int index_build(const char *lang, const struct index_entry *, size_t count, const struct index_options *options,
                struct buf *out);

struct index;
/* Opens an image in place: `bytes` must be 8-byte aligned and outlive it. index_close frees. */
struct index *index_open(const void *bytes, size_t size);
void index_close(struct index *);
const char *index_lang(const struct index *);
size_t index_count(const struct index *);

enum { UNDERSTOOD_MAX = 8, MISSPELT_MAX = 3 };

struct candidate {
    uint32_t entry;
    float score;      /* for --explain only */
    float confidence; /* that this is the right entry and the question in scope */
};

/* What the program made of a text. Strings lie in the arena. */
struct understanding {
    const char *corrected;              /* the reading after spelling, equal to the text if nothing was mended */
    size_t word_count;                  /* words in the text */
    size_t known_words;                 /* of them in the vocabulary of the entries or the language */
    const char *misspelt[MISSPELT_MAX]; /* words that neither the dictionary nor the entries have, and no mending */
    size_t misspelt_count;
    double in_scope; /* that any entry answers it */
    bool close;      /* the second candidate is nearly as good as the first */
    size_t count;    /* candidates, best first */
    struct candidate candidates[UNDERSTOOD_MAX];
    const char *explanation; /* several lines, if it was asked for */
};

/* A misspelt word, as it was written, and what a dictionary suggests instead. */
struct respelling {
    const char *word, *instead;
};

/* What may help a look-up. All zero = the words of the text alone. */
struct understand_options {
    bool explain;
    /* A word that the dictionary has and no entry may be a slip, too: "refound" for refund. For what was not understood
     * otherwise: a good word is most often what was meant. */
    bool doubt;
    const struct respelling *respellings;
    size_t respelling_count;
    /* The text's own meaning, of the same source as the index's, or NULL. */
    const float *meanings[MEANING_KINDS];
    uint64_t sources[MEANING_KINDS];
    size_t sizes[MEANING_KINDS]; /* floats of each */
};

/* Reads `text` (valid UTF-8, any size up to SITE_TEXT_BYTES; longer is cut). Always an orderly
 * result; -1 only without memory (a look-up takes 60 kB of the arena on a small site, 700 kB at
 * most). `options` may be NULL. Pure: same index, text and options, same result. Any thread. */
int understand(const struct index *, const char *text, const struct understand_options *options, struct arena *,
               struct understanding *ret);

/* How alike two texts are to this index, 0–1 (1 = same features): for finding twin questions. */
double index_likeness(const struct index *, const char *a, const char *b);

/* For each entry the other entry whose phrasing is nearest, where the likeness is at least
 * `least`: calls `found` once a pair (first < second). For the checker: of more than 20,000
 * phrasings it looks around a part of them, evenly chosen, so that publishing stays quick. */
int index_twins(const struct index *, const struct index_entry *, double least,
                void (*found)(void *context, uint32_t first, uint32_t second, size_t first_phrasing,
                              size_t second_phrasing, double likeness),
                void *context);

#endif
