/* Reading a visitor's words: see reading.h. Each word goes as far down this list as it must: the
 * entries or the function words have it; it is a hurried spelling; the dictionary has it; it can
 * be mended (mend.h). Two words that make one are seen before. */
#include "understand/reading.h"

#include "content/site.h"
#include "text/spell.h"
#include "understand/compound.h"
#include "understand/kin.h"
#include "understand/mend.h"

#include <string.h>

/* Misspelt words of fewer letters are not worth asking a dictionary about. */
enum { MISSPELT_LEAST = 4 };

struct reader {
    const struct index *x;
    struct arena *arena;
    struct mender mender;
    const struct token *tokens;
    size_t token_count;
    bool small_letters; /* the text has any: then a word all in capitals is an acronym */
    bool doubt;
    struct reading reading;
    bool failed; /* without memory */
};

/* Where words stand in the text. */
struct stretch {
    size_t at, size;
};

static struct stretch stretch_of(const struct token *t)
{
    return (struct stretch){t->at, t->size};
}

static uint32_t find_word(const struct reader *r, const char *word, size_t size)
{
    uint32_t id = image_find_word(r->x, word, size);
    return id != IMAGE_NONE && r->mender.hide_lonely && r->x->words[id].df <= 1 ? IMAGE_NONE : id;
}

static bool is_known(const struct reader *r, const struct token *t)
{
    return find_word(r, t->word, t->length) != IMAGE_NONE || stop_has(r->x->stop, t->word, t->length);
}

/* One more word of the reading; a spare one where there is no room. */
static struct reading_word *add(struct reader *r, struct stretch p)
{
    struct reading *g = &r->reading;
    struct reading_word *w = &g->words[g->count < READING_WORDS_MAX ? g->count++ : READING_WORDS_MAX];
    *w = (struct reading_word){.at = p.at, .size = p.size, .id = IMAGE_NONE};
    return w;
}

static struct reading_word *add_known(struct reader *r, struct stretch p, uint32_t id)
{
    const struct image_word *known = &r->x->words[id];
    struct reading_word *w = add(r, p);
    w->id = id;
    w->letters = r->x->strings + known->text;
    w->length = known->length;
    w->stop = known->flags & WORD_STOP;
    return w;
}

/* A folded word whose letters stay where they are. */
static struct reading_word *add_word(struct reader *r, struct stretch p, const char *letters, size_t length)
{
    uint32_t id = find_word(r, letters, length);
    if (id != IMAGE_NONE)
        return add_known(r, p, id);
    struct reading_word *w = add(r, p);
    w->letters = letters;
    w->length = (uint32_t)length;
    w->stop = stop_has(r->x->stop, letters, length);
    return w;
}

/* What stands in the text means these words. */
static void add_meant(struct reader *r, struct stretch p, const char *meant, size_t size)
{
    struct token_reader reader = token_reader(meant, size);
    for (struct token t; token_next(&reader, &t);) {
        const char *letters = arena_strndup(r->arena, t.word, t.length);
        r->failed = r->failed || letters == NULL;
        if (letters == NULL)
            return;
        struct reading_word *w = add_word(r, p, letters, t.length);
        w->mended = true;
        w->in_dictionary = w->id == IMAGE_NONE && !w->stop;
    }
}

static bool is_number(const struct token *t)
{
    return *t->word >= '0' && *t->word <= '9';
}

/* A single letter beside a number is a size or a sign, and alone it is nothing. */
static bool may_be_hurried(const struct reader *r, size_t i)
{
    if (r->tokens[i].length > 1)
        return true;
    return r->token_count > 1 && (i == 0 || !is_number(&r->tokens[i - 1])) &&
           (i + 1 == r->token_count || !is_number(&r->tokens[i + 1]));
}

static bool is_plain(const struct token *t)
{
    for (size_t i = 0; i < t->length; i++)
        if (t->word[i] < 'a' || t->word[i] > 'z')
            return false;
    return true;
}

static void note_misspelt(struct reader *r, const struct token *t)
{
    struct reading *g = &r->reading;
    if (g->misspelt_count == MISSPELT_MAX || t->length < MISSPELT_LEAST || t->size > SPELL_SUGGEST_BYTES ||
        !is_plain(t) || !spell_knows(r->x->head->lang))
        return;
    const char *written = arena_strndup(r->arena, g->text + t->at, t->size);
    r->failed = r->failed || written == NULL;
    for (size_t i = 0; i < g->misspelt_count && written != NULL; i++)
        if (strcmp(g->misspelt[i], written) == 0)
            return;
    if (written != NULL)
        g->misspelt[g->misspelt_count++] = written;
}

static bool is_capital(char c)
{
    return c >= 'A' && c <= 'Z';
}

/* PIN, GPS: two capitals to begin with, where not all is written in capitals. */
static bool is_acronym(const struct reader *r, const struct token *t)
{
    const char *written = r->reading.text + t->at;
    return r->small_letters && t->size > 1 && is_capital(written[0]) && is_capital(written[1]);
}

/* A capital in mid-sentence. */
static bool is_name(const struct reader *r, size_t i)
{
    return i > 0 && r->small_letters && is_capital(r->reading.text[r->tokens[i].at]);
}

/* A word that neither the entries nor the function words have. */
static void read_strange(struct reader *r, size_t i)
{
    const struct token *t = &r->tokens[i];
    size_t size = 0, apart;
    const char *meant = may_be_hurried(r, i) ? texting_meant(r->mender.texting, t->word, t->length, &size) : NULL;
    char mended[MEND_BYTES];
    if (meant != NULL) {
        add_meant(r, stretch_of(t), meant, size);
        return;
    }
    bool asked = mend_goes_on(&r->mender);
    bool good = asked && mend_is_good(&r->mender, r->reading.text + t->at, t->size, t);
    if (asked && (apart = compound_apart(r->x, t->word, t->length, r->mender.hide_lonely)) > 0) {
        add_word(r, stretch_of(t), t->word, apart)->mended = !good;
        add_word(r, stretch_of(t), t->word + apart, t->length - apart)->mended = !good;
        return;
    }
    if (is_acronym(r, t))
        size = 0;
    else if (!good)
        size = mend_word(&r->mender, t, is_name(r, i), mended);
    else
        size = r->doubt && !is_name(r, i) ? mend_doubted(&r->mender, t, mended) : 0;
    if (size > 0) {
        add_meant(r, stretch_of(t), mended, size);
        return;
    }
    struct reading_word *w = add_word(r, stretch_of(t), t->word, t->length);
    w->in_dictionary = good;
    if (!asked || good || is_acronym(r, t))
        return;
    w->id = is_name(r, i) ? IMAGE_NONE : kin_begun(r->x, t, r->mender.hide_lonely);
    if (w->id == IMAGE_NONE)
        note_misspelt(r, t);
}

static void read_word(struct reader *r, size_t i)
{
    const struct token *t = &r->tokens[i];
    uint32_t id = find_word(r, t->word, t->length);
    if (id != IMAGE_NONE)
        add_known(r, stretch_of(t), id);
    else if (stop_has(r->x->stop, t->word, t->length))
        add_word(r, stretch_of(t), t->word, t->length);
    else
        read_strange(r, i);
}

static bool is_good(struct reader *r, const struct token *t)
{
    return is_known(r, t) || !mend_goes_on(&r->mender) || mend_is_good(&r->mender, r->reading.text + t->at, t->size, t);
}

/* Whether two words that make one are to be that one and nothing else. */
static bool is_one(struct reader *r, const struct token *first, const struct token *second)
{
    bool hyphen = second->at == first->at + first->size + 1 && r->reading.text[second->at - 1] == '-';
    return hyphen || !is_good(r, first) || !is_good(r, second);
}

static void read_words(struct reader *r)
{
    uint32_t extra = IMAGE_NONE; /* what the word before and this one make together */
    for (size_t i = 0; i < r->token_count; i++) {
        const struct token *t = &r->tokens[i], *next = t + 1;
        uint32_t whole = i + 1 < r->token_count ? compound_together(r->x, t, next, r->mender.hide_lonely) : IMAGE_NONE;
        if (whole != IMAGE_NONE && extra == IMAGE_NONE && is_one(r, t, next)) {
            add_known(r, (struct stretch){t->at, next->at + next->size - t->at}, whole);
            i++;
            continue;
        }
        read_word(r, i);
        if (extra != IMAGE_NONE)
            add_known(r, stretch_of(t), extra)->extra = true;
        extra = whole;
    }
}

int reading_of(const struct index *x, const char *text, const struct reading_options *options, struct arena *arena,
               struct reading *ret)
{
    struct reader r = {.x = x, .arena = arena, .doubt = options->doubt};
    r.mender = mender_of(x, options->respellings, options->respelling_count, options->hide_lonely);
    r.reading.text = text;
    r.reading.size = strnlen(text, SITE_TEXT_BYTES);
    struct token *tokens = arena_alloc_raw(arena, READING_WORDS_MAX * sizeof *tokens);
    r.reading.words = arena_alloc_raw(arena, (READING_WORDS_MAX + 1) * sizeof *r.reading.words);
    if (tokens == NULL || r.reading.words == NULL)
        return -1;
    struct token_reader reader = token_reader(text, r.reading.size);
    while (r.token_count < READING_WORDS_MAX && token_next(&reader, &tokens[r.token_count]))
        r.token_count++;
    r.tokens = tokens;
    for (size_t i = 0; i < r.reading.size && !r.small_letters; i++)
        r.small_letters = text[i] >= 'a' && text[i] <= 'z';
    read_words(&r);
    if (r.failed)
        return -1;
    *ret = r.reading;
    return 0;
}

/* As it was written: with a capital if it began with one. */
static void put_mended(struct buf *out, const char *text, const struct reading_word *w)
{
    bool capital = is_capital(text[w->at]) && *w->letters >= 'a' && *w->letters <= 'z';
    buf_putc(out, capital ? (char)(*w->letters - 'a' + 'A') : *w->letters);
    buf_add(out, w->letters + 1, w->length - 1);
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
        if (w->at < at) { /* one more word for the same place */
            buf_putc(&out, ' ');
            buf_add(&out, w->letters, w->length);
            continue;
        }
        buf_add(&out, r->text + at, w->at - at);
        put_mended(&out, r->text, w);
        at = w->at + w->size;
    }
    buf_add(&out, r->text + at, r->size - at);
    const char *corrected = out.failed ? NULL : arena_strndup(arena, out.data, out.size);
    buf_free(&out);
    return corrected;
}
