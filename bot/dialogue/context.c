/* What was said before gives words their meaning: see context.h. */
#include "dialogue/context.h"

#include "base/embed.h"
#include "entity/answer.h"
#include "text/fold.h"
#include "text/token.h"

#include <string.h>

enum { FOLDED_BYTES = 1024, FOLLOW_WORDS = 8, FOLLOW_BARE_WORDS = 4, SIGNAL_BYTES = 60, SIGNAL_QUESTION_BYTES = 20 };

static const double follows_odds = 10, topic_odds = 3;

/* --- the last reply's buttons ------------------------------------------------------------------- */

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

const char *context_at(const struct step *s, int ordinal)
{
    return choice_at(&s->out->memory, ordinal);
}

/* Whether a text folds to this. */
static bool folds_to(const char *text, const char *folded)
{
    const size_t size = strlen(text);
    bool gap = false, started = false;
    for (size_t at = 0; at < size;) {
        char letters[FOLD_POINT_BYTES];
        size_t length;
        enum fold_kind kind;
        at += fold_point(text + at, size - at, letters, &length, &kind);
        gap = gap || (kind == FOLD_GAP && started);
        if (kind != FOLD_LETTERS)
            continue;
        if (gap && *folded++ != ' ')
            return false;
        if (strncmp(letters, folded, length) != 0)
            return false;
        folded += length;
        started = true;
        gap = false;
    }
    return *folded == '\0';
}

/* The first option whose title is these words, folded once for all. */
const char *context_titled(const struct step *s, const char *text)
{
    const struct dialogue_memory *m = &s->out->memory;
    const char *id = NULL;
    struct buf said;
    if (m->option_count == 0 || strlen(text) > 2 * DIALOGUE_TITLE_BYTES)
        return NULL;
    buf_init(&said, FOLDED_BYTES);
    bool folds = fold_text(text, strlen(text), &said) == 0 && said.size > 0;
    for (int i = 0; i < m->option_count && folds && id == NULL; i++)
        if (folds_to(m->options[i].title, said.data))
            id = m->options[i].id;
    buf_free(&said);
    return id != NULL && !begins(id, "url:") ? id : NULL;
}

/* Yes to what was asked: to the one thing offered, or to a person where nothing else is. */
static const char *said_yes_to(const struct dialogue_memory *m)
{
    const char *one = NULL, *person = NULL;
    for (int i = 0; i < m->option_count; i++) {
        const char *id = m->options[i].id;
        if (!is_choice(id))
            continue;
        if (begins(id, "agent:"))
            person = id;
        else if (one != NULL)
            return NULL;
        else
            one = id;
    }
    return one != NULL ? one : person;
}

static const char *find_option(const struct dialogue_memory *m, const char *id)
{
    for (int i = 0; i < m->option_count; i++)
        if (strcmp(m->options[i].id, id) == 0)
            return m->options[i].id;
    return NULL;
}

/* What chooses is short, and no question but for a word or two ("the second one?"). */
static bool may_choose(const char *text)
{
    size_t size = strlen(text);
    return size <= SIGNAL_BYTES && (size <= SIGNAL_QUESTION_BYTES || text[size - 1] != '?');
}

static const char *choose(const struct step *s, const char *text)
{
    const struct dialogue_memory *m = &s->out->memory;
    const char *titled = context_titled(s, text);
    if (titled != NULL || m->option_count == 0 || !may_choose(text))
        return titled;
    const struct answer a = answer_signal(s->lang, text);
    if (!a.whole)
        return NULL;
    switch (a.kind) {
    case ANSWER_ORDINAL:
        return choice_at(m, a.ordinal);
    case ANSWER_YES:
        return m->asked ? said_yes_to(m) : NULL;
    case ANSWER_NO:
    case ANSWER_NONE_OF:
        return find_option(m, "none");
    default:
        return NULL;
    }
}

int context_pick(struct step *s, const char *text, const char **ret_option)
{
    const char *id = choose(s, text);
    *ret_option = id != NULL ? arena_strdup(s->arena, id) : NULL;
    return arena_failed(s->arena) ? -1 : 0;
}

/* Whether the last words are a question. */
static bool ends_asking(const struct block *b)
{
    const struct block *last = NULL;
    for (; b != NULL; b = last->child) {
        for (last = b; last->next != NULL;)
            last = last->next;
        if (last->child == NULL)
            break;
    }
    size_t size = last != NULL && last->text != NULL ? strlen(last->text) : 0;
    return size > 0 && last->text[size - 1] == '?';
}

static bool asks(const struct outcome *o)
{
    return o->kind == OUTCOME_OFFER || o->kind == OUTCOME_REPHRASE || (o->kind == OUTCOME_HANDOFF && !o->enqueue) ||
           ends_asking(o->blocks);
}

void context_remember(struct step *s)
{
    struct dialogue_memory *m = &s->out->memory;
    if (s->out->kind == OUTCOME_SILENT || (s->out->fallback && s->out->option_count == 0))
        return;
    m->asked = asks(s->out);
    m->option_count = 0;
    for (size_t i = 0; i < s->out->option_count; i++) {
        const struct outcome_option *o = &s->options[i];
        const size_t id = strlen(o->id) + 1, title = strlen(o->title) + 1;
        if (id > DIALOGUE_ID_BYTES || title > DIALOGUE_TITLE_BYTES)
            continue; /* cut it would lead elsewhere */
        memcpy(m->options[m->option_count].id, o->id, id);
        memcpy(m->options[m->option_count++].title, o->title, title);
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
