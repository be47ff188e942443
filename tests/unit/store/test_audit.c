/* Audit lines are kept, and bounded. */
#include "unit/store/fixture.h"

#include <sqlite3.h>

static void lines_are_kept(void **state)
{
    (void)state;
    struct store_audit *a = NEW_JOB(store_audit);
    a->user = 7;
    a->act = "publish";
    run_for(store, a, STORE_OK);
    char long_detail[STORE_FIELD_BYTES + 2];
    memset(long_detail, 'x', sizeof long_detail - 1);
    long_detail[sizeof long_detail - 1] = '\0';
    a->detail = long_detail;
    run_for(store, a, STORE_REFUSED);
    store_job_free(&a->job);
    char path[128];
    snprintf(path, sizeof path, "%s/sportello.db", folder);
    sqlite3 *look;
    sqlite3_stmt *row;
    assert_int_equal(sqlite3_open(path, &look), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(look, "SELECT count(*), max(act) FROM audit", -1, &row, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(row), SQLITE_ROW);
    assert_int_equal(sqlite3_column_int(row, 0), 1);
    assert_string_equal((const char *)sqlite3_column_text(row, 1), "publish");
    sqlite3_finalize(row);
    sqlite3_close(look);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
int main(void)
{
    const struct CMUnitTest tests[] = {TEST(lines_are_kept)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
