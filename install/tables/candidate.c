/* Sentences that sound like talk: see candidate.h. */
#include "tables/candidate.h"

#include "base/utf8.h"
#include "tables/hashset.h"
#include "text/negatives.h"
#include "text/token.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum { WORDS_LEAST = 3, WORDS_MOST = 14, LETTERS_LEAST = 8 };

/* What a sentence is, the best first, and how many of a hundred chosen ones are of that kind. */
enum kind { KIND_QUESTION, KIND_TALK, KIND_OTHER, KINDS };
static const unsigned shares[KINDS] = {35, 45, 20};

/* Folded words by which somebody speaks of himself or to another. */
static const struct {
    const char *lang, *words;
} talk[] = {
    {"en", " i me my mine you your yours we us our let please am "},
    {"it", " io mi me mio mia miei tu ti te tuo tua noi ci nostro nostra voi vi ho hai abbiamo sono sei siamo posso "
           "puoi vorrei voglio vuoi devo devi so sai "},
};

void candidates_free(struct candidates *c)
{
    for (size_t i = 0; i < c->count; i++)
        free(c->all[i].text);
    free(c->all);
    free(c->texts);
    *c = (struct candidates){0};
}

static bool has_talk(const char *lang, const char *text, size_t size)
{
    const char *words = NULL;
    for (size_t i = 0; i < sizeof talk / sizeof *talk; i++)
        if (strcmp(talk[i].lang, lang) == 0)
            words = talk[i].words;
    struct token_reader reader = token_reader(text, size);
    for (struct token t; words != NULL && token_next(&reader, &t);) {
        char framed[TOKEN_BYTES + 3] = " ";
        memcpy(framed + 1, t.word, t.length);
        memcpy(framed + 1 + t.length, " ", 2);
        if (strstr(words, framed) != NULL)
            return true;
    }
    return false;
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c & 0x80);
}

/* Letters alone, no marks of Latin-1 or of general punctuation. */
static bool is_foreign_mark(char c)
{
    return (unsigned char)c == 0xc2 || (unsigned char)c == 0xe2;
}

/* Nothing but well-formed words and ordinary marks, and not shouted. */
static bool is_plain(const char *text, size_t size)
{
    size_t letters = 0, capitals = 0;
    for (size_t at = 0, length; at < size; at += length) {
        length = utf8_length(text + at, size - at);
        if (length == 0 || text[at] == '\0' || is_foreign_mark(text[at]) ||
            (!is_letter(text[at]) && strchr(" ,.;:?!'-", text[at]) == NULL))
            return false;
        letters += is_letter(text[at]);
        capitals += text[at] >= 'A' && text[at] <= 'Z';
    }
    return letters >= LETTERS_LEAST && letters * 10 >= size * 6 && capitals * 3 < letters &&
           memmem(text, size, "--", 2) == NULL && memmem(text, size, "..", 2) == NULL;
}

void candidates_offer(struct candidates *c, const char *lang, const char *text, size_t size, size_t words,
                      uint64_t hash)
{
    while (size > 0 && strchr(" \"'(-`", *text) != NULL)
        text++, size--;
    while (size > 0 && strchr(" \"()-`", text[size - 1]) != NULL)
        size--;
    if (words < WORDS_LEAST || words > WORDS_MOST || size > NEGATIVE_BYTES || !is_plain(text, size))
        return;
    if (c->count == c->room) {
        c->room = c->room ? c->room * 2 : 1024;
        c->all = must_realloc(c->all, c->room * sizeof *c->all);
    }
    enum kind kind = text[size - 1] == '?' ? KIND_QUESTION : has_talk(lang, text, size) ? KIND_TALK : KIND_OTHER;
    char *copy = must_calloc(1, size + 1);
    memcpy(copy, text, size);
    c->all[c->count++] = (struct candidate){hash, kind, copy};
}

static int by_kind_and_hash(const void *a, const void *b)
{
    const struct candidate *x = a, *y = b;
    if (x->kind != y->kind)
        return x->kind < y->kind ? -1 : 1;
    return x->hash < y->hash ? -1 : x->hash > y->hash;
}

static int by_hash(const void *a, const void *b)
{
    const struct candidate *x = a, *y = b;
    return x->hash < y->hash ? -1 : x->hash > y->hash;
}

/* How many of each kind: their share, and what one lacks falls to the next, at last to the first that has more. */
static void divide(const size_t there[KINDS], size_t most, size_t ret[KINDS])
{
    size_t left = most;
    for (int k = 0; k < KINDS; k++) {
        size_t share = most * shares[k] / 100;
        ret[k] = there[k] < share ? there[k] : share;
        left -= ret[k];
    }
    for (int k = KIND_TALK; k < KIND_TALK + KINDS; k++) {
        size_t more = there[k % KINDS] - ret[k % KINDS];
        more = more < left ? more : left;
        ret[k % KINDS] += more;
        left -= more;
    }
}

size_t candidates_choose(struct candidates *c, size_t most)
{
    size_t there[KINDS] = {0}, wanted[KINDS], count = 0, at = 0;
    if (c->count == 0)
        return 0;
    qsort(c->all, c->count, sizeof *c->all, by_kind_and_hash);
    for (size_t i = 0; i < c->count; i++)
        there[c->all[i].kind]++;
    divide(there, most, wanted);
    struct candidate *chosen = must_calloc(c->count, sizeof *chosen);
    for (int k = 0; k < KINDS; at += there[k], k++)
        for (size_t i = 0; i < wanted[k]; i++)
            chosen[count++] = c->all[at + i];
    qsort(chosen, count, sizeof *chosen, by_hash);
    free(c->texts);
    c->texts = must_calloc(count + 1, sizeof *c->texts);
    for (size_t i = 0; i < count; i++)
        c->texts[i] = chosen[i].text;
    free(chosen);
    return count;
}
