/* POST spell {lang, text}: words that the dictionary of a language of the site does not have, with where they stand
 * and, for the first few, what it suggests. The dictionary says at once what it has; suggestions take milliseconds a
 * word and come from the worker. Nothing of the text is kept or logged. */
#include "net/api_knowledge.h"
#include "net/api_talk.h"

#include "text/misspelt.h"
#include "text/spell.h"
#include "wire/json.h"
#include "wire/message.h"

#include <stdlib.h>
#include <string.h>

enum {
    WORDS_MOST = 8,
    ADVISED_MOST = 3, /* words that suggestions are asked for */
    AT_ONCE = 8,      /* texts on their way to the worker: visitors' second looks use it too */
    JSON_BYTES = 16384
};

struct spelling {
    struct job job;
    struct api_call *call;
    struct server *server;
    const char *lang, *text;
    struct misspelt words[WORDS_MOST];
    struct spell_suggestions suggestions[ADVISED_MOST];
    size_t count, advised; /* advised: of the first words */
};

static void put_word(struct buf *json, const struct spelling *s, size_t i)
{
    json_open(json, NULL, '{');
    json_number(json, "at", (int64_t)s->words[i].at_units);
    json_number(json, "size", (int64_t)s->words[i].size_units);
    if (i < s->advised) {
        json_open(json, "suggestions", '[');
        for (size_t k = 0; k < s->suggestions[i].count; k++)
            json_text(json, NULL, s->suggestions[i].words[k]);
        json_close(json, ']');
    }
    json_close(json, '}');
}

static void answer(const struct spelling *s)
{
    struct buf json;
    buf_init(&json, JSON_BYTES);
    json_open(&json, NULL, '{');
    json_open(&json, "words", '[');
    for (size_t i = 0; i < s->count; i++)
        put_word(&json, s, i);
    json_close(&json, ']');
    json_close(&json, '}');
    api_answer(s->call, &json);
}

static void advise(struct job *job)
{
    struct spelling *s = (struct spelling *)job;
    for (; s->advised < s->count && s->advised < ADVISED_MOST; s->advised++) {
        const struct misspelt *w = &s->words[s->advised];
        spell_suggest(s->lang, s->text + w->at, w->size, &s->suggestions[s->advised]);
    }
}

static void advised(struct job *job)
{
    const struct spelling *s = (const struct spelling *)job;
    s->server->spellings--;
    answer(s);
}

/* A word that the site's entries have is no slip. */
static bool known_here(void *context, const char *word, size_t size)
{
    const struct spelling *s = context;
    const struct view *view = edition_view(hall_edition(s->server->hall));
    const char *copy = arena_strndup(s->call->arena, word, size);
    struct understanding u;
    return copy != NULL && view_understand(view, s->lang, copy, NULL, s->call->arena, &u) == 0 &&
           u.known_words == u.word_count && strcmp(u.corrected, copy) == 0;
}

static void begin(struct spelling *s)
{
    s->count = misspelt_words(s->lang, s->text, known_here, s, s->words, WORDS_MOST);
    s->job = (struct job){.run = advise, .done = advised};
    if (s->count > 0 && s->server->spellings < AT_ONCE && !s->server->stopping &&
        workers_submit(s->server->workers, WORK_SPELL, &s->job) == 0)
        s->server->spellings++;
    else
        answer(s);
}

void api_spell(struct api_call *call)
{
    static const char *const names[] = {"lang", "text"};
    const char *values[2];
    const struct settings *settings = view_settings(edition_view(hall_edition(call->server->hall)));
    struct spelling *s = arena_alloc(call->arena, sizeof *s);
    if (s == NULL || message_fields(call->body, call->body_size, names, 2, call->arena, values) < 0 ||
        values[0] == NULL || values[1] == NULL || strlen(values[1]) > FRAME_TEXT_BYTES) {
        api_refuse(call, s != NULL ? 400 : 503, s != NULL ? "bad_field" : "busy");
        return;
    }
    s->call = call;
    s->server = call->server;
    s->lang = values[0];
    s->text = values[1];
    if (settings_language(settings, s->lang) >= 0)
        begin(s);
    else
        answer(s);
}
