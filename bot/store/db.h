/* Db: one connection to the database with its prepared statements. For the files of store/ only:
 * no other floor sees SQLite.
 *
 * The first error of a job is remembered in `error`; from then on every call here does nothing and
 * says "no row", so that a job may run to its end and be judged once (db_refused_by_disk tells
 * a disk that refuses from data that do not fit).
 * Statements stand in one named table at the top of the file that uses them, listed in
 * db.c, and are prepared once. Threads: one at a time. */
#ifndef STORE_DB_H
#define STORE_DB_H

#include "base/arena.h"

#include <sqlite3.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* One for each file that has statements: the lines of families.h. */
enum db_family {
#define FAMILY(number, statements) number,
#include "store/families.h"
#undef FAMILY
    DB_FAMILIES
};

struct db_statements {
    enum db_family family;
    size_t count;
    const char *const *text;
};

struct db {
    sqlite3 *sqlite;
    sqlite3_stmt **prepared[DB_FAMILIES];
    int64_t now_ms; /* wall clock of the running group */
    int error;      /* SQLite's code; 0 = none */
};

/* Opens FOLDER/sportello.db, sets the connection up and migrates it. -1 with *ret_why. */
int db_open(struct db *, const char *folder, const char **ret_why);
void db_close(struct db *);
/* The same for reading only, of a database that is as this program has it already. */
int db_open_reader(struct db *, const char *folder, const char **ret_why);
/* A connection without statements or migrations: for backup. NULL with *ret_why. */
sqlite3 *db_connect(const char *path, int flags, const char **ret_why);
/* FOLDER/NAME in malloc'd memory. */
char *db_path(const char *folder, const char *name);
/* A message in a buffer of the calling thread, valid until its next. */
const char *db_why(const char *format, ...) __attribute__((format(printf, 1, 2)));

struct db_value {
    enum { DB_NULL, DB_INT, DB_REAL, DB_TEXT, DB_BLOB } type;
    int64_t integer;
    double real;
    const void *bytes;
    size_t size;
};

struct db_value db_int(int64_t);
/* NULL in the database where it is 0: references to nobody. */
struct db_value db_id(int64_t);
struct db_value db_real(double);
/* "" where it is NULL. */
struct db_value db_text(const char *);
/* NULL where it is NULL. */
struct db_value db_text_or_null(const char *);
struct db_value db_blob(const void *, size_t);

/* The values of a statement's ?1, ?2 … */
#define DB_VALUES(...)                                                                                                 \
    (const struct db_value[]){__VA_ARGS__}, sizeof((const struct db_value[]){__VA_ARGS__}) / sizeof(struct db_value)

/* Begins a query; NULL after an error. Then db_next until it is false, or db_end. */
sqlite3_stmt *db_query(struct db *, const struct db_statements *, size_t which, const struct db_value *, size_t count);
bool db_next(struct db *, sqlite3_stmt *);
void db_end(sqlite3_stmt *);
/* Runs a statement to its end; how many rows changed, -1 after an error. */
int db_change(struct db *, const struct db_statements *, size_t which, const struct db_value *, size_t count);
/* The first column of the first row, or `absent`. */
int64_t db_number(struct db *, const struct db_statements *, size_t which, int64_t absent, const struct db_value *,
                  size_t count);
/* Runs SQL text (one or several statements). 0 or an SQLite code. */
int db_exec(struct db *, const char *sql);

/* Columns. Text is copied into the arena and never NULL, except by db_column_text_or_null. */
const char *db_column_text(sqlite3_stmt *, int column, struct arena *);
const char *db_column_text_or_null(sqlite3_stmt *, int column, struct arena *);
const char *db_column_bytes(sqlite3_stmt *, int column, struct arena *, size_t *ret_size);

/* The array `rows` of the arena with room for one more than `count`: doubled at each power of two. NULL
 * past the arena's ceiling. */
void *db_grown(struct arena *, void *rows, size_t count, size_t size);

/* True for full disks, I/O errors, locks, damage, lack of memory: not the job's fault. */
bool db_refused_by_disk(int error);

#endif
