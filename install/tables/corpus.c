/* Counting sentences: see corpus.h. */
#include "tables/corpus.h"

#include "base/buf.h"
#include "base/file.h"
#include "base/hash.h"
#include "tables/candidate.h"
#include "tables/hashset.h"
#include "text/background.h"
#include "text/language.h"
#include "text/negatives.h"
#include "text/stop.h"
#include "text/token.h"
#include "understand/features.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SENTENCE_BYTES = 2000, FILE_BYTES = 16 << 20, PATH_BYTES = 4096 };

struct corpus {
    const char *lang;
    const struct stop *stop;
    uint32_t documents;
    uint32_t (*df)[BACKGROUND_BUCKETS], (*last)[BACKGROUND_BUCKETS]; /* last: document that counted there */
    struct hashset sentences, features;
    struct candidates candidates;
};

struct corpus *corpus_new(const char *lang)
{
    struct corpus *c = must_calloc(1, sizeof *c);
    c->lang = lang;
    c->stop = stop_of(lang);
    c->df = must_calloc(BACKGROUND_ROWS, sizeof *c->df);
    c->last = must_calloc(BACKGROUND_ROWS, sizeof *c->last);
    return c;
}

void corpus_free(struct corpus *c)
{
    hashset_free(&c->sentences);
    hashset_free(&c->features);
    candidates_free(&c->candidates);
    free(c->df);
    free(c->last);
    free(c);
}

static void count_feature(struct corpus *c, uint32_t feature)
{
    hashset_add(&c->features, hash_mix(feature + 1ull));
    for (int row = 0; row < BACKGROUND_ROWS; row++) {
        uint32_t bucket = background_bucket(feature, row);
        c->df[row][bucket] += c->last[row][bucket] != c->documents;
        c->last[row][bucket] = c->documents;
    }
}

/* The sentence's words as a hash, so that what differs in spaces or capitals is the same; *ret_words of them. */
static uint64_t hash_of(const char *text, size_t size, size_t *ret_words)
{
    uint64_t hash = 0;
    struct token_reader reader = token_reader(text, size);
    *ret_words = 0;
    for (struct token t; token_next(&reader, &t); ++*ret_words)
        hash = hash_more(hash, t.word, t.length);
    return hash;
}

/* Translations are seldom whole: what shows itself to be of another language is left out. */
static bool is_foreign(const struct corpus *c, const char *text, size_t size)
{
    static const char *const langs[] = {"en", "it"};
    int guess = language_guess(text, size, langs, sizeof langs / sizeof *langs);
    return guess >= 0 && strcmp(langs[guess], c->lang) != 0;
}

void corpus_sentence(struct corpus *c, const char *text, size_t size, bool said)
{
    size_t words;
    uint64_t hash = hash_of(text, size, &words);
    if (words < 2 || !hashset_add(&c->sentences, hash) || is_foreign(c, text, size))
        return;
    c->documents++;
    struct token_reader reader = token_reader(text, size);
    for (struct token t; token_next(&reader, &t);) {
        uint32_t features[FEATURES_MAX];
        size_t count = features_of(c->lang, t.word, t.length, stop_has(c->stop, t.word, t.length), features);
        for (size_t i = 0; i < count; i++)
            count_feature(c, features[i]);
    }
    if (said)
        candidates_offer(&c->candidates, c->lang, text, size, words, hash);
}

/* Whether a sentence ends with the byte at `at`: at a mark before a space, or before what closes a quotation. */
static bool ends_at(const char *text, size_t size, size_t at)
{
    if (strchr(".?!", text[at]) == NULL || text[at] == '\0')
        return false;
    if (at + 1 == size)
        return true;
    return strchr(" \t\n", text[at + 1]) != NULL ||
           (strchr("\")'", text[at + 1]) != NULL && at + 2 < size && strchr(" \t\n", text[at + 2]) != NULL);
}

void corpus_text(struct corpus *c, const char *text, size_t size)
{
    char sentence[SENTENCE_BYTES];
    size_t used = 0;
    for (size_t at = 0; at <= size; at++) {
        bool paragraph = at == size || (text[at] == '\n' && at + 1 < size && text[at + 1] == '\n');
        if (at < size && used < sizeof sentence) {
            bool space = strchr(" \t\r\n", text[at]) != NULL;
            if (!space)
                sentence[used++] = text[at];
            else if (used > 0 && sentence[used - 1] != ' ')
                sentence[used++] = ' ';
        }
        if (paragraph || ends_at(text, size, at)) {
            if (used < sizeof sentence)
                corpus_sentence(c, sentence, used, true);
            used = 0;
        }
    }
}

uint32_t corpus_documents(const struct corpus *c)
{
    return c->documents;
}

size_t corpus_features(const struct corpus *c)
{
    return c->features.count;
}

size_t corpus_candidates(const struct corpus *c)
{
    return c->candidates.count;
}

static int write_file(const char *folder, const char *name, const char *lang, const char *ending, const struct buf *b)
{
    char path[PATH_BYTES];
    if (b->failed || (size_t)snprintf(path, sizeof path, "%s/%s.%s.%s", folder, name, lang, ending) >= sizeof path) {
        errno = b->failed ? EFBIG : ENAMETOOLONG;
        return -1;
    }
    return file_write_atomic(path, b->data, b->size, 0644);
}

int corpus_write(struct corpus *c, const char *folder, size_t negatives)
{
    struct buf b;
    buf_init(&b, FILE_BYTES);
    background_write(&b, c->lang, c->documents, c->df);
    int result = write_file(folder, "background", c->lang, "tab", &b);
    buf_clear(&b);
    size_t count = candidates_choose(&c->candidates, negatives);
    if (result == 0 && count > 0) {
        negatives_write(&b, c->lang, (const char *const *)c->candidates.texts, count);
        result = write_file(folder, "negatives", c->lang, "txt", &b);
    }
    buf_free(&b);
    return result;
}
