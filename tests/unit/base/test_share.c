/* Files beside the program are found where they are told to be, once, and nothing else is. */
#include "base/share.h"

#include "base/file.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static char folder[] = "/tmp/share-XXXXXX";

static void put(const char *name, const char *text)
{
    char path[128];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    assert_int_equal(file_write_atomic(path, text, strlen(text), 0644), 0);
}

static void drop(const char *name)
{
    char path[128];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    unlink(path);
}

static int make_folder(void **state)
{
    if (mkdtemp(folder) == NULL)
        return -1;
    put("there.txt", "here I am");
    put("empty.txt", "");
    (void)state;
    return setenv("SPORTELLO_SHARE", folder, 1);
}

static int remove_folder(void **state)
{
    drop("there.txt");
    drop("empty.txt");
    drop("later.txt");
    (void)state;
    return rmdir(folder);
}

static void finds_a_file(void **state)
{
    size_t size = 0;
    const char *bytes = share_file("there.txt", &size);
    assert_non_null(bytes);
    assert_int_equal(size, 9);
    assert_memory_equal(bytes, "here I am", 9);
    (void)state;
}

/* Who reads a table may keep it: replacing the file does not change what is mapped. */
static void a_file_is_read_once(void **state)
{
    size_t size = 0;
    const char *first = share_file("there.txt", &size);
    put("there.txt", "another, longer text");
    assert_ptr_equal(share_file("there.txt", &size), first);
    assert_int_equal(size, 9);
    assert_memory_equal(first, "here I am", 9);
    (void)state;
}

static void what_is_absent_stays_absent(void **state)
{
    size_t size = 77;
    assert_null(share_file("later.txt", &size));
    put("later.txt", "too late");
    assert_null(share_file("later.txt", &size));
    assert_int_equal(size, 77);
    (void)state;
}

static void nothing_but_files_of_the_folder(void **state)
{
    size_t size = 0;
    assert_null(share_file("empty.txt", &size));
    assert_null(share_file(".", &size));
    assert_null(share_file("", &size));
    assert_null(share_file("../there.txt", &size));
    char path[256];
    snprintf(path, sizeof path, "../%s/there.txt", folder + strlen("/tmp/"));
    assert_null(share_file(path, &size));
    char name[200];
    memset(name, 'a', sizeof name - 1);
    name[sizeof name - 1] = '\0';
    assert_null(share_file(name, &size));
    (void)state;
}

/* The last test: it fills the list. */
static void asks_for_so_many_names_only(void **state)
{
    size_t size = 0;
    for (int i = 0; i < SHARE_FILES + 4; i++) {
        char name[32];
        snprintf(name, sizeof name, "no-%d.txt", i);
        assert_null(share_file(name, &size));
    }
    assert_non_null(share_file("there.txt", &size));
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_a_file),
        cmocka_unit_test(a_file_is_read_once),
        cmocka_unit_test(what_is_absent_stays_absent),
        cmocka_unit_test(nothing_but_files_of_the_folder),
        cmocka_unit_test(asks_for_so_many_names_only),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
