/* Messages are cut between questions and nowhere else. */
#include "dialogue/split.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* The parts of a text with a bar between them, "" where it is not cut. */
static const char *cut(const char *lang, const char *text, bool sentences_only, bool *ret_joined)
{
    static char line[2000];
    struct split_part parts[SPLIT_PARTS_MAX];
    size_t count = split_text(lang, text, sentences_only, parts, ret_joined), used = 0;
    line[0] = '\0';
    assert_true(count == 0 || (count >= 2 && count <= SPLIT_PARTS_MAX));
    for (size_t i = 0; i < count; i++)
        used += (size_t)snprintf(line + used, sizeof line - used, "%s%.*s", i > 0 ? "|" : "", (int)parts[i].size,
                                 text + parts[i].at);
    return line;
}

static void cuts(void **state)
{
    static const struct {
        const char *lang, *text, *parts;
    } rows[] = {
        {"it", "dove siete e a che ora aprite?", "dove siete|a che ora aprite"},
        {"it", "quanto costa la spedizione? E fate anche resi?", "quanto costa la spedizione|fate anche resi"},
        {"it", "Dove siete, quando aprite ed avete un parcheggio?", "Dove siete|quando aprite|avete un parcheggio"},
        {"it", "buongiorno\ndove siete\nquando aprite", "buongiorno|dove siete|quando aprite"},
        {"it", "dove siete e poi c'è un parcheggio", "dove siete|c'è un parcheggio"},
        {"it", "dove siete\xe2\x80\xa6 quando aprite", "dove siete|quando aprite"},
        {"it", "Ho perso lo scontrino. La garanzia vale?", "Ho perso lo scontrino|La garanzia vale"},
        {"en", "where are you and what time do you open?", "where are you|what time do you open"},
        {"en", "where are you, and also when do you open?", "where are you|when do you open"},
        {"en", "WHERE ARE YOU AND WHEN DO YOU OPEN", "WHERE ARE YOU|WHEN DO YOU OPEN"},
        {"it", "dove siete e vorrei una fattura", "dove siete|vorrei una fattura"},
        {"en", "where are you and I need an invoice", "where are you|I need an invoice"},
        /* What is told before a comma belongs to what is asked behind it. */
        {"en", "I moved house, how do I change my address?", ""},
        {"it", "ho perso lo scontrino, la garanzia vale?", ""},
        {"it", "ho perso lo scontrino, come faccio?", ""},
        /* One question, whatever stands in it. */
        {"it", "quanto costa la spedizione?", ""},
        {"it", "resi e rimborsi", ""},
        {"it", "posso pagare con carta e con paypal", ""},
        {"it", "la spedizione è come la pago", ""},
        {"it", "c'e quando volete un parcheggio", ""},
        {"it", "avete la vite n. 5 da 10.30 mm?", ""},
        {"it", "ciao e", ""},
        {"it", "e dove siete", ""},
        {"it", "!!! dove siete ???", ""},
        {"en", "do you sell nuts and bolts?", ""},
        {"en", "do you copy keys e quando aprite", ""},
        {"it", "", ""},
        {"it", " e , e ? e", ""},
        /* A language without a list of joints is cut at its sentences. */
        {"de", "wo sind sie und wann haben sie auf", ""},
        {"de", "wo sind sie? wann haben sie auf?", "wo sind sie|wann haben sie auf"},
        /* A story is not cut. */
        {"it", "a? b? c? d? f", ""},
        {"it", "a? b? c? d? e", "a|b|c|d"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        bool joined;
        const char *parts = cut(rows[i].lang, rows[i].text, false, &joined);
        if (strcmp(parts, rows[i].parts) != 0)
            fail_msg("“%s” in %s: “%s” instead of “%s”", rows[i].text, rows[i].lang, parts, rows[i].parts);
    }
    (void)state;
}

static void sentences_can_be_cut_alone(void **state)
{
    bool joined;
    const char *text = "dove siete e quando aprite? avete un parcheggio?";
    assert_string_equal(cut("it", text, false, &joined), "dove siete|quando aprite|avete un parcheggio");
    assert_true(joined);
    assert_string_equal(cut("it", text, true, &joined), "dove siete e quando aprite|avete un parcheggio");
    assert_false(joined);
    text = "ciao! dove siete e quando aprite? avete un parcheggio? grazie";
    assert_string_equal(cut("it", text, false, &joined), "");
    assert_true(joined);
    assert_string_equal(cut("it", text, true, &joined), "ciao|dove siete e quando aprite|avete un parcheggio|grazie");
    (void)state;
}

static void a_long_text_is_not_cut(void **state)
{
    char text[SPLIT_TEXT_BYTES + 2];
    bool joined;
    memset(text, 'a', sizeof text);
    memcpy(text, "dove siete? ", 12);
    text[SPLIT_TEXT_BYTES] = '\0';
    assert_int_not_equal(strlen(cut("it", text, false, &joined)), 0);
    text[SPLIT_TEXT_BYTES] = 'a';
    text[SPLIT_TEXT_BYTES + 1] = '\0';
    assert_string_equal(cut("it", text, false, &joined), "");
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cuts),
        cmocka_unit_test(sentences_can_be_cut_alone),
        cmocka_unit_test(a_long_text_is_not_cut),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
