/* The program: picks the command, lets a running server do what changes its data, or does it here. */
#include "base/version.h"
#include "cli/progress.h"
#include "net/server.h"

#include <signal.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

enum { WORDS_MAX = 96, WORDS_BYTES = 1 << 20 };

static void help(FILE *out)
{
    fputs("usage: sportello COMMAND [OPTION…] [WORD…]\n\nA self-hosted virtual assistant for web sites.\n\n", out);
    for (size_t i = 0; commands[i] != NULL; i++)
        fprintf(out, "  %-12s %s\n", commands[i]->name, commands[i]->summary);
    fputs("\nsportello COMMAND --help tells more. --site DIR and --data DIR go with every command.\n"
          "Exit codes: 0 good, 1 the content or the test falls short, 2 wrong usage.\n",
          out);
}

/* The default folder, DATA below the site. */
static const char *data_of(const struct call *call, struct arena *arena)
{
    return call->data != NULL ? call->data : arena_printf(arena, "%s/data", call->site);
}

/* Does it here if nobody owns DATA, else asks who does. */
static int run_owning(struct call *call, struct arena *arena)
{
    char *words[WORDS_MAX];
    struct call asked = *call;
    asked.quiet = asked.quiet || (command_takes(call->command, "quiet") && !progress_shown(call));
    int count = command_words(&asked, arena, words, WORDS_MAX);
    if (count < 0) {
        fputs("sportello: too many words\n", call->err);
        return EXIT_USAGE;
    }
    int code = server_ask(call->data, count, words);
    if (code >= 0)
        return code;
    struct data data;
    bool held;
    if (data_open(call->data, call->err, &data, &held) < 0)
        return EXIT_SHORT;
    call->owned = &data;
    code = call->command->run(call);
    edition_unpin(call->ret_edition);
    store_job_free((struct store_job *)call->ret_erased);
    data_close(&data);
    return code;
}

static int run(const struct command *command, int argc, char **argv)
{
    struct call call;
    if (command_parse(command, argc, argv, stderr, &call) != 0)
        return EXIT_USAGE;
    struct arena *arena = arena_new(WORDS_BYTES);
    if (arena == NULL || (call.data = data_of(&call, arena)) == NULL) {
        fputs("sportello: no memory\n", stderr);
        arena_free(arena);
        return EXIT_SHORT;
    }
    int code = command->prepare != NULL ? command->prepare(&call) : 0;
    if (code == 0)
        code = command->owns ? run_owning(&call, arena) : command->run(&call);
    arena_free(arena);
    if (fflush(stdout) != 0 && code == 0) {
        perror("sportello: writing the output");
        code = EXIT_SHORT;
    }
    return code;
}

static bool asks_help(int argc, char **argv)
{
    for (int i = 0; i < argc && strcmp(argv[i], "--") != 0; i++) {
        if (strcmp(argv[i], "--help") == 0 || strcmp(argv[i], "-h") == 0)
            return true;
    }
    return false;
}

int main(int argc, char **argv)
{
    signal(SIGPIPE, SIG_IGN);
    if (sodium_init() < 0) {
        fputs("sportello: libsodium does not start\n", stderr);
        return EXIT_SHORT;
    }
    if (argc < 2) {
        help(stderr);
        return EXIT_USAGE;
    }
    if (strcmp(argv[1], "--version") == 0) {
        puts("sportello " SPORTELLO_VERSION);
        return EXIT_GOOD;
    }
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0 || strcmp(argv[1], "help") == 0) {
        help(stdout);
        return EXIT_GOOD;
    }
    const struct command *command = command_find(argv[1]);
    if (command == NULL) {
        fprintf(stderr, "sportello: no such command: %s\n\n", argv[1]);
        help(stderr);
        return EXIT_USAGE;
    }
    if (asks_help(argc - 2, argv + 2)) {
        command_help(command, stdout);
        return EXIT_GOOD;
    }
    return run(command, argc - 2, argv + 2);
}
