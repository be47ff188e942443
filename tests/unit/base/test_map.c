/* A map keeps what is put, through growth and removal. */
#include "base/map.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

static int values[2000];

static void keeps_what_is_put(void **state)
{
    (void)state;
    struct map *m = map_new(2000);
    char key[16];
    for (int i = 0; i < 2000; i++) {
        snprintf(key, sizeof key, "k%d", i);
        assert_int_equal(map_put_str(m, key, &values[i]), 0);
    }
    assert_int_equal(map_put_str(m, "one more", &values[0]), -1);
    for (int i = 0; i < 2000; i += 2) {
        snprintf(key, sizeof key, "k%d", i);
        assert_ptr_equal(map_remove_str(m, key), &values[i]);
    }
    for (int i = 0; i < 2000; i++) {
        snprintf(key, sizeof key, "k%d", i);
        assert_ptr_equal(map_get_str(m, key), i % 2 ? &values[i] : NULL);
    }
    assert_int_equal(map_count(m), 1000);
    map_free(m);
}

static void walks_every_pair_once(void **state)
{
    (void)state;
    struct map *m = map_new(10);
    map_put(m, "a\0b", 3, &values[0]);
    map_put(m, "a\0c", 3, &values[1]);
    map_put(m, "", 0, &values[2]);
    size_t at = 0, seen = 0, size;
    const void *key;
    while (map_next(m, &at, &key, &size) != NULL)
        seen++;
    assert_int_equal(seen, 3);
    assert_ptr_equal(map_get(m, "a\0c", 3), &values[1]);
    assert_null(map_get(m, "a", 1));
    map_free(m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keeps_what_is_put),
        cmocka_unit_test(walks_every_pair_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
