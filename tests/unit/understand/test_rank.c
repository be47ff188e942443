/* The best comes first, and entries asked in the same words are no rivals. */
#include "understand/rank.h"
#include "unit/understand/shop.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void the_nearest_comes_first(void **state)
{
    static const struct {
        const char *text;
        uint32_t entry;
    } rows[] = {
        {"costo della spedizione", 0},
        {"quando arriva l'ordine", 1},
        {"aperti di domenica?", 2},
        {"restituire il prodotto rotto", 3},
        {"garanzia", 4},
        {"serve la fattura", 5},
        {"carta di credito", 6},
        {"chiavi auto", 8},
        {"chi sei", 9},
    };
    struct shop *s = shop_new();
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct question q;
        struct ranking r;
        assert_int_equal(question_read(s->index, rows[i].text, NULL, s->arena, &q), 0);
        assert_int_equal(rank(s->index, &q, NULL, NULL, NULL, s->arena, &r), 0);
        assert_true(r.count > 0);
        if (r.all[0].found.entry != rows[i].entry)
            fail_msg("“%s” finds %u", rows[i].text, r.all[0].found.entry);
        for (size_t k = 1; k < r.count; k++)
            assert_true(r.all[k - 1].score >= r.all[k].score);
    }
    shop_free(s);
    (void)state;
}

static void twins_are_no_rivals(void **state)
{
    static const char *const texts[] = {"Qual è la password?", "Qual è la password", "Come entro?"};
    const struct index_entry entries[] = {{&texts[0], 1, "Quella di SPID.", ""},
                                          {&texts[1], 1, "Quella della posta.", ""},
                                          {&texts[2], 1, "Dal sito.", ""}};
    struct buf image;
    struct question q;
    struct ranking r;
    struct arena *arena = arena_new(SHOP_ARENA_BYTES);
    buf_init(&image, 1 << 20);
    assert_int_equal(index_build("it", entries, 3, NULL, &image), 0);
    struct index *x = index_open(image.data, image.size);
    question_read(x, "qual è la password", NULL, arena, &q);
    rank(x, &q, NULL, NULL, NULL, arena, &r);
    assert_true(r.rival >= 2);
    assert_true(r.all[0].found.exact && r.all[1].found.exact);
    index_close(x);
    buf_free(&image);
    arena_free(arena);
    (void)state;
}

static void the_meaning_decides_where_the_words_do_not(void **state)
{
    struct shop *s = shop_new();
    struct question q;
    struct ranking r;
    question_read(s->index, "costo della spedizione", NULL, s->arena, &q);
    rank(s->index, &q, NULL, NULL, NULL, s->arena, &r);
    assert_true(r.count >= 2 && r.kinds == 0 && r.best_near == 0);
    uint32_t first = r.all[0].found.entry, last = r.all[r.count - 1].found.entry;
    for (size_t i = 0; i < r.count; i++)
        assert_true(r.all[i].score == r.all[i].words);
    r.all[r.count - 1].near = 1;
    rank_order(s->index, &q, 0, &r);
    assert_int_equal(r.all[0].found.entry, first);
    for (size_t i = 0; i < r.count; i++)
        r.all[i].words *= 0.2; /* as if hardly a word were shared */
    rank_order(s->index, &q, 0.9, &r);
    assert_int_equal(r.all[0].found.entry, last);
    for (size_t i = 0; i < r.count; i++)
        r.all[i].words *= 5;
    rank_order(s->index, &q, 0.2, &r);
    assert_int_equal(r.all[0].found.entry, first);
    shop_free(s);
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_nearest_comes_first),
        cmocka_unit_test(twins_are_no_rivals),
        cmocka_unit_test(the_meaning_decides_where_the_words_do_not),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
