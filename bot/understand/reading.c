/* Reading a visitor's words: see reading.h. */
#include "understand/reading.h"

#include "content/site.h"
#include "text/spell.h"
#include "understand/typo.h"

#include <string.h>

struct reader {
    const struct index *x;
    const struct reading_options *options;
    struct reading reading;
};

static bool is_hidden(const struct reader *r, uint32_t id)
{
    return r->options->hide_lonely && r->x->words[id].df <= 1;
}

static uint32_t find_word(const struct reader *r, const char *word, size_t size)
{
    uint32_t id = image_find_word(r->x, word, size);
    return id != IMAGE_NONE && is_hidden(r, id) ? IMAGE_NONE : id;
}

static void take_meant(const struct reader *r, struct reading_word *w, uint32_t id)
{
    const struct image_word *meant = &r->x->words[id];
    w->id = id;
    w->mended = true;
    w->letters = r->x->strings + meant->text;
    w->length = meant->length;
    w->stop = meant->flags & WORD_STOP;
}

static void read_word(struct reader *r, const struct token *t)
{
    struct reading_word *w = &r->reading.words[r->reading.count++];
    *w = (struct reading_word){.at = t->at, .size = t->size, .letters = t->word, .length = (uint32_t)t->length};
    w->id = find_word(r, t->word, t->length);
    w->stop = stop_has(r->x->stop, t->word, t->length);
    if (w->id != IMAGE_NONE || w->stop)
        return;
    /* spell() wants the word as it was written; a capital in mid-sentence does not matter to it. */
    w->in_dictionary = spell_has(r->x->head->lang, r->reading.text + t->at, t->size);
    if (w->in_dictionary || t->length < TYPO_LEAST)
        return;
    uint32_t meant = typo_mend(r->x, t->word, t->length);
    if (meant != IMAGE_NONE && !is_hidden(r, meant))
        take_meant(r, w, meant);
}

int reading_of(const struct index *x, const char *text, const struct reading_options *options, struct arena *arena,
               struct reading *ret)
{
    struct reader r = {.x = x, .options = options};
    r.reading.text = text;
    r.reading.size = strnlen(text, SITE_TEXT_BYTES);
    struct token *tokens = arena_alloc_raw(arena, READING_WORDS_MAX * sizeof *tokens);
    r.reading.words = arena_alloc_raw(arena, READING_WORDS_MAX * sizeof *r.reading.words);
    if (tokens == NULL || r.reading.words == NULL)
        return -1;
    struct token_reader reader = token_reader(text, r.reading.size);
    while (r.reading.count < READING_WORDS_MAX && token_next(&reader, &tokens[r.reading.count]))
        read_word(&r, &tokens[r.reading.count]);
    *ret = r.reading;
    return 0;
}

const char *reading_corrected(const struct reading *r, struct arena *arena)
{
    size_t mended = 0, at = 0;
    for (size_t i = 0; i < r->count; i++)
        mended += r->words[i].mended;
    if (mended == 0)
        return r->text;
    struct buf out;
    buf_init(&out, 4 * SITE_TEXT_BYTES);
    for (size_t i = 0; i < r->count; i++) {
        const struct reading_word *w = &r->words[i];
        if (!w->mended)
            continue;
        buf_add(&out, r->text + at, w->at - at);
        buf_add(&out, w->letters, w->length);
        at = w->at + w->size;
    }
    buf_add(&out, r->text + at, r->size - at);
    const char *corrected = out.failed ? NULL : arena_strndup(arena, out.data, out.size);
    buf_free(&out);
    return corrected;
}
