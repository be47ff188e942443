/* A stem's sets come back as they were written; a table that points nowhere is refused. */
#include "text/thesaurus.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { MANY = 1000 };

static struct buf table;
static struct thesaurus *thesaurus;

/* Stems "0" … "999": stem n has n % 8 + 1 sets. */
static int make(void **state)
{
    struct thesaurus_stem *stems = calloc(MANY, sizeof *stems);
    for (uint32_t n = 0; n < MANY; n++) {
        char stem[8];
        stems[n].key = thesaurus_key(stem, (size_t)snprintf(stem, sizeof stem, "%u", n));
        stems[n].count = n % THESAURUS_SETS + 1;
        for (uint32_t s = 0; s < stems[n].count; s++)
            stems[n].sets[s] = (struct thesaurus_set){.id = n + s, .rank = (uint8_t)s, .broader = s % 2};
    }
    buf_init(&table, 1 << 20);
    int result = thesaurus_write(&table, "en", stems, MANY, MANY + THESAURUS_SETS);
    free(stems);
    thesaurus = thesaurus_open(table.data, table.size, "en");
    (void)state;
    return result;
}

static int drop(void **state)
{
    thesaurus_free(thesaurus);
    buf_free(&table);
    (void)state;
    return 0;
}

static void gives_each_stem_its_sets(void **state)
{
    assert_non_null(thesaurus);
    assert_int_equal(thesaurus_stem_count(thesaurus), MANY);
    assert_int_equal(thesaurus_set_count(thesaurus), MANY + THESAURUS_SETS);
    for (uint32_t n = 0; n < MANY; n++) {
        char stem[8];
        struct thesaurus_set sets[THESAURUS_SETS];
        size_t size = (size_t)snprintf(stem, sizeof stem, "%u", n);
        size_t count = thesaurus_sets(thesaurus, stem, size, sets);
        assert_int_equal(count, n % THESAURUS_SETS + 1);
        for (uint32_t s = 0; s < count; s++)
            assert_true(sets[s].id == n + s && sets[s].rank == s && sets[s].broader == s % 2);
    }
    (void)state;
}

static void knows_nothing_of_others(void **state)
{
    struct thesaurus_set sets[THESAURUS_SETS];
    assert_int_equal(thesaurus_sets(thesaurus, "1000", 4, sets), 0);
    assert_int_equal(thesaurus_sets(thesaurus, "", 0, sets), 0);
    assert_int_equal(thesaurus_sets(NULL, "1", 1, sets), 0);
    assert_int_equal(thesaurus_stem_count(NULL) + thesaurus_set_count(NULL), 0);
    assert_null(thesaurus_of("xx"));
    (void)state;
}

/* A good checksum alone does not make a table good. */
static void refuses_sets_that_are_none(void **state)
{
    struct thesaurus_stem stem = {.key = 1, .count = 1, .sets = {{.id = 5}}};
    struct buf out;
    buf_init(&out, 1 << 16);
    assert_int_equal(thesaurus_write(&out, "en", &stem, 1, 5), 0);
    assert_null(thesaurus_open(out.data, out.size, "en"));
    buf_clear(&out);
    assert_int_equal(thesaurus_write(&out, "en", &stem, 1, 6), 0);
    struct thesaurus *t = thesaurus_open(out.data, out.size, "en");
    assert_non_null(t);
    thesaurus_free(t);
    assert_null(thesaurus_open(out.data, out.size - 1, "en"));
    assert_null(thesaurus_open(out.data, out.size, "it"));
    buf_free(&out);
    (void)state;
}

static bool share_a_set(const struct thesaurus *t, const char *one, const char *other)
{
    struct thesaurus_set a[THESAURUS_SETS], b[THESAURUS_SETS];
    size_t of_one = thesaurus_sets(t, one, strlen(one), a), of_other = thesaurus_sets(t, other, strlen(other), b);
    for (size_t i = 0; i < of_one; i++)
        for (size_t j = 0; j < of_other; j++)
            if (a[i].id == b[j].id)
                return true;
    return false;
}

/* The ones that make has made, where they are; the words are stems. */
static void synonyms_share_a_set(void **state)
{
    const struct thesaurus *en = thesaurus_of("en"), *it = thesaurus_of("it");
    if (en == NULL || it == NULL)
        skip(); /* without the packages there is no table */
    assert_true(share_a_set(en, "buy", "purchas") && share_a_set(en, "shop", "store"));
    assert_true(share_a_set(it, "prezz", "tariff"));
    assert_false(share_a_set(en, "buy", "appl") || share_a_set(it, "prezz", "macchin"));
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gives_each_stem_its_sets),
        cmocka_unit_test(knows_nothing_of_others),
        cmocka_unit_test(refuses_sets_that_are_none),
        cmocka_unit_test(synonyms_share_a_set),
    };
    return cmocka_run_group_tests(tests, make, drop);
}
