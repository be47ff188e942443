/* Steps of `sportello learn` that are commands of their own, run by this same program for the same site and data, so
 * that whoever owns DATA answers each and nobody waits for longer than a step: see learn.h. */
#include "cli/learn.h"

#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

enum { WORDS_MAX = 16 };

extern char **environ;

static int run(const struct call *call, const char *const *words, int out)
{
    const char *argv[WORDS_MAX] = {"sportello", "learn", "--site", call->site, "--data", call->data};
    int count = 6, status = 0;
    pid_t child;
    posix_spawn_file_actions_t actions;
    for (; *words != NULL && count < WORDS_MAX - 1; words++)
        argv[count++] = *words;
    if (posix_spawn_file_actions_init(&actions) != 0)
        return EXIT_SHORT;
    if (out >= 0)
        posix_spawn_file_actions_adddup2(&actions, out, 1);
    fflush(stdout);
    int started = posix_spawn(&child, "/proc/self/exe", &actions, NULL, (char *const *)argv, environ);
    posix_spawn_file_actions_destroy(&actions);
    if (started != 0 || waitpid(child, &status, 0) < 0 || !WIFEXITED(status))
        return EXIT_SHORT;
    return WEXITSTATUS(status);
}

int learn_self_run(const struct call *call, const char *const *words)
{
    return run(call, words, -1);
}

char *learn_self_text(const struct call *call, const char *const *words)
{
    FILE *file = tmpfile();
    char *text = NULL;
    size_t room = 0;
    if (file == NULL)
        return NULL;
    if (run(call, words, fileno(file)) == EXIT_GOOD) {
        rewind(file);
        if (getdelim(&text, &room, '\0', file) < 0) {
            free(text);
            text = strdup("");
        }
    }
    fclose(file);
    return text;
}
