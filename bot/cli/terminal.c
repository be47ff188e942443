/* Chatting on a terminal: see terminal.h. */
#include "cli/terminal.h"

#include "base/utf8.h"
#include "cli/play.h"
#include "cli/realcalls.h"
#include "desk/zone.h"

#include <editline/readline.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

struct terminal {
    struct play play;
    struct zone *zone;
    FILE *out;
    bool tty, colours;
};

enum colour { COLOUR_PLAIN, COLOUR_ASSISTANT, COLOUR_QUIET };

static void paint(const struct terminal *t, enum colour colour)
{
    static const char *const codes[] = {"\033[0m", "\033[36m", "\033[2m"};
    if (t->colours)
        fputs(codes[colour], t->out);
}

/* --- what is shown ------------------------------------------------------------------------------ */

static void show_source(const struct terminal *t)
{
    const struct outcome *o = &t->play.last;
    fputs(outcome_kind_name(o->kind), t->out);
    if (o->source != NULL)
        fprintf(t->out, " · %s", o->source);
    if (o->entry != VIEW_NONE) {
        struct view_entry e = view_entry(t->play.view, o->entry);
        fprintf(t->out, " · %s · %s:%d", e.id, e.file, e.line);
    }
    fprintf(t->out, " · confidence %.2f", o->confidence);
    if (o->asking != NULL)
        fprintf(t->out, " · asks %s", o->asking);
    for (size_t i = 0; i < o->slot_count; i++)
        fprintf(t->out, " · %s = %s", o->slots[i].name, o->slots[i].value);
    for (size_t i = 0; i < t->play.call_count; i++)
        fprintf(t->out, " · called %s%s", t->play.calls[i], t->play.calls_ok[i] ? "" : " (failed)");
    fputc('\n', t->out);
    if (o->understood.explanation != NULL)
        fputs(o->understood.explanation, t->out);
}

static void show_reply(const struct terminal *t)
{
    const struct outcome *o = &t->play.last;
    paint(t, COLOUR_ASSISTANT);
    fprintf(t->out, "%s\n", t->play.reply.size > 0 ? t->play.reply.data : "…");
    for (size_t i = 0; i < o->option_count; i++)
        fprintf(t->out, "  %zu. [%s]\n", i + 1, o->options[i].title);
    paint(t, COLOUR_QUIET);
    if (o->enqueue)
        fputs("(a person would be called now)\n", t->out);
    if (t->play.explain)
        show_source(t);
    paint(t, COLOUR_PLAIN);
    fputc('\n', t->out);
    fflush(t->out);
}

/* --- what is typed ------------------------------------------------------------------------------ */

/* Ctrl-D that is typed while an answer is on its way reaches the line as a zero byte: the terminal has taken it for the
 * end of a line then. libedit binds that byte anew with every line, to the last of the terminal's characters that are
 * switched off, by which the next Ctrl-D would be written instead of heard. */
static int hear_early_end(void)
{
    return rl_parse_and_bind("bind ^@ em-delete-or-list");
}

/* The next line, to be freed; NULL at the end. */
static char *next_line(const struct terminal *t)
{
    if (t->tty) {
        rl_pre_input_hook = hear_early_end;
        char *line = readline("> ");
        if (line != NULL && line[0] != '\0')
            add_history(line);
        return line;
    }
    char *line = NULL;
    size_t room = 0;
    ssize_t length = getline(&line, &room, stdin);
    if (length < 0) {
        free(line);
        return NULL;
    }
    while (length > 0 && (line[length - 1] == '\n' || line[length - 1] == '\r'))
        line[--length] = '\0';
    fprintf(t->out, "> %s\n", line);
    return line;
}

/* The option of a button by its number, or NULL. */
static const char *button(const struct terminal *t, const char *line)
{
    char *end;
    long number = strtol(line, &end, 10);
    const struct outcome *o = &t->play.last;
    bool is = end != line && *end == '\0' && t->play.spoke && number >= 1 && (size_t)number <= o->option_count;
    return is ? o->options[number - 1].id : NULL;
}

static void tick(struct terminal *t)
{
    int64_t now = (int64_t)time(NULL);
    t->play.now = heard_time_at(now, zone_offset(t->zone, now));
    t->play.chance++;
}

/* Whether it was the last. */
static bool hear(struct terminal *t, const char *line)
{
    char id[256];
    const char *picked = button(t, line);
    tick(t);
    if (strcmp(line, "/quit") == 0)
        return true;
    if (strcmp(line, "/new") == 0) {
        play_again(&t->play);
        fputs("(a new conversation)\n\n", t->out);
        return false;
    }
    if (strcmp(line, "/human") == 0) {
        play_hear(&t->play, HEARD_HUMAN, NULL);
    } else if (picked != NULL) {
        snprintf(id, sizeof id, "%s", picked);
        play_hear(&t->play, HEARD_PICK, id);
    } else {
        play_hear(&t->play, HEARD_TEXT, line);
    }
    if (t->play.spoke)
        show_reply(t);
    return false;
}

int terminal_chat(struct call *call, const struct view *view, struct secondlook *look)
{
    const char *lang = call->lang != NULL ? call->lang : view_settings(view)->languages.items[0];
    struct realcalls calls;
    struct terminal t = {.play = {.view = view,
                                  .look = look,
                                  .lang = lang,
                                  .explain = call->explain,
                                  .call = realcalls_call,
                                  .context = &calls},
                         .zone = zone_new(view_settings(view)->timezone),
                         .out = call->out,
                         .tty = isatty(STDIN_FILENO) == 1};
    t.colours = isatty(fileno(call->out)) == 1 && getenv("NO_COLOR") == NULL;
    realcalls_open(&calls, call, view_settings(view));
    int result = t.zone != NULL && play_open(&t.play) == 0 ? 0 : -1;
    if (result == 0 && t.tty)
        fprintf(t.out, "A chat with %s's assistant. /new, /human, /quit; a button by its number.\n\n",
                view_settings(view)->name);
    for (bool over = result < 0; !over;) {
        char *line = next_line(&t);
        const char *text = line != NULL ? utf8_mend(t.play.kept, line, strlen(line)) : NULL;
        over = text == NULL || hear(&t, text);
        free(line);
    }
    play_close(&t.play);
    realcalls_close(&calls);
    zone_free(t.zone);
    return result;
}
