/* One connection, set up the same way every time, and the small vocabulary with which the
 * table families speak to it: see db.h. */
#include "store/db.h"

#include "store/families.h"
#include "store/migrate.h"
#include "store/wal.h"

#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { BUSY_MS = 2000, VALUE_BYTES_MAX = 64 << 20 };

static const struct db_statements *const families[DB_FAMILIES] = {
#define FAMILY(number, statements) [number] = &statements,
#include "store/families.h"
#undef FAMILY
};

/* FULL, not NORMAL: a power cut must not take what was acknowledged. */
static const char *const connection_setup = "PRAGMA secure_delete = ON;"
                                            "PRAGMA foreign_keys = ON;"
                                            "PRAGMA synchronous = FULL;"
                                            "PRAGMA temp_store = MEMORY;"
                                            "PRAGMA wal_autocheckpoint = 8000;"
                                            "PRAGMA journal_size_limit = 50331648;";

/* SQLite's count of its memory is read by nobody and takes a lock at every allocation. Before its first use. */
static void forget_memory_count(void)
{
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

const char *db_why(const char *format, ...)
{
    static _Thread_local char why[512];
    va_list values;
    va_start(values, format);
    vsnprintf(why, sizeof why, format, values);
    va_end(values);
    return why;
}

char *db_path(const char *folder, const char *name)
{
    size_t size = strlen(folder) + strlen(name) + 2;
    char *path = malloc(size);
    if (path != NULL)
        snprintf(path, size, "%s/%s", folder, name);
    return path;
}

sqlite3 *db_connect(const char *path, int flags, const char **ret_why)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    sqlite3 *sqlite = NULL;
    pthread_once(&once, forget_memory_count);
    int code = sqlite3_open_v2(path, &sqlite, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, wal_vfs());
    if (code == SQLITE_OK)
        code = sqlite3_db_config(sqlite, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    if (code == SQLITE_OK)
        code = sqlite3_db_config(sqlite, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
    if (code == SQLITE_OK)
        code = sqlite3_busy_timeout(sqlite, BUSY_MS);
    if (code == SQLITE_OK)
        code = sqlite3_exec(sqlite, connection_setup, NULL, NULL, NULL);
    if (code != SQLITE_OK) {
        *ret_why = db_why("cannot open %s: %s", path, sqlite != NULL ? sqlite3_errmsg(sqlite) : "no memory");
        sqlite3_close(sqlite);
        return NULL;
    }
    sqlite3_limit(sqlite, SQLITE_LIMIT_LENGTH, VALUE_BYTES_MAX);
    sqlite3_limit(sqlite, SQLITE_LIMIT_ATTACHED, 0);
    return sqlite;
}

static int prepare_family(struct db *db, const struct db_statements *family, const char **ret_why)
{
    sqlite3_stmt **list = calloc(family->count, sizeof(sqlite3_stmt *));
    if (list == NULL) {
        *ret_why = "no memory";
        return -1;
    }
    db->prepared[family->family] = list;
    for (size_t i = 0; i < family->count; i++) {
        if (sqlite3_prepare_v3(db->sqlite, family->text[i], -1, SQLITE_PREPARE_PERSISTENT, &list[i], NULL) == SQLITE_OK)
            continue;
        *ret_why = db_why("the database does not fit the program: %s", sqlite3_errmsg(db->sqlite));
        return -1;
    }
    return 0;
}

static int prepare_all(struct db *db, const char **ret_why)
{
    for (size_t i = 0; i < DB_FAMILIES; i++) {
        if (prepare_family(db, families[i], ret_why) != 0)
            return -1;
    }
    return 0;
}

/* WAL is written in the file's header, so a file that is there already and cannot be written keeps
 * what it has. */
static int set_up(struct db *db, const char **ret_why)
{
    if (migrate_check(db->sqlite, ret_why) != 0)
        return -1;
    int code = db_exec(db, "PRAGMA journal_mode = WAL");
    if (code != SQLITE_OK && sqlite3_db_readonly(db->sqlite, "main") != 1) {
        *ret_why = db_why("cannot use the database: %s", sqlite3_errmsg(db->sqlite));
        return -1;
    }
    return migrate(db, ret_why) == 0 ? prepare_all(db, ret_why) : -1;
}

int db_open(struct db *db, const char *folder, const char **ret_why)
{
    memset(db, 0, sizeof *db);
    char *path = db_path(folder, "sportello.db");
    if (path == NULL) {
        *ret_why = "no memory";
        return -1;
    }
    mode_t before = umask(0077);
    db->sqlite = db_connect(path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, ret_why);
    int result = db->sqlite != NULL ? set_up(db, ret_why) : -1;
    umask(before);
    free(path);
    if (result != 0)
        db_close(db);
    return result;
}

int db_open_reader(struct db *db, const char *folder, const char **ret_why)
{
    memset(db, 0, sizeof *db);
    char *path = db_path(folder, "sportello.db");
    *ret_why = "no memory";
    if (path != NULL)
        db->sqlite = db_connect(path, SQLITE_OPEN_READWRITE, ret_why);
    free(path);
    if (db->sqlite == NULL)
        return -1;
    int result = prepare_all(db, ret_why);
    if (result == 0)
        result = db_exec(db, "PRAGMA query_only = ON") == SQLITE_OK ? 0 : -1;
    if (result != 0)
        db_close(db);
    return result;
}

void db_close(struct db *db)
{
    for (size_t f = 0; f < DB_FAMILIES; f++) {
        for (size_t i = 0; db->prepared[f] != NULL && i < families[f]->count; i++)
            sqlite3_finalize(db->prepared[f][i]);
        free(db->prepared[f]);
    }
    sqlite3_close(db->sqlite);
    memset(db, 0, sizeof *db);
}

struct db_value db_int(int64_t integer)
{
    return (struct db_value){.type = DB_INT, .integer = integer};
}

struct db_value db_id(int64_t id)
{
    return (struct db_value){.type = id != 0 ? DB_INT : DB_NULL, .integer = id};
}

struct db_value db_real(double real)
{
    return (struct db_value){.type = DB_REAL, .real = real};
}

struct db_value db_text(const char *text)
{
    return db_text_or_null(text != NULL ? text : "");
}

struct db_value db_text_or_null(const char *text)
{
    return (struct db_value){.type = text != NULL ? DB_TEXT : DB_NULL, .bytes = text, .size = text ? strlen(text) : 0};
}

struct db_value db_blob(const void *bytes, size_t size)
{
    return (struct db_value){.type = DB_BLOB, .bytes = bytes != NULL ? bytes : "", .size = size};
}

/* The values outlive the statement's run, so SQLite need not copy them. */
static int bind(sqlite3_stmt *statement, int at, const struct db_value *v)
{
    switch (v->type) {
    case DB_INT:
        return sqlite3_bind_int64(statement, at, v->integer);
    case DB_REAL:
        return sqlite3_bind_double(statement, at, v->real);
    case DB_TEXT:
        return sqlite3_bind_text64(statement, at, v->bytes, v->size, SQLITE_STATIC, SQLITE_UTF8);
    case DB_BLOB:
        return sqlite3_bind_blob64(statement, at, v->bytes, v->size, SQLITE_STATIC);
    case DB_NULL:
        break;
    }
    return sqlite3_bind_null(statement, at);
}

sqlite3_stmt *db_query(struct db *db, const struct db_statements *family, size_t which, const struct db_value *values,
                       size_t count)
{
    if (db->error != 0)
        return NULL;
    sqlite3_stmt *statement = db->prepared[family->family][which];
    for (size_t i = 0; i < count; i++) {
        int code = bind(statement, (int)i + 1, &values[i]);
        if (code != SQLITE_OK) {
            db->error = code;
            return NULL;
        }
    }
    return statement;
}

void db_end(sqlite3_stmt *statement)
{
    if (statement != NULL)
        sqlite3_reset(statement);
}

bool db_next(struct db *db, sqlite3_stmt *statement)
{
    if (statement == NULL)
        return false;
    int code = sqlite3_step(statement);
    if (code == SQLITE_ROW)
        return true;
    if (code != SQLITE_DONE && db->error == 0)
        db->error = code;
    sqlite3_reset(statement);
    return false;
}

int db_change(struct db *db, const struct db_statements *family, size_t which, const struct db_value *values,
              size_t count)
{
    sqlite3_stmt *statement = db_query(db, family, which, values, count);
    while (db_next(db, statement))
        continue;
    return db->error == 0 ? sqlite3_changes(db->sqlite) : -1;
}

int64_t db_number(struct db *db, const struct db_statements *family, size_t which, int64_t absent,
                  const struct db_value *values, size_t count)
{
    sqlite3_stmt *statement = db_query(db, family, which, values, count);
    int64_t number = absent;
    while (db_next(db, statement))
        number = sqlite3_column_int64(statement, 0);
    return number;
}

int db_exec(struct db *db, const char *sql)
{
    return sqlite3_exec(db->sqlite, sql, NULL, NULL, NULL);
}

const char *db_column_bytes(sqlite3_stmt *statement, int column, struct arena *arena, size_t *ret_size)
{
    const void *bytes = sqlite3_column_blob(statement, column);
    size_t size = (size_t)sqlite3_column_bytes(statement, column);
    const char *copy = arena_strndup(arena, bytes != NULL ? bytes : "", size);
    *ret_size = copy != NULL ? size : 0;
    return copy != NULL ? copy : "";
}

const char *db_column_text(sqlite3_stmt *statement, int column, struct arena *arena)
{
    size_t size;
    return db_column_bytes(statement, column, arena, &size);
}

const char *db_column_text_or_null(sqlite3_stmt *statement, int column, struct arena *arena)
{
    bool null = sqlite3_column_type(statement, column) == SQLITE_NULL;
    return null ? NULL : db_column_text(statement, column, arena);
}

void *db_grown(struct arena *arena, void *rows, size_t count, size_t size)
{
    if ((count & (count - 1)) != 0)
        return rows;
    return arena_grow(arena, rows, count * size, (count == 0 ? 1 : count * 2) * size);
}

bool db_refused_by_disk(int error)
{
    switch (error & 0xff) {
    case SQLITE_OK:
    case SQLITE_ERROR:
    case SQLITE_CONSTRAINT:
    case SQLITE_MISMATCH:
    case SQLITE_TOOBIG:
    case SQLITE_RANGE:
    case SQLITE_MISUSE:
        return false;
    default:
        return true;
    }
}
