/* What is read aloud: the site's own words, telephone numbers, addresses, lines. */
#include "content/pronounce.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const char site[] = "pronunciation:\n"
                           "  it: {PIN: pin, CIE: ci i e, S.p.A.: esse pi a, e: è}\n"
                           "  en: {FAQ: fack}\n";

static struct arena *arena;
static const struct settings *settings;

static int begin(void **state)
{
    struct problems *problems = problems_new();
    arena = arena_new(1 << 20);
    settings = settings_read(arena, "sportello.yaml", site, sizeof site - 1, problems);
    size_t count = problems_count(problems, SEVERITY_ERROR);
    problems_free(problems);
    (void)state;
    return settings != NULL && count == 0 ? 0 : -1;
}

static int end(void **state)
{
    arena_free(arena);
    (void)state;
    return 0;
}

static void check(const char *lang, const char *text, const char *said)
{
    struct buf out;
    buf_init(&out, 1 << 16);
    assert_int_equal(pronounce(settings, lang, text, &out), 0);
    assert_string_equal(out.data, said);
    buf_free(&out);
}

static void the_sites_own_words_are_whole_words(void **state)
{
    check("it", "Il PIN della CIE.", "Il pin della ci i e.");
    check("it", "Pinna, PINNA, pin, l'PIN", "Pinna, PINNA, pin, l'pin.");
    check("it", "Olmo S.p.A. di Firenze", "Olmo esse pi a di Firenze.");
    check("it", "(CIE)", "(ci i e).");
    check("en", "The FAQ and the PIN.", "The fack and the PIN.");
    check("de", "Die FAQ.", "Die FAQ.");
    (void)state;
}

static void a_telephone_number_is_read_in_pairs(void **state)
{
    check("it", "Chiama lo 055 123456.", "Chiama lo 0 5, 5 1, 2 3, 4 5 6.");
    check("it", "+39 333 1234567", "più 3 9, 3 3, 3 1, 2 3, 4 5, 6 7.");
    check("it", "Numero verde 800 123 456!", "Numero verde 8 0, 0 1, 2 3, 4 5 6!");
    check("en", "+44 20 7946 0018", "plus 4 4, 2 0, 7 9, 4 6, 0 0, 1 8.");
    (void)state;
}

static void other_numbers_are_the_voices(void **state)
{
    check("it", "Costa 6,50 €, il 03/12/2026 alle 10:30.", "Costa 6,50 €, il 03/12/2026 alle 10:30.");
    check("it", "1.000.000 di pezzi, 300 viti, 12345678", "1.000.000 di pezzi, 300 viti, 12345678.");
    check("it", "0,123456 AB-012345678X", "0,123456 AB-012345678X.");
    (void)state;
}

static void addresses_become_words(void **state)
{
    check("it", "Scrivi a info@olmo.it.", "Scrivi a info chiocciola olmo punto it.");
    check("it", "mario_rossi-2@posta.olmo.it?",
          "mario trattino basso rossi trattino 2 chiocciola posta punto olmo punto it?");
    check("it", "Su https://www.olmo.it/resi?x=1#a puoi", "Su vu vu vu punto olmo punto it barra resi puoi.");
    check("en", "See www.olmo.it/en/", "See w w w dot olmo dot it slash en/.");
    check("it", "una @ sola, fine.Poi", "una @ sola, fine.Poi.");
    (void)state;
}

static void a_line_ends_like_a_sentence(void **state)
{
    check("it", "Orari:\n- lunedì\n- martedì\n\nCiao", "Orari: lunedì. martedì. Ciao.");
    check("it", "", "");
    check("it", "\n\n", "");
    check("it", "Sì!", "Sì!");
    (void)state;
}

static void a_full_buffer_is_said(void **state)
{
    struct buf out;
    buf_init(&out, 8);
    assert_int_equal(pronounce(settings, "it", "una frase lunga", &out), -1);
    buf_free(&out);
    (void)state;
}

static void mistakes_have_a_place(void **state)
{
    static const struct {
        const char *text;
        int line, column;
    } bad[] = {
        {"pronunciation: pin\n", 1, 16},
        {"pronunciation:\n  de: {PIN: pin}\n", 2, 3},
        {"pronunciation:\n  it: pin\n", 2, 3},
        {"pronunciation:\n  it:\n    due parole: x\n", 3, 5},
        {"pronunciation:\n  it:\n    PIN: \"\"\n", 3, 5},
        {"pronunciation:\n  it:\n    PIN: [p]\n", 3, 5},
        {"pronunciation:\n  it:\n    PIN: a # b\n", 3, 12},
        {"pronunciation:\n  it:\n    PIN: a\n    PIN: b\n", 4, 5},
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct problems *problems = problems_new();
        assert_non_null(settings_read(arena, "sportello.yaml", bad[i].text, strlen(bad[i].text), problems));
        assert_int_equal(problems_count(problems, SEVERITY_ERROR), 1);
        size_t count;
        const struct problem *p = problems_sorted(problems, &count);
        assert_int_equal(p->line, bad[i].line);
        assert_int_equal(p->column, bad[i].column);
        problems_free(problems);
    }
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_sites_own_words_are_whole_words),
        cmocka_unit_test(a_telephone_number_is_read_in_pairs),
        cmocka_unit_test(other_numbers_are_the_voices),
        cmocka_unit_test(addresses_become_words),
        cmocka_unit_test(a_line_ends_like_a_sentence),
        cmocka_unit_test(a_full_buffer_is_said),
        cmocka_unit_test(mistakes_have_a_place),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
