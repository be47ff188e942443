/* Copies of the whole database, with the files of chats: made while it is in use, and put back.
 *
 * A backup is one file without a log beside it. It is written under another name, synced and
 * renamed, so that a file with the name asked for is always whole. Restoring first folds the old
 * database's log into it, because a log left behind would be replayed over the new one. */
#include "store/backup_files.h"
#include "store/migrate.h"
#include "store/store.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PAGES_A_STEP = 1024, BUSY_SLEEP_MS = 20, BUSY_TRIES = 500 };

static int sync_path(const char *path, int flags)
{
    int file = open(path, flags | O_CLOEXEC);
    if (file < 0)
        return -1;
    int result = fsync(file);
    close(file);
    return result;
}

static int sync_folder_of(const char *path)
{
    char copy[PATH_MAX];
    snprintf(copy, sizeof copy, "%s", path);
    return sync_path(dirname(copy), O_RDONLY | O_DIRECTORY);
}

/* Page by page, within one snapshot of the source, so that writers neither wait nor make it start again. */
static int copy_pages(sqlite3 *from, sqlite3 *to, const char **ret_why)
{
    int code = sqlite3_exec(from, "BEGIN; SELECT count(*) FROM sqlite_schema", NULL, NULL, NULL);
    sqlite3_backup *backup = code == SQLITE_OK ? sqlite3_backup_init(to, "main", from, "main") : NULL;
    if (backup == NULL) {
        *ret_why = db_why("cannot copy: %s", sqlite3_errmsg(code != SQLITE_OK ? from : to));
        return -1;
    }
    int tries = 0;
    while ((code = sqlite3_backup_step(backup, PAGES_A_STEP)) != SQLITE_DONE) {
        if ((code == SQLITE_BUSY || code == SQLITE_LOCKED) && tries++ < BUSY_TRIES)
            sqlite3_sleep(BUSY_SLEEP_MS);
        else if (code != SQLITE_OK)
            break;
    }
    sqlite3_backup_finish(backup);
    sqlite3_exec(from, "COMMIT", NULL, NULL, NULL);
    if (code == SQLITE_DONE)
        return 0;
    *ret_why = db_why("cannot copy: %s", sqlite3_errstr(code));
    return -1;
}

/* A copy of the database `from` at `path`, synced, without a log beside it; with the bytes of the files of `data`, if
 * that is not NULL. */
static int copy_to(sqlite3 *from, const char *path, const char *data, const char **ret_why)
{
    int file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (file < 0) {
        *ret_why = db_why("cannot write %s: %s", path, strerror(errno));
        return -1;
    }
    close(file);
    sqlite3 *to = db_connect(path, SQLITE_OPEN_READWRITE, ret_why);
    if (to == NULL)
        return -1;
    int result = copy_pages(from, to, ret_why);
    if (result == 0 && data != NULL)
        result = backup_files_add(to, data, ret_why);
    if (result == 0 && sqlite3_exec(to, "PRAGMA journal_mode = DELETE", NULL, NULL, NULL) != SQLITE_OK) {
        *ret_why = db_why("cannot write %s: %s", path, sqlite3_errmsg(to));
        result = -1;
    }
    sqlite3_close(to);
    if (result == 0 && sync_path(path, O_RDONLY) != 0) {
        *ret_why = db_why("cannot write %s: %s", path, strerror(errno));
        result = -1;
    }
    return result;
}

static void remove_beside(const char *path, const char *suffix)
{
    char *beside = NULL;
    if (asprintf(&beside, "%s%s", path, suffix) >= 0)
        unlink(beside);
    free(beside);
}

/* Copies `from` to `temporary`; nothing is left of it if that fails. */
static int copy_or_nothing(sqlite3 *from, const char *temporary, const char *data, const char **ret_why)
{
    if (copy_to(from, temporary, data, ret_why) == 0)
        return 0;
    static const char *const parts[] = {"", "-journal", "-wal", "-shm"};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        remove_beside(temporary, parts[i]);
    return -1;
}

int store_backup(const char *folder, const char *file, const char **ret_why)
{
    int result = -1;
    char *source = db_path(folder, "sportello.db"), *temporary = NULL;
    if (source == NULL || asprintf(&temporary, "%s.part", file) < 0) {
        free(source);
        *ret_why = "no memory";
        return -1;
    }
    sqlite3 *from = db_connect(source, SQLITE_OPEN_READWRITE, ret_why);
    if (from == NULL)
        goto done;
    result = copy_or_nothing(from, temporary, folder, ret_why);
    sqlite3_close(from);
    if (result != 0)
        goto done;
    if (rename(temporary, file) != 0 || sync_folder_of(file) != 0) {
        *ret_why = db_why("cannot write %s: %s", file, strerror(errno));
        unlink(temporary);
        result = -1;
    }
done:
    free(temporary);
    free(source);
    return result;
}

/* --- restore ------------------------------------------------------------------------------ */

static bool whole(sqlite3 *sqlite)
{
    sqlite3_stmt *statement = NULL;
    bool ok = sqlite3_prepare_v2(sqlite, "PRAGMA integrity_check(1)", -1, &statement, NULL) == SQLITE_OK &&
              sqlite3_step(statement) == SQLITE_ROW &&
              strcmp((const char *)sqlite3_column_text(statement, 0), "ok") == 0;
    sqlite3_finalize(statement);
    if (!ok)
        return false;
    ok = sqlite3_prepare_v2(sqlite, "PRAGMA foreign_key_check", -1, &statement, NULL) == SQLITE_OK &&
         sqlite3_step(statement) == SQLITE_DONE;
    sqlite3_finalize(statement);
    return ok;
}

/* The backup, opened and found to be a whole database of ours. NULL with *ret_why. */
static sqlite3 *open_backup(const char *file, const char **ret_why)
{
    if (access(file, R_OK) != 0) {
        *ret_why = db_why("cannot read %s: %s", file, strerror(errno));
        return NULL;
    }
    sqlite3 *sqlite = db_connect(file, SQLITE_OPEN_READONLY, ret_why);
    if (sqlite == NULL)
        return NULL;
    if (migrate_check(sqlite, ret_why) == 0) {
        sqlite3_stmt *any = NULL;
        bool empty = sqlite3_prepare_v2(sqlite, "SELECT number FROM migration", -1, &any, NULL) != SQLITE_OK;
        sqlite3_finalize(any);
        if (!empty && whole(sqlite))
            return sqlite;
        *ret_why = db_why(empty ? "%s is not a Sportello database" : "%s is damaged", file);
    }
    sqlite3_close(sqlite);
    return NULL;
}

/* Brings what stands in the old database's log into its file. One that cannot be opened keeps its log
 * under its new name. */
static void set_aside_log(const char *path, const char *aside)
{
    const char *why;
    sqlite3 *old = db_connect(path, SQLITE_OPEN_READWRITE, &why);
    if (old != NULL) {
        sqlite3_exec(old, "PRAGMA wal_checkpoint(TRUNCATE); PRAGMA journal_mode = DELETE", NULL, NULL, NULL);
        sqlite3_close(old);
    }
    char *log = NULL, *aside_log = NULL;
    if (asprintf(&log, "%s-wal", path) >= 0 && asprintf(&aside_log, "%s-wal", aside) >= 0)
        rename(log, aside_log);
    free(log);
    free(aside_log);
    remove_beside(path, "-shm");
}

/* The name sportello.db is never missing: the old file gets a second name, then the new one takes its. */
static int swap(const char *path, const char *fresh, const char **ret_why)
{
    char *aside = NULL;
    if (asprintf(&aside, "%s.before-restore", path) < 0) {
        *ret_why = "no memory";
        return -1;
    }
    int result = 0;
    if (access(path, F_OK) == 0) {
        unlink(aside);
        remove_beside(aside, "-wal");
        set_aside_log(path, aside);
        result = link(path, aside);
    }
    if (result == 0)
        result = rename(fresh, path);
    if (result == 0)
        result = sync_folder_of(path);
    if (result != 0)
        *ret_why = db_why("cannot put %s in place: %s", path, strerror(errno));
    free(aside);
    return result;
}

/* Root restores for a service that runs as somebody else: the file belongs to whom the folder does. */
static void give_to_owner(const char *folder, const char *path)
{
    struct stat of;
    if (geteuid() != 0 || stat(folder, &of) != 0)
        return;
    if (lchown(path, of.st_uid, of.st_gid) != 0) {
        /* The service will say that it cannot open it; there is nothing else to be done here. */
    }
}

int store_restore(const char *folder, const char *file, const char **ret_why)
{
    int result = -1;
    char *path = db_path(folder, "sportello.db"), *fresh = db_path(folder, "sportello.db.restoring");
    if (path == NULL || fresh == NULL) {
        *ret_why = "no memory";
        goto done;
    }
    sqlite3 *backup = open_backup(file, ret_why);
    if (backup == NULL)
        goto done;
    result = copy_or_nothing(backup, fresh, NULL, ret_why);
    if (result == 0)
        result = backup_files_strip(fresh, ret_why);
    if (result == 0)
        result = backup_files_restore(backup, folder, ret_why);
    sqlite3_close(backup);
    if (result != 0)
        unlink(fresh);
    if (result == 0 && sync_path(fresh, O_RDONLY) != 0) {
        *ret_why = db_why("cannot write %s: %s", fresh, strerror(errno));
        result = -1;
    }
    if (result == 0)
        give_to_owner(folder, fresh);
    if (result == 0 && swap(path, fresh, ret_why) != 0) {
        unlink(fresh);
        result = -1;
    }
done:
    free(fresh);
    free(path);
    return result;
}
