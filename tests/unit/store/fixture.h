/* For the tests of store/ that need nothing but an empty store of their own. */
#ifndef TESTS_STORE_FIXTURE_H
#define TESTS_STORE_FIXTURE_H

#include "unit/store/help.h"

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

#endif
