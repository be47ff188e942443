/* A database is brought up to date once, and one that is not ours or newer is refused untouched. */
#include "unit/store/fixture.h"

static void expect_refused(const char *with)
{
    const char *why = "";
    struct store *refused = store_open(folder, &test_clock, &why);
    assert_null(refused);
    if (strstr(why, with) == NULL)
        print_error("said: %s\n", why);
    assert_non_null(strstr(why, with));
}

static void a_second_opening_changes_nothing(void **state)
{
    (void)state;
    asked_now(store, 1, TICKET_WAITING, "shop", "it");
    store_close(store);
    store = scratch_store(folder);
    assert_int_equal(asked_now(store, 2, TICKET_WAITING, "shop", "it"), 1002);
}

static void a_newer_database_is_refused(void **state)
{
    (void)state;
    store_close(store);
    store = NULL;
    tamper("INSERT INTO migration VALUES (900, '900-future.sql', 'x', 0)");
    expect_refused("newer version");
}

static void another_schema_under_the_same_number_is_refused(void **state)
{
    (void)state;
    store_close(store);
    store = NULL;
    tamper("UPDATE migration SET checksum = 'other'");
    expect_refused("not the one of this program");
}

static void a_strange_database_is_refused(void **state)
{
    (void)state;
    store_close(store);
    store = NULL;
    scratch_remove(folder);
    snprintf(folder, sizeof folder, "%s", scratch_folder());
    tamper("CREATE TABLE theirs (a); PRAGMA application_id = 5");
    expect_refused("not a Sportello database");
    tamper("SELECT a FROM theirs");
    char path[128];
    snprintf(path, sizeof path, "%s/sportello.db", folder);
    FILE *file = fopen(path, "w");
    for (int i = 0; i < 2000; i++)
        fputs("this is a text ", file);
    fclose(file);
    expect_refused("not a");
}

static void what_is_erased_leaves_no_trace(void **state)
{
    (void)state;
    struct store_turn *t = said(1, "a", "UNMISTAKABLE-SECRET-TEXT");
    run_for(store, t, STORE_OK);
    store_job_free(&t->job);
    store_close(store);
    store = NULL;
    tamper("PRAGMA secure_delete = ON; DELETE FROM event; PRAGMA wal_checkpoint(TRUNCATE)");
    store = scratch_store(folder);
    store_close(store);
    store = NULL;
    char path[128];
    snprintf(path, sizeof path, "%s/sportello.db", folder);
    size_t size;
    char *bytes = file_read(path, 1 << 24, &size);
    assert_non_null(bytes);
    assert_null(memmem(bytes, size, "UNMISTAKABLE", 12));
    free(bytes);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_second_opening_changes_nothing),
        TEST(a_newer_database_is_refused),
        TEST(another_schema_under_the_same_number_is_refused),
        TEST(a_strange_database_is_refused),
        TEST(what_is_erased_leaves_no_trace),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
