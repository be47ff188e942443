/* The language of a text shows, or the caller is told that it does not. */
#include "text/language.h"
#include "text/spell.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const char *const langs[] = {"it", "en"};

static void languages_show(void **state)
{
    static const struct {
        const char *text;
        int lang;
    } rows[] = {
        {"quanto costa la spedizione", 0},    {"dov'è il mio ordine?", 0},
        {"A che ora aprite la domenica?", 0}, {"vorrei restituire un articolo", 0},
        {"how much is shipping", 1},          {"where is my order?", 1},
        {"When do you open on Sundays?", 1},  {"i would like to return an item", 1},
        {"che squadra gioca stasera", 0},     {"which team plays tonight", 1},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (language_guess(rows[i].text, strlen(rows[i].text), langs, 2) != rows[i].lang)
            fail_msg("“%s”", rows[i].text);
    (void)state;
}

static void hurried_and_misspelt_text_shows_too(void **state)
{
    static const struct {
        const char *text;
        int lang;
    } rows[] = {
        {"nn arriva xke", 0},
        {"qnd arriva il pcco", 0},
        {"cmq grz", 0},
        {"pls help tmrw", 1},
        {"thx im fine", 1},
        {"wat time u opn", 1},
        {"quanto costa la spedizzione", 0},
        {"hwo much is shipppng", 1},
        {"il mio order number non funziona", 0},
        {"PERCHE' NON FUNZIONA", 0},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (language_guess(rows[i].text, strlen(rows[i].text), langs, 2) != rows[i].lang)
            fail_msg("“%s”", rows[i].text);
    (void)state;
}

static void dictionaries_tell_where_letters_do_not(void **state)
{
    if (!spell_knows("it") || !spell_knows("en"))
        skip();
    static const struct {
        const char *text;
        int lang;
    } rows[] = {
        {"ferro rosso", 0}, {"trapano martello", 0}, {"rusty hammer", 1}, {"drill rental", 1}, {"drill trapano", -1},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (language_guess(rows[i].text, strlen(rows[i].text), langs, 2) != rows[i].lang)
            fail_msg("“%s”", rows[i].text);
    (void)state;
}

static void a_word_that_one_language_alone_has_is_its_own(void **state)
{
    if (!spell_knows("it") || !spell_knows("en"))
        skip();
    static const struct {
        const char *text;
        bool own[2];
    } rows[] = {
        {"cook rice", {false, true}}, {"hello", {false, true}},
        {"riso", {true, false}},      {"trapano hammer", {true, true}},
        {"account", {false, false}},  {"the Tintori", {false, false}},
        {"", {false, false}},         {"asdfgh", {false, false}},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        for (size_t lang = 0; lang < 2; lang++)
            if (language_own_word(rows[i].text, strlen(rows[i].text), langs, 2, lang) != rows[i].own[lang])
                fail_msg("“%s” %s", rows[i].text, langs[lang]);
    /* Of one without a dictionary nothing can be said. */
    static const char *const strange[] = {"it", "xx"};
    assert_false(language_own_word("trapano", 7, strange, 2, 0));
    (void)state;
}

static void what_does_not_show_is_left_open(void **state)
{
    static const char *const open[] = {"",           "ok", "account", "AB-1234", "asdf qwer zxcv", "\xf0\x9f\x91\x8d",
                                       "PayPal Visa"};
    for (size_t i = 0; i < sizeof open / sizeof *open; i++)
        if (language_guess(open[i], strlen(open[i]), langs, 2) != -1)
            fail_msg("“%s”", open[i]);
    assert_int_equal(language_guess("quanto costa", 12, langs, 1), -1);
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(languages_show),
        cmocka_unit_test(hurried_and_misspelt_text_shows_too),
        cmocka_unit_test(dictionaries_tell_where_letters_do_not),
        cmocka_unit_test(a_word_that_one_language_alone_has_is_its_own),
        cmocka_unit_test(what_does_not_show_is_left_open),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
