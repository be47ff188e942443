/* Command: one row a command, one small file a command.
 *
 * A command gets its words parsed (struct call) and writes to call->out and call->err, never to the
 * process's own: a command that changes DATA may run inside the server, on a worker, for somebody
 * who asked over the control socket. It returns the exit code: 0 good, 1 the content or the test
 * falls short, 2 wrong usage. */
#ifndef CLI_COMMAND_H
#define CLI_COMMAND_H

#include "cli/data.h"

#include <stdbool.h>
#include <stdio.h>

enum { EXIT_GOOD = 0, EXIT_SHORT = 1, EXIT_USAGE = 2 };

struct call {
    const struct command *command;
    /* options; NULL or false where not given */
    const char *site, *data, *lang, *to, *host, *port, *assets, *edition, *role, *password_file, *hash, *note, *answers,
        *predict, *vectors, *entry, *wording, *why, *limit, *file, *files, *departments, *languages, *capacity, *email,
        *avatar, *accent, *position, *theme, *contact, *page;
    bool json, strict, force, explain, first_look, update, random_password, markdown, oos_as_class, quiet, all,
        allow_private, all_dead, pin, iframe, yes;
    /* the rest of the words */
    int argc;
    char **argv;
    FILE *out, *err;
    /* Shows a line of progress to who asked from another process; NULL = `err` may be a terminal. See progress.h. */
    void (*tell)(void *teller, const char *line);
    void *teller;
    struct fetcher *fetcher; /* the server's, for requests that go out; NULL = the command makes one */
    struct data *owned;      /* commands with `owns`: the opened DATA */
    int64_t ret_user;        /* whose rights have changed, 0 = nobody's: the server looks at what is open */
    struct store_erase
        *ret_erased; /* a visitor's chats are gone: the server tells who sees them; whoever called frees it */
    struct edition *ret_edition; /* a new live edition for the server to swap in; a pin of the caller's */
};

struct command {
    const char *name;
    const char *arguments; /* as --help shows them */
    const char *summary;   /* one line */
    const char *help;      /* paragraphs below it; may be "" */
    const char *options;   /* names it takes besides site and data: "json strict" */
    int least, most;       /* positional words */
    bool owns;             /* changes or reads DATA: a running server does it, else DATA is locked */
    int (*run)(struct call *);
    /* In the asker's process before it goes to a server (reads a password …); NULL = nothing. Exit code. */
    int (*prepare)(struct call *);
};

extern const struct command *const commands[]; /* ended by NULL */

/* Fills `ret` from the words after the command's name. 0, or EXIT_USAGE after saying why on `err`. */
int command_parse(const struct command *, int argc, char **argv, FILE *err, struct call *ret);
const struct command *command_find(const char *name);
/* Whether the command has this option. */
bool command_takes(const struct command *, const char *name);
/* The words that say the same again, with absolute paths, for the control socket: at most `room`. They
 * live in the arena. Returns how many, or -1. */
int command_words(const struct call *, struct arena *, char **ret_words, int room);
void command_help(const struct command *, FILE *);

extern const struct command command_serve, command_init, command_check, command_test, command_publish, command_rollback,
    command_editions, command_ask, command_evaluate, command_import, command_user, command_backup, command_restore,
    command_settings, command_learn, command_export, command_aiml_cases, command_hooks, command_voice, command_audit,
    command_embed, command_erase;

#endif
