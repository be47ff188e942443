/* GET suggest: entries of the site that answer. With `ticket`, the three nearest to what the visitor said last (or,
 * where that says nothing, to what they came with); with `q` and `lang`, those that the agent is looking for by words
 * behind "/", with the agent's own replies. */
#include "net/api_knowledge.h"
#include "net/api_talk.h"

#include "content/ident.h"
#include "store/snippet.h"
#include "wire/json.h"

#include <string.h>

enum {
    TICKET_SHOWN = 3,
    WORDS_SHOWN = 8,
    TITLES_READ = 5000, /* of the live edition: on a larger site the others are found by understanding alone */
    QUERY_WORDS = 8,
    FOLDED_BYTES = 512,
    ANSWER_SHOWN_BYTES = 64 << 10,
    JSON_BYTES = 1 << 20
};

/* Less than this is not worth an agent's look. */
static const float least = 0.05f;

static const struct view *live(const struct api_call *call)
{
    return edition_view(hall_edition(call->server->hall));
}

/* --- an entry as it is inserted -------------------------------------------------------------------- */

static void put_answer(struct buf *json, const struct view *view, uint32_t entry, struct arena *arena)
{
    struct buf text;
    const struct block *blocks = view_say(view, entry, 0, arena);
    buf_init(&text, ANSWER_SHOWN_BYTES);
    if (blocks != NULL)
        block_to_text_and_links(blocks, &text);
    size_t count = view_entry(view, entry).option_count;
    for (size_t i = 0; i < count; i++) {
        struct view_option o = view_option(view, entry, i);
        if (o.kind == OPTION_URL)
            buf_printf(&text, "\n%s: %s", o.title, o.target);
    }
    if (text.failed)
        json->failed = true;
    else
        json_text(json, "text", text.data != NULL ? text.data : "");
    buf_free(&text);
}

static void put_entry(struct buf *json, const struct view *view, uint32_t entry, float confidence, struct arena *arena)
{
    struct view_entry e = view_entry(view, entry);
    json_open(json, NULL, '{');
    json_text(json, "id", e.id);
    json_text(json, "title", e.title);
    put_answer(json, view, entry, arena);
    json_share(json, "confidence", (double)confidence);
    json_close(json, '}');
}

/* --- for what the visitor said ----------------------------------------------------------------------- */

/* The articles among the candidates that are worth a look, best first. */
static size_t articles(const struct view *view, const struct understanding *u, struct candidate ret[UNDERSTOOD_MAX])
{
    size_t count = 0;
    for (size_t i = 0; i < u->count; i++)
        if (u->candidates[i].confidence >= least && view_entry(view, u->candidates[i].entry).kind == VIEW_ARTICLE)
            ret[count++] = u->candidates[i];
    return count;
}

static float best_of(const struct candidate *list, size_t count)
{
    return count > 0 ? list[0].confidence : 0;
}

static void suggest_for_talk(struct api_call *call, const struct api_talk *talk)
{
    const struct view *view = live(call);
    const char *lang = talk->ticket->lang, *first = talk->ticket->question;
    const char *said = api_talk_question(call, talk, 0);
    struct candidate found[UNDERSTOOD_MAX], at_first[UNDERSTOOD_MAX];
    struct understanding u;
    size_t count = 0;
    if (said != NULL && view_understand(view, lang, said, NULL, call->arena, &u) == 0)
        count = articles(view, &u, found);
    /* "A person, please" is about what was asked before. */
    if ((double)best_of(found, count) < view_settings(view)->offer && first[0] != '\0' &&
        view_understand(view, lang, first, NULL, call->arena, &u) == 0) {
        size_t more = articles(view, &u, at_first);
        if (best_of(at_first, more) > best_of(found, count)) {
            memcpy(found, at_first, more * sizeof *found);
            count = more;
            said = first;
        }
    }
    struct buf json;
    buf_init(&json, JSON_BYTES);
    json_open(&json, NULL, '{');
    json_text(&json, "question", said != NULL ? said : "");
    json_open(&json, "entries", '[');
    for (size_t i = 0; i < count && i < TICKET_SHOWN; i++)
        put_entry(&json, view, found[i].entry, found[i].confidence, call->arena);
    json_close(&json, ']');
    json_close(&json, '}');
    api_answer(call, &json);
}

/* --- for words behind "/" ---------------------------------------------------------------------------- */

struct query {
    char folded[FOLDED_BYTES];
    const char *words[QUERY_WORDS];
    size_t count;
};

static void query_read(const char *text, struct query *ret)
{
    ret->count = 0;
    ident_fold(text, ret->folded, sizeof ret->folded);
    for (char *at = ret->folded; *at != '\0' && ret->count < QUERY_WORDS;) {
        size_t size = strcspn(at, " ");
        ret->words[ret->count++] = at;
        at += size;
        if (*at != '\0')
            *at++ = '\0';
    }
}

/* Whether each of the words begins one of the text's. */
static bool query_fits(const struct query *q, const char *text)
{
    char folded[FOLDED_BYTES];
    ident_fold(text, folded, sizeof folded);
    for (size_t i = 0; i < q->count; i++) {
        const char *word = q->words[i], *at = folded;
        while ((at = strstr(at, word)) != NULL && at != folded && at[-1] != ' ')
            at++;
        if (at == NULL)
            return false;
    }
    return true;
}

struct matches {
    struct candidate list[WORDS_SHOWN];
    size_t count;
};

static void add_match(struct matches *m, uint32_t entry, float confidence)
{
    for (size_t i = 0; i < m->count; i++)
        if (m->list[i].entry == entry)
            return;
    if (m->count < WORDS_SHOWN)
        m->list[m->count++] = (struct candidate){.entry = entry, .confidence = confidence};
}

/* By their titles first, then by what they are about. */
static void find_entries(const struct api_call *call, const struct view *view, const char *lang, const char *text,
                         struct matches *ret)
{
    struct query q;
    struct understanding u;
    size_t all = view_count(view);
    query_read(text, &q);
    for (uint32_t i = 0; i < all && i < TITLES_READ && ret->count < WORDS_SHOWN; i++) {
        struct view_entry e = view_entry(view, i);
        if (e.kind == VIEW_ARTICLE && strcmp(e.lang, lang) == 0 && query_fits(&q, e.title))
            add_match(ret, i, 1);
    }
    if (q.count == 0 || view_understand(view, lang, text, NULL, call->arena, &u) < 0)
        return;
    struct candidate found[UNDERSTOOD_MAX];
    size_t count = articles(view, &u, found);
    for (size_t i = 0; i < count; i++)
        add_match(ret, found[i].entry, found[i].confidence);
}

static void put_snippets(struct buf *json, const struct store_snippets *mine, const char *text)
{
    struct query q;
    size_t shown = 0;
    query_read(text, &q);
    json_open(json, "snippets", '[');
    for (size_t i = 0; i < mine->count && shown < WORDS_SHOWN; i++) {
        const struct snippet *s = &mine->rows[i];
        if (!query_fits(&q, s->name) && !query_fits(&q, s->text))
            continue;
        shown++;
        json_open(json, NULL, '{');
        json_number(json, "id", s->id);
        json_text(json, "name", s->name);
        json_text(json, "text", s->text);
        json_close(json, '}');
    }
    json_close(json, ']');
}

static void snippets_read(struct store_job *job)
{
    const struct store_snippets *mine = (const struct store_snippets *)job;
    struct api_call *call = job->context;
    const char *text = api_param(call, "q"), *lang = api_param(call, "lang");
    const struct view *view = live(call);
    const struct settings *settings = view_settings(view);
    struct matches found = {.count = 0};
    struct buf json;
    if (!api_begin(job, &json, JSON_BYTES))
        return;
    text = text != NULL ? text : "";
    if (lang != NULL && settings_language(settings, lang) >= 0)
        find_entries(call, view, lang, text, &found);
    json_open(&json, "entries", '[');
    for (size_t i = 0; i < found.count; i++)
        put_entry(&json, view, found.list[i].entry, found.list[i].confidence, call->arena);
    json_close(&json, ']');
    put_snippets(&json, mine, text);
    api_end(job, &json);
}

void api_suggest(struct api_call *call)
{
    int64_t ticket;
    if (!api_number(call, "ticket", 1, INT64_MAX, 0, &ticket)) {
        api_refuse(call, 400, "bad_field");
        return;
    }
    if (ticket != 0) {
        api_talk_read(call, ticket, 0, suggest_for_talk, NULL);
        return;
    }
    struct store_snippets *job = api_job(call, &store_snippets_kind, sizeof *job, snippets_read);
    if (job == NULL)
        return;
    job->user = call->user.id;
    api_submit(call, &job->job);
}
