/* Dictionary look-ups by Hunspell: see spell.h. */
#include "text/spell.h"

#include "base/hash.h"

#include <glob.h>
#include <hunspell/hunspell.h>
#include <iconv.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DICTIONARIES_MAX = 16, LANG_BYTES = 12, WORD_BYTES = 100, KNOWN_MAX = 4096, ADVISED_MAX = 256 };

/* Visitors use few different words that the entries have not, again and again. */
struct known {
    uint64_t word; /* hash; 0 = free */
    bool has;
};

/* A dictionary as Hunspell has it, with the way into its encoding and back. */
struct words {
    Hunhandle *hunspell;    /* NULL = none was found */
    iconv_t encode, decode; /* (iconv_t)-1 where it is UTF-8 */
};

struct dictionary {
    char lang[LANG_BYTES];
    struct words words;
    struct known known[KNOWN_MAX]; /* by hash, the newest wins */
};

/* One that suggests. */
struct adviser {
    char lang[LANG_BYTES];
    struct words words;
    struct {
        uint64_t word;
        struct spell_suggestions suggestions;
    } advised[ADVISED_MAX]; /* by hash, the newest wins */
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

/* Made on demand: a server whose dictionaries suggest nothing has none. */
static struct adviser *advisers[DICTIONARIES_MAX];
static size_t adviser_count;
static pthread_mutex_t adviser_lock = PTHREAD_MUTEX_INITIALIZER;

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

static void words_open(struct words *w, const char *lang)
{
    w->hunspell = find(lang);
    w->encode = w->decode = (iconv_t)-1;
    if (w->hunspell == NULL)
        return;
    const char *encoding = Hunspell_get_dic_encoding(w->hunspell);
    if (strcmp(encoding, "UTF-8") == 0)
        return;
    w->encode = iconv_open(encoding, "UTF-8");
    w->decode = iconv_open("UTF-8", encoding);
}

static void words_close(struct words *w)
{
    if (w->hunspell != NULL)
        Hunspell_destroy(w->hunspell);
    if (w->encode != (iconv_t)-1)
        iconv_close(w->encode);
    if (w->decode != (iconv_t)-1)
        iconv_close(w->decode);
}

/* A word in another encoding, NUL-terminated. false where it cannot be written in it. */
static bool convert(iconv_t how, const char *word, size_t size, char *ret, size_t room)
{
    if (size >= room)
        return false;
    if (how == (iconv_t)-1) {
        memcpy(ret, word, size);
        ret[size] = '\0';
        return true;
    }
    char *in = (char *)word, *out = ret;
    size_t left = room - 1;
    iconv(how, NULL, NULL, NULL, NULL);
    if (iconv(how, &in, &size, &out, &left) == (size_t)-1)
        return false;
    *out = '\0';
    return true;
}

/* Hunspell takes capitals for what they are, but refuses a name in small letters, as hurried
 * people write it. */
static bool words_have(struct words *w, const char *word, size_t size)
{
    char encoded[WORD_BYTES];
    if (w->hunspell == NULL || size == 0 || !convert(w->encode, word, size, encoded, sizeof encoded))
        return false;
    if (Hunspell_spell(w->hunspell, encoded) != 0)
        return true;
    if (*encoded < 'a' || *encoded > 'z')
        return false;
    *encoded = (char)(*encoded - 'a' + 'A');
    return Hunspell_spell(w->hunspell, encoded) != 0;
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
    words_open(&d->words, lang);
    return d;
}

void spell_prepare(const char *lang)
{
    spell_knows(lang);
}

bool spell_knows(const char *lang)
{
    pthread_mutex_lock(&lock);
    const struct dictionary *d = dictionary_of(lang);
    bool knows = d != NULL && d->words.hunspell != NULL;
    pthread_mutex_unlock(&lock);
    return knows;
}

bool spell_has(const char *lang, const char *word, size_t size)
{
    bool has = false;
    pthread_mutex_lock(&lock);
    struct dictionary *d = dictionary_of(lang);
    if (d != NULL && d->words.hunspell != NULL && size > 0) {
        uint64_t hash = hash_keyed(word, size) | 1;
        struct known *k = &d->known[hash / 2 % KNOWN_MAX];
        if (k->word != hash)
            *k = (struct known){hash, words_have(&d->words, word, size)};
        has = k->has;
    }
    pthread_mutex_unlock(&lock);
    return has;
}

/* The adviser of a language, made at its first use; its lock is held. NULL without memory. */
static struct adviser *adviser_of(const char *lang)
{
    for (size_t i = 0; i < adviser_count; i++)
        if (strcmp(advisers[i]->lang, lang) == 0)
            return advisers[i];
    if (adviser_count == DICTIONARIES_MAX || !is_lang(lang))
        return NULL;
    struct adviser *a = calloc(1, sizeof *a);
    if (a == NULL)
        return NULL;
    memcpy(a->lang, lang, strlen(lang) + 1);
    words_open(&a->words, lang);
    return advisers[adviser_count++] = a;
}

static void ask(struct words *w, const char *word, size_t size, struct spell_suggestions *ret)
{
    char encoded[WORD_BYTES], **found = NULL;
    ret->count = 0;
    if (words_have(w, word, size) || !convert(w->encode, word, size, encoded, sizeof encoded))
        return;
    int count = Hunspell_suggest(w->hunspell, &found, encoded);
    for (int i = 0; i < count && ret->count < SPELL_SUGGESTED_MAX; i++)
        ret->count += convert(w->decode, found[i], strlen(found[i]), ret->words[ret->count], SPELL_WORD_BYTES);
    Hunspell_free_list(w->hunspell, &found, count);
}

void spell_suggest(const char *lang, const char *word, size_t size, struct spell_suggestions *ret)
{
    ret->count = 0;
    if (size == 0 || size > SPELL_SUGGEST_BYTES)
        return;
    pthread_mutex_lock(&adviser_lock);
    struct adviser *a = adviser_of(lang);
    if (a != NULL && a->words.hunspell != NULL) {
        uint64_t hash = hash_keyed(word, size) | 1;
        size_t at = hash / 2 % ADVISED_MAX;
        if (a->advised[at].word != hash)
            ask(&a->words, word, size, &a->advised[at].suggestions);
        a->advised[at].word = hash;
        *ret = a->advised[at].suggestions;
    }
    pthread_mutex_unlock(&adviser_lock);
}

__attribute__((destructor)) static void free_dictionaries(void)
{
    for (size_t i = 0; i < dictionary_count; i++)
        words_close(&dictionaries[i].words);
    for (size_t i = 0; i < adviser_count; i++) {
        words_close(&advisers[i]->words);
        free(advisers[i]);
    }
    dictionary_count = adviser_count = 0;
}
