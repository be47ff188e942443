/* Going through the questions with somebody at a terminal. Every step is a command of its own, so that a server at work
 * or another editor is never in the way for longer than a step. */
#include "cli/learn.h"

#include "content/lines.h"

#include <stdlib.h>
#include <string.h>

enum { LINE_MAX_BYTES = 5000, GROUPS_MAX = 1000 };

struct step {
    char *number, *proposal, *candidates[LEARN_CANDIDATES]; /* NULL = none */
};

static char *field(char **at)
{
    char *start = *at, *tab = start != NULL ? strchr(start, '\t') : NULL;
    if (tab != NULL)
        *tab = '\0';
    *at = tab != NULL ? tab + 1 : NULL;
    return start != NULL && start[0] != '\0' ? start : NULL;
}

/* What there is to go through. The steps' strings lie in *ret_text. -1 = it could not be read (said). */
static int read_steps(const struct call *call, struct step *ret, char **ret_text)
{
    const char *words[] = {"numbers", call->lang != NULL ? "--lang" : NULL, call->lang, NULL};
    int count = 0;
    char *rest = *ret_text = learn_self_text(call, words);
    if (rest == NULL)
        return -1;
    while (rest != NULL && *rest != '\0' && count < GROUPS_MAX) {
        char *line = rest, *end = strchr(rest, '\n');
        rest = end != NULL ? end + 1 : NULL;
        if (end != NULL)
            *end = '\0';
        struct step *s = &ret[count++];
        s->number = field(&line);
        s->proposal = field(&line);
        for (int i = 0; i < LEARN_CANDIDATES; i++)
            s->candidates[i] = field(&line);
    }
    return count;
}

/* A line that was typed, without spaces around; NULL at the end of the input. */
static char *ask(const char *prompt, char line[LINE_MAX_BYTES])
{
    fputs(prompt, stdout);
    fflush(stdout);
    if (fgets(line, LINE_MAX_BYTES, stdin) == NULL)
        return NULL;
    line[strcspn(line, "\r\n")] = '\0';
    struct span trimmed = lines_trim((struct span){line, strlen(line)});
    memmove(line, trimmed.text, trimmed.size);
    line[trimmed.size] = '\0';
    return line;
}

/* The candidate that a digit names, or the words themselves as an id; the proposal where nothing was typed. */
static const char *entry_named(const struct step *s, const char *typed)
{
    if (typed[0] == '\0')
        return s->proposal;
    if (typed[0] >= '1' && typed[0] < '1' + LEARN_CANDIDATES && typed[1] == '\0')
        return s->candidates[typed[0] - '1'];
    return typed;
}

static bool accept(const struct call *call, const struct step *s, const char *entry, const char *wording)
{
    if (entry == NULL) {
        puts("For which answer? Type 1, 2 or 3 from the list above, or e to name another.");
        return false;
    }
    const char *words[] = {"accept", s->number, "--entry", entry, wording != NULL ? "--wording" : NULL, wording, NULL};
    return learn_self_run(call, words) == EXIT_GOOD;
}

static bool edit(const struct call *call, const struct step *s)
{
    char wording[LINE_MAX_BYTES], entry[LINE_MAX_BYTES];
    if (ask("The wording (empty = as the visitor wrote it): ", wording) == NULL ||
        ask(s->proposal != NULL ? "For which answer (1, 2, 3 or an id; empty = the proposed one): "
                                : "For which answer (1, 2, 3 or an id): ",
            entry) == NULL)
        return false;
    return accept(call, s, entry_named(s, entry), wording[0] != '\0' ? wording : NULL);
}

static bool refuse(const struct call *call, const struct step *s)
{
    char why[LINE_MAX_BYTES];
    if (ask("Why (may be empty): ", why) == NULL)
        return false;
    const char *words[] = {"refuse", s->number, why[0] != '\0' ? "--why" : NULL, why, NULL};
    return learn_self_run(call, words) == EXIT_GOOD;
}

/* One group, until something is done about it; false = enough for today. */
static bool go_through(const struct call *call, const struct step *s)
{
    const char *show[] = {"show", s->number, NULL};
    char line[LINE_MAX_BYTES];
    putchar('\n');
    if (learn_self_run(call, show) != EXIT_GOOD)
        return true; /* somebody else has settled it */
    for (;;) {
        char *typed = ask("a = accept, 1-3 = accept for that answer, e = edit, r = refuse, s = skip, q = quit: ", line);
        if (typed == NULL || strcmp(typed, "q") == 0)
            return false;
        if (strcmp(typed, "s") == 0)
            return true;
        bool digit = typed[0] >= '1' && typed[0] <= '9' && typed[1] == '\0';
        if ((strcmp(typed, "a") == 0 && accept(call, s, s->proposal, NULL)) ||
            (digit && accept(call, s, entry_named(s, typed), NULL)) || (strcmp(typed, "e") == 0 && edit(call, s)) ||
            (strcmp(typed, "r") == 0 && refuse(call, s)))
            return true;
    }
}

int learn_walk(struct call *call)
{
    static char list[] = "list", *summary[] = {list, NULL};
    struct step *steps = calloc(GROUPS_MAX, sizeof *steps);
    char *text = NULL;
    int count = steps != NULL ? read_steps(call, steps, &text) : -1;
    for (int i = 0; i < count; i++)
        if (!go_through(call, &steps[i]))
            break;
    free(steps);
    free(text);
    if (count < 0)
        return EXIT_SHORT;
    /* The command itself goes on with what is left. */
    putchar('\n');
    call->argv = summary;
    call->argc = 1;
    call->limit = "3";
    return EXIT_GOOD;
}
