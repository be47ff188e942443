/* Files within backups: see backup_files.h. */
#include "store/backup_files.h"

#include "base/file.h"
#include "store/file_bytes.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FILE_BYTES_MOST = 256 << 20 };

static int failed(sqlite3 *sqlite, const char *what, const char **ret_why)
{
    *ret_why = db_why("cannot %s the files: %s", what, sqlite3_errmsg(sqlite));
    return -1;
}

static bool has_table(sqlite3 *sqlite, const char *name)
{
    sqlite3_stmt *row = NULL;
    bool has = sqlite3_prepare_v2(sqlite, "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?1", -1, &row,
                                  NULL) == SQLITE_OK &&
               sqlite3_bind_text(row, 1, name, -1, SQLITE_STATIC) == SQLITE_OK && sqlite3_step(row) == SQLITE_ROW;
    sqlite3_finalize(row);
    return has;
}

/* --- making one --------------------------------------------------------------------------------------------- */

/* One file; one that is not there any more is left out. */
static int add(sqlite3_stmt *insert, const char *data, const char *id, const char **ret_why)
{
    size_t size;
    char *path = file_bytes_path(data, id), *bytes = NULL;
    if (path != NULL)
        bytes = file_read(path, FILE_BYTES_MOST, &size);
    int reason = errno;
    free(path);
    if (bytes == NULL && path != NULL && reason == ENOENT)
        return 0;
    if (bytes == NULL) {
        *ret_why = db_why("cannot read the file %s: %s", id, strerror(reason));
        return -1;
    }
    sqlite3_reset(insert);
    bool put = sqlite3_bind_text(insert, 1, id, -1, SQLITE_STATIC) == SQLITE_OK &&
               sqlite3_bind_blob64(insert, 2, bytes, size, SQLITE_STATIC) == SQLITE_OK &&
               sqlite3_step(insert) == SQLITE_DONE;
    sqlite3_clear_bindings(insert);
    free(bytes);
    return put ? 0 : failed(sqlite3_db_handle(insert), "save", ret_why);
}

int backup_files_add(sqlite3 *copy, const char *data, const char **ret_why)
{
    sqlite3_stmt *list = NULL, *insert = NULL;
    int result = -1;
    if (!has_table(copy, "file"))
        return 0; /* of a program that knew no files */
    if (sqlite3_exec(copy, "BEGIN; CREATE TABLE backup_file (id TEXT PRIMARY KEY, bytes BLOB NOT NULL) STRICT", NULL,
                     NULL, NULL) != SQLITE_OK ||
        sqlite3_prepare_v2(copy, "SELECT id FROM file ORDER BY id", -1, &list, NULL) != SQLITE_OK ||
        sqlite3_prepare_v2(copy, "INSERT INTO backup_file VALUES (?1, ?2)", -1, &insert, NULL) != SQLITE_OK) {
        failed(copy, "save", ret_why);
        goto done;
    }
    int step = SQLITE_DONE;
    result = 0;
    while (result == 0 && (step = sqlite3_step(list)) == SQLITE_ROW)
        result = add(insert, data, (const char *)sqlite3_column_text(list, 0), ret_why);
    if (result == 0 && step != SQLITE_DONE)
        result = failed(copy, "list", ret_why);
done:
    sqlite3_finalize(insert);
    sqlite3_finalize(list);
    if (result == 0 && sqlite3_exec(copy, "COMMIT", NULL, NULL, NULL) != SQLITE_OK)
        result = failed(copy, "save", ret_why);
    return result;
}

/* --- putting one back --------------------------------------------------------------------------------------- */

/* Root restores for a service that runs as somebody else. */
static void give_to_owner(const char *data, const char *path)
{
    struct stat of;
    if (geteuid() == 0 && stat(data, &of) == 0 && lchown(path, of.st_uid, of.st_gid) != 0) {
        /* The service will say that it cannot open it; there is nothing else to be done here. */
    }
}

static void give_file(const char *data, const char *id)
{
    char *path = file_bytes_path(data, id);
    if (path != NULL)
        give_to_owner(data, path);
    free(path);
}

/* A second name for every file that is there. */
static int set_aside(const char *data, const char **ret_why)
{
    char *from = file_bytes_path(data, ""), *aside = db_path(data, "files.before-restore"), **names = NULL;
    size_t count = 0;
    int result = -1;
    if (from != NULL && aside != NULL && file_list(from, "", &names, &count) == 0 &&
        (count == 0 || file_make_folders(aside, 0700) == 0)) {
        result = 0;
        for (size_t i = 0; result == 0 && i < count; i++) {
            char *old = file_bytes_path(data, names[i]), *new = db_path(aside, names[i]);
            if (old == NULL || new == NULL || (link(old, new) != 0 && errno != EEXIST))
                result = -1;
            free(old);
            free(new);
        }
        if (result == 0 && count > 0)
            give_to_owner(data, aside);
    }
    if (result != 0)
        *ret_why = db_why("cannot keep the files that are there in %s/files.before-restore: %s", data, strerror(errno));
    file_list_free(names, count);
    free(aside);
    free(from);
    return result;
}

int backup_files_restore(sqlite3 *backup, const char *data, const char **ret_why)
{
    sqlite3_stmt *row = NULL;
    if (set_aside(data, ret_why) != 0)
        return -1;
    if (!has_table(backup, "backup_file"))
        return 0;
    if (sqlite3_prepare_v2(backup, "SELECT id, bytes FROM backup_file", -1, &row, NULL) != SQLITE_OK)
        return failed(backup, "read", ret_why);
    int step, result = 0;
    while (result == 0 && (step = sqlite3_step(row)) == SQLITE_ROW) {
        const char *id = (const char *)sqlite3_column_text(row, 0);
        size_t size = (size_t)sqlite3_column_bytes(row, 1);
        result = file_bytes_keep(data, id != NULL ? id : "", sqlite3_column_blob(row, 1), size);
        if (result == 0)
            give_file(data, id);
        else
            *ret_why = db_why("cannot write into %s/files: %s", data, strerror(errno));
    }
    if (result == 0 && step != SQLITE_DONE)
        result = failed(backup, "read", ret_why);
    sqlite3_finalize(row);
    if (result == 0)
        give_file(data, "");
    return result;
}

int backup_files_strip(const char *database, const char **ret_why)
{
    sqlite3 *sqlite = db_connect(database, SQLITE_OPEN_READWRITE, ret_why);
    if (sqlite == NULL)
        return -1;
    int result = 0;
    sqlite3_limit(sqlite, SQLITE_LIMIT_ATTACHED, 1); /* VACUUM works in a database of its own */
    if (has_table(sqlite, "backup_file") &&
        sqlite3_exec(sqlite, "DROP TABLE backup_file; VACUUM", NULL, NULL, NULL) != SQLITE_OK)
        result = failed(sqlite, "take out", ret_why);
    sqlite3_close(sqlite);
    return result;
}
