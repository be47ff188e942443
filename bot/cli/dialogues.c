/* Runs `.chat` files against an edition: see dialogues.h. */
#include "cli/dialogues.h"

#include "base/buf.h"
#include "cli/expectation.h"

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

static void pick(struct stage *s, const struct chat_line *l)
{
    struct play *p = &s->play;
    char id[256] = "";
    for (size_t i = 0; p->spoke && i < p->last.option_count; i++) {
        if (chat_glob(l->text, p->last.options[i].title))
            snprintf(id, sizeof id, "%s", p->last.options[i].id);
    }
    if (id[0] == '\0')
        differ(s, l, "a button", l->text, p->spoke ? expectation_outcome(p) : "nothing said yet");
    else
        play_hear(p, HEARD_PICK, id);
}

static void expect(struct stage *s, const struct chat_line *l)
{
    struct play *p = &s->play;
    if (!p->spoke)
        differ(s, l, expectation_text(p, l), "", "nothing said yet");
    else if (!expectation_holds(p, l))
        differ(s, l, expectation_text(p, l), "", expectation_got(p, l));
}

static void said(struct stage *s, const struct chat_line *l)
{
    struct play *p = &s->play;
    if (!p->spoke || !chat_glob(l->text, p->reply.data))
        differ(s, l, "bot:", l->text, p->spoke ? expectation_reply(p) : "nothing");
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

static bool answer_call(void *context, const struct wanted_call *wanted, const char *lang, struct arena *arena,
                        const struct variable **ret, size_t *ret_count)
{
    (void)lang;
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
