/* Parses the words of a command by its table row, and says them again. See command.h. */
#include "cli/command.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

const struct command *const commands[] = {
    &command_serve,
    &command_init,
    &command_check,
    &command_test,
    &command_publish,
    &command_rollback,
    &command_editions,
    &command_ask,
    &command_evaluate,
    &command_import,
    &command_export,
    &command_user,
    &command_audit,
    &command_backup,
    &command_restore,
    &command_settings,
    &command_learn,
    &command_aiml_cases,
    &command_hooks,
    &command_erase,
    &command_embed,
    &command_voice,
    NULL,
};

struct option_row {
    const char *name;
    bool takes_value, is_path;
    size_t offset; /* in struct call: const char * or bool */
    const char *help;
};

static const struct option_row options[] = {
    {"site", true, true, offsetof(struct call, site), "folder of the site (default .)"},
    {"data", true, true, offsetof(struct call, data), "folder of the data (default SITE/data)"},
    {"lang", true, false, offsetof(struct call, lang), "language, e.g. it"},
    {"to", true, true, offsetof(struct call, to), "folder or file to write to, e.g. knowledge/it"},
    {"out", true, true, offsetof(struct call, file), "file to write to (default: standard output)"},
    {"host", true, false, offsetof(struct call, host), "address to listen on (default 127.0.0.1)"},
    {"port", true, false, offsetof(struct call, port), "port to listen on (default 8080; 0 = any free one)"},
    {"assets", true, true, offsetof(struct call, assets), "folder whose pages replace the built-in ones"},
    {"edition", true, false, offsetof(struct call, edition), "a published edition: live, or its number"},
    {"role", true, false, offsetof(struct call, role), "agent, editor or admin"},
    {"departments", true, false, offsetof(struct call, departments), "ids of departments, e.g. garden,tools, or all"},
    {"languages", true, false, offsetof(struct call, languages), "languages, e.g. it,en, or all"},
    {"capacity", true, false, offsetof(struct call, capacity), "chats at a time, or default"},
    {"email", true, false, offsetof(struct call, email), "e-mail address, or none"},
    {"password-file", true, true, offsetof(struct call, password_file), "file whose first line is the password"},
    {"hash", true, false, offsetof(struct call, hash), NULL},
    {"note", true, false, offsetof(struct call, note), "a line that says what is new"},
    {"entry", true, false, offsetof(struct call, entry), "id of the entry or intent it is for"},
    {"wording", true, false, offsetof(struct call, wording), "the words to write instead of the visitor's"},
    {"why", true, false, offsetof(struct call, why), "a line that says why not"},
    {"limit", true, false, offsetof(struct call, limit), "how many at most (0 = all)"},
    {"all", false, false, offsetof(struct call, all), "also what was accepted or refused"},
    {"all-dead", false, false, offsetof(struct call, all_dead), "all that are dead"},
    {"answers", true, true, offsetof(struct call, answers), "file of entries: id, question, answer with tabs between"},
    {"predict", true, true, offsetof(struct call, predict), "file to write each line's prediction to"},
    {"vectors", true, true, offsetof(struct call, vectors), "file of word vectors, .vec (or a .q8 made of one)"},
    {"oos-as-class", false, false, offsetof(struct call, oos_as_class), "oos and None are a label to be given as well"},
    {"json", false, false, offsetof(struct call, json), "one JSON object a line"},
    {"strict", false, false, offsetof(struct call, strict), "warnings count as errors"},
    {"force", false, false, offsetof(struct call, force), "even if dialogues fail"},
    {"explain", false, false, offsetof(struct call, explain), "say how the answer was found"},
    {"first-look", false, false, offsetof(struct call, first_look),
     "no second look: no suggestions for misspelt words, no embeddings"},
    {"update", false, false, offsetof(struct call, update), "write what has changed"},
    {"allow-private", false, false, offsetof(struct call, allow_private),
     "the address may be on this machine or in a private network"},
    {"random-password", false, false, offsetof(struct call, random_password), "make a password and print it"},
    {"markdown", false, false, offsetof(struct call, markdown), "as the reference page of the docs"},
    {"files", true, true, offsetof(struct call, files), "folder of the files that are named"},
    {"pin", false, false, offsetof(struct call, pin), "the address and fingerprint of this version's script"},
    {"iframe", false, false, offsetof(struct call, iframe), "a frame instead of a script"},
    {"page", true, false, offsetof(struct call, page), "address of the page that it is for, to check that it may"},
    {"avatar", true, false, offsetof(struct call, avatar), "the face: olma …, or initials"},
    {"accent", true, false, offsetof(struct call, accent), "a CSS colour, e.g. #1b6f8a"},
    {"position", true, false, offsetof(struct call, position), "corner of the page: end (default) or start"},
    {"theme", true, false, offsetof(struct call, theme), "light, dark or contrast (default: as the visitor prefers)"},
    {"contact", true, false, offsetof(struct call, contact),
     "how else the company is reached, shown where the chat is not"},
    {"yes", false, false, offsetof(struct call, yes), "without asking first"},
    {"quiet", false, false, offsetof(struct call, quiet), "no progress"},
};
enum { OPTION_COUNT = sizeof options / sizeof *options };

bool command_takes(const struct command *c, const char *name)
{
    if (strcmp(name, "site") == 0 || strcmp(name, "data") == 0)
        return true;
    size_t length = strlen(name);
    for (const char *at = c->options; (at = strstr(at, name)) != NULL; at += length) {
        bool starts = at == c->options || at[-1] == ' ';
        if (starts && (at[length] == ' ' || at[length] == '\0'))
            return true;
    }
    return false;
}

static const struct option_row *find_option(const struct command *c, const char *name, size_t length)
{
    for (size_t i = 0; i < OPTION_COUNT; i++) {
        if (strlen(options[i].name) == length && strncmp(options[i].name, name, length) == 0 &&
            command_takes(c, options[i].name))
            return &options[i];
    }
    return NULL;
}

static void *field(struct call *call, const struct option_row *o)
{
    return (char *)call + o->offset;
}

/* One option at argv[*at]; moves *at past its value. */
static int parse_option(const struct command *c, int argc, char **argv, int *at, FILE *err, struct call *ret)
{
    const char *name = argv[*at] + 2, *equals = strchr(name, '=');
    size_t length = equals != NULL ? (size_t)(equals - name) : strlen(name);
    const struct option_row *o = find_option(c, name, length);
    if (o == NULL) {
        fprintf(err, "sportello %s: unknown option %s; see sportello %s --help\n", c->name, argv[*at], c->name);
        return EXIT_USAGE;
    }
    if (!o->takes_value) {
        if (equals != NULL) {
            fprintf(err, "sportello %s: --%s takes no value\n", c->name, o->name);
            return EXIT_USAGE;
        }
        *(bool *)field(ret, o) = true;
        return 0;
    }
    /* `--site` alone, where a command is about the site: the one here. */
    bool follows = *at + 1 < argc && strncmp(argv[*at + 1], "--", 2) != 0;
    if (equals == NULL && !follows && strcmp(name, "site") == 0 && strncmp(c->options, "site", 4) == 0) {
        ret->site = ".";
        return 0;
    }
    if (equals == NULL && *at + 1 >= argc) {
        fprintf(err, "sportello %s: --%s needs a value\n", c->name, o->name);
        return EXIT_USAGE;
    }
    *(const char **)field(ret, o) = equals != NULL ? equals + 1 : argv[++*at];
    return 0;
}

int command_parse(const struct command *c, int argc, char **argv, FILE *err, struct call *ret)
{
    *ret = (struct call){.command = c, .out = stdout, .err = err};
    ret->argv = argv;
    bool only_words = false;
    for (int i = 0; i < argc; i++) {
        if (!only_words && strcmp(argv[i], "--") == 0) {
            only_words = true;
        } else if (!only_words && strncmp(argv[i], "--", 2) == 0) {
            if (parse_option(c, argc, argv, &i, err, ret) != 0)
                return EXIT_USAGE;
        } else {
            argv[ret->argc++] = argv[i];
        }
    }
    if (ret->argc < c->least || (c->most >= 0 && ret->argc > c->most)) {
        fprintf(err, "usage: sportello %s %s\n", c->name, c->arguments);
        return EXIT_USAGE;
    }
    if (ret->site == NULL)
        ret->site = ".";
    return 0;
}

const struct command *command_find(const char *name)
{
    for (size_t i = 0; commands[i] != NULL; i++) {
        if (strcmp(commands[i]->name, name) == 0)
            return commands[i];
    }
    return NULL;
}

static const char *absolute(struct arena *arena, const char *path)
{
    if (path[0] == '/')
        return path;
    char *here = realpath(".", NULL);
    const char *whole = here != NULL ? arena_printf(arena, "%s/%s", here, path) : NULL;
    free(here);
    return whole;
}

int command_words(const struct call *call, struct arena *arena, char **ret_words, int room)
{
    int count = 0;
    if (room < 2 + OPTION_COUNT + call->argc)
        return -1;
    ret_words[count++] = arena_strdup(arena, call->command->name);
    for (size_t i = 0; i < OPTION_COUNT; i++) {
        const void *at = (const char *)call + options[i].offset;
        const char *value = options[i].takes_value ? *(const char *const *)at : NULL;
        if (value != NULL && options[i].is_path)
            value = absolute(arena, value);
        if (value != NULL)
            ret_words[count++] = arena_printf(arena, "--%s=%s", options[i].name, value);
        else if (!options[i].takes_value && *(const bool *)at)
            ret_words[count++] = arena_printf(arena, "--%s", options[i].name);
    }
    ret_words[count++] = arena_strdup(arena, "--");
    for (int i = 0; i < call->argc; i++)
        ret_words[count++] = arena_strdup(arena, call->argv[i]);
    return arena_failed(arena) ? -1 : count;
}

void command_help(const struct command *c, FILE *out)
{
    fprintf(out, "usage: sportello %s%s%s\n\n%s\n", c->name, c->arguments[0] != '\0' ? " " : "", c->arguments,
            c->summary);
    if (c->help[0] != '\0')
        fprintf(out, "\n%s\n", c->help);
    fputs("\nOptions:\n", out);
    for (size_t i = 0; i < OPTION_COUNT; i++) {
        const struct option_row *o = &options[i];
        if (o->help != NULL && command_takes(c, o->name))
            fprintf(out, "  --%s%-*s %s\n", o->name, (int)(20 - strlen(o->name)), o->takes_value ? " VALUE" : "",
                    o->help);
    }
}
