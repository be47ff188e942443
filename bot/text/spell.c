/* Dictionary look-ups by Hunspell: see spell.h. */
#include "text/spell.h"

#include "base/hash.h"

#include <glob.h>
#include <hunspell/hunspell.h>
#include <iconv.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>

enum { DICTIONARIES_MAX = 16, LANG_BYTES = 12, WORD_BYTES = 100, KNOWN_MAX = 4096 };

/* Visitors use few different words that the entries have not, again and again. */
struct known {
    uint64_t word; /* hash; 0 = free */
    bool has;
};

struct dictionary {
    struct known known[KNOWN_MAX]; /* by hash, the newest wins */
    char lang[LANG_BYTES];
    Hunhandle *words; /* NULL = none was found */
    iconv_t encode;   /* (iconv_t)-1 where the dictionary is UTF-8 */
};

/* Where to look, best first; %s is the language. */
static const char *const places[] = {
    "/usr/share/hunspell/%s.aff",        "/usr/share/hunspell/%s_%S.aff",   "/usr/share/hunspell/%s_US.aff",
    "/usr/share/hunspell/%s_*.aff",      "/usr/share/myspell/dicts/%s.aff", "/usr/share/myspell/dicts/%s_%S.aff",
    "/usr/share/myspell/dicts/%s_*.aff",
};

static struct dictionary dictionaries[DICTIONARIES_MAX];
static size_t dictionary_count;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

/* Fills a place in: %s is the language, %S the same in capitals. */
static void fill_place(char *ret, size_t room, const char *place, const char *lang)
{
    size_t used = 0;
    for (const char *p = place; *p != '\0' && used + LANG_BYTES < room; p++) {
        if (*p != '%') {
            ret[used++] = *p;
            continue;
        }
        bool capital = *++p == 'S';
        for (const char *l = lang; *l != '\0'; l++)
            ret[used++] = capital ? (char)(*l - 'a' + 'A') : *l;
    }
    ret[used] = '\0';
}

static Hunhandle *load(const char *aff)
{
    char dic[512];
    int size = snprintf(dic, sizeof dic, "%.*s.dic", (int)(strlen(aff) - strlen(".aff")), aff);
    if (size < 0 || (size_t)size >= sizeof dic)
        return NULL;
    FILE *there = fopen(dic, "re");
    if (there == NULL)
        return NULL;
    fclose(there);
    return Hunspell_create(aff, dic);
}

static Hunhandle *find(const char *lang)
{
    Hunhandle *found = NULL;
    for (size_t i = 0; i < sizeof places / sizeof *places && found == NULL; i++) {
        char pattern[256];
        fill_place(pattern, sizeof pattern, places[i], lang);
        glob_t files;
        if (glob(pattern, 0, NULL, &files) != 0)
            continue;
        found = load(files.gl_pathv[0]);
        globfree(&files);
    }
    return found;
}

static bool is_lang(const char *lang)
{
    size_t size = strlen(lang);
    return size > 0 && size < LANG_BYTES && strspn(lang, "abcdefghijklmnopqrstuvwxyz") == size;
}

/* The dictionary of a language, loaded at its first use; the lock is held. */
static struct dictionary *dictionary_of(const char *lang)
{
    for (size_t i = 0; i < dictionary_count; i++)
        if (strcmp(dictionaries[i].lang, lang) == 0)
            return &dictionaries[i];
    if (dictionary_count == DICTIONARIES_MAX || !is_lang(lang))
        return NULL;
    struct dictionary *d = &dictionaries[dictionary_count++];
    memcpy(d->lang, lang, strlen(lang) + 1);
    d->words = find(lang);
    d->encode = (iconv_t)-1;
    if (d->words != NULL && strcmp(Hunspell_get_dic_encoding(d->words), "UTF-8") != 0)
        d->encode = iconv_open(Hunspell_get_dic_encoding(d->words), "UTF-8");
    return d;
}

/* The word in the dictionary's encoding. false where it cannot be written in it. */
static bool encode(struct dictionary *d, const char *word, size_t size, char *ret, size_t room)
{
    if (size >= room)
        return false;
    if (d->encode == (iconv_t)-1) {
        memcpy(ret, word, size);
        ret[size] = '\0';
        return true;
    }
    char *in = (char *)word, *out = ret;
    size_t left = room - 1;
    iconv(d->encode, NULL, NULL, NULL, NULL);
    if (iconv(d->encode, &in, &size, &out, &left) == (size_t)-1)
        return false;
    *out = '\0';
    return true;
}

void spell_prepare(const char *lang)
{
    pthread_mutex_lock(&lock);
    dictionary_of(lang);
    pthread_mutex_unlock(&lock);
}

static bool look_up(struct dictionary *d, const char *word, size_t size)
{
    char encoded[WORD_BYTES];
    return encode(d, word, size, encoded, sizeof encoded) && Hunspell_spell(d->words, encoded) != 0;
}

bool spell_has(const char *lang, const char *word, size_t size)
{
    bool has = false;
    pthread_mutex_lock(&lock);
    struct dictionary *d = dictionary_of(lang);
    if (d != NULL && d->words != NULL && size > 0) {
        uint64_t hash = hash_keyed(word, size) | 1;
        struct known *k = &d->known[hash / 2 % KNOWN_MAX];
        if (k->word != hash)
            *k = (struct known){hash, look_up(d, word, size)};
        has = k->has;
    }
    pthread_mutex_unlock(&lock);
    return has;
}

__attribute__((destructor)) static void free_dictionaries(void)
{
    for (size_t i = 0; i < dictionary_count; i++) {
        if (dictionaries[i].words != NULL)
            Hunspell_destroy(dictionaries[i].words);
        if (dictionaries[i].encode != (iconv_t)-1)
            iconv_close(dictionaries[i].encode);
    }
    dictionary_count = 0;
}
