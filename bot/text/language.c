/* The language of a text: see language.h. */
#include "text/language.h"

#include "base/embed.h"
#include "base/hash.h"
#include "text/spell.h"
#include "text/stop.h"
#include "text/texting.h"
#include "text/token.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

enum {
    LANGS_MAX = 8,
    WORDS_MAX = 40,  /* the first words show it, or none do */
    WORDS_SURE = 4,  /* … and after so many one may be far ahead */
    WORDS_LEAST = 2, /* one word shows nothing: "ok", "account", "no" */
    GRAM_BYTES = 7,
    GRAM_SLOTS = 1024,
    GRAMS_COUNTED = 3, /* of one word */
    ASKED_MAX = 6,     /* words that the dictionaries are asked for */
    ASKED_LEAST = 4,   /* letters of such a word */
};

/* A function word weighs as much as three telling rows of letters; the winner must lead the
 * next by LEAD points and by a fifth. */
static const double word_points = 3, lead = 3, share = 1.2, far_ahead = 12;

/* The rows of letters of a language ("tion$ ^wh"), each packed into a number, in an open hash table. */
struct grams {
    char lang[8];
    uint64_t slots[GRAM_SLOTS]; /* 0 = free */
    unsigned lengths;           /* bit n: some row has n bytes */
};

static struct grams tables[LANGS_MAX];
static size_t table_count;

static uint64_t pack(const char *bytes, size_t size)
{
    uint64_t packed = 0;
    memcpy(&packed, bytes, size);
    return packed;
}

static uint64_t *slot_of(struct grams *g, uint64_t gram)
{
    size_t at = hash_mix(gram) % GRAM_SLOTS;
    while (g->slots[at] != 0 && g->slots[at] != gram)
        at = (at + 1) % GRAM_SLOTS;
    return &g->slots[at];
}

/* Half of the table stays free, so that every search ends. */
static void read_line(struct grams *g, const char *line, size_t size, size_t *count)
{
    for (size_t at = 0; at < size;) {
        size_t length = 0;
        while (at + length < size && line[at + length] != ' ')
            length++;
        if (length > 0 && length <= GRAM_BYTES && *count < GRAM_SLOTS / 2) {
            *slot_of(g, pack(line + at, length)) = pack(line + at, length);
            g->lengths |= 1u << length;
            ++*count;
        }
        at += length + 1;
    }
}

static void read_grams(struct grams *g, const char *text)
{
    size_t count = 0;
    while (*text != '\0') {
        size_t size = strcspn(text, "\n");
        if (*text != '#')
            read_line(g, text, size, &count);
        text += size + (text[size] == '\n');
    }
}

/* Every text/data/grams.LANG.txt there is. */
static void read_all(void)
{
    static const char prefix[] = "text/data/grams.";
    const struct embedded *file;
    for (size_t i = 0; (file = embed_at(i)) != NULL && table_count < LANGS_MAX; i++) {
        if (strncmp(file->path, prefix, strlen(prefix)) != 0)
            continue;
        struct grams *g = &tables[table_count++];
        const char *lang = file->path + strlen(prefix);
        snprintf(g->lang, sizeof g->lang, "%.*s", (int)strcspn(lang, "."), lang);
        read_grams(g, file->data);
    }
}

static struct grams *grams_of(const char *lang)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, read_all);
    for (size_t i = 0; i < table_count; i++) {
        if (strcmp(tables[i].lang, lang) == 0)
            return &tables[i];
    }
    return NULL;
}

/* How many different rows of a language a word has, up to GRAMS_COUNTED. */
static int count_grams(struct grams *g, const char *word, size_t size)
{
    char framed[TOKEN_BYTES + 2];
    uint64_t seen[GRAMS_COUNTED];
    int found = 0;
    framed[0] = '^';
    memcpy(framed + 1, word, size);
    framed[size + 1] = '$';
    for (size_t at = 0; at < size + 2; at++) {
        for (size_t length = 2; length <= GRAM_BYTES && at + length <= size + 2; length++) {
            if ((g->lengths & 1u << length) == 0)
                continue;
            uint64_t gram = pack(framed + at, length);
            bool known = *slot_of(g, gram) == 0;
            for (int i = 0; i < found; i++)
                known = known || seen[i] == gram;
            if (known)
                continue;
            seen[found++] = gram;
            if (found == GRAMS_COUNTED)
                return found;
        }
    }
    return found;
}

/* What a language is told by. */
struct language {
    const char *lang;
    const struct stop *stop;
    const struct texting *texting;
    struct grams *grams;
};

static struct language language_of(const char *lang)
{
    return (struct language){lang, stop_of(lang), texting_of(lang), grams_of(lang)};
}

/* Those behind LANGS_MAX are not looked at; returns how many are. */
static size_t languages_of(const char *const *langs, size_t count, struct language *ret)
{
    if (count > LANGS_MAX)
        count = LANGS_MAX;
    for (size_t l = 0; l < count; l++)
        ret[l] = language_of(langs[l]);
    return count;
}

/* Hurried people use few words that are whole, but the hurried ones are telling. */
static bool has_function_word(const struct language *l, const struct token *t)
{
    size_t size;
    return stop_has(l->stop, t->word, t->length) ||
           (t->length > 1 && texting_meant(l->texting, t->word, t->length, &size) != NULL);
}

static double points_of(const struct token *t, const struct language *l)
{
    return (has_function_word(l, t) ? word_points : 0) + count_grams(l->grams, t->word, t->length);
}

/* The points of each language; how many words were read. Stops where one is far ahead. */
static size_t count_points(const char *text, size_t size, const struct language *all, size_t count, double *ret_points)
{
    struct token_reader reader = token_reader(text, size);
    size_t words = 0;
    for (struct token t; words < WORDS_MAX && token_next(&reader, &t); words++) {
        double most = 0, next = 0;
        for (size_t l = 0; l < count; l++) {
            ret_points[l] += all[l].grams != NULL ? points_of(&t, &all[l]) : 0;
            next = ret_points[l] > most ? most : ret_points[l] > next ? ret_points[l] : next;
            most = ret_points[l] > most ? ret_points[l] : most;
        }
        if (words >= WORDS_SURE && most > next + far_ahead)
            break;
    }
    return words;
}

/* Index of the one dictionary that has a word, -1 where none or several have it. */
static int only_dictionary(const char *word, size_t size, const struct language *all, size_t count)
{
    int only = -1;
    for (size_t l = 0; l < count; l++) {
        if (!spell_has(all[l].lang, word, size))
            continue;
        if (only >= 0)
            return -1;
        only = (int)l;
    }
    return only;
}

/* A capital in mid-sentence: names belong to every language. */
static bool is_name(const char *text, const struct token *t)
{
    return t->at > 0 && text[t->at] >= 'A' && text[t->at] <= 'Z';
}

static bool may_be_asked(const char *text, const struct token *t)
{
    return t->length >= ASKED_LEAST && !is_name(text, t);
}

static bool have_dictionaries(const struct language *all, size_t count)
{
    for (size_t l = 0; l < count; l++)
        if (!spell_knows(all[l].lang))
            return false;
    return true;
}

/* Where letters do not show it: words that one dictionary alone has. Two of them tell, or one
 * beside a function word; a single word of another's dictionary leaves it open. */
static int ask_dictionaries(const char *text, size_t size, const struct language *all, size_t count)
{
    size_t own[LANGS_MAX] = {0}, asked = 0;
    int found = -1;
    if (!have_dictionaries(all, count))
        return -1;
    struct token_reader reader = token_reader(text, size);
    for (struct token t; asked < ASKED_MAX && token_next(&reader, &t);) {
        int only = -1;
        for (size_t l = 0; l < count; l++)
            own[l] += t.length > 1 && has_function_word(&all[l], &t);
        if (!may_be_asked(text, &t))
            continue;
        asked++;
        if ((only = only_dictionary(text + t.at, t.size, all, count)) < 0)
            continue;
        own[only]++;
        if (found >= 0 && found != only)
            return -1;
        found = only;
    }
    return found >= 0 && own[found] >= 2 ? found : -1;
}

bool language_own_word(const char *text, size_t size, const char *const *langs, size_t count, size_t lang)
{
    struct language all[LANGS_MAX];
    count = languages_of(langs, count, all);
    if (!have_dictionaries(all, count))
        return false;
    struct token_reader reader = token_reader(text, size);
    size_t asked = 0;
    for (struct token t; asked < ASKED_MAX && token_next(&reader, &t);) {
        if (!may_be_asked(text, &t))
            continue;
        asked++;
        if (only_dictionary(text + t.at, t.size, all, count) == (int)lang)
            return true;
    }
    return false;
}

int language_guess(const char *text, size_t size, const char *const *langs, size_t count)
{
    double points[LANGS_MAX] = {0};
    struct language all[LANGS_MAX];
    size_t best = 0;
    count = languages_of(langs, count, all);
    if (count < 2 || count_points(text, size, all, count, points) < WORDS_LEAST)
        return -1;
    for (size_t l = 1; l < count; l++)
        best = points[l] > points[best] ? l : best;
    for (size_t l = 0; l < count; l++)
        if (l != best && (points[best] < points[l] + lead || points[best] < points[l] * share))
            return ask_dictionaries(text, size, all, count);
    return points[best] >= word_points ? (int)best : -1;
}
