/* Patterns against what visitors say. */
#include "dialogue/match.h"

#include "base/buf.h"
#include "base/problem.h"

#include <glob.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

static struct arena *arena;

static bool try_on(const char *pattern, const char *text, struct match *ret)
{
    struct problems *problems = problems_new();
    const struct pattern_node *p = pattern_read(arena, "a.yaml", 1, 1, pattern, problems);
    struct match_text words;
    if (p == NULL)
        problems_print(problems, stderr);
    problems_free(problems);
    assert_non_null(p);
    assert_int_equal(match_text("it", text, arena, &words), 0);
    return match_pattern(p, &words, NULL, ret);
}

static void patterns_fit_as_the_reference_says(void **state)
{
    static const struct {
        const char *pattern, *text;
        bool fits;
    } rows[] = {
        {"grazie", "Grazie!!", true},
        {"grazie", "grazie mille", false},
        {"grazie", "mille grazie", false},
        {"* grazie", "mille grazie", true},
        {"* grazie", "grazie", true},
        {"grazie *", "grazie di cuore", true},
        {"* (dove|quando) * (ordine|pacco) *", "ma dove si trova il mio pacco?", true},
        {"* (dove|quando) * (ordine|pacco) *", "il pacco dov'è", false},
        {"* (dove|quando) * (ordine|pacco) *", "Dov'è l'ordine", false}, /* "dov", not "dove" */
        {"* dov'è * ordine *", "DOV’E’ il mio ordine 12", true},
        {"l'ordine", "l ordine", true},
        {"è già arrivato", "e gia arrivato", true},
        {"[per favore] chiamami", "chiamami", true},
        {"[per favore] chiamami", "Per favore, chiamami", true},
        {"[per favore] chiamami", "per chiamami", false},
        {"(buon giorno|ciao [a tutti]) mondo", "ciao a tutti mondo", true},
        {"(buon giorno|ciao [a tutti]) mondo", "buon giorno mondo", true},
        {"(buon giorno|ciao [a tutti]) mondo", "buon mondo", false},
        {"~ordini *", "ordine in ritardo", true},
        {"~ordini *", "orto da ordinare", false},
        {"* a * b * c *", "c b a c b", false},
        {"* a * b * c *", "x a y b z c", true},
        {"a", "", false},
        {"a", "?!", false},
        {"a", "🙂 a 🙂", true},
    };
    struct match match;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (try_on(rows[i].pattern, rows[i].text, &match) != rows[i].fits)
            fail_msg("“%s” on “%s”: expected %d", rows[i].pattern, rows[i].text, rows[i].fits);
    (void)state;
}

static void slots_get_their_words(void **state)
{
    static const struct {
        const char *pattern, *text, *captures; /* "slot=words;…" */
    } rows[] = {
        {"ordine {numero}", "Ordine AB-1234!", "numero=AB-1234;"},
        {"da {a} a {b}", "da Torino a Reggio nell'Emilia", "a=Torino;b=Reggio nell'Emilia;"},
        {"chiamami {nome} [grazie]", "chiamami Maria Grazia, grazie", "nome=Maria Grazia, grazie;"},
        {"(io sono|mi chiamo) {nome}", "mi chiamo Però", "nome=Però;"},
        {"(x {a}|x {b}) fine", "x uno fine", "a=uno;"},
        {"x {a}", "x 1 2 3 4 5 6 7 8 9", NULL}, /* more than eight words */
        {"x {a} *", "x 1 2 3 4 5 6 7 8 9", "a=1 2 3 4 5 6 7 8;"},
        {"x {a}", "x", NULL},
        {"* {a} x {b} {c}", "q w x e r", "a=q w;b=e;c=r;"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct match match;
        char got[256] = "";
        bool fits = try_on(rows[i].pattern, rows[i].text, &match);
        for (size_t k = 0; fits && k < match.count; k++) {
            const struct match_capture *c = &match.captures[k];
            snprintf(got + strlen(got), sizeof got - strlen(got), "%s=%.*s;", c->slot, (int)c->size,
                     rows[i].text + c->at);
        }
        if (fits != (rows[i].captures != NULL) || (fits && strcmp(got, rows[i].captures) != 0))
            fail_msg("“%s” on “%s”: got %s", rows[i].pattern, rows[i].text, fits ? got : "nothing");
    }
    (void)state;
}

static void a_text_that_is_too_long_fits_nothing(void **state)
{
    struct buf text;
    struct match match;
    buf_init(&text, 1 << 16);
    for (int i = 0; i < MATCH_WORDS; i++)
        buf_puts(&text, "a ");
    assert_true(try_on("a *", text.data, &match));
    buf_puts(&text, "a");
    assert_false(try_on("a *", text.data, &match));
    buf_free(&text);
    (void)state;
}

/* Stars that could share the words in millions of ways: given up, and soon. */
static void what_would_explode_is_given_up(void **state)
{
    struct buf text;
    struct match match;
    buf_init(&text, 1 << 16);
    for (int i = 0; i < MATCH_WORDS; i++)
        buf_puts(&text, "a ");
    clock_t from = clock();
    assert_false(try_on("* a * a * a * a * a * a * a * b", text.data, &match));
    assert_false(try_on("* {a} {b} {c} {d} {e} {f} {g} b", text.data, &match));
    assert_true(clock() - from < CLOCKS_PER_SEC);
    buf_free(&text);
    (void)state;
}

/* All patterns together have a ceiling, too: a site may have thousands. */
static void a_hostile_text_costs_no_more_with_many_patterns(void **state)
{
    struct problems *problems = problems_new();
    const struct pattern_node *p = pattern_read(arena, "a.yaml", 1, 1, "* a * a * a * a * a * a * a * b", problems);
    struct match_text words;
    struct match match;
    struct buf text;
    buf_init(&text, 1 << 16);
    for (int i = 0; i < MATCH_WORDS; i++)
        buf_puts(&text, "a ");
    assert_int_equal(match_text("it", text.data, arena, &words), 0);
    for (int i = 0; i < 1000; i++)
        assert_false(match_pattern(p, &words, NULL, &match));
    assert_true(words.steps <= 0);
    buf_free(&text);
    problems_free(problems);
    (void)state;
}

static uint32_t chance(uint32_t below)
{
    static uint64_t state = 7;
    state = state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(state >> 33) % below;
}

enum { SAID_MOST = 64 };
static const char *const usual[] = {"dove",   "Dov’è", "DOVE", "l'ordine", "ordine", "ordini", "L’ ORDINE", "perche",
                                    "perché", "pacco", "il",   "è",        "E",      "a",      "AB-1234",   "wi-fi"};
/* What messages are made of. */
static const char *said[SAID_MOST];
static size_t said_count;

static void say(struct buf *out, uint32_t most)
{
    for (uint32_t left = chance(most) + 1; left > 0; left--) {
        buf_puts(out, said[chance((uint32_t)said_count)]);
        buf_puts(out, chance(4) == 0 ? ", " : " ");
    }
}

/* A sequence of a pattern; what the reader refuses is not tried. */
static void invent(struct buf *out, int depth)
{
    for (uint32_t left = chance(3) + 1; left > 0; left--) {
        uint32_t kind = chance(depth > 0 ? 12 : 9);
        buf_putc(out, ' ');
        if (kind == 0)
            buf_putc(out, '*');
        else if (kind == 1)
            buf_puts(out, "{x}");
        else if (kind == 2)
            buf_puts(out, "~ordine");
        else if (kind < 9)
            buf_puts(out, said[chance((uint32_t)said_count)]);
        if (kind < 9)
            continue;
        buf_putc(out, kind < 11 ? '(' : '[');
        for (uint32_t choices = chance(3) + 1; choices > 0; choices--) {
            invent(out, depth - 1);
            buf_puts(out, choices > 1 ? "|" : "");
        }
        buf_putc(out, kind < 11 ? ')' : ']');
    }
}

/* Tries a pattern on what may be said; counts what fits. */
static size_t agree(const char *pattern, const struct pattern_node *p, int trials)
{
    const struct needed need = need_of(p);
    size_t fitted = 0;
    for (int k = 0; k < trials; k++) {
        struct match_text words;
        struct match match;
        struct buf text;
        buf_init(&text, 1 << 12);
        say(&text, 5);
        assert_int_equal(match_text("it", text.data, arena, &words), 0);
        bool fits = match_pattern(p, &words, NULL, &match);
        fitted += fits;
        if (fits && !need_met(&need, words.bits))
            fail_msg("“%s” fits “%s” and would be passed over", pattern, text.data);
        buf_free(&text);
    }
    return fitted;
}

/* Passing over what a pattern needs (edition/need.h) changes nothing: no pattern that fits is passed over. */
static void what_fits_has_what_is_needed(void **state)
{
    size_t read = 0, fitted = 0;
    said_count = sizeof usual / sizeof *usual;
    memcpy(said, usual, sizeof usual);
    for (int i = 0; i < 3000; i++) {
        struct problems *problems = problems_new();
        struct buf pattern;
        arena_reset(arena);
        buf_init(&pattern, 1 << 12);
        buf_puts(&pattern, chance(2) == 0 ? "*" : "");
        invent(&pattern, 2);
        buf_puts(&pattern, chance(2) == 0 ? " *" : "");
        const struct pattern_node *p = pattern_read(arena, "a.yaml", 1, 1, pattern.data, problems);
        read += p != NULL;
        fitted += p != NULL ? agree(pattern.data, p, 30) : 0;
        buf_free(&pattern);
        problems_free(problems);
    }
    assert_true(read > 1000 && fitted > 1000); /* otherwise it shows nothing */
    (void)state;
}

/* Messages are made of the pattern's own words, so that many fit. */
static size_t agree_on_its_words(const char *pattern)
{
    struct problems *problems = problems_new();
    const struct pattern_node *p = pattern_read(arena, "a.yaml", 1, 1, pattern, problems);
    char *words = arena_strdup(arena, pattern);
    problems_free(problems);
    assert_non_null(p);
    said_count = 0;
    for (char *at = words; *at != '\0' && said_count < SAID_MOST;) {
        const size_t size = strcspn(at, " *()[]{}|~");
        const bool last = at[size] == '\0';
        at[size] = '\0';
        if (size > 0)
            said[said_count++] = at;
        at += size + (last ? 0 : 1);
    }
    return agree(pattern, p, 1000);
}

/* The demo's patterns, as they stand in its files. */
static void patterns_of_the_demo_fit_as_before(void **state)
{
    glob_t files;
    size_t patterns = 0, fitted = 0;
    assert_int_equal(glob("intents/*/*.yaml", 0, NULL, &files), 0);
    for (size_t i = 0; i < files.gl_pathc; i++) {
        char line[1024];
        bool within = false;
        FILE *file = fopen(files.gl_pathv[i], "re");
        assert_non_null(file);
        while (fgets(line, sizeof line, file) != NULL) {
            within = strcmp(line, "patterns:\n") == 0 || (within && strncmp(line, "  - \"", 5) == 0);
            if (!within || line[0] != ' ')
                continue;
            line[strcspn(line + 5, "\"") + 5] = '\0';
            arena_reset(arena);
            patterns++;
            fitted += agree_on_its_words(line + 5);
        }
        fclose(file);
    }
    globfree(&files);
    assert_true(patterns > 4 && fitted > 100);
    (void)state;
}

static void the_same_words_serve_another_language(void **state)
{
    struct problems *problems = problems_new();
    arena_reset(arena);
    const struct pattern_node *p = pattern_read(arena, "a.yaml", 1, 1, "~orders", problems);
    struct match_text words;
    struct match match;
    assert_int_equal(match_text("it", "ordering", arena, &words), 0);
    assert_false(match_pattern(p, &words, NULL, &match));
    match_text_in(&words, "en");
    assert_true(match_pattern(p, &words, NULL, &match));
    assert_int_equal(words.steps > MATCH_STEPS_ALL - 100, 1);
    problems_free(problems);
    (void)state;
}

static int set_up(void **state)
{
    (void)state;
    arena = arena_new(64 << 20);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(patterns_fit_as_the_reference_says),
        cmocka_unit_test(slots_get_their_words),
        cmocka_unit_test(a_text_that_is_too_long_fits_nothing),
        cmocka_unit_test(what_would_explode_is_given_up),
        cmocka_unit_test(a_hostile_text_costs_no_more_with_many_patterns),
        cmocka_unit_test(what_fits_has_what_is_needed),
        cmocka_unit_test(patterns_of_the_demo_fit_as_before),
        cmocka_unit_test(the_same_words_serve_another_language),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
