/* Audit lines are kept, and bounded. */
#include "store/people.h"
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

static void are_read_page_by_page_from_the_newest_on(void **state)
{
    (void)state;
    int64_t anna = user_now(store, "anna"); /* which is a line, too */
    for (int i = 0; i < 5; i++) {
        struct store_audit *a = NEW_JOB(store_audit);
        a->user = i == 4 ? 0 : anna;
        a->act = "login";
        a->address = "203.0.113.7";
        run_for(store, a, STORE_OK);
        store_job_free(&a->job);
    }
    struct store_audit_list *l = NEW_JOB(store_audit_list);
    l->limit = 4;
    run_for(store, l, STORE_OK);
    assert_int_equal(l->count, 4);
    assert_true(l->ret_more);
    assert_string_equal(l->rows[0].name, "");
    assert_string_equal(l->rows[1].name, "anna");
    assert_string_equal(l->rows[1].address, "203.0.113.7");
    l->before = l->rows[3].id;
    run_for(store, l, STORE_OK);
    assert_int_equal(l->count, 2);
    assert_false(l->ret_more);
    assert_string_equal(l->rows[1].act, "user_add");
    assert_string_equal(l->rows[1].detail, "anna: agent");
    store_job_free(&l->job);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
int main(void)
{
    const struct CMUnitTest tests[] = {TEST(lines_are_kept), TEST(are_read_page_by_page_from_the_newest_on)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
