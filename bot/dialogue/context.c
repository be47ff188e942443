/* What was said before gives words their meaning: see context.h. */
#include "dialogue/context.h"

#include "base/embed.h"
#include "entity/answer.h"
#include "text/fold.h"
#include "text/token.h"

#include <stdio.h>
#include <string.h>

enum { FOLDED_BYTES = 1024, FOLLOW_WORDS = 8, FOLLOW_BARE_WORDS = 4 };

static const double follows_odds = 10, topic_odds = 3;

/* --- the last reply's buttons ------------------------------------------------------------------- */

static bool is_same_words(const char *a, const char *b)
{
    struct buf x, y;
    buf_init(&x, FOLDED_BYTES);
    buf_init(&y, FOLDED_BYTES);
    bool same = fold_text(a, strlen(a), &x) == 0 && fold_text(b, strlen(b), &y) == 0 && x.size > 0 &&
                strcmp(x.data, y.data) == 0;
    buf_free(&x);
    buf_free(&y);
    return same;
}

static bool begins(const char *text, const char *prefix)
{
    return strncmp(text, prefix, strlen(prefix)) == 0;
}

/* Choices: neither "none of these" nor what only the page can do. */
static bool is_choice(const char *id)
{
    return strcmp(id, "none") != 0 && !begins(id, "url:") && !begins(id, "message:");
}

static const char *choice_at(const struct dialogue_memory *m, int ordinal)
{
    const char *choices[DIALOGUE_OPTIONS_MAX];
    int count = 0;
    for (int i = 0; i < m->option_count; i++)
        if (is_choice(m->options[i].id))
            choices[count++] = m->options[i].id;
    int at = ordinal < 0 ? count + ordinal : ordinal - 1;
    return at >= 0 && at < count ? choices[at] : NULL;
}

static const char *find_option(const struct dialogue_memory *m, const char *id)
{
    for (int i = 0; i < m->option_count; i++)
        if (strcmp(m->options[i].id, id) == 0)
            return m->options[i].id;
    return NULL;
}

/* The button that has these very words. */
static const char *titled(const struct dialogue_memory *m, const char *text)
{
    for (int i = 0; i < m->option_count; i++)
        if (is_same_words(m->options[i].title, text))
            return m->options[i].id;
    return NULL;
}

static const char *choose(const struct dialogue_memory *m, const char *lang, const char *text)
{
    const char *id = titled(m, text);
    if (id != NULL)
        return id;
    const struct answer a = answer_signal(lang, text);
    if (!a.whole)
        return NULL;
    switch (a.kind) {
    case ANSWER_ORDINAL:
        return choice_at(m, a.ordinal);
    case ANSWER_YES: /* to one thing offered, or to a person */
        return choice_at(m, 2) == NULL ? choice_at(m, 1) : find_option(m, "agent:");
    case ANSWER_NO:
    case ANSWER_NONE_OF:
        return find_option(m, "none");
    default:
        return NULL;
    }
}

static int give(struct step *s, const char *id, const char **ret_option)
{
    *ret_option = id != NULL && !begins(id, "url:") ? arena_strdup(s->arena, id) : NULL;
    return arena_failed(s->arena) ? -1 : 0;
}

int context_name(struct step *s, const char *text, const char **ret_option)
{
    const struct dialogue_memory *m = &s->out->memory;
    const char *id = titled(m, text);
    if (id == NULL && m->option_count > 0 && strpbrk(text, "0123456789") == NULL) {
        const struct answer a = answer_signal(s->lang, text);
        id = a.kind == ANSWER_ORDINAL && a.whole ? choice_at(m, a.ordinal) : NULL;
    }
    return give(s, id, ret_option);
}

int context_pick(struct step *s, const char *text, const char **ret_option)
{
    const char *id = s->out->memory.option_count > 0 ? choose(&s->out->memory, s->lang, text) : NULL;
    return give(s, id, ret_option);
}

void context_remember(struct step *s)
{
    struct dialogue_memory *m = &s->out->memory;
    if (s->out->kind == OUTCOME_SILENT || (s->out->fallback && s->out->option_count == 0))
        return;
    m->option_count = 0;
    for (size_t i = 0; i < s->out->option_count; i++) {
        const struct outcome_option *o = &s->options[i];
        if (strlen(o->id) >= DIALOGUE_ID_BYTES || strlen(o->title) >= DIALOGUE_TITLE_BYTES)
            continue; /* cut it would lead elsewhere */
        snprintf(m->options[m->option_count].id, DIALOGUE_ID_BYTES, "%s", o->id);
        snprintf(m->options[m->option_count++].title, DIALOGUE_TITLE_BYTES, "%s", o->title);
    }
}

/* --- follow-ups --------------------------------------------------------------------------------- */

/* Whether the folded words begin as one of the language's openings does. */
static bool has_opening(const char *lang, const char *folded)
{
    const struct embedded *file = embed_find("dialogue/data/followups.txt");
    bool mine = false;
    for (const char *line = file != NULL ? file->data : "", *end; *line != '\0'; line = end) {
        size_t size = strcspn(line, "\n");
        end = line + size + (line[size] == '\n');
        if (*line == '[')
            mine = strncmp(line + 1, lang, strlen(lang)) == 0 && line[1 + strlen(lang)] == ']';
        else if (mine && size > 0 && *line != '#' && strncmp(folded, line, size) == 0 && folded[size] == ' ')
            return true;
    }
    return false;
}

/* How a question leans on the one before: not at all, as a few words may, or by how it begins ("and for …"). */
enum leaning { LEANS_NOT, LEANS_BARE, LEANS_OPENLY };

static enum leaning leans(const struct step *s, const char *text)
{
    size_t words = s->out->understood.word_count;
    struct buf folded;
    if (words == 0 || words > FOLLOW_WORDS)
        return LEANS_NOT;
    buf_init(&folded, FOLDED_BYTES);
    bool folds = fold_text(text, strlen(text), &folded) == 0;
    bool opens = folds && has_opening(s->lang, folded.data);
    buf_free(&folded);
    return opens ? LEANS_OPENLY : folds && words <= FOLLOW_BARE_WORDS ? LEANS_BARE : LEANS_NOT;
}

static double raised(double confidence, double odds)
{
    return confidence * odds / (confidence * odds + (1 - confidence));
}

/* The likeliest of the candidates that the context makes likelier. A few words that do not say that they lean on
 * anything may be a question of their own: only an editor's `follows` counts then. */
static void consider(const struct step *s, const struct view_entry *last, enum leaning leaning,
                     const struct understanding *u, uint32_t *best_entry, double *best)
{
    for (size_t i = 0; i < u->count; i++) {
        struct view_entry e = view_entry(s->view, u->candidates[i].entry);
        bool follows = view_follows(s->view, u->candidates[i].entry, last->id);
        bool near = leaning == LEANS_OPENLY && e.topic[0] != '\0' && strcmp(e.topic, last->topic) == 0;
        if (e.kind != VIEW_ARTICLE || strcmp(e.id, last->id) == 0 || (!follows && !near))
            continue;
        double confidence = raised((double)u->candidates[i].confidence, follows ? follows_odds : topic_odds);
        if (confidence > *best) {
            *best = confidence;
            *best_entry = u->candidates[i].entry;
        }
    }
}

int context_follow(struct step *s, const char *text, uint32_t *ret_entry, double *ret_confidence)
{
    const struct dialogue_memory *m = &s->out->memory;
    *ret_entry = VIEW_NONE;
    *ret_confidence = 0;
    enum leaning leaning = m->last_entry[0] != '\0' ? leans(s, text) : LEANS_NOT;
    if (leaning == LEANS_NOT)
        return 0;
    uint32_t before = view_find(s->view, VIEW_ARTICLE, s->lang, m->last_entry);
    if (before == VIEW_NONE)
        return 0;
    struct view_entry last = view_entry(s->view, before);
    /* The words alone, and behind the question they lean on. */
    struct understanding joined;
    const char *whole = arena_printf(s->arena, "%s %s", last.title, text);
    if (whole == NULL || view_understand(s->view, s->lang, whole, NULL, s->arena, &joined) < 0)
        return -1;
    consider(s, &last, leaning, &s->out->understood, ret_entry, ret_confidence);
    consider(s, &last, leaning, &joined, ret_entry, ret_confidence);
    return 0;
}
