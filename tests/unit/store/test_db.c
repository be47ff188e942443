/* The vocabulary of the table families: values there and back, the first error remembered, a full
 * database told from data that do not fit. */
#include "store/db.h"
#include "store/families.h"
#include "unit/store/help.h"

static struct db db;
static char folder[64];

static int setup(void **state)
{
    (void)state;
    const char *why = "";
    snprintf(folder, sizeof folder, "%s", scratch_folder());
    return db_open(&db, folder, &why);
}

static int teardown(void **state)
{
    (void)state;
    db_close(&db);
    scratch_remove(folder);
    return 0;
}

static void the_connection_is_set_up(void **state)
{
    (void)state;
    static const struct {
        const char *pragma;
        int64_t expected;
    } settings[] = {{"PRAGMA secure_delete", 1},   {"PRAGMA foreign_keys", 1},
                    {"PRAGMA synchronous", 2},     {"PRAGMA trusted_schema", 0},
                    {"PRAGMA busy_timeout", 2000}, {"SELECT journal_mode = 'wal' FROM pragma_journal_mode", 1}};
    for (size_t i = 0; i < sizeof settings / sizeof *settings; i++) {
        sqlite3_stmt *row;
        assert_int_equal(sqlite3_prepare_v2(db.sqlite, settings[i].pragma, -1, &row, NULL), SQLITE_OK);
        assert_int_equal(sqlite3_step(row), SQLITE_ROW);
        assert_int_equal(sqlite3_column_int64(row, 0), settings[i].expected);
        sqlite3_finalize(row);
    }
    assert_int_not_equal(db_exec(&db, "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = ''"), SQLITE_OK);
}

/* audit's one statement takes a time, a user, an act, a detail and an address. */
static int add_line(const char *detail)
{
    return db_change(&db, &audit_statements, 0,
                     DB_VALUES(db_int(1), db_int(2), db_text("act"), db_text(detail), db_text("")));
}

static void the_first_error_is_remembered_and_nothing_runs_after_it(void **state)
{
    (void)state;
    assert_int_equal(add_line("one"), 1);
    assert_int_equal(db_change(&db, &audit_statements, 0,
                               DB_VALUES(db_int(1), db_int(2), db_text_or_null(NULL), db_text("two"), db_text(""))),
                     -1);
    assert_int_equal(db.error & 0xff, SQLITE_CONSTRAINT);
    assert_false(db_refused_by_disk(db.error));
    assert_int_equal(add_line("three"), -1);
    db.error = 0;
    assert_int_equal(add_line("four"), 1);
}

static void a_full_database_is_the_disks_fault(void **state)
{
    (void)state;
    char text[4001];
    memset(text, 'x', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    assert_int_equal(db_exec(&db, "PRAGMA max_page_count = 400"), SQLITE_OK);
    int lines = 0;
    while (lines < 1000 && add_line(text) == 1)
        lines++;
    assert_in_range(lines, 1, 999);
    assert_int_equal(db.error & 0xff, SQLITE_FULL);
    assert_true(db_refused_by_disk(db.error));
    db.error = 0;
    assert_int_equal(db_exec(&db, "PRAGMA max_page_count = 40000"), SQLITE_OK);
    assert_int_equal(add_line(text), 1);
}

static void what_is_the_disks_fault_and_what_is_not(void **state)
{
    (void)state;
    static const int disks[] = {SQLITE_FULL,    SQLITE_IOERR_FSYNC, SQLITE_READONLY, SQLITE_CANTOPEN,
                                SQLITE_CORRUPT, SQLITE_BUSY,        SQLITE_NOMEM,    SQLITE_NOTADB};
    static const int jobs[] = {SQLITE_OK, SQLITE_CONSTRAINT_UNIQUE, SQLITE_TOOBIG, SQLITE_MISMATCH};
    for (size_t i = 0; i < sizeof disks / sizeof *disks; i++)
        assert_true(db_refused_by_disk(disks[i]));
    for (size_t i = 0; i < sizeof jobs / sizeof *jobs; i++)
        assert_false(db_refused_by_disk(jobs[i]));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(the_connection_is_set_up),
        TEST(the_first_error_is_remembered_and_nothing_runs_after_it),
        TEST(a_full_database_is_the_disks_fault),
        TEST(what_is_the_disks_fault_and_what_is_not),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
