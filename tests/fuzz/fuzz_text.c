/* Text as strangers write it: folded, cut into words, told by language, and understood against a
 * small index. Whatever comes in, what comes out is orderly. */
#include "text/fold.h"
#include "text/language.h"
#include "text/token.h"
#include "understand/index.h"

#include <stdlib.h>
#include <string.h>

enum { TURN_BYTES = 64 << 20, TEXT_MOST = 4096 };

static const struct respelling respellings[] = {{"spedzion", "spedizione"}, {"qwerty", "a b c"}, {"", ""}};
static const struct understand_options explained = {.explain = true, .respellings = respellings, .respelling_count = 3};
static const struct understand_options respelt = {.respellings = respellings, .respelling_count = 3};

static const char *const phrasings[] = {
    "Quanto costa la spedizione?",        "quanto pago per la consegna", "Quali sono gli orari del negozio?",
    "Come posso restituire un prodotto?", "Duplicate le chiavi?",        "Perché l'ordine non è arrivato?",
};

static struct index *make_index(void)
{
    static const struct index_entry entries[] = {
        {&phrasings[0], 2, "In Italia costa 6,50 euro.", "spedizioni"},
        {&phrasings[2], 1, "Dalle 9 alle 19.", "negozio"},
        {&phrasings[3], 1, "Entro 30 giorni.", "resi"},
        {&phrasings[4], 1, "Sì, in dieci minuti.", ""},
        {&phrasings[5], 1, "Controlla lo stato dell'ordine.", ""},
    };
    struct buf image;
    buf_init(&image, 1 << 24);
    if (index_build("it", entries, 5, NULL, &image) < 0)
        abort();
    size_t size;
    char *bytes = buf_take(&image, &size);
    return index_open(bytes, size);
}

static void must(int holds)
{
    if (!holds)
        abort();
}

static void check_words(const char *text, size_t size)
{
    struct token_reader reader = token_reader(text, size);
    size_t last = 0;
    for (struct token t; token_next(&reader, &t);) {
        must(t.length > 0 && t.length <= TOKEN_BYTES && t.word[t.length] == '\0');
        must(t.at >= last && t.size > 0 && t.at + t.size <= size);
        last = t.at + t.size;
    }
}

/* Folding what is folded changes nothing. */
static void check_fold(const char *text, size_t size)
{
    struct buf once, twice;
    buf_init(&once, (size_t)FOLD_POINT_BYTES * TEXT_MOST * 2);
    buf_init(&twice, (size_t)FOLD_POINT_BYTES * TEXT_MOST * 2);
    must(fold_text(text, size, &once) == 0);
    must(fold_text(once.data, once.size, &twice) == 0);
    must(once.size == twice.size && memcmp(once.data, twice.data, once.size) == 0);
    buf_free(&once);
    buf_free(&twice);
}

static void check_understanding(const struct index *x, const char *text)
{
    static struct arena *arena;
    struct understanding u, again;
    if (arena == NULL)
        arena = arena_new(TURN_BYTES);
    arena_reset(arena);
    must(understand(x, text, &explained, arena, &u) == 0 && understand(x, text, &respelt, arena, &again) == 0);
    must(u.count <= UNDERSTOOD_MAX && u.count == again.count && u.in_scope == again.in_scope);
    must(u.in_scope >= 0 && u.in_scope <= 1 && u.known_words <= u.word_count && u.corrected != NULL);
    must(u.misspelt_count <= MISSPELT_MAX);
    for (size_t i = 0; i < u.misspelt_count; i++)
        must(strstr(text, u.misspelt[i]) != NULL);
    for (size_t i = 0; i < u.count; i++) {
        must(u.candidates[i].entry < index_count(x));
        must(u.candidates[i].confidence >= 0 && u.candidates[i].confidence <= 1);
        must(i == 0 || u.candidates[i].confidence <= u.candidates[i - 1].confidence);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct index *x;
    static const char *const langs[] = {"it", "en"};
    if (x == NULL)
        x = make_index();
    if (size > TEXT_MOST)
        size = TEXT_MOST;
    char *text = malloc(size + 1);
    memcpy(text, data, size);
    text[size] = '\0';
    check_words(text, size);
    check_fold(text, size);
    int lang = language_guess(text, size, langs, 2);
    must(lang >= -1 && lang < 2);
    check_understanding(x, text);
    free(text);
    return 0;
}
