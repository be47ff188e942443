/* Runs `.chat` files against an edition: see dialogues.h. */
#include "cli/dialogues.h"

#include "base/buf.h"
#include "dialogue/dialogue.h"

#include <math.h>
#include <string.h>

enum { STEP_BYTES = 8 << 20, REPLY_BYTES = 64 << 10 };

/* Where one dialogue stands. */
struct play {
    const struct view *view;
    const struct settings *settings; /* to try instead of the site's, or NULL */
    struct secondlook *look;
    const struct chat *chat;
    struct dialogue_memory memory;
    enum who who;
    struct arena *arena; /* of the last turn */
    struct outcome last;
    struct buf reply; /* its plain text */
    bool spoke;
    FILE *out; /* NULL = nobody is told */
    size_t differences;
};

static void differ(struct play *p, const struct chat_line *l, const char *expected, const char *argument,
                   const char *got)
{
    p->differences++;
    if (p->out == NULL)
        return;
    fprintf(p->out, "%s:%d: expected %s%s%s, got %s\n", p->chat->file, l->line, expected,
            argument[0] != '\0' ? " " : "", argument, got);
}

/* What happened, in the words of `expect`. */
static const char *describe(struct play *p)
{
    const struct outcome *o = &p->last;
    const char *id = o->entry != VIEW_NONE ? view_entry(p->view, o->entry).id : "";
    struct buf text;
    buf_init(&text, 4096);
    buf_printf(&text, "%s%s%s", outcome_kind_name(o->kind), id[0] != '\0' ? " " : "", id);
    for (size_t i = 1; i < o->entry_count; i++)
        buf_printf(&text, " %s", view_entry(p->view, o->entries[i]).id);
    buf_printf(&text, " (confidence %.2f)", o->confidence);
    for (size_t i = 0; i < o->option_count && i < 4; i++)
        buf_printf(&text, "%s%s", i == 0 ? ", options " : " ", o->options[i].id);
    const char *copy = arena_strdup(p->arena, text.data);
    buf_free(&text);
    return copy != NULL ? copy : outcome_kind_name(o->kind);
}

static void hear(struct play *p, enum heard_kind kind, const char *text)
{
    struct heard heard = {.kind = kind,
                          .text = text,
                          .lang = p->chat->lang,
                          .who = p->who,
                          .help = {.open = true, .online = 1},
                          .policy = p->settings};
    struct dialogue_memory before = p->memory;
    arena_reset(p->arena);
    buf_clear(&p->reply);
    p->spoke = secondlook_step(p->look, p->view, &before, &heard, p->arena, &p->last) == 0;
    if (!p->spoke)
        return;
    p->memory = p->last.memory;
    if (p->last.enqueue)
        p->who = WHO_WAITING;
    block_to_text(p->last.blocks, &p->reply);
}

static void pick(struct play *p, const struct chat_line *l)
{
    char id[256] = "";
    for (size_t i = 0; p->spoke && i < p->last.option_count; i++) {
        if (chat_glob(l->text, p->last.options[i].title))
            snprintf(id, sizeof id, "%s", p->last.options[i].id);
    }
    if (id[0] == '\0')
        differ(p, l, "a button", l->text, p->spoke ? describe(p) : "nothing said yet");
    else
        hear(p, HEARD_PICK, id);
}

static bool entry_is(const struct play *p, uint32_t entry, enum view_kind kind, const char *id)
{
    if (entry == VIEW_NONE)
        return false;
    struct view_entry e = view_entry(p->view, entry);
    return e.kind == kind && strcmp(e.id, id) == 0;
}

static bool is_article(const struct play *p, const struct chat_line *l)
{
    const struct outcome *o = &p->last;
    bool found = o->kind == OUTCOME_ANSWER && entry_is(p, o->entry, VIEW_ARTICLE, l->text);
    for (size_t i = 1; i < o->entry_count && !found; i++)
        found = entry_is(p, o->entries[i], VIEW_ARTICLE, l->text);
    return found;
}

static bool is_intent(const struct play *p, const struct chat_line *l)
{
    return entry_is(p, p->last.entry, VIEW_INTENT, l->text);
}

static bool is_handoff(const struct play *p, const struct chat_line *l)
{
    if (p->last.kind != OUTCOME_HANDOFF)
        return false;
    if (l->text[0] == '\0')
        return true;
    const struct department *wanted = settings_department(view_settings(p->view), l->text);
    return wanted != NULL && wanted == settings_department(view_settings(p->view), p->last.department);
}

static bool is_fallback(const struct play *p, const struct chat_line *l)
{
    (void)l;
    return p->last.fallback;
}

static bool is_kind(const struct play *p, const struct chat_line *l)
{
    return strcmp(outcome_kind_name(p->last.kind), l->text) == 0;
}

static bool offers(const struct play *p, const struct chat_line *l)
{
    for (size_t i = 0; i < p->last.option_count; i++) {
        const char *colon = strchr(p->last.options[i].id, ':');
        if (colon != NULL && strcmp(colon + 1, l->text) == 0)
            return true;
    }
    return false;
}

static bool is_confident(const struct play *p, const struct chat_line *l)
{
    double c = p->last.confidence, n = l->number;
    switch (l->comparison) {
    case -2:
        return c < n;
    case -1:
        return c <= n;
    case 1:
        return c >= n;
    default:
        return c > n;
    }
}

static bool is_mood(const struct play *p, const struct chat_line *l)
{
    return p->last.mood != NULL && strcmp(p->last.mood, l->text) == 0;
}

static bool says(const struct play *p, const struct chat_line *l)
{
    return chat_glob(l->text, p->reply.data);
}

static const struct {
    const char *name;
    bool (*holds)(const struct play *, const struct chat_line *);
} checks[] = {
    [CHECK_ARTICLE] = {"article", is_article},
    [CHECK_INTENT] = {"intent", is_intent},
    [CHECK_HANDOFF] = {"handoff", is_handoff},
    [CHECK_FALLBACK] = {"fallback", is_fallback},
    [CHECK_KIND] = {"kind", is_kind},
    [CHECK_OFFERS] = {"offers", offers},
    [CHECK_CONFIDENCE] = {"confidence", is_confident},
    [CHECK_MOOD] = {"mood", is_mood},
    [CHECK_SAYS] = {"says", says},
};

static void expect(struct play *p, const struct chat_line *l)
{
    if (!p->spoke)
        differ(p, l, checks[l->check].name, l->text, "nothing said yet");
    else if (!checks[l->check].holds(p, l))
        differ(p, l, checks[l->check].name, l->text, l->check == CHECK_SAYS ? p->reply.data : describe(p));
}

static void said(struct play *p, const struct chat_line *l)
{
    if (!p->spoke || !chat_glob(l->text, p->reply.data))
        differ(p, l, "bot:", l->text, p->spoke ? p->reply.data : "nothing");
}

static void play(const struct view *view, const struct settings *settings, struct secondlook *look,
                 const struct chat *chat, FILE *out, struct dialogues_result *result)
{
    struct play p = {.view = view,
                     .settings = settings,
                     .look = look,
                     .chat = chat,
                     .who = WHO_BOT,
                     .out = out,
                     .arena = arena_new(STEP_BYTES)};
    buf_init(&p.reply, REPLY_BYTES);
    for (size_t i = 0; p.arena != NULL && i < chat->count; i++) {
        const struct chat_line *l = &chat->lines[i];
        switch (l->kind) {
        case CHAT_VISITOR:
            hear(&p, HEARD_TEXT, l->text);
            break;
        case CHAT_PICK:
            pick(&p, l);
            break;
        case CHAT_BOT:
            said(&p, l);
            break;
        case CHAT_EXPECT:
            expect(&p, l);
            break;
        }
    }
    if (p.arena == NULL || p.differences > 0)
        result->failed++;
    else
        result->passed++;
    buf_free(&p.reply);
    arena_free(p.arena);
}

void dialogues_run(const struct view *view, struct secondlook *look, const struct chat *chat, FILE *out,
                   struct dialogues_result *result)
{
    play(view, NULL, look, chat, out, result);
}

const char *dialogues_lang(const char *path, const char *fallback, struct arena *arena)
{
    static const char folder[] = "dialogues/";
    const char *at = strstr(path, folder);
    const char *lang = at != NULL ? at + strlen(folder) : NULL;
    const char *end = lang != NULL ? strchr(lang, '/') : NULL;
    const char *copy = end != NULL ? arena_strndup(arena, lang, (size_t)(end - lang)) : NULL;
    return copy != NULL ? copy : fallback;
}

static bool is_dialogue(const char *path)
{
    size_t length = strlen(path);
    return strncmp(path, "tests/dialogues/", 16) == 0 && length > 5 && strcmp(path + length - 5, ".chat") == 0;
}

void dialogues_each(const struct site *site, struct problems *problems,
                    void (*each)(void *context, const struct chat *), void *context)
{
    struct arena *arena = arena_new(64 << 20);
    for (size_t i = 0; arena != NULL && i < site->source_count; i++) {
        const struct source *s = &site->sources[i];
        if (!is_dialogue(s->path))
            continue;
        const char *lang = dialogues_lang(s->path, site->settings->languages.items[0], arena);
        const struct chat *chat = chat_read(arena, s->path, lang, s->bytes, s->size, problems);
        if (chat != NULL)
            each(context, chat);
    }
    arena_free(arena);
}

/* How each of a site's dialogues is played. */
struct run {
    const struct view *view;
    const struct settings *settings;
    struct secondlook *look;
    FILE *out;
    struct dialogues_result *result;
};

static void run_one(void *context, const struct chat *chat)
{
    const struct run *r = context;
    play(r->view, r->settings, r->look, chat, r->out, r->result);
}

void dialogues_run_all(const struct view *view, struct secondlook *look, const struct site *site,
                       struct problems *problems, FILE *out, struct dialogues_result *result)
{
    struct run r = {view, NULL, look, out, result};
    dialogues_each(site, problems, run_one, &r);
}

void dialogues_try(const struct view *view, const struct site *site, const struct settings *settings,
                   struct dialogues_result *result)
{
    struct run r = {view, settings, NULL, NULL, result};
    struct problems *known = problems_new();
    if (known != NULL)
        dialogues_each(site, known, run_one, &r);
    problems_free(known);
}
