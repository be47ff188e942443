/* A slip of the finger leads to the one word that was meant, or to none. */
#include "understand/typo.h"
#include "unit/understand/shop.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void one_slip_is_one(void **state)
{
    static const struct {
        const char *a, *b;
        bool one;
    } rows[] = {
        {"garanzia", "garanza", true},
        {"garanza", "garanzia", true},
        {"garanzia", "garanziia", true},
        {"garanzia", "garandia", true},
        {"garanzia", "garnazia", true},
        {"garanzia", "garanzia", false},
        {"garanzia", "granzai", false},
        {"ab", "ba", true},
        {"abc", "cba", false},
        {"", "a", true},
        {"", "", false},
        {"pacco", "pacchi", false},
        {"abcd", "ab", false},
        {"abcd", "badc", false},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_int_equal(typo_is_one(rows[i].a, strlen(rows[i].a), rows[i].b, strlen(rows[i].b)), rows[i].one);
    (void)state;
}

static void mends_to(const struct index *x, const char *word, const char *wanted)
{
    uint32_t id = typo_mend(x, word, strlen(word));
    if (wanted == NULL) {
        assert_true(id == IMAGE_NONE);
        return;
    }
    assert_true(id != IMAGE_NONE);
    assert_int_equal(x->words[id].length, strlen(wanted));
    assert_memory_equal(x->strings + x->words[id].text, wanted, strlen(wanted));
}

static void mends_what_is_clear(void **state)
{
    struct shop *s = shop_new();
    mends_to(s->index, "spedizzione", "spedizione");
    mends_to(s->index, "gaanzia", "garanzia");
    mends_to(s->index, "fattrua", "fattura");
    mends_to(s->index, "ciavi", "chiavi");
    mends_to(s->index, "zzzzzz", NULL);
    mends_to(s->index, "ore", NULL);
    mends_to(s->index, "", NULL);
    shop_free(s);
    (void)state;
}

static void does_not_choose_between_two(void **state)
{
    static const char *const texts[] = {"porto", "parte"};
    const struct index_entry entries[] = {{&texts[0], 1, "", ""}, {&texts[1], 1, "", ""}};
    struct buf image;
    buf_init(&image, 1 << 20);
    assert_int_equal(index_build("it", entries, 2, NULL, &image), 0);
    struct index *x = index_open(image.data, image.size);
    mends_to(x, "porte", NULL);
    mends_to(x, "ports", "porto");
    index_close(x);
    buf_free(&image);
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_slip_is_one),
        cmocka_unit_test(mends_what_is_clear),
        cmocka_unit_test(does_not_choose_between_two),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
