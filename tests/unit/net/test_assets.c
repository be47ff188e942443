/* Built-in pages are found by name with a tag of their bytes; a folder comes first and is read anew. */
#include "net/assets.h"

#include "base/file.h"

#include <fcntl.h>
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

static void built_in_ones_have_tags(void **state)
{
    (void)state;
    struct assets *assets = assets_new(NULL);
    struct asset page, script, none;
    assert_int_equal(assets_get(assets, "demo.html", NULL, &page), 0);
    assert_int_equal(assets_get(assets, "sportello.js", NULL, &script), 0);
    assert_null(page.owned);
    assert_true(page.size > 0);
    assert_string_not_equal(page.tag, script.tag);
    assert_int_equal(page.tag[0], '"');
    assert_int_equal(assets_get(assets, "nothing.js", NULL, &none), -1);
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
    assert_int_equal(assets_get(assets, "demo.html", NULL, &first), 0);
    assert_memory_equal(first.bytes, "one", 3);
    assert_int_equal(file_write_atomic(path, "two", 3, 0600), 0);
    assert_int_equal(assets_get(assets, "demo.html", NULL, &second), 0);
    assert_memory_equal(second.bytes, "two", 3);
    assert_string_not_equal(first.tag, second.tag);
    assert_int_equal(assets_get(assets, "demo.js", NULL, &other), 0);
    assert_null(other.owned);
    free(first.owned);
    free(second.owned);
    assets_free(assets);
    unlink(path);
    rmdir(folder);
}

/* What lies beside a file is what a browser gets that understands it, but not what is older than its file. */
static void forms_lie_beside_the_file(void **state)
{
    (void)state;
    char folder[] = "/tmp/sportello-test-XXXXXX", plain[64], packed[64];
    struct asset one, other;
    assert_non_null(mkdtemp(folder));
    snprintf(plain, sizeof plain, "%s/demo.css", folder);
    snprintf(packed, sizeof packed, "%s/demo.css.gz", folder);
    assert_int_equal(file_write_atomic(plain, "plain", 5, 0600), 0);
    assert_int_equal(file_write_atomic(packed, "gz", 2, 0600), 0);
    struct assets *assets = assets_new(folder);
    assert_int_equal(assets_get(assets, "demo.css", "br, gzip", &one), 0);
    assert_int_equal(one.encoding, ENCODING_GZIP);
    assert_memory_equal(one.bytes, "gz", 2);
    assert_int_equal(assets_get(assets, "demo.css", NULL, &other), 0);
    assert_int_equal(other.encoding, ENCODING_PLAIN);
    assert_string_not_equal(one.tag, other.tag);
    free(one.owned);
    free(other.owned);
    const struct timespec old[2] = {{.tv_sec = 1000}, {.tv_sec = 1000}};
    assert_int_equal(utimensat(AT_FDCWD, packed, old, 0), 0);
    assert_int_equal(assets_get(assets, "demo.css", "br, gzip", &one), 0);
    assert_int_equal(one.encoding, ENCODING_PLAIN);
    free(one.owned);
    assets_free(assets);
    unlink(plain);
    unlink(packed);
    rmdir(folder);
}

static void widget_files_are_those_that_other_sites_load(void **state)
{
    static const char *const are[] = {"sportello.js", "core.js", "panel.it.js", "face-olma.js", "more-files.js"};
    static const char *const are_not[] = {"",
                                          "desk.js",
                                          "sportello.js.br",
                                          "face-../x.js",
                                          "panel.IT.js",
                                          "face-a/b.js",
                                          "sportello.css",
                                          "xsportello.js"};
    char hash[ASSET_HASH_BYTES], **names;
    size_t count;
    (void)state;
    for (size_t i = 0; i < sizeof are / sizeof *are; i++)
        assert_true(assets_is_widget(are[i]));
    for (size_t i = 0; i < sizeof are_not / sizeof *are_not; i++)
        assert_false(assets_is_widget(are_not[i]));
    assets_hash_of("abc", 3, hash);
    assert_string_equal(hash, "ba7816bf8f01cfea"); /* FIPS 180-2, appendix B.1 */
    struct assets *assets = assets_new(NULL);
    assert_int_equal(assets_widgets(assets, &names, &count), 0);
    bool loader = false;
    for (size_t i = 0; i < count; i++) {
        assert_true(assets_is_widget(names[i]));
        assert_int_equal(assets_hash(assets, names[i], hash), 0);
        loader = loader || strcmp(names[i], "sportello.js") == 0;
    }
    assert_true(loader);
    assert_int_equal(assets_hash(assets, "desk.js", hash), -1);
    file_list_free(names, count);
    assets_free(assets);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(built_in_ones_have_tags),
        cmocka_unit_test(a_folder_comes_first),
        cmocka_unit_test(forms_lie_beside_the_file),
        cmocka_unit_test(widget_files_are_those_that_other_sites_load),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
