/* The language of a text: see language.h. */
#include "text/language.h"

#include "base/embed.h"
#include "text/stop.h"
#include "text/token.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

enum {
    LANGS_MAX = 8,
    WORDS_MAX = 40,  /* the first words show it, or none do */
    WORDS_LEAST = 2, /* one word shows nothing: "ok", "account", "no" */
};

/* A function word weighs as much as three telling rows of letters; the winner must lead the
 * next by LEAD points and by a fifth. */
static const double word_points = 3, lead = 3, share = 1.2;

/* How many of the rows of letters in a list ("tion$ ^wh") a word has. */
static int count_grams(const char *grams, const char *word, size_t size)
{
    char framed[TOKEN_BYTES + 3];
    snprintf(framed, sizeof framed, "^%.*s$", (int)size, word);
    int found = 0;
    bool comment = false;
    for (const char *p = grams; *p != '\0';) {
        size_t length = strcspn(p, " \n");
        comment = comment || *p == '#';
        char gram[8];
        if (!comment && length > 0 && length < sizeof gram) {
            memcpy(gram, p, length);
            gram[length] = '\0';
            found += strstr(framed, gram) != NULL;
        }
        p += length;
        if (*p == '\n')
            comment = false;
        p += *p != '\0';
    }
    return found;
}

static double points_of(const struct token *t, const struct stop *stop, const struct embedded *grams)
{
    double points = stop_has(stop, t->word, t->length) ? word_points : 0;
    int found = count_grams(grams->data, t->word, t->length);
    return points + (found > 3 ? 3 : found);
}

/* The points of each language; how many words were read. */
static size_t count_points(const char *text, size_t size, const char *const *langs, size_t count, double *ret_points)
{
    const struct stop *stops[LANGS_MAX];
    const struct embedded *grams[LANGS_MAX];
    for (size_t l = 0; l < count; l++) {
        char path[64];
        snprintf(path, sizeof path, "text/data/grams.%s.txt", langs[l]);
        grams[l] = embed_find(path);
        stops[l] = stop_of(langs[l]);
        ret_points[l] = 0;
    }
    struct token_reader reader = token_reader(text, size);
    size_t words = 0;
    for (struct token t; words < WORDS_MAX && token_next(&reader, &t); words++)
        for (size_t l = 0; l < count; l++)
            if (grams[l] != NULL)
                ret_points[l] += points_of(&t, stops[l], grams[l]);
    return words;
}

int language_guess(const char *text, size_t size, const char *const *langs, size_t count)
{
    double points[LANGS_MAX];
    if (count > LANGS_MAX)
        count = LANGS_MAX;
    if (count < 2 || count_points(text, size, langs, count, points) < WORDS_LEAST)
        return -1;
    size_t best = 0;
    for (size_t l = 1; l < count; l++)
        best = points[l] > points[best] ? l : best;
    for (size_t l = 0; l < count; l++)
        if (l != best && (points[best] < points[l] + lead || points[best] < points[l] * share))
            return -1;
    return points[best] >= word_points ? (int)best : -1;
}
