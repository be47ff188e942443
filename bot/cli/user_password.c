/* A password becomes its hash: see user_password.h. */
#include "cli/user_password.h"

#include "base/file.h"
#include "net/password.h"

#include <errno.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

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

int user_password_hash(struct call *call)
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
