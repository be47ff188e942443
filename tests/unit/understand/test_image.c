/* An image is opened only if it is whole and of this format. */
#include "base/hash.h"
#include "understand/image.h"
#include "unit/understand/shop.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const struct understand_options explained = {.explain = true};

static void opens_its_own(void **state)
{
    struct shop *s = shop_new();
    assert_non_null(s->index);
    assert_string_equal(index_lang(s->index), "it");
    assert_int_equal(index_count(s->index), SHOP_ENTRIES);
    assert_true(image_find_word(s->index, "garanzia", 8) != IMAGE_NONE);
    assert_true(image_find_word(s->index, "garanzie", 8) == IMAGE_NONE);
    shop_free(s);
    (void)state;
}

static void refuses_what_is_not_whole(void **state)
{
    struct shop *s = shop_new();
    assert_null(index_open(s->image.data, s->image.size - 1));
    assert_null(index_open(s->image.data, sizeof(struct image_header) - 1));
    assert_null(index_open(s->image.data, 0));
    assert_null(index_open(s->image.data + 1, s->image.size - 1));
    struct image_header *h = (struct image_header *)s->image.data;
    h->version++;
    assert_null(index_open(s->image.data, s->image.size));
    shop_free(s);
    (void)state;
}

/* Whatever bytes are changed: it is refused, or reading it stays inside (the sanitiser looks). */
static void changed_bytes_never_lead_outside(void **state)
{
    struct shop *s = shop_new();
    size_t opened = 0;
    uint64_t chance = 7;
    for (int round = 0; round < 3000; round++) {
        chance = hash_mix(chance + 1);
        size_t at = round % 2 ? chance % s->image.size : chance % sizeof(struct image_header);
        char old = s->image.data[at];
        s->image.data[at] = (char)(old ^ (1 << chance % 7));
        struct index *x = index_open(s->image.data, s->image.size);
        if (x != NULL) {
            struct understanding u;
            arena_reset(s->arena);
            assert_int_equal(understand(x, "quanto costa la spedizzione a casa", &explained, s->arena, &u), 0);
            opened++;
        }
        index_close(x);
        s->image.data[at] = old;
    }
    assert_in_range(opened, 1, 2999);
    shop_free(s);
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(opens_its_own),
        cmocka_unit_test(refuses_what_is_not_whole),
        cmocka_unit_test(changed_bytes_never_lead_outside),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
