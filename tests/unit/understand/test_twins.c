/* Nearly the same questions in two entries are found, each pair once. */
#include "understand/index.h"
#include "unit/understand/shop.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

struct pairs {
    size_t count;
    uint32_t first[16], second[16];
    double likeness[16];
};

static void keep(void *context, uint32_t first, uint32_t second, size_t first_phrasing, size_t second_phrasing,
                 double likeness)
{
    struct pairs *p = context;
    (void)first_phrasing;
    (void)second_phrasing;
    assert_true(first < second && p->count < 16);
    p->first[p->count] = first;
    p->second[p->count] = second;
    p->likeness[p->count++] = likeness;
}

static void twins_are_found_once(void **state)
{
    static const char *const texts[] = {"Come attivo le notifiche?", "Quanto costa la spedizione?",
                                        "Come attivo le notifiche push?", "Come attivo le notifiche", "Dove siete?"};
    struct index_entry entries[5];
    struct buf image;
    struct pairs pairs = {0};
    for (size_t i = 0; i < 5; i++)
        entries[i] = (struct index_entry){&texts[i], 1, "", ""};
    buf_init(&image, 1 << 20);
    assert_int_equal(index_build("it", entries, 5, NULL, &image), 0);
    struct index *x = index_open(image.data, image.size);
    assert_int_equal(index_twins(x, entries, 0.5, keep, &pairs), 0);
    assert_int_equal(pairs.count, 2);
    assert_true(pairs.first[0] == 0 && pairs.second[0] == 3 && pairs.likeness[0] == 1);
    assert_true(pairs.second[1] == 2 && pairs.likeness[1] < 1);
    index_close(x);
    buf_free(&image);
    (void)state;
}

static void likeness_is_a_share(void **state)
{
    struct shop *s = shop_new();
    assert_true(index_likeness(s->index, "Quanto costa la spedizione?", "quanto costa la SPEDIZIONE") == 1);
    double near = index_likeness(s->index, "costo spedizione", "quanto costa la spedizione");
    assert_true(near > 0.3 && near < 1);
    assert_true(index_likeness(s->index, "garanzia", "parcheggio") < 0.1);
    assert_true(index_likeness(s->index, "", "parcheggio") == 0);
    shop_free(s);
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(twins_are_found_once),
        cmocka_unit_test(likeness_is_a_share),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
