/* Runs `.chat` files against an edition: see dialogues.h. */
#include "cli/dialogues.h"

#include "base/buf.h"
#include "cli/play.h"

#include <string.h>

/* What a webhook answers from here on. */
struct scripted {
    const char *webhook;
    const struct chat_line *line;
};

enum { SCRIPTED_MAX = 32 };

/* Where one dialogue stands. */
struct stage {
    struct play play; /* first: its context is the stage */
    const struct chat *chat;
    const struct chat_line *at; /* the line at work */
    struct scripted scripted[SCRIPTED_MAX];
    size_t scripted_count;
    FILE *out; /* NULL = nobody is told */
    size_t differences;
};

static void differ(struct stage *p, const struct chat_line *l, const char *expected, const char *argument,
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
    if (o->asking != NULL)
        buf_printf(&text, ", asks %s", o->asking);
    for (size_t i = 0; i < o->slot_count; i++)
        buf_printf(&text, ", slot %s = %s", o->slots[i].name, o->slots[i].value);
    for (size_t i = 0; i < o->option_count && i < 4; i++)
        buf_printf(&text, "%s%s", i == 0 ? ", options " : " ", o->options[i].id);
    const char *copy = arena_strdup(p->arena, text.data);
    buf_free(&text);
    return copy != NULL ? copy : outcome_kind_name(o->kind);
}

static void pick(struct stage *s, const struct chat_line *l)
{
    struct play *p = &s->play;
    char id[256] = "";
    for (size_t i = 0; p->spoke && i < p->last.option_count; i++) {
        if (chat_glob(l->text, p->last.options[i].title))
            snprintf(id, sizeof id, "%s", p->last.options[i].id);
    }
    if (id[0] == '\0')
        differ(s, l, "a button", l->text, p->spoke ? describe(p) : "nothing said yet");
    else
        play_hear(p, HEARD_PICK, id);
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

static bool is_flow(const struct play *p, const struct chat_line *l)
{
    return p->last.kind == OUTCOME_FLOW && is_intent(p, l);
}

static bool asks(const struct play *p, const struct chat_line *l)
{
    return p->last.asking != NULL && strcmp(p->last.asking, l->text) == 0;
}

static bool has_slot(const struct play *p, const struct chat_line *l)
{
    for (size_t i = 0; i < p->last.slot_count; i++)
        if (strcmp(p->last.slots[i].name, l->text) == 0)
            return l->argument == NULL || chat_glob(l->argument, p->last.slots[i].value);
    return false;
}

static bool calls(const struct play *p, const struct chat_line *l)
{
    for (size_t i = 0; i < p->call_count; i++)
        if (strcmp(p->calls[i], l->text) == 0)
            return true;
    return false;
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
    [CHECK_FLOW] = {"flow", is_flow},
    [CHECK_ASKS] = {"asks", asks},
    [CHECK_SLOT] = {"slot", has_slot},
    [CHECK_CALLS] = {"calls", calls},
    [CHECK_HANDOFF] = {"handoff", is_handoff},
    [CHECK_FALLBACK] = {"fallback", is_fallback},
    [CHECK_KIND] = {"kind", is_kind},
    [CHECK_OFFERS] = {"offers", offers},
    [CHECK_CONFIDENCE] = {"confidence", is_confident},
    [CHECK_MOOD] = {"mood", is_mood},
    [CHECK_SAYS] = {"says", says},
};

static void expect(struct stage *s, const struct chat_line *l)
{
    struct play *p = &s->play;
    if (!p->spoke)
        differ(s, l, checks[l->check].name, l->text, "nothing said yet");
    else if (!checks[l->check].holds(p, l))
        differ(s, l, checks[l->check].name, l->text, l->check == CHECK_SAYS ? p->reply.data : describe(p));
}

static void said(struct stage *s, const struct chat_line *l)
{
    const struct play *p = &s->play;
    if (!p->spoke || !chat_glob(l->text, p->reply.data))
        differ(s, l, "bot:", l->text, p->spoke ? p->reply.data : "nothing");
}

/* --- what the world is like ---------------------------------------------------------------------- */

static void begin_within(struct stage *s, const struct chat_line *l)
{
    struct variable slots[CHAT_PAIRS_MAX];
    size_t count = 0;
    const char *intent = "", *asking = "", *why = "";
    struct play *p = &s->play;
    for (size_t i = 0; i < l->pair_count; i++) {
        const struct chat_pair *pair = &l->pairs[i];
        if (strcmp(pair->name, "intent") == 0)
            intent = pair->value;
        else if (strcmp(pair->name, "asking") == 0)
            asking = pair->value;
        else
            slots[count++] = (struct variable){pair->name, pair->value};
    }
    if (dialogue_place(p->view, p->lang, intent, asking, slots, count, &p->now, p->kept, &p->memory, &why) < 0)
        differ(s, l, "from:", intent, why);
}

static void sign_in(struct stage *s, const struct chat_line *l)
{
    play_fact(&s->play, "visitor.signed_in", "true");
    play_fact(&s->play, "visitor.id", l->text);
}

static void script_webhook(struct stage *s, const struct chat_line *l)
{
    size_t i = 0;
    while (i < s->scripted_count && strcmp(s->scripted[i].webhook, l->text) != 0)
        i++;
    if (i == SCRIPTED_MAX) {
        differ(s, l, "webhook", l->text, "more than 32 webhooks in one dialogue");
        return;
    }
    s->scripted[i] = (struct scripted){l->text, l};
    s->scripted_count += i == s->scripted_count;
}

static bool answer_call(void *context, const struct wanted_call *wanted, struct arena *arena,
                        const struct variable **ret, size_t *ret_count)
{
    struct stage *s = context;
    const struct chat_line *l = NULL;
    for (size_t i = 0; i < s->scripted_count && l == NULL; i++)
        l = strcmp(s->scripted[i].webhook, wanted->webhook) == 0 ? s->scripted[i].line : NULL;
    if (l == NULL)
        differ(s, s->at, "a line “webhook NAME: …” above for", wanted->webhook, "none");
    struct variable *pairs = l != NULL && !l->fails ? arena_array(arena, l->pair_count + 1, sizeof *pairs) : NULL;
    if (pairs == NULL)
        return false;
    for (size_t i = 0; i < l->pair_count; i++)
        pairs[i] = (struct variable){l->pairs[i].name, l->pairs[i].value};
    *ret = pairs;
    *ret_count = l->pair_count;
    return true;
}

/* --- a dialogue ---------------------------------------------------------------------------------- */

static void play_line(struct stage *s, const struct chat_line *l)
{
    struct play *p = &s->play;
    s->at = l;
    switch (l->kind) {
    case CHAT_VISITOR:
        play_hear(p, HEARD_TEXT, l->text);
        break;
    case CHAT_PICK:
        pick(s, l);
        break;
    case CHAT_BOT:
        said(s, l);
        break;
    case CHAT_EXPECT:
        expect(s, l);
        break;
    case CHAT_FROM:
        begin_within(s, l);
        break;
    case CHAT_CLOCK:
        play_clock(p, l->moment.year, l->moment.month, l->moment.day, l->moment.hour, l->moment.minute);
        break;
    case CHAT_LATER:
        play_later(p, l->seconds);
        break;
    case CHAT_CHANCE:
        p->chance = (uint32_t)l->number;
        break;
    case CHAT_SIGNED_IN:
        sign_in(s, l);
        break;
    case CHAT_WEBHOOK:
        script_webhook(s, l);
        break;
    }
}

static void perform(const struct view *view, const struct settings *settings, struct secondlook *look,
                    const struct chat *chat, FILE *out, struct dialogues_result *result)
{
    struct stage s = {
        .play = {.view = view, .settings = settings, .look = look, .lang = chat->lang, .call = answer_call},
        .chat = chat,
        .out = out};
    s.play.context = &s;
    bool open = play_open(&s.play) == 0;
    for (size_t i = 0; open && i < chat->count; i++)
        play_line(&s, &chat->lines[i]);
    if (!open || s.differences > 0)
        result->failed++;
    else
        result->passed++;
    play_close(&s.play);
}

void dialogues_run(const struct view *view, struct secondlook *look, const struct chat *chat, FILE *out,
                   struct dialogues_result *result)
{
    perform(view, NULL, look, chat, out, result);
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
    perform(r->view, r->settings, r->look, chat, r->out, r->result);
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
