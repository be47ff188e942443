/* Words that a dictionary does not have are found where they stand; what is no word is left alone. */
#include "text/misspelt.h"
#include "text/spell.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static bool known_word(void *context, const char *word, size_t size)
{
    return strlen(context) == size && memcmp(context, word, size) == 0;
}

/* "word@units+units …" */
static const char *marks(const char *lang, const char *text)
{
    static char out[512];
    struct misspelt found[8];
    char vocabulary[] = "olmofix";
    size_t count = misspelt_words(lang, text, known_word, vocabulary, found, 8), used = 0;
    out[0] = '\0';
    for (size_t i = 0; i < count; i++)
        used += (size_t)snprintf(out + used, sizeof out - used, "%s%.*s@%zu+%zu", i > 0 ? " " : "", (int)found[i].size,
                                 text + found[i].at, found[i].at_units, found[i].size_units);
    return out;
}

static void slips_are_found_where_they_stand(void **state)
{
    (void)state;
    assert_string_equal(marks("it", "la spedizzone è gratuità"), "spedizzone@3+10");
    assert_string_equal(marks("it", "👍 perché la consenga così"), "consenga@13+8");
    assert_string_equal(marks("it", "Quatno costa?"), "Quatno@0+6");
    assert_string_equal(marks("it", "dell’olioo e l'aqcua"), "olioo@5+5 aqcua@15+5");
    assert_string_equal(marks("en", "We don't shipp on sundays; it doesn’t matter"), "shipp@9+5");
}

static void what_is_no_word_is_left_alone(void **state)
{
    (void)state;
    static const char *const fine[] = {
        "Gentile sig. Zukolovic, ecco il link https://olmo.exampel/spedizzone?x=qwertzu oppure www.olmo.exampel",
        "scriva a infoo@olmo.exampel o a {visitor.naem}, codice AB12xyz, SKU e iPhonee",
        "olmofix va bene",
        "/spedizzone",
        "",
        "ok sì no",
        "l'olio dell'auto, dell’auto",
        "Buongiorno!\nVa bene così: Perfetto.",
    };
    for (size_t i = 0; i < sizeof fine / sizeof *fine; i++)
        assert_string_equal(marks("it", fine[i]), "");
    assert_string_equal(marks("xx", "qualunque cosaa"), "");
}

static void the_room_is_not_exceeded(void **state)
{
    (void)state;
    struct misspelt found[2];
    assert_int_equal(misspelt_words("it", "aqcua aqcua aqcua aqcua", NULL, NULL, found, 2), 2);
    assert_int_equal(misspelt_words("it", "aqcua", NULL, NULL, found, 0), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(slips_are_found_where_they_stand),
                                       cmocka_unit_test(what_is_no_word_is_left_alone),
                                       cmocka_unit_test(the_room_is_not_exceeded)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
