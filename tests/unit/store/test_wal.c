/* The log's layer: what is committed is in the file for everybody and after a crash, whatever its size; what
 * could not be written fails the transaction and nothing else. */
#include "store/db.h"
#include "store/wal.h"
#include "unit/store/help.h"

#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>

static char folder[64];
static sqlite3 *writer;

static char *path_of(const char *name)
{
    static char path[128];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return path;
}

static void must(sqlite3 *sqlite, const char *sql)
{
    if (sqlite3_exec(sqlite, sql, NULL, NULL, NULL) != SQLITE_OK)
        fail_msg("%s: %s", sql, sqlite3_errmsg(sqlite));
}

static int64_t number(sqlite3 *sqlite, const char *sql)
{
    sqlite3_stmt *row;
    assert_int_equal(sqlite3_prepare_v2(sqlite, sql, -1, &row, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(row), SQLITE_ROW);
    int64_t value = sqlite3_column_int64(row, 0);
    sqlite3_finalize(row);
    return value;
}

static int setup(void **state)
{
    (void)state;
    const char *why = "";
    snprintf(folder, sizeof folder, "%s", scratch_folder());
    writer = db_connect(path_of("t.db"), SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, &why);
    must(writer, "PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 0; PRAGMA cache_size = 10;"
                 "CREATE TABLE t (id INTEGER PRIMARY KEY, v BLOB)");
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    sqlite3_close(writer);
    scratch_remove(folder);
    return 0;
}

/* A connection with SQLite's own files on a copy, as after a crash: nothing of the writer's memory is in it. */
static sqlite3 *after_a_crash(void)
{
    char command[512];
    sqlite3 *sqlite;
    int size = snprintf(command, sizeof command, "cd %s && cp t.db c.db && cp t.db-wal c.db-wal", folder);
    assert_true(size > 0 && (size_t)size < sizeof command);
    assert_int_equal(system(command), 0);
    assert_int_equal(sqlite3_open_v2(path_of("c.db"), &sqlite, SQLITE_OPEN_READWRITE, NULL), SQLITE_OK);
    assert_int_equal(number(sqlite, "SELECT count(*) = 0 FROM pragma_integrity_check WHERE integrity_check <> 'ok'"),
                     1);
    return sqlite;
}

static const char *const many = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000) "
                                "INSERT INTO t (v) SELECT randomblob(700) FROM n";

static void what_is_committed_survives_a_crash(void **state)
{
    (void)state;
    for (int i = 1; i <= 5; i++) {
        must(writer, "INSERT INTO t (v) VALUES (randomblob(9000))");
        sqlite3 *copy = after_a_crash();
        assert_int_equal(number(copy, "SELECT count(*) FROM t"), i);
        sqlite3_close(copy);
    }
}

/* Pages go to the log before the commit and are written there again. */
static void a_transaction_larger_than_the_cache_and_the_buffer_is_whole(void **state)
{
    (void)state;
    must(writer, "BEGIN");
    must(writer, many);
    must(writer, "UPDATE t SET v = randomblob(710) WHERE id % 3 = 0");
    assert_int_equal(number(writer, "SELECT sum(length(v)) FROM t"), 2000 * 700 + 666 * 10);
    must(writer, "UPDATE t SET v = randomblob(720) WHERE id % 3 = 0");
    must(writer, "COMMIT");
    sqlite3 *copy = after_a_crash();
    assert_int_equal(number(copy, "SELECT sum(length(v)) FROM t"), 2000 * 700 + 666 * 20);
    sqlite3_close(copy);
    struct stat log;
    assert_int_equal(stat(path_of("t.db-wal"), &log), 0);
    assert_true(log.st_size > 4 * WAL_BYTES);
}

static void what_is_rolled_back_was_never_there(void **state)
{
    (void)state;
    must(writer, "INSERT INTO t (v) VALUES ('kept')");
    must(writer, "BEGIN");
    must(writer, many);
    must(writer, "ROLLBACK");
    must(writer, "INSERT INTO t (v) VALUES ('kept, too')");
    sqlite3 *copy = after_a_crash();
    assert_int_equal(number(copy, "SELECT count(*) FROM t"), 2);
    sqlite3_close(copy);
}

static void other_connections_see_a_commit_and_nothing_before(void **state)
{
    (void)state;
    sqlite3 *reader;
    assert_int_equal(sqlite3_open_v2(path_of("t.db"), &reader, SQLITE_OPEN_READWRITE, NULL), SQLITE_OK);
    must(writer, "BEGIN");
    must(writer, many);
    assert_int_equal(number(reader, "SELECT count(*) FROM t"), 0);
    must(writer, "COMMIT");
    assert_int_equal(number(reader, "SELECT count(*) FROM t"), 2000);
    must(writer, "PRAGMA wal_checkpoint(TRUNCATE)");
    assert_int_equal(number(reader, "SELECT count(*) FROM t"), 2000);
    must(writer, "DELETE FROM t WHERE id > 10");
    assert_int_equal(number(reader, "SELECT count(*) FROM t"), 10);
    sqlite3_close(reader);
}

/* Files may not grow, as on a full disk. */
static void a_log_that_cannot_be_written_fails_the_commit_only(void **state)
{
    (void)state;
    struct stat log;
    struct rlimit before;
    must(writer, "INSERT INTO t (v) VALUES ('kept')");
    assert_int_equal(stat(path_of("t.db-wal"), &log), 0);
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
    signal(SIGXFSZ, SIG_IGN);
    struct rlimit full = {.rlim_cur = (rlim_t)log.st_size, .rlim_max = before.rlim_max};
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &full), 0);
    int one = sqlite3_exec(writer, "INSERT INTO t (v) VALUES ('lost')", NULL, NULL, NULL);
    int large = sqlite3_exec(writer, many, NULL, NULL, NULL);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
    assert_int_not_equal(one, SQLITE_OK);
    assert_int_not_equal(large, SQLITE_OK);
    if (!sqlite3_get_autocommit(writer))
        must(writer, "ROLLBACK");
    assert_int_equal(number(writer, "SELECT count(*) FROM t"), 1);
    must(writer, "INSERT INTO t (v) VALUES ('kept, too')");
    sqlite3 *copy = after_a_crash();
    assert_int_equal(number(copy, "SELECT count(*) FROM t WHERE v LIKE 'kept%'"), 2);
    sqlite3_close(copy);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_is_committed_survives_a_crash, setup, teardown),
        cmocka_unit_test_setup_teardown(a_transaction_larger_than_the_cache_and_the_buffer_is_whole, setup, teardown),
        cmocka_unit_test_setup_teardown(what_is_rolled_back_was_never_there, setup, teardown),
        cmocka_unit_test_setup_teardown(other_connections_see_a_commit_and_nothing_before, setup, teardown),
        cmocka_unit_test_setup_teardown(a_log_that_cannot_be_written_fails_the_commit_only, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
