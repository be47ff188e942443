/* A password matches its own hash only, and one for nobody takes as long as one for somebody. */
#include "net/password.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

static double seconds_of(const char *hash, const char *password, bool *ret_matches)
{
    struct timespec from, to;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &from);
    *ret_matches = password_matches(hash, password);
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &to);
    return (double)(to.tv_sec - from.tv_sec) + (double)(to.tv_nsec - from.tv_nsec) / 1e9;
}

static void matches_its_own_hash_only(void **state)
{
    (void)state;
    char hash[PASSWORD_HASH_BYTES];
    bool matches;
    assert_int_equal(password_hash("perch\xc3\xa9 no?", hash), 0);
    assert_non_null(strstr(hash, "$argon2id$"));
    double somebody = seconds_of(hash, "perch\xc3\xa9 no?", &matches);
    assert_true(matches);
    assert_false(password_matches(hash, "perche no?"));
    double nobody = seconds_of(NULL, "perch\xc3\xa9 no?", &matches);
    assert_false(matches);
    assert_true(nobody > somebody / 2 && nobody < somebody * 2);
    assert_false(password_matches("no hash", "x"));
}

static void random_ones_are_readable_and_differ(void **state)
{
    (void)state;
    char a[32], b[32];
    password_random(a);
    password_random(b);
    assert_int_equal(strlen(a), 23);
    assert_true(strlen(a) >= PASSWORD_LEAST);
    assert_string_not_equal(a, b);
    assert_int_equal(strspn(a, "23456789abcdefghijkmnpqrstuvwxyz-"), 23);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(matches_its_own_hash_only),
        cmocka_unit_test(random_ones_are_readable_and_differ),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
