/* Stems by libstemmer, one set of stemmers a thread: see stem.h. */
#include "text/stem.h"

#include "base/hash.h"

#include <libstemmer.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* More languages than a site may have. */
enum { STEMMERS_MAX = 16, LANG_BYTES = 12 };

/* What a thread stemmed last is asked for again soon: each floor that reads a question stems its words, and
 * visitors ask with the same ones. Words of more bytes are not remembered. */
enum { REMEMBERED = 256, REMEMBERED_BYTES = 24 };

struct remembered {
    char word[REMEMBERED_BYTES], stem[REMEMBERED_BYTES];
    uint8_t word_size, stem_size; /* word_size 0 = nothing */
    uint8_t stemmer;              /* its number + 1 */
};

struct stemmers {
    struct {
        char lang[LANG_BYTES];
        struct sb_stemmer *stemmer; /* NULL = libstemmer has none */
    } at[STEMMERS_MAX];
    size_t count;
    struct remembered remembered[REMEMBERED];
};

static pthread_key_t key;
static pthread_once_t once = PTHREAD_ONCE_INIT;
/* The same pointer as the key's, which is there for its destructor alone. */
static _Thread_local struct stemmers *mine;

static void free_stemmers(void *value)
{
    struct stemmers *s = value;
    for (size_t i = 0; i < s->count; i++)
        if (s->at[i].stemmer != NULL)
            sb_stemmer_delete(s->at[i].stemmer);
    free(s);
}

/* The main thread runs no key destructors. */
__attribute__((destructor)) static void free_main_thread(void)
{
    if (mine != NULL)
        free_stemmers(mine);
    mine = NULL;
}

static void make_key(void)
{
    pthread_key_create(&key, free_stemmers);
}

/* The thread's own, or NULL without memory. */
static struct stemmers *stemmers_of_thread(void)
{
    if (mine == NULL) {
        pthread_once(&once, make_key);
        mine = calloc(1, sizeof *mine);
        if (mine != NULL)
            pthread_setspecific(key, mine);
    }
    return mine;
}

/* Which of them stems a language; STEMMERS_MAX = none. */
static size_t stemmer_of(struct stemmers *s, const char *lang)
{
    for (size_t i = 0; i < s->count; i++)
        if (strcmp(s->at[i].lang, lang) == 0)
            return s->at[i].stemmer != NULL ? i : STEMMERS_MAX;
    size_t size = strlen(lang);
    if (s->count == STEMMERS_MAX || size >= LANG_BYTES)
        return STEMMERS_MAX;
    memcpy(s->at[s->count].lang, lang, size + 1);
    s->at[s->count].stemmer = sb_stemmer_new(lang, "UTF_8");
    return s->at[s->count++].stemmer != NULL ? s->count - 1 : STEMMERS_MAX;
}

/* The stem, which lasts until the thread stems another word; the word itself where it has none. */
static const char *find_stem(struct stemmers *s, size_t i, const char *word, size_t size, size_t *ret_size)
{
    bool brief = size > 0 && size < REMEMBERED_BYTES;
    struct remembered *r = &s->remembered[brief ? hash_bytes(word, size) % REMEMBERED : 0];
    if (brief && r->word_size == size && r->stemmer == i + 1 && memcmp(r->word, word, size) == 0) {
        *ret_size = r->stem_size;
        return r->stem;
    }
    const char *found = (const char *)sb_stemmer_stem(s->at[i].stemmer, (const sb_symbol *)word, (int)size);
    size_t length = found != NULL ? (size_t)sb_stemmer_length(s->at[i].stemmer) : 0;
    *ret_size = length > 0 ? length : size;
    if (length == 0)
        found = word;
    if (brief && *ret_size < REMEMBERED_BYTES) {
        *r = (struct remembered){
            .word_size = (uint8_t)size, .stem_size = (uint8_t)*ret_size, .stemmer = (uint8_t)(i + 1)};
        memcpy(r->word, word, size);
        memcpy(r->stem, found, *ret_size);
    }
    return found;
}

size_t stem_word(const char *lang, const char *word, size_t size, char *ret, size_t room)
{
    struct stemmers *s = stemmers_of_thread();
    size_t i = s != NULL ? stemmer_of(s, lang) : STEMMERS_MAX;
    const char *stem = i < STEMMERS_MAX ? find_stem(s, i, word, size, &size) : word;
    if (room == 0)
        return 0;
    if (size > room - 1)
        size = room - 1;
    memcpy(ret, stem, size);
    ret[size] = '\0';
    return size;
}
