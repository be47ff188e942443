/* A stem's vector comes back as it was written; words that belong together are near each other in
 * the table that make has made. */
#include "text/kinship.h"

#include "base/hash.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { MANY = 1000 };

static struct buf table;
static struct kinship *kinship;

/* The stems of a table of hashes that meet in slots; the vector of stem n. */
static uint32_t stem_of(uint32_t n)
{
    return n * 64 + 1;
}

static int8_t step_of(uint32_t n, size_t i)
{
    return n == 0 ? 0 : (int8_t)((n * 31 + i * 7) % 255 - 127);
}

static int make(void **state)
{
    uint32_t *stems = calloc(MANY, sizeof *stems);
    int8_t *rows = calloc(MANY, KINSHIP_SIZE);
    for (uint32_t n = 0; n < MANY; n++) {
        stems[n] = stem_of(n);
        for (size_t i = 0; i < KINSHIP_SIZE; i++)
            rows[n * KINSHIP_SIZE + i] = step_of(n, i);
    }
    buf_init(&table, 1 << 20);
    int result = kinship_write(&table, "en", stems, rows, MANY);
    free(stems);
    free(rows);
    kinship = kinship_open(table.data, table.size, "en");
    (void)state;
    return result;
}

static int drop(void **state)
{
    kinship_free(kinship);
    buf_free(&table);
    (void)state;
    return 0;
}

static void gives_each_stem_its_vector(void **state)
{
    assert_non_null(kinship);
    assert_int_equal(kinship_count(kinship), MANY);
    assert_true(kinship_checksum(kinship) != 0);
    for (uint32_t n = 0; n < MANY; n++) {
        float scale = -1;
        double square = 0;
        const int8_t *row = kinship_vector(kinship, stem_of(n), &scale);
        assert_non_null(row);
        for (size_t i = 0; i < KINSHIP_SIZE; i++) {
            assert_int_equal(row[i], step_of(n, i));
            square += pow((double)scale * row[i], 2);
        }
        assert_true(n == 0 ? scale == 0 : fabs(square - 1) < 1e-5);
    }
    (void)state;
}

static void knows_nothing_of_others(void **state)
{
    float scale = -1;
    assert_null(kinship_vector(kinship, 0, &scale));
    assert_null(kinship_vector(kinship, stem_of(MANY), &scale));
    assert_null(kinship_vector(NULL, stem_of(1), &scale));
    assert_true(scale < 0); /* untouched */
    assert_true(kinship_count(NULL) == 0 && kinship_checksum(NULL) == 0);
    assert_null(kinship_of("xx"));
    (void)state;
}

/* Writes slots and rows under the counts that were given, and says whether they are taken for a table. */
static int opens(uint32_t count, uint32_t slots, uint32_t width, const uint32_t *body, size_t size)
{
    struct buf out;
    buf_init(&out, 1 << 16);
    assert_int_equal(table_write(&out, "SPkn", 1, "en", (const uint32_t[]){count, slots, width}, body, size), 0);
    struct kinship *k = kinship_open(out.data, out.size, "en");
    int good = k != NULL;
    kinship_free(k);
    buf_free(&out);
    return good;
}

/* A good checksum alone does not make a table good. */
static void refuses_what_is_damaged(void **state)
{
    enum { SIZE = KINSHIP_SIZE, TWO = 2 * 8 + SIZE };
    uint32_t good[64] = {7, 1}, beyond[64] = {7, 2}, full[64] = {7, 1, 8, 1};
    assert_true(opens(1, 2, SIZE, good, TWO));
    assert_false(opens(1, 2, SIZE, beyond, TWO)); /* its row lies behind the end */
    assert_false(opens(1, 2, SIZE, full, TWO));   /* no slot is free, so a search would not end */
    assert_false(opens(1, 2, SIZE - 1, good, TWO));
    assert_false(opens(2, 2, SIZE, good, TWO));
    assert_false(opens(1, 3, SIZE, good, 3 * 8 + SIZE));
    assert_false(opens(1, 0, SIZE, good, SIZE));
    assert_false(opens(UINT32_MAX, 2, SIZE, good, TWO));
    assert_null(kinship_open(table.data, table.size - 1, "en"));
    assert_null(kinship_open(table.data, 10, "en"));
    assert_null(kinship_open(table.data, table.size, "it"));
    table.data[table.size - 5] ^= 1;
    assert_null(kinship_open(table.data, table.size, "en"));
    table.data[table.size - 5] ^= 1;
    (void)state;
}

static void has_room_for_so_many_only(void **state)
{
    struct buf out;
    buf_init(&out, 1 << 20);
    assert_int_equal(kinship_write(&out, "en", NULL, NULL, 0), 0);
    struct kinship *none = kinship_open(out.data, out.size, "en");
    float scale;
    assert_non_null(none);
    assert_null(kinship_vector(none, 1, &scale));
    kinship_free(none);
    buf_clear(&out);
    assert_int_equal(kinship_write(&out, "en", NULL, NULL, (1 << 19) + 1), -1);
    buf_free(&out);
    (void)state;
}

/* --- the one that make has made; the words are stems --- */

static double cosine(const struct kinship *k, const char *one, const char *other)
{
    float scale, scale_other;
    const int8_t *a = kinship_vector(k, (uint32_t)hash_bytes(one, strlen(one)), &scale);
    const int8_t *b = kinship_vector(k, (uint32_t)hash_bytes(other, strlen(other)), &scale_other);
    double sum = 0;
    assert_true(a != NULL && b != NULL);
    for (size_t i = 0; i < KINSHIP_SIZE; i++)
        sum += (double)a[i] * b[i];
    return sum * (double)scale * (double)scale_other;
}

static void kin_are_near(void **state)
{
    const struct kinship *en = kinship_of("en");
    if (en == NULL) {
        print_message("skipped: there is no kinship.en.tab; `make tables` makes it where wordnet-base can be had\n");
        skip();
    }
    static const char *const rows[][3] = {
        {"rain", "weather", "invoic"}, {"flight", "airport", "soup"}, {"bank", "money", "song"},
        {"doctor", "hospit", "ship"},  {"bread", "oven", "law"},
    };
    assert_true(kinship_count(en) > 20000);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        double kin = cosine(en, rows[i][0], rows[i][1]), other = cosine(en, rows[i][0], rows[i][2]);
        print_message("%s: %s %.2f, %s %.2f\n", rows[i][0], rows[i][1], kin, rows[i][2], other);
        assert_true(kin > other + 0.15);
    }
    assert_true(fabs(cosine(en, "rain", "rain") - 1) < 1e-5);
    assert_null(kinship_of("it")); /* its thesaurus defines nothing */
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gives_each_stem_its_vector),
        cmocka_unit_test(knows_nothing_of_others),
        cmocka_unit_test(refuses_what_is_damaged),
        cmocka_unit_test(has_room_for_so_many_only),
        cmocka_unit_test(kin_are_near),
    };
    return cmocka_run_group_tests(tests, make, drop);
}
