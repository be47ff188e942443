/* Files: replacing one keeps its mode, and never what somebody else has written meanwhile. */
#include "base/file.h"

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

static char folder[64], path[96];

static int set_up(void **state)
{
    (void)state;
    snprintf(folder, sizeof folder, "/tmp/sportello-file-XXXXXX");
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/a.md", folder);
    assert_int_equal(file_write_atomic(path, "uno", 3, 0640), 0);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    unlink(path);
    return rmdir(folder); /* fails where something is left beside */
}

static void assert_says(const char *text)
{
    size_t size;
    char *bytes = file_read(path, 100, &size);
    assert_non_null(bytes);
    assert_string_equal(bytes, text);
    free(bytes);
}

static void a_file_is_replaced_with_its_mode(void **state)
{
    (void)state;
    struct stat info;
    assert_int_equal(file_replace(path, "uno", 3, "due", 3), 0);
    assert_says("due");
    assert_int_equal(stat(path, &info), 0);
    assert_int_equal(info.st_mode & 0777, 0640);
}

static void a_changed_file_is_left_alone(void **state)
{
    (void)state;
    assert_int_equal(file_replace(path, "unO", 3, "due", 3), 1);
    assert_int_equal(file_replace(path, "un", 2, "due", 3), 1);
    assert_int_equal(file_replace(path, "unoo", 4, "due", 3), 1);
    assert_says("uno");
    unlink(path);
    assert_int_equal(file_replace(path, "uno", 3, "due", 3), 1);
}

/* Several files that are to change together are all written before the first one changes. */
static void a_staged_file_changes_when_it_is_committed(void **state)
{
    (void)state;
    char *beside = NULL;
    assert_int_equal(file_stage(path, "due", 3, 0644, &beside), 0);
    assert_says("uno");
    assert_int_equal(file_commit(path, beside), 0);
    assert_says("due");
    assert_int_not_equal(access(beside, F_OK), 0);
    free(beside);
    assert_int_equal(file_stage("/nowhere/a.md", "x", 1, 0644, &beside), -1);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_file_is_replaced_with_its_mode),
        TEST(a_changed_file_is_left_alone),
        TEST(a_staged_file_changes_when_it_is_committed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
