/* Hashes: the same every time, and another for every change. */
#include "base/hash.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

enum { SIZE = 203 };

static void every_changed_bit_of_a_large_piece_is_noticed(void **state)
{
    unsigned char bytes[SIZE];
    (void)state;
    for (size_t i = 0; i < SIZE; i++)
        bytes[i] = (unsigned char)(i * 37);
    uint64_t hash = hash_bulk(bytes, SIZE);
    for (size_t bit = 0; bit < SIZE * 8; bit++) {
        bytes[bit / 8] ^= (unsigned char)(1u << bit % 8);
        assert_true(hash_bulk(bytes, SIZE) != hash);
        bytes[bit / 8] ^= (unsigned char)(1u << bit % 8);
    }
    assert_true(hash_bulk(bytes, SIZE) == hash);
}

static void bytes_that_are_added_or_change_places_are_noticed(void **state)
{
    unsigned char bytes[SIZE] = {0}, other[SIZE];
    uint64_t seen[SIZE];
    (void)state;
    for (size_t size = 0; size < SIZE; size++) { /* of zeros, so that only their number tells them apart */
        seen[size] = hash_bulk(bytes, size);
        for (size_t i = 0; i < size; i++)
            assert_true(seen[i] != seen[size]);
    }
    for (size_t i = 0; i < SIZE; i++)
        bytes[i] = (unsigned char)(i * 37);
    for (size_t step = 8; step <= 64; step *= 2) { /* words that trade places, in a lane and between lanes */
        memcpy(other, bytes, SIZE);
        memcpy(other, bytes + step, 8);
        memcpy(other + step, bytes, 8);
        assert_true(hash_bulk(bytes, SIZE) != hash_bulk(other, SIZE));
    }
}

static void where_a_piece_lies_does_not_matter(void **state)
{
    unsigned char bytes[SIZE + 8];
    (void)state;
    memset(bytes, 'x', sizeof bytes);
    for (size_t at = 1; at < 8; at++)
        assert_true(hash_bulk(bytes + at, SIZE) == hash_bulk(bytes, SIZE));
}

static void a_hash_that_goes_on_is_not_that_of_the_whole(void **state)
{
    (void)state;
    assert_true(hash_bytes("ab", 2) == hash_bytes("ab", 2));
    assert_true(hash_bytes("ab", 2) != hash_bytes("ba", 2));
    assert_true(hash_more(hash_bytes("a", 1), "b", 1) != hash_bytes("ab", 2));
    assert_true(hash_keyed("ab", 2) == hash_keyed("ab", 2));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_changed_bit_of_a_large_piece_is_noticed),
        cmocka_unit_test(bytes_that_are_added_or_change_places_are_noticed),
        cmocka_unit_test(where_a_piece_lies_does_not_matter),
        cmocka_unit_test(a_hash_that_goes_on_is_not_that_of_the_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
