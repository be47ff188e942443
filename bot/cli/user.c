/* sportello user: the people behind the counter. */
#include "cli/command.h"
#include "net/password.h"

#include "base/file.h"

#include <ctype.h>
#include <errno.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

static const char *const roles[] = {"agent", "editor", "admin"};

static bool is_role(const char *role)
{
    for (size_t i = 0; i < sizeof roles / sizeof *roles; i++) {
        if (strcmp(roles[i], role) == 0)
            return true;
    }
    return false;
}

/* A line from the terminal without echo, or from a pipe. */
static int read_secret_line(const char *prompt, char *ret, size_t room)
{
    struct termios before;
    bool terminal = tcgetattr(STDIN_FILENO, &before) == 0;
    if (terminal) {
        struct termios silent = before;
        silent.c_lflag &= (tcflag_t)~ECHO;
        fputs(prompt, stderr);
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent);
    }
    char *got = fgets(ret, (int)room, stdin);
    if (terminal) {
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &before);
        fputc('\n', stderr);
    }
    if (got == NULL) {
        fputs("sportello user: no password was given\n", stderr);
        return -1;
    }
    ret[strcspn(ret, "\r\n")] = '\0';
    return 0;
}

static int password_from_file(struct call *call, char *ret, size_t room)
{
    char *bytes = file_read(call->password_file, PASSWORD_MOST + 2, NULL);
    if (bytes == NULL) {
        fprintf(call->err, "sportello user: %s: %s\n", call->password_file, strerror(errno));
        return -1;
    }
    snprintf(ret, room, "%.*s", (int)strcspn(bytes, "\r\n"), bytes);
    sodium_memzero(bytes, strlen(bytes));
    free(bytes);
    return 0;
}

static int password_from_terminal(struct call *call, char *ret, size_t room)
{
    char again[PASSWORD_MOST + 2];
    if (read_secret_line("Password: ", ret, room) < 0)
        return -1;
    if (isatty(STDIN_FILENO)) {
        if (read_secret_line("Again: ", again, sizeof again) < 0 || strcmp(ret, again) != 0) {
            fputs("sportello user: the two are not the same\n", call->err);
            return -1;
        }
        sodium_memzero(again, sizeof again);
    }
    return 0;
}

/* The password becomes a hash before anything leaves this process. */
static int hash_password(struct call *call)
{
    static char hash[PASSWORD_HASH_BYTES];
    char password[PASSWORD_MOST + 2] = "";
    int got = 0;
    if (call->random_password)
        password_random(password);
    else
        got = call->password_file != NULL ? password_from_file(call, password, sizeof password)
                                          : password_from_terminal(call, password, sizeof password);
    if (got < 0)
        return EXIT_SHORT;
    if (strlen(password) < PASSWORD_LEAST) {
        fprintf(call->err, "sportello user: a password has at least %d characters\n", PASSWORD_LEAST);
        return EXIT_SHORT;
    }
    if (password_hash(password, hash) < 0) {
        fputs("sportello user: no memory for the password\n", call->err);
        return EXIT_SHORT;
    }
    if (call->random_password)
        fprintf(call->out, "%s\n", password);
    sodium_memzero(password, sizeof password);
    call->hash = hash;
    call->password_file = NULL;
    call->random_password = false;
    return EXIT_GOOD;
}

/* Names are shown to visitors: letters of any language, digits, spaces and . _ - within bounds. */
static bool is_name(const char *name)
{
    size_t length = strlen(name);
    if (length == 0 || length > 60 || name[0] == ' ' || name[length - 1] == ' ')
        return false;
    for (const unsigned char *p = (const unsigned char *)name; *p != '\0'; p++) {
        if (*p < 0x80 && !isalnum(*p) && strchr(" ._-'", *p) == NULL)
            return false;
    }
    return true;
}

static int prepare(struct call *call)
{
    if (strcmp(call->argv[0], "add") != 0) {
        fprintf(call->err, "sportello user: there is only `user add`, not `%s`\n", call->argv[0]);
        return EXIT_USAGE;
    }
    if (!is_name(call->argv[1])) {
        fputs("sportello user: a name has 1 to 60 letters, digits, spaces or . _ - '\n", call->err);
        return EXIT_USAGE;
    }
    if (call->role == NULL || !is_role(call->role)) {
        fputs("sportello user: --role agent, editor or admin is needed\n", call->err);
        return EXIT_USAGE;
    }
    return hash_password(call);
}

static int run(struct call *call)
{
    struct store_user_add *job = data_job(&store_user_add_kind, sizeof *job);
    if (job == NULL)
        return EXIT_SHORT;
    job->user = (struct user){
        .name = call->argv[1], .role = call->role, .password_hash = call->hash, .departments = "", .languages = ""};
    data_do(call->owned, &job->job);
    enum store_result result = job->job.result;
    store_job_free(&job->job);
    if (result == STORE_OK)
        fprintf(call->err, "%s can log in at /desk as %s\n", call->argv[1], call->role);
    else if (result == STORE_REFUSED)
        fprintf(call->err, "sportello user: the name %s is taken\n", call->argv[1]);
    else
        fprintf(call->err, "sportello user: %s\n", data_result_text(result));
    return result == STORE_OK ? EXIT_GOOD : EXIT_SHORT;
}

const struct command command_user = {
    .name = "user",
    .arguments = "add NAME --role agent|editor|admin [--password-file FILE | --random-password]",
    .summary = "adds somebody who works at the desk",
    .help = "The password is asked for, or read from a file or a pipe. Only its argon2id hash is kept.",
    .options = "role password-file random-password hash",
    .least = 2,
    .most = 2,
    .owns = true,
    .run = run,
    .prepare = prepare,
};
