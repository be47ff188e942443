/* Stems by libstemmer, one set of stemmers a thread: see stem.h. */
#include "text/stem.h"

#include <libstemmer.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

/* More languages than a site may have. */
enum { STEMMERS_MAX = 16, LANG_BYTES = 12 };

struct stemmers {
    struct {
        char lang[LANG_BYTES];
        struct sb_stemmer *stemmer; /* NULL = libstemmer has none */
    } at[STEMMERS_MAX];
    size_t count;
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

static struct sb_stemmer *stemmer_of(const char *lang)
{
    if (mine == NULL) {
        pthread_once(&once, make_key);
        mine = calloc(1, sizeof *mine);
        if (mine == NULL)
            return NULL;
        pthread_setspecific(key, mine);
    }
    for (size_t i = 0; i < mine->count; i++)
        if (strcmp(mine->at[i].lang, lang) == 0)
            return mine->at[i].stemmer;
    size_t size = strlen(lang);
    if (mine->count == STEMMERS_MAX || size >= LANG_BYTES)
        return NULL;
    memcpy(mine->at[mine->count].lang, lang, size + 1);
    return mine->at[mine->count++].stemmer = sb_stemmer_new(lang, "UTF_8");
}

size_t stem_word(const char *lang, const char *word, size_t size, char *ret, size_t room)
{
    struct sb_stemmer *stemmer = stemmer_of(lang);
    const char *stem = word;
    if (stemmer != NULL) {
        const sb_symbol *found = sb_stemmer_stem(stemmer, (const sb_symbol *)word, (int)size);
        if (found != NULL && sb_stemmer_length(stemmer) > 0) {
            stem = (const char *)found;
            size = (size_t)sb_stemmer_length(stemmer);
        }
    }
    if (room == 0)
        return 0;
    if (size > room - 1)
        size = room - 1;
    memcpy(ret, stem, size);
    ret[size] = '\0';
    return size;
}
