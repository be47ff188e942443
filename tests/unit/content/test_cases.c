/* Every folder of tests/content is a small site with one kind of mistake; `expected` in it is
 * what an editor is told. */
#include "content_test.h"

#include "base/file.h"
#include "content/site.h"

static void check_case(const char *name)
{
    char folder[300], path[320];
    snprintf(folder, sizeof folder, "tests/content/%s", name);
    snprintf(path, sizeof path, "%s/expected", folder);
    struct fixture f = {arena_new((size_t)1 << 30), problems_new()};
    size_t size;
    char *expected = file_read(path, 1 << 20, &size);
    assert_non_null(expected);
    assert_non_null(site_read(f.arena, folder, "2026-11-22", f.problems));
    const char *told = printed(&f);
    if (strcmp(told, expected) != 0)
        fail_msg("%s\n--- expected\n%s--- told\n%s", name, expected, told);
    free(expected);
    problems_free(f.problems);
    arena_free(f.arena);
}

static void every_mistake_is_named_with_its_place(void **state)
{
    (void)state;
    char **names;
    size_t count;
    assert_int_equal(file_list("tests/content", "", &names, &count), 0);
    assert_true(count >= 40);
    for (size_t i = 0; i < count; i++)
        check_case(names[i]);
    file_list_free(names, count);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_mistake_is_named_with_its_place)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
