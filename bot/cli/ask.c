/* sportello ask: one question to the assistant, or one a line from stdin. */
#include "base/utf8.h"
#include "cli/publish.h"
#include "cli/secondlook.h"
#include "cli/sitefiles.h"
#include "cli/sitevectors.h"
#include "cli/terminal.h"
#include "desk/zone.h"
#include "dialogue/dialogue.h"
#include "wire/json.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { ASK_BYTES = 16 << 20, ASK_LINE = 1 << 20, ASK_INPUT = 64 << 20 };

struct asked {
    const struct view *view;
    struct outcome outcome;
    struct buf reply;
    double us; /* the turn's own time: a second look is waited for elsewhere, and told by --explain */
    const struct secondlook *look;
};

static double now_us(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

/* A null, or the text. */
static void text_or_null(struct buf *out, const char *name, const char *text)
{
    if (text != NULL)
        json_text(out, name, text);
    else
        json_nothing(out, name);
}

static void print_json(FILE *out, const char *text, const struct asked *a)
{
    const struct outcome *o = &a->outcome;
    struct buf line;
    buf_init(&line, ASK_LINE);
    bool has = o->entry != VIEW_NONE;
    struct view_entry e = has ? view_entry(a->view, o->entry) : (struct view_entry){0};
    char source[512];
    snprintf(source, sizeof source, "%s:%d", has ? e.file : "", e.line);
    json_open(&line, NULL, '{');
    json_text(&line, "text", text);
    json_text(&line, "kind", outcome_kind_name(o->kind));
    text_or_null(&line, "article", has && o->kind == OUTCOME_ANSWER ? e.id : NULL);
    text_or_null(&line, "intent", has && o->kind != OUTCOME_ANSWER && e.kind == VIEW_INTENT ? e.id : NULL);
    json_share(&line, "confidence", o->confidence);
    json_share(&line, "in_scope", o->in_scope);
    text_or_null(&line, "source", has ? source : o->source);
    json_text(&line, "reply", a->reply.data);
    json_open(&line, "options", '[');
    for (size_t i = 0; i < o->option_count; i++) {
        const char *colon = strchr(o->options[i].id, ':');
        bool candidate = strncmp(o->options[i].id, "entry:", 6) == 0 || strncmp(o->options[i].id, "intent:", 7) == 0;
        if (o->kind != OUTCOME_OFFER || !candidate)
            continue;
        json_open(&line, NULL, '{');
        json_text(&line, "id", colon + 1);
        json_text(&line, "title", o->options[i].title);
        json_share(&line, "confidence", (double)o->options[i].confidence);
        json_close(&line, '}');
    }
    json_close(&line, ']');
    json_share(&line, "us", a->us);
    json_close(&line, '}');
    fprintf(out, "%s\n", line.data);
    buf_free(&line);
}

/* The reply on one line. */
static void squeeze(FILE *out, const char *text)
{
    bool space = false;
    for (; *text != '\0'; text++) {
        if (isspace((unsigned char)*text)) {
            space = true;
            continue;
        }
        if (space)
            fputc(' ', out);
        space = false;
        fputc(*text, out);
    }
}

static void print_line(FILE *out, const struct asked *a)
{
    const struct outcome *o = &a->outcome;
    const char *id = o->entry != VIEW_NONE ? view_entry(a->view, o->entry).id : "-";
    fprintf(out, "%s\t%s\t%.2f\t", outcome_kind_name(o->kind), id, o->confidence);
    squeeze(out, a->reply.data);
    fputc('\n', out);
}

static void print_reply(FILE *out, const struct asked *a)
{
    const struct outcome *o = &a->outcome;
    fprintf(out, "%s\n", a->reply.data);
    for (size_t i = 0; i < o->option_count; i++)
        fprintf(out, "  [%s]\n", o->options[i].title);
    fprintf(out, "\n%s", outcome_kind_name(o->kind));
    if (o->source != NULL)
        fprintf(out, " · %s", o->source);
    if (o->entry != VIEW_NONE) {
        struct view_entry e = view_entry(a->view, o->entry);
        fprintf(out, " · %s · %s:%d", e.id, e.file, e.line);
    }
    for (size_t i = 1; i < o->entry_count; i++) {
        struct view_entry e = view_entry(a->view, o->entries[i]);
        fprintf(out, " · %s · %s:%d", e.id, e.file, e.line);
    }
    for (size_t i = 0; i < o->slot_count; i++)
        fprintf(out, " · %s = %s", o->slots[i].name, o->slots[i].value);
    if (o->asking != NULL)
        fprintf(out, " · asks %s", o->asking);
    if (o->call != NULL)
        fprintf(out, " · would call %s", o->call->webhook);
    fprintf(out, " · confidence %.2f · in scope %.2f · %.0f µs\n", o->confidence, o->in_scope, a->us);
    if (o->understood.explanation != NULL)
        fprintf(out, "\n%s", o->understood.explanation);
    if (o->understood.explanation != NULL)
        secondlook_explain(a->look, out);
}

static int ask(struct call *call, const struct view *view, struct secondlook *look, const char *text,
               struct arena *arena, bool many)
{
    struct asked a = {.view = view, .look = look};
    const char *lang = call->lang != NULL ? call->lang : view_settings(view)->languages.items[0];
    struct zone *zone = zone_new(view_settings(view)->timezone);
    int64_t now = (int64_t)time(NULL);
    struct heard heard = {.kind = HEARD_TEXT,
                          .text = text,
                          .lang = lang,
                          .who = WHO_BOT,
                          .help = {.open = true, .online = 1},
                          .explain = call->explain,
                          .now = heard_time_at(now, zone != NULL ? zone_offset(zone, now) : 0)};
    zone_free(zone);
    struct dialogue_memory memory = {0};
    arena_reset(arena);
    buf_init(&a.reply, ASK_LINE);
    double from = now_us();
    int result = secondlook_step(look, view, &memory, &heard, arena, &a.outcome);
    a.us = now_us() - from - (look != NULL && look->taken ? look->us : 0);
    if (result == 0) {
        block_to_text(a.outcome.blocks, &a.reply);
        if (call->json)
            print_json(call->out, text, &a);
        else if (many)
            print_line(call->out, &a);
        else
            print_reply(call->out, &a);
    }
    buf_free(&a.reply);
    return result;
}

static int ask_lines(struct call *call, const struct view *view, struct secondlook *look, struct arena *arena)
{
    struct arena *lines = arena_new(ASK_INPUT);
    char *line = NULL;
    size_t room = 0;
    ssize_t length;
    int result = lines != NULL ? 0 : -1;
    while (result == 0 && (length = getline(&line, &room, stdin)) >= 0) {
        while (length > 0 && (line[length - 1] == '\n' || line[length - 1] == '\r'))
            length--;
        arena_reset(lines);
        const char *text = utf8_mend(lines, line, (size_t)length);
        result = text != NULL ? ask(call, view, look, text, arena, true) : -1;
    }
    free(line);
    arena_free(lines);
    return result;
}

static struct edition *open_files(struct call *call)
{
    struct sitefiles s;
    if (sitefiles_read(call, &s) < 0)
        return NULL;
    struct edition *e = sitefiles_compile(call, &s) == 0 ? sitefiles_edition(call, &s) : NULL;
    if (e == NULL) {
        problems_print(s.problems, call->err);
        fputs("sportello ask: the site has errors; see sportello check\n", call->err);
    } else if (call->explain || s.words_alone) {
        problems_print(s.problems, call->err);
    }
    sitefiles_free(&s);
    return e;
}

/* The live edition's number stands in DATA/editions/live, beside the images. */
static struct edition *open_published(struct call *call)
{
    char folder[4096];
    const char *why = "";
    long long number = published_number(call->data, call->edition);
    snprintf(folder, sizeof folder, "%s/editions", call->data);
    struct edition *e = number > 0 ? edition_open(folder, number, &why) : NULL;
    if (e == NULL)
        fprintf(call->err, "sportello ask: edition %s cannot be opened%s%s\n", call->edition,
                why[0] != '\0' ? ": " : "", why);
    else
        sitevectors_use(call, e);
    return e;
}

static int ask_edition(struct call *call, const struct view *view, struct arena *arena)
{
    struct secondlook look;
    secondlook_open(&look, call, view_settings(view));
    struct secondlook *second = call->first_look ? NULL : &look;
    int result = call->argc == 0                   ? terminal_chat(call, view, second)
                 : strcmp(call->argv[0], "-") == 0 ? ask_lines(call, view, second, arena)
                                                   : ask(call, view, second, call->argv[0], arena, false);
    secondlook_close(&look);
    return result;
}

static int run(struct call *call)
{
    if (call->argc == 0 && call->json) {
        fputs("sportello ask: --json is for a TEXT or -, not for a chat\n", call->err);
        return EXIT_USAGE;
    }
    struct edition *e = call->edition != NULL ? open_published(call) : open_files(call);
    struct arena *arena = arena_new(ASK_BYTES);
    int result = -1;
    if (e != NULL && arena != NULL && call->lang != NULL &&
        settings_language(view_settings(edition_view(e)), call->lang) < 0)
        fprintf(call->err, "sportello ask: the site has no language '%s'\n", call->lang);
    else if (e != NULL && arena != NULL)
        result = ask_edition(call, edition_view(e), arena);
    arena_free(arena);
    edition_unpin(e);
    return result == 0 ? EXIT_GOOD : EXIT_SHORT;
}

const struct command command_ask = {
    .name = "ask",
    .arguments = "[--lang it] [--json] [--explain] [--first-look] [TEXT|-]",
    .summary = "puts one question to the assistant, or chats with it",
    .help = "Reads the site's files as they stand; --edition live or N asks a published edition.\n"
            "With - it reads one question a line, each a fresh conversation, and prints one line for each.\n"
            "Without a text it is a chat on the terminal: a button is chosen by its number or words, /new begins a\n"
            "new conversation, /human asks for a person, /quit or Ctrl-D ends. --explain shows how each was read, with "
            "what a flow has\n"
            "collected. Webhooks of flows are really called, with the secrets of --data, and it says so before.",
    .options = "lang json explain first-look edition quiet",
    .least = 0,
    .most = 1,
    .run = run,
};
