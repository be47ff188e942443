/* The server's pair of keys: made once, readable by its owner alone, and never replaced by itself. */
#include "cli/sitepush.h"

#include "base/file.h"
#include "base/log.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>
#include <sodium.h>

static char folder[64], path[128];

static int setup(void **state)
{
    (void)state;
    log_set_level(LOG_LEVEL_ERROR);
    snprintf(folder, sizeof folder, "/tmp/sportello-push-XXXXXX");
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/secrets/web-push", folder);
    return sodium_init() >= 0 ? 0 : -1;
}

static int teardown(void **state)
{
    char secrets[128];
    (void)state;
    snprintf(secrets, sizeof secrets, "%s/secrets", folder);
    unlink(path);
    rmdir(secrets);
    return rmdir(folder);
}

static void it_is_made_once(void **state)
{
    (void)state;
    struct stat s;
    struct push_pair *one = sitepush_pair(folder), *other = sitepush_pair(folder);
    assert_non_null(one);
    assert_non_null(other);
    assert_string_equal(push_pair_public(one), push_pair_public(other));
    assert_int_equal(stat(path, &s), 0);
    assert_int_equal(s.st_mode & 0777, 0600);
    push_pair_free(one);
    push_pair_free(other);
}

/* All browsers have subscribed to the old one: what is broken is for a person to mend. */
static void one_that_is_broken_stays(void **state)
{
    (void)state;
    char secrets[128];
    size_t size;
    snprintf(secrets, sizeof secrets, "%s/secrets", folder);
    assert_int_equal(file_make_folders(secrets, 0700), 0);
    assert_int_equal(file_write_atomic(path, "broken\n", 7, 0600), 0);
    assert_null(sitepush_pair(folder));
    char *bytes = file_read(path, 100, &size);
    assert_string_equal(bytes, "broken\n");
    free(bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(it_is_made_once, setup, teardown),
        cmocka_unit_test_setup_teardown(one_that_is_broken_stays, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
