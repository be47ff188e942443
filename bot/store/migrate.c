/* Numbered schema files, applied once each: see migrate.h. */
#include "store/migrate.h"

#include "base/embed.h"
#include "base/hash.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char data_folder[] = "store/data/";

static const char *const not_ours = "this is not a Sportello database";

enum { APPLICATION_ID = 0x53706f72 };

struct migration {
    int number;
    const char *name;
    const struct embedded *file;
    char checksum[17];
};

/* The next file in order of number, from *at on; false at the end. */
static bool next_migration(size_t *at, struct migration *ret)
{
    const struct embedded *file;
    while ((file = embed_at((*at)++)) != NULL) {
        if (strncmp(file->path, data_folder, strlen(data_folder)) != 0)
            continue;
        ret->file = file;
        ret->name = file->path + strlen(data_folder);
        ret->number = (int)strtol(ret->name, NULL, 10);
        snprintf(ret->checksum, sizeof ret->checksum, "%016" PRIx64, hash_bytes(file->data, file->size));
        return true;
    }
    return false;
}

static int64_t ask(sqlite3 *sqlite, const char *sql, int64_t absent)
{
    sqlite3_stmt *statement = NULL;
    int64_t number = absent;
    if (sqlite3_prepare_v2(sqlite, sql, -1, &statement, NULL) == SQLITE_OK && sqlite3_step(statement) == SQLITE_ROW)
        number = sqlite3_column_int64(statement, 0);
    sqlite3_finalize(statement);
    return number;
}

/* 1 = recorded with this checksum, 0 = not recorded, -1 = recorded with another. */
static int recorded(sqlite3 *sqlite, const struct migration *m)
{
    sqlite3_stmt *statement = NULL;
    int result = 0;
    if (sqlite3_prepare_v2(sqlite, "SELECT checksum FROM migration WHERE number = ?1", -1, &statement, NULL) !=
        SQLITE_OK)
        return 0;
    sqlite3_bind_int(statement, 1, m->number);
    if (sqlite3_step(statement) == SQLITE_ROW) {
        const char *checksum = (const char *)sqlite3_column_text(statement, 0);
        result = checksum != NULL && strcmp(checksum, m->checksum) == 0 ? 1 : -1;
    }
    sqlite3_finalize(statement);
    return result;
}

static int record(sqlite3 *sqlite, const struct migration *m)
{
    sqlite3_stmt *statement = NULL;
    int code = sqlite3_prepare_v2(
        sqlite, "INSERT INTO migration VALUES (?1, ?2, ?3, CAST(strftime('%s', 'now') AS INTEGER) * 1000)", -1,
        &statement, NULL);
    if (code != SQLITE_OK)
        return code;
    sqlite3_bind_int(statement, 1, m->number);
    sqlite3_bind_text(statement, 2, m->name, -1, SQLITE_STATIC);
    sqlite3_bind_text(statement, 3, m->checksum, -1, SQLITE_STATIC);
    sqlite3_step(statement);
    return sqlite3_finalize(statement);
}

static int apply(struct db *db, const struct migration *m, const char **ret_why)
{
    int code = db_exec(db, "BEGIN IMMEDIATE");
    if (code == SQLITE_OK)
        code = db_exec(db, "CREATE TABLE IF NOT EXISTS migration (number INTEGER PRIMARY KEY, name TEXT NOT NULL, "
                           "checksum TEXT NOT NULL, applied_ms INTEGER NOT NULL) STRICT");
    if (code == SQLITE_OK)
        code = db_exec(db, m->file->data);
    if (code == SQLITE_OK)
        code = record(db->sqlite, m);
    if (code == SQLITE_OK)
        code = db_exec(db, "COMMIT");
    if (code == SQLITE_OK)
        return 0;
    *ret_why = db_why("schema %s cannot be applied: %s", m->name, sqlite3_errmsg(db->sqlite));
    if (!sqlite3_get_autocommit(db->sqlite))
        db_exec(db, "ROLLBACK");
    return -1;
}

int migrate_check(sqlite3 *sqlite, const char **ret_why)
{
    int64_t newest = 0;
    struct migration m;
    for (size_t at = 0; next_migration(&at, &m); newest = m.number) {
        if (recorded(sqlite, &m) >= 0)
            continue;
        *ret_why = db_why("schema %s of the database is not the one of this program", m.name);
        return -1;
    }
    int64_t tables = ask(sqlite, "SELECT count(*) FROM sqlite_schema", -1);
    int64_t has = ask(sqlite, "SELECT max(number) FROM migration", 0);
    if (tables < 0 || (tables > 0 && (has == 0 || ask(sqlite, "PRAGMA application_id", 0) != APPLICATION_ID))) {
        *ret_why = tables < 0 ? db_why("%s: %s", not_ours, sqlite3_errmsg(sqlite)) : not_ours;
        return -1;
    }
    if (has > newest) {
        *ret_why = db_why("the database has schema %d, made by a newer version of Sportello; this program knows %d: "
                          "use the newer program, or restore a backup",
                          (int)has, (int)newest);
        return -1;
    }
    return 0;
}

int migrate(struct db *db, const char **ret_why)
{
    if (migrate_check(db->sqlite, ret_why) != 0)
        return -1;
    struct migration m;
    for (size_t at = 0; next_migration(&at, &m);) {
        if (recorded(db->sqlite, &m) == 0 && apply(db, &m, ret_why) != 0)
            return -1;
    }
    return 0;
}
