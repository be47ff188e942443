/* How many slips lie between two spellings. */
#include "base/distance.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static size_t between(const char *a, const char *b)
{
    return distance_between(a, strlen(a), b, strlen(b));
}

static void slips_are_counted(void **state)
{
    static const struct {
        const char *a, *b;
        size_t slips;
    } rows[] = {
        {"", "", 0},           {"", "abc", 3},         {"orari", "orari", 0},
        {"orari", "orai", 1},  {"orari", "orrari", 1}, {"orari", "oraei", 1},
        {"orari", "orair", 1}, {"policy", "polcy", 1}, {"sammies", "ammessa", 4},
        {"ca", "abc", 3},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        assert_int_equal(between(rows[i].a, rows[i].b), rows[i].slips);
        assert_int_equal(between(rows[i].b, rows[i].a), rows[i].slips);
    }
    (void)state;
}

static void long_words_are_far(void **state)
{
    char word[DISTANCE_BYTES + 1];
    memset(word, 'a', sizeof word);
    assert_int_equal(distance_between(word, DISTANCE_BYTES, word, DISTANCE_BYTES), 0);
    assert_int_equal(distance_between(word, DISTANCE_BYTES, "b", 1), DISTANCE_BYTES);
    assert_int_equal(distance_between(word, sizeof word, word, sizeof word), DISTANCE_FAR);
    assert_int_equal(distance_between("a", 1, word, sizeof word), DISTANCE_FAR);
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(slips_are_counted),
        cmocka_unit_test(long_words_are_far),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
