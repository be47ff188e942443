/* For the tests of store/ that need nothing but an empty store of their own. */
#ifndef TESTS_STORE_FIXTURE_H
#define TESTS_STORE_FIXTURE_H

#include "unit/store/help.h"

#include <sqlite3.h>

static struct store *store;
static char folder[64];

static int setup(void **state)
{
    (void)state;
    snprintf(folder, sizeof folder, "%s", scratch_folder());
    store = scratch_store(folder);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    store_close(store);
    scratch_remove(folder);
    return 0;
}

/* Runs SQL on the database by a connection of its own. */
static UNUSED void tamper(const char *sql)
{
    char path[128], *why = NULL;
    snprintf(path, sizeof path, "%s/sportello.db", folder);
    sqlite3 *look;
    assert_int_equal(sqlite3_open(path, &look), SQLITE_OK);
    if (sqlite3_exec(look, sql, NULL, NULL, &why) != SQLITE_OK)
        fail_msg("%s", why);
    sqlite3_close(look);
}

#endif
