/* Widget files outlive the version that brought them, for 400 days and within ceilings; what is current always stays.
 */
#include "net/shelf.h"

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

enum { TODAY = 20000 };

/* A folder of assets and DATA/widget beside it, both removed at the end. */
struct place {
    char root[32], assets[64], shelf[64];
};

static int set_up(void **state)
{
    struct place *place = calloc(1, sizeof *place);
    strcpy(place->root, "/tmp/sportello-test-XXXXXX");
    assert_non_null(mkdtemp(place->root));
    snprintf(place->assets, sizeof place->assets, "%s/assets", place->root);
    snprintf(place->shelf, sizeof place->shelf, "%s/widget", place->root);
    assert_int_equal(file_make_folders(place->assets, 0700), 0);
    *state = place;
    return 0;
}

static int remove_folder(const char *folder)
{
    char **names, path[512];
    size_t count;
    assert_int_equal(file_list(folder, "", &names, &count), 0);
    for (size_t i = 0; i < count; i++) {
        snprintf(path, sizeof path, "%s/%s", folder, names[i]);
        if (unlink(path) < 0)
            remove_folder(path);
    }
    file_list_free(names, count);
    return rmdir(folder);
}

static int tear_down(void **state)
{
    struct place *place = *state;
    int result = remove_folder(place->root);
    free(place);
    return result;
}

static void put(const char *folder, const char *name, const char *text)
{
    char path[256];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    assert_int_equal(file_write_atomic(path, text, strlen(text), 0600), 0);
}

static struct shelf_file made(int number, int64_t replaced, uint64_t bytes)
{
    struct shelf_file file = {.replaced = replaced, .forms = 1U << ENCODING_PLAIN, .bytes = bytes};
    snprintf(file.hash, sizeof file.hash, "%016x", (unsigned)number);
    snprintf(file.name, sizeof file.name, "face-%d.js", number);
    return file;
}

static bool has(const struct shelf *shelf, int number)
{
    struct shelf_file file = made(number, 0, 0);
    return shelf_find(shelf, file.hash, file.name) != NULL;
}

static void what_is_replaced_stays_for_400_days(void **state)
{
    struct shelf *shelf = shelf_new(), *current = shelf_new();
    const int64_t replaced[] = {-1, -1, TODAY - SHELF_DAYS, TODAY - SHELF_DAYS - 1, TODAY + 9};
    (void)state;
    for (int i = 0; i < 5; i++) {
        struct shelf_file file = made(i, replaced[i], 1);
        assert_int_equal(shelf_add(shelf, &file), 0);
    }
    struct shelf_file now = made(0, -1, 1);
    assert_int_equal(shelf_add(current, &now), 0);
    shelf_renew(shelf, current, TODAY);
    assert_int_equal(shelf->count, 4);
    assert_int_equal(shelf_find(shelf, now.hash, now.name)->replaced, -1);
    struct shelf_file old = made(1, 0, 0), future = made(4, 0, 0);
    assert_int_equal(shelf_find(shelf, old.hash, old.name)->replaced, TODAY);
    assert_int_equal(shelf_find(shelf, future.hash, future.name)->replaced, TODAY);
    assert_true(has(shelf, 2));
    assert_false(has(shelf, 3));
    shelf_free(shelf);
    shelf_free(current);
}

static void what_comes_back_is_current_again(void **state)
{
    struct shelf *shelf = shelf_new();
    (void)state;
    struct shelf_file file = made(1, TODAY - 9000, 1);
    assert_int_equal(shelf_add(shelf, &file), 0);
    shelf_renew(shelf, shelf, TODAY);
    assert_int_equal(shelf->files[0].replaced, -1);
    shelf_free(shelf);
}

static void beyond_the_ceilings_the_oldest_go_and_the_current_stay(void **state)
{
    struct shelf *shelf = shelf_new(), *current = shelf_new();
    (void)state;
    for (int i = 1; i <= 4; i++) {
        struct shelf_file file = made(i, TODAY - i, SHELF_BYTES / 3);
        assert_int_equal(shelf_add(shelf, &file), 0);
    }
    struct shelf_file large = made(9, -1, SHELF_BYTES / 3);
    assert_int_equal(shelf_add(shelf, &large), 0);
    assert_int_equal(shelf_add(current, &large), 0);
    shelf_renew(shelf, current, TODAY);
    assert_int_equal(shelf->count, 3);
    assert_true(has(shelf, 9) && has(shelf, 1) && has(shelf, 2));
    large.bytes = 2ULL * SHELF_BYTES;
    assert_int_equal(shelf_add(shelf, &large), 0);
    shelf_renew(shelf, current, TODAY);
    assert_int_equal(shelf->count, 1);
    assert_true(has(shelf, 9));
    shelf_free(shelf);
    shelf_free(current);
}

static void so_many_files_and_no_more(void **state)
{
    struct shelf *shelf = shelf_new(), *current = shelf_new();
    (void)state;
    shelf->files = calloc(SHELF_FILES + 5, sizeof *shelf->files);
    for (; shelf->count < SHELF_FILES + 5; shelf->count++)
        shelf->files[shelf->count] = made((int)shelf->count, TODAY, 1);
    shelf_renew(shelf, current, TODAY);
    assert_int_equal(shelf->count, SHELF_FILES);
    shelf_free(shelf);
    shelf_free(current);
}

static void an_upgrade_keeps_the_files_before(void **state)
{
    const struct place *place = *state;
    char old_hash[ASSET_HASH_BYTES], new_hash[ASSET_HASH_BYTES], path[256];
    put(place->assets, "face-x.js", "the first");
    put(place->assets, "face-x.js.br", "small");
    put(place->assets, "desk.js", "no widget file");
    struct assets *assets = assets_new(place->assets);
    struct shelf *shelf = shelf_load(place->shelf, TODAY);
    assert_int_equal(shelf->count, 0);
    assert_int_equal(assets_hash(assets, "face-x.js", old_hash), 0);
    assert_int_equal(shelf_keep(shelf, place->shelf, assets, TODAY), 0);
    assert_null(shelf_find(shelf, old_hash, "desk.js"));
    shelf_free(shelf);

    unlink(strcat(strcpy(path, place->assets), "/face-x.js.br"));
    put(place->assets, "face-x.js", "the second");
    assert_int_equal(assets_hash(assets, "face-x.js", new_hash), 0);
    shelf = shelf_load(place->shelf, TODAY + 500);
    assert_int_equal(shelf_keep(shelf, place->shelf, assets, TODAY + 500), 0);
    const struct shelf_file *old = shelf_find(shelf, old_hash, "face-x.js");
    assert_non_null(old);
    assert_int_equal(old->replaced, TODAY + 500); /* it served until the day of the upgrade */
    assert_int_equal(old->forms, 1U << ENCODING_PLAIN | 1U << ENCODING_BR);
    assert_int_equal(shelf_find(shelf, new_hash, "face-x.js")->replaced, -1);
    assert_int_equal(shelf_path(place->shelf, old, ENCODING_BR, path, sizeof path), 0);
    size_t size;
    char *bytes = file_read(path, 100, &size);
    assert_string_equal(bytes, "small");
    free(bytes);
    shelf_free(shelf);

    shelf = shelf_load(place->shelf, TODAY + 500 + SHELF_DAYS + 1);
    assert_int_equal(shelf_keep(shelf, place->shelf, assets, TODAY + 500 + SHELF_DAYS + 1), 0);
    assert_null(shelf_find(shelf, old_hash, "face-x.js"));
    assert_int_equal(access(path, F_OK), -1);
    shelf_free(shelf);
    assets_free(assets);
}

static void a_damaged_list_loses_nothing(void **state)
{
    const struct place *place = *state;
    char hash[ASSET_HASH_BYTES];
    put(place->assets, "more-x.js", "something");
    struct assets *assets = assets_new(place->assets);
    struct shelf *shelf = shelf_load(place->shelf, TODAY);
    assert_int_equal(assets_hash(assets, "more-x.js", hash), 0);
    assert_int_equal(shelf_keep(shelf, place->shelf, assets, TODAY), 0);
    size_t count = shelf->count;
    shelf_free(shelf);
    put(place->shelf, "list",
        "../../etc passwd current\n0123456789abcdef face-gone.js current\n\n\xff\xfe x y z\n"
        "0123456789abcde face-x.js 2026-13-41");
    shelf = shelf_load(place->shelf, TODAY + 3);
    assert_int_equal(shelf->count, count);
    assert_int_equal(shelf_find(shelf, hash, "more-x.js")->replaced, TODAY + 3);
    shelf_free(shelf);
    assets_free(assets);
}

static void a_damaged_current_file_is_written_again(void **state)
{
    const struct place *place = *state;
    char hash[ASSET_HASH_BYTES], path[256];
    put(place->assets, "more-x.js", "something");
    struct assets *assets = assets_new(place->assets);
    assert_int_equal(assets_hash(assets, "more-x.js", hash), 0);
    for (int i = 0; i < 2; i++) {
        struct shelf *shelf = shelf_load(place->shelf, TODAY);
        assert_int_equal(shelf_keep(shelf, place->shelf, assets, TODAY), 0);
        assert_int_equal(
            shelf_path(place->shelf, shelf_find(shelf, hash, "more-x.js"), ENCODING_PLAIN, path, sizeof path), 0);
        shelf_free(shelf);
        size_t size;
        char *bytes = file_read(path, 100, &size);
        assert_string_equal(bytes, "something");
        free(bytes);
        assert_int_equal(file_write_atomic(path, "half", 4, 0600), 0);
    }
    assets_free(assets);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_replaced_stays_for_400_days),
        cmocka_unit_test(what_comes_back_is_current_again),
        cmocka_unit_test(beyond_the_ceilings_the_oldest_go_and_the_current_stay),
        cmocka_unit_test(so_many_files_and_no_more),
        cmocka_unit_test_setup_teardown(an_upgrade_keeps_the_files_before, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_damaged_list_loses_nothing, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_damaged_current_file_is_written_again, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
