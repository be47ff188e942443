/* Hiding a site's wordings and asking them: see site_trial.h. */
#include "cli/site_trial.h"

#include "cli/dialogues.h"
#include "cli/site_fold.h"
#include "dialogue/dialogue.h"

#include <stdlib.h>
#include <string.h>

enum { STEP_BYTES = 16 << 20 };

static const double row[] = {0.50, 0.55, 0.60, 0.65, 0.70, 0.75, 0.80, 0.85, 0.90};

/* A trial in the making. */
struct trying {
    struct call *call;
    const struct sitefiles *files;
    const char *lang; /* NULL = all */
    struct arena *arena, *step;
    struct vectors *vectors; /* opened with the whole site, NULL = none */
    struct site_trial *trial;
    size_t room, untried_room;
    struct site_entry *untried;
    struct settings policies[SITE_SETTINGS_MAX];
    void (*progress)(void *context, const char *what, double share);
    void *context;
};

static struct site_question *add_question(struct trying *t, struct site_question q)
{
    struct site_trial *r = t->trial;
    if (r->count == t->room) {
        size_t wanted = t->room > 0 ? t->room * 2 : 256;
        struct site_question *grown =
            arena_grow(t->arena, r->questions, r->count * sizeof *grown, wanted * sizeof *grown);
        if (grown == NULL)
            return NULL;
        r->questions = grown;
        t->room = wanted;
    }
    r->questions[r->count] = q;
    return &r->questions[r->count++];
}

static bool is_tried(const struct trying *t, const char *lang)
{
    return t->lang == NULL || strcmp(t->lang, lang) == 0;
}

static int collect(struct trying *t, size_t number, struct site_entry entry, const char *lang, const char *title,
                   const struct wording *wordings, size_t count)
{
    struct wording *phrases;
    size_t kept = is_tried(t, lang) ? site_fold_phrases(t->arena, title, entry.place, wordings, count, &phrases) : 0;
    if (kept == 1) {
        t->untried[t->trial->untried_count++] = entry;
        return 0;
    }
    for (size_t i = 0; i < kept; i++) {
        struct site_question q = {.text = phrases[i].text,
                                  .lang = lang,
                                  .place = phrases[i].place,
                                  .expected = entry,
                                  .fold = site_fold_of(number, i)};
        if (add_question(t, q) == NULL)
            return -1;
    }
    return arena_failed(t->arena) ? -1 : 0;
}

/* The question of an article that will be taken away. */
static int collect_taken(struct trying *t, const struct article *a)
{
    struct site_question q = {.text = a->question,
                              .lang = a->lang,
                              .place = a->place,
                              .source = SITE_TAKEN,
                              .fold = site_fold_of_entry(a->id)};
    return !is_tried(t, a->lang) || add_question(t, q) != NULL ? 0 : -1;
}

static int collect_all(struct trying *t)
{
    const struct site *s = t->files->site;
    t->untried = arena_array(t->arena, s->article_count + s->intent_count + 1, sizeof *t->untried);
    if (t->untried == NULL)
        return -1;
    t->trial->untried = t->untried;
    for (size_t i = 0; i < s->article_count; i++) {
        const struct article *a = &s->articles[i];
        if (collect(t, i, (struct site_entry){VIEW_ARTICLE, a->id, a->place}, a->lang, a->question, a->wordings,
                    a->wording_count) < 0 ||
            collect_taken(t, a) < 0)
            return -1;
    }
    for (size_t i = 0; i < s->intent_count; i++) {
        const struct intent *n = &s->intents[i];
        if (collect(t, s->article_count + i, (struct site_entry){VIEW_INTENT, n->id, n->place}, n->lang, n->title,
                    n->examples, n->example_count) < 0)
            return -1;
    }
    return 0;
}

/* --- asking ---------------------------------------------------------------------------------------- */

static struct site_entry entry_at(const struct view *view, uint32_t number)
{
    struct view_entry e = view_entry(view, number);
    return (struct site_entry){e.kind, e.id, {e.file, e.line, 0}};
}

/* Twins in other languages are the same answer. */
static bool same(const struct site_entry *a, const struct site_entry *b)
{
    return a->id != NULL && b->id != NULL && a->kind == b->kind && strcmp(a->id, b->id) == 0;
}

static bool is_offered(const struct outcome *o, const struct site_entry *e)
{
    const char *prefix = e->kind == VIEW_INTENT ? "intent:" : "entry:";
    size_t length = strlen(prefix);
    for (size_t i = 0; e->id != NULL && i < o->option_count; i++)
        if (strncmp(o->options[i].id, prefix, length) == 0 && strcmp(o->options[i].id + length, e->id) == 0)
            return true;
    return false;
}

static enum site_outcome outcome_of(const struct view *view, const struct outcome *o, const struct site_entry *expected)
{
    if (o->entry != VIEW_NONE) {
        struct site_entry said = entry_at(view, o->entry);
        return same(&said, expected) ? SITE_RIGHT : SITE_WRONG;
    }
    if (o->kind == OUTCOME_OFFER)
        return is_offered(o, expected) ? SITE_OFFERED : SITE_OFFERED_WITHOUT;
    return SITE_NOT_UNDERSTOOD;
}

/* The view's strings go with its edition; an entry found is named by the site's own. */
static struct site_entry keep_entry(const struct trying *t, struct site_entry e)
{
    const struct site *s = t->files->site;
    for (size_t i = 0; e.kind == VIEW_ARTICLE && i < s->article_count; i++)
        if (strcmp(s->articles[i].id, e.id) == 0 && s->articles[i].place.line == e.place.line &&
            strcmp(s->articles[i].place.file, e.place.file) == 0)
            return (struct site_entry){e.kind, s->articles[i].id, s->articles[i].place};
    for (size_t i = 0; e.kind == VIEW_INTENT && i < s->intent_count; i++)
        if (strcmp(s->intents[i].id, e.id) == 0 && strcmp(s->intents[i].place.file, e.place.file) == 0)
            return (struct site_entry){e.kind, s->intents[i].id, s->intents[i].place};
    return (struct site_entry){0};
}

static int ask(struct trying *t, const struct view *view, struct site_question *q)
{
    struct site_trial *r = t->trial;
    for (size_t k = 0; k < r->setting_count; k++) {
        struct heard heard = {.kind = HEARD_TEXT,
                              .text = q->text,
                              .lang = q->lang,
                              .who = WHO_BOT,
                              .help = {.open = true, .online = 1},
                              .policy = &t->policies[k]};
        struct dialogue_memory memory = {0};
        struct outcome o;
        arena_reset(t->step);
        if (dialogue_step(view, &memory, &heard, t->step, &o) < 0)
            return -1;
        q->outcomes[k] = (uint8_t)outcome_of(view, &o, &q->expected);
        if (k != r->own || o.understood.count == 0)
            continue;
        q->first = keep_entry(t, entry_at(view, o.understood.candidates[0].entry));
        q->confidence = (double)o.understood.candidates[0].confidence;
    }
    return 0;
}

/* Plays the dialogues at each setting. */
static void play_dialogues(struct trying *t, const struct view *view, const struct site *site)
{
    for (size_t k = 0; k < t->trial->setting_count; k++) {
        struct dialogues_result played = {0};
        dialogues_try(view, site, &t->policies[k], &played);
        t->trial->dialogues_passed[k] = played.passed;
        t->trial->dialogues = played.passed + played.failed;
    }
}

/* Compiles a site and asks what belongs to it: what is missing in a fold, or the dialogues' questions. */
static int ask_site(struct trying *t, struct site *site, enum site_source source, uint8_t fold)
{
    struct call quiet = *t->call;
    quiet.quiet = source != SITE_DIALOGUE;
    struct sitefiles files = {
        .arena = t->files->arena, .problems = problems_new(), .site = site, .vectors = t->vectors};
    buf_init(&files.image, EDITION_IMAGE_BYTES);
    bool compiled = files.problems != NULL && sitefiles_compile(&quiet, &files) == 0;
    struct edition *e = compiled ? sitefiles_edition(&quiet, &files) : NULL;
    struct site_trial *r = t->trial;
    int result = e != NULL ? 0 : -1;
    t->vectors = files.vectors;
    if (!compiled && files.problems != NULL)
        problems_print(files.problems, t->call->err);
    for (size_t i = 0; result == 0 && i < r->count; i++) {
        struct site_question *q = &r->questions[i];
        if (q->source == source && q->fold == fold)
            result = ask(t, edition_view(e), q);
    }
    if (result == 0 && source == SITE_DIALOGUE)
        play_dialogues(t, edition_view(e), site);
    edition_unpin(e);
    buf_free(&files.image);
    problems_free(files.problems);
    return result;
}

/* --- the dialogues' questions ------------------------------------------------------------------------ */

static struct site_entry find_entry(const struct site *s, enum view_kind kind, const char *id, const char *lang)
{
    for (size_t i = 0; kind == VIEW_ARTICLE && i < s->article_count; i++)
        if (strcmp(s->articles[i].id, id) == 0 && strcmp(s->articles[i].lang, lang) == 0)
            return (struct site_entry){kind, s->articles[i].id, s->articles[i].place};
    for (size_t i = 0; kind == VIEW_INTENT && i < s->intent_count; i++)
        if (strcmp(s->intents[i].id, id) == 0 && strcmp(s->intents[i].lang, lang) == 0)
            return (struct site_entry){kind, s->intents[i].id, s->intents[i].place};
    return (struct site_entry){0};
}

/* A line said, and what is expected of its reply: an entry, or that none answers. */
static void collect_chat(void *context, const struct chat *chat)
{
    struct trying *t = context;
    if (!is_tried(t, chat->lang))
        return;
    for (size_t i = 0; i < chat->count; i++) {
        if (chat->lines[i].kind != CHAT_VISITOR)
            continue;
        struct site_question q = {.source = SITE_DIALOGUE};
        bool known = false;
        for (size_t k = i + 1; k < chat->count && !known && chat->lines[k].kind != CHAT_VISITOR; k++) {
            const struct chat_line *l = &chat->lines[k];
            if (l->kind == CHAT_PICK)
                break;
            if (l->kind != CHAT_EXPECT)
                continue;
            if (l->check == CHECK_ARTICLE || l->check == CHECK_INTENT)
                q.expected = find_entry(t->files->site, l->check == CHECK_ARTICLE ? VIEW_ARTICLE : VIEW_INTENT, l->text,
                                        chat->lang);
            known = q.expected.id != NULL || l->check == CHECK_FALLBACK;
        }
        if (!known)
            continue;
        q.text = arena_strdup(t->arena, chat->lines[i].text);
        q.lang = arena_strdup(t->arena, chat->lang);
        q.place = (struct place){arena_strdup(t->arena, chat->file), chat->lines[i].line, chat->lines[i].column};
        if (!arena_failed(t->arena))
            add_question(t, q);
    }
}

static int collect_dialogues(struct trying *t)
{
    struct problems *known = problems_new(); /* sportello test tells them */
    if (known == NULL)
        return -1;
    dialogues_each(t->files->site, known, collect_chat, t);
    problems_free(known);
    return arena_failed(t->arena) ? -1 : 0;
}

/* The row of settings, with the site's own among them. */
static void set_policies(struct trying *t)
{
    struct site_trial *r = t->trial;
    double own = t->files->site->settings->answer;
    bool placed = false;
    for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
        if (!placed && own < row[i] + 0.001) {
            placed = true;
            r->own = r->setting_count;
            r->settings[r->setting_count++] = own;
            if (own > row[i] - 0.001)
                continue;
        }
        r->settings[r->setting_count++] = row[i];
    }
    if (!placed) {
        r->own = r->setting_count;
        r->settings[r->setting_count++] = own;
    }
    for (size_t k = 0; k < r->setting_count; k++) {
        t->policies[k] = *t->files->site->settings;
        t->policies[k].answer = r->settings[k];
        if (t->policies[k].offer > r->settings[k])
            t->policies[k].offer = r->settings[k];
    }
}

int site_trial(struct call *call, const struct sitefiles *files, const char *lang, struct arena *arena,
               void (*progress)(void *context, const char *what, double share), void *context, struct site_trial *ret)
{
    *ret = (struct site_trial){0};
    struct trying *t = calloc(1, sizeof *t);
    struct arena *folded = arena_new(SITEFILES_ARENA);
    int result = -1;
    if (t == NULL || folded == NULL)
        goto done;
    *t = (struct trying){.call = call, .files = files, .lang = lang, .arena = arena, .trial = ret};
    t->step = arena_new(STEP_BYTES);
    if (t->step == NULL || collect_all(t) < 0 || collect_dialogues(t) < 0)
        goto done;
    set_policies(t);
    result = ask_site(t, files->site, SITE_DIALOGUE, 0);
    for (int step = 0; result == 0 && step < 2 * SITE_FOLDS; step++) {
        uint8_t fold = (uint8_t)(step / 2);
        bool whole_entries = step % 2 == 1;
        if (progress != NULL)
            progress(context, "trying", (step + 1.0) / (2 * SITE_FOLDS + 1));
        arena_reset(folded);
        struct site *site = (whole_entries ? site_fold_without_entries : site_fold_without)(folded, files->site, fold);
        result = site != NULL ? ask_site(t, site, whole_entries ? SITE_TAKEN : SITE_WORDING, fold) : -1;
    }
done:
    if (result < 0)
        fputs("sportello evaluate: the site cannot be tried; see sportello check, or memory is short\n", call->err);
    if (t != NULL) {
        vectors_close(t->vectors);
        arena_free(t->step);
    }
    arena_free(folded);
    free(t);
    return result;
}

size_t site_trial_count(const struct site_trial *t, size_t setting, enum site_outcome outcome)
{
    size_t count = 0;
    for (size_t i = 0; i < t->count; i++)
        count += t->questions[i].expected.id != NULL && t->questions[i].outcomes[setting] == outcome;
    return count;
}

static bool is_unanswerable(const struct site_question *q, enum site_source source)
{
    return q->source == source && q->expected.id == NULL;
}

size_t site_trial_overreach(const struct site_trial *t, size_t setting, enum site_source source)
{
    size_t count = 0;
    for (size_t i = 0; i < t->count; i++)
        count += is_unanswerable(&t->questions[i], source) && t->questions[i].outcomes[setting] == SITE_WRONG;
    return count;
}

size_t site_trial_unanswerable(const struct site_trial *t, enum site_source source)
{
    size_t count = 0;
    for (size_t i = 0; i < t->count; i++)
        count += is_unanswerable(&t->questions[i], source);
    return count;
}
