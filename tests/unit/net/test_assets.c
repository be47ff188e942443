/* Built-in pages are found by name with a tag of their bytes; a folder comes first and is read anew. */
#include "net/assets.h"

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

static void built_in_ones_have_tags(void **state)
{
    (void)state;
    struct assets *assets = assets_new(NULL);
    struct asset page, script, none;
    assert_int_equal(assets_get(assets, "demo.html", &page), 0);
    assert_int_equal(assets_get(assets, "sportello.js", &script), 0);
    assert_null(page.owned);
    assert_true(page.size > 0);
    assert_string_not_equal(page.tag, script.tag);
    assert_int_equal(page.tag[0], '"');
    assert_int_equal(assets_get(assets, "nothing.js", &none), -1);
    assets_free(assets);
}

static void a_folder_comes_first(void **state)
{
    (void)state;
    char folder[] = "/tmp/sportello-test-XXXXXX", path[64];
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/demo.html", folder);
    assert_int_equal(file_write_atomic(path, "one", 3, 0600), 0);
    struct assets *assets = assets_new(folder);
    struct asset first, second, other;
    assert_int_equal(assets_get(assets, "demo.html", &first), 0);
    assert_memory_equal(first.bytes, "one", 3);
    assert_int_equal(file_write_atomic(path, "two", 3, 0600), 0);
    assert_int_equal(assets_get(assets, "demo.html", &second), 0);
    assert_memory_equal(second.bytes, "two", 3);
    assert_string_not_equal(first.tag, second.tag);
    assert_int_equal(assets_get(assets, "demo.js", &other), 0);
    assert_null(other.owned);
    free(first.owned);
    free(second.owned);
    assets_free(assets);
    unlink(path);
    rmdir(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(built_in_ones_have_tags),
        cmocka_unit_test(a_folder_comes_first),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
