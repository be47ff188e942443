/* sportello backup and restore: the whole store in one file. */
#include "cli/command.h"
#include "net/server.h"

#include <unistd.h>

/* The asker's own process copies: SQLite lets a backup run beside the server, and the file then
 * belongs to who asked. */
static int run_backup(struct call *call)
{
    const char *why = "";
    if (access(call->argv[0], F_OK) == 0) {
        fprintf(call->err, "sportello backup: %s exists already; choose another name\n", call->argv[0]);
        return EXIT_SHORT;
    }
    if (store_backup(call->data, call->argv[0], &why) < 0) {
        fprintf(call->err, "sportello backup: %s\n", why);
        return EXIT_SHORT;
    }
    fprintf(call->out, "saved to %s\n", call->argv[0]);
    return EXIT_GOOD;
}

const struct command command_backup = {
    .name = "backup",
    .arguments = "FILE",
    .summary = "copies the store to a file, also while the server runs",
    .help = "FILE must not exist yet. What visitors and agents sent each other is in it; the site's own files are\n"
            "not, but the sources of every edition are.\n"
            "Keep DATA/secrets apart.",
    .options = "",
    .least = 1,
    .most = 1,
    .run = run_backup,
};

static int run_restore(struct call *call)
{
    const char *why = "";
    bool held;
    int lock = data_lock(call->data, call->err, &held);
    if (lock < 0)
        return EXIT_SHORT;
    int result = store_restore(call->data, call->argv[0], &why);
    close(lock);
    if (result < 0) {
        fprintf(call->err, "sportello restore: %s; nothing was changed\n", why);
        return EXIT_SHORT;
    }
    fprintf(call->out,
            "restored from %s; the former store is %s/sportello.db.before-restore, its files in files.before-restore\n",
            call->argv[0], call->data);
    return EXIT_GOOD;
}

const struct command command_restore = {
    .name = "restore",
    .arguments = "FILE",
    .summary = "puts a backup in place of the store; the server must be stopped",
    .help = "The backup is checked first; the former store is kept beside it.",
    .options = "",
    .least = 1,
    .most = 1,
    .run = run_restore,
};
