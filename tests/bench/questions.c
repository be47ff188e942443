/* Entries and questions by chance: see questions.h. */
#include "bench/questions.h"

#include "base/hash.h"
#include "bench/bench.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { WORDS_MAX = 60000, WORD_BYTES = 14, LEAST_LETTERS = 4, MOST_LETTERS = 11, SHORT_WORDS = 24, LENGTHS_MIXED = 6 };

static char words[WORDS_MAX][WORD_BYTES];
static double zipf[WORDS_MAX];
static size_t word_count;

static const char *const openings[] = {
    "come",           "dove",         "quando",       "quanto costa",  "posso",       "vorrei sapere", "perché non",
    "è possibile",    "cosa serve",   "che cos'è",    "come faccio a", "chi mi",      "a che ora",     "ho bisogno di",
    "mi spiegate il", "si può avere", "quali sono i", "non riesco a",  "c'è un modo", "devo",          "dove trovo"};
static const char *const between[SHORT_WORDS] = {"il", "la",  "di",  "un",   "per", "del", "con",  "i",
                                                 "le", "mio", "una", "da",   "nel", "che", "alla", "su",
                                                 "e",  "mia", "al",  "dopo", "se",  "non", "o",    "più"};

static void make_syllables(char *ret)
{
    static const char *const starts[] = {"b", "c", "d", "f",  "g",  "l",  "m",  "n",  "p",  "r",
                                         "s", "t", "v", "st", "pr", "tr", "sp", "gl", "qu", "z"};
    static const char *const vowels[] = {"a", "e", "i", "o", "u", "ia", "io", "an", "en", "or"};
    size_t syllables = 2 + bench_chance() % 3;
    for (size_t s = 0; s < syllables && strlen(ret) < MOST_LETTERS - 3; s++) {
        strncat(ret, starts[bench_chance() % 20], 3);
        strncat(ret, vowels[bench_chance() % 10], 3);
    }
}

static void read_dictionary(const char *path)
{
    char line[256];
    FILE *file = fopen(path, "re");
    while (file != NULL && word_count < WORDS_MAX && fgets(line, sizeof line, file) != NULL) {
        size_t size = strspn(line, "abcdefghijklmnopqrstuvwxyz");
        if (size >= LEAST_LETTERS && size <= MOST_LETTERS && (line[size] == '/' || line[size] == '\n'))
            memcpy(words[word_count++], line, size);
    }
    if (file != NULL)
        fclose(file);
}

/* The shorter a word, the commoner, as Zipf found; among words of like length by chance. */
static uint64_t rareness(const char *word)
{
    uint64_t hash = hash_bytes(word, strlen(word));
    return (strlen(word) + hash % LENGTHS_MIXED) << 32 | hash >> 32;
}

static int by_usage(const void *a, const void *b)
{
    uint64_t x = rareness(a), y = rareness(b);
    return x < y ? -1 : x > y;
}

void questions_prepare(void)
{
    double sum = 0;
    read_dictionary("/usr/share/hunspell/it_IT.dic");
    while (word_count < WORDS_MAX)
        make_syllables(words[word_count++]);
    qsort(words, word_count, sizeof *words, by_usage);
    for (size_t w = 0; w < word_count; w++)
        zipf[w] = sum += 1 / (double)(w + 3);
    for (size_t w = 0; w < word_count; w++)
        zipf[w] /= sum;
}

static uint32_t choose_word(void)
{
    double at = bench_share();
    size_t low = 0, high = word_count - 1;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (zipf[middle] < at)
            low = middle + 1;
        else
            high = middle;
    }
    return (uint32_t)low;
}

static size_t put(char *text, size_t used, const char *word)
{
    return used + (size_t)snprintf(text + used, QUESTIONS_TEXT - used, "%s%s", used > 0 ? " " : "", word);
}

/* Two to four words of the subject in its order, function words between them. */
static void make_wording(const struct questions_subject *s, char *ret)
{
    size_t used = put(ret, 0, openings[bench_chance() % (sizeof openings / sizeof *openings)]);
    size_t count = 2 + bench_chance() % (QUESTIONS_SUBJECT - 1);
    for (size_t i = 0; i < count; i++) {
        if (i > 0 || bench_chance() % 2 == 0)
            used = put(ret, used, between[bench_chance() % SHORT_WORDS]);
        used = put(ret, used, words[bench_chance() % 5 == 0 ? choose_word() : s->words[i]]);
    }
}

static const char *make_answer(const struct questions_subject *s, struct arena *arena)
{
    char text[QUESTIONS_TEXT] = "";
    size_t used = 0, count = 20 + bench_chance() % 41;
    for (size_t i = 0; i < count; i++)
        used = put(text, used,
                   bench_chance() % 2 == 0 ? between[bench_chance() % SHORT_WORDS]
                   : i % 7 == 0            ? words[s->words[bench_chance() % QUESTIONS_SUBJECT]]
                                           : words[choose_word()]);
    return arena_strdup(arena, text);
}

struct index_entry *questions_entries(struct arena *arena, size_t count, size_t wordings,
                                      struct questions_subject **ret_subjects)
{
    struct index_entry *entries = arena_array(arena, count, sizeof *entries);
    *ret_subjects = arena_array(arena, count, sizeof **ret_subjects);
    for (size_t e = 0; e < count; e++) {
        struct questions_subject *s = &(*ret_subjects)[e];
        size_t phrasings = wordings > 0 ? wordings : 1 + e % 2;
        const char **texts = arena_array(arena, phrasings, sizeof *texts);
        for (size_t i = 0; i < QUESTIONS_SUBJECT; i++)
            s->words[i] = choose_word();
        for (size_t i = 0; i < phrasings; i++) {
            char text[QUESTIONS_TEXT];
            make_wording(s, text);
            texts[i] = arena_strdup(arena, text);
        }
        entries[e] = (struct index_entry){texts, phrasings, make_answer(s, arena), words[s->words[0]]};
    }
    return entries;
}

/* Takes a letter out of the last word that has some. */
static void misspell(char *text)
{
    size_t size = strlen(text), word = size;
    while (word > 0 && text[word - 1] != ' ')
        word--;
    if (size - word < LEAST_LETTERS)
        return;
    size_t at = word + 1 + bench_chance() % (size - word - 2);
    memmove(text + at, text + at + 1, size - at);
}

void questions_ask(const struct questions_subject *s, char ret[QUESTIONS_TEXT])
{
    make_wording(s, ret);
    if (bench_chance() % 5 == 0)
        misspell(ret);
    if (bench_chance() % 8 == 0)
        put(ret, strlen(ret), "xylophy");
}
