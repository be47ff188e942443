/* What a question must have in common with a notice: a table of what is about it and what is not. */
#include "dialogue/notice.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static const struct notice_said board[] = {
    {1, "it", "Il corriere è in ritardo in tutta Italia", "",
     "il mio pacco è in ritardo\nci sono ritardi nelle consegne", ""},
    {1, "en", "The courier is late all over Italy", "", "my parcel is late", ""},
    {2, "it", "Domani il negozio è chiuso per inventario", "", "siete aperti domani", ""},
};

static const struct {
    const char *text;
    int64_t notice; /* 0 = none */
} cases[] = {
    {"il corriere è in ritardo in tutta Italia", 1},
    {"Il mio pacco e' in ritardo??", 1},
    {"il pacco è in ritardo", 1},
    {"ci sono ritardi nelle consegne?", 1},
    {"my parcel's late", 1},
    {"siete aperti domani?", 2},
    {"domani siete aperti", 2},
    {"quanto costa la spedizione?", 0},
    {"il corriere non mi ha trovato", 0},
    {"Come seguo il mio pacco?", 0},
    {"contanti al corriere", 0},
    {"consegna rapida", 0},
    {"follow my parcel", 0},
    {"late fee", 0},
    {"tutta Italia", 0},
    {"chiuso", 0},
    {"", 0},
    {"?!", 0},
};

static void what_is_about_a_notice_finds_it(void **state)
{
    (void)state;
    struct notice_board *b = notice_board_new();
    for (size_t i = 0; i < sizeof board / sizeof *board; i++)
        assert_int_equal(notice_board_add(b, &board[i]), 0);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        double likeness = -1;
        const struct notice_said *found = notice_board_find(b, cases[i].text, &likeness);
        if ((found != NULL ? found->id : 0) != cases[i].notice)
            fail_msg("“%s” is %.2f like notice %d", cases[i].text, likeness, found != NULL ? (int)found->id : 0);
    }
    notice_board_free(b);
}

static void the_board_has_a_ceiling(void **state)
{
    (void)state;
    struct notice_board *b = notice_board_new();
    for (int i = 0; i < NOTICE_BOARD_MAX; i++)
        assert_int_equal(notice_board_add(b, &board[0]), 0);
    assert_int_equal(notice_board_add(b, &board[0]), -1);
    notice_board_free(b);
    notice_board_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(what_is_about_a_notice_finds_it),
                                       cmocka_unit_test(the_board_has_a_ceiling)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
