/* What holds for every type: texts and yes or no, places in the text, limits, and what it costs. */
#include "unit/entity/table.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static const struct entity_choice choices[] = {{"rosso", NULL, 0}, {"verde", NULL, 0}};

static struct entity *of_type(int type)
{
    struct entity_spec spec = {
        .type = (enum entity_type)type, .match = "[A-Z]{2}-[0-9]{4}", .choices = choices, .choice_count = 2};
    return made(&spec, "it");
}

static void texts_are_the_whole_answer(void **state)
{
    (void)state;
    static const struct row rows[] = {{"  ciao mondo \n", "ciao mondo"},
                                      {"perché", "perché"},
                                      {"dieci10dieci", "!long"},
                                      {"   ", NULL},
                                      {" né ", "!short"},
                                      {"tre", "tre"},
                                      {"\xff", NULL}};
    struct entity_spec spec = {.type = ENTITY_TEXT, .shortest = 3, .longest = 10};
    check_rows(&spec, "it", &sunday, ROWS(rows));
    char *text = malloc(ENTITY_TEXT_BYTES + 2);
    memset(text, 'a', ENTITY_TEXT_BYTES + 1);
    text[ENTITY_TEXT_BYTES + 1] = '\0';
    struct entity *e = of_type(ENTITY_TEXT);
    check_row(e, &sunday, text, "!long");
    text[ENTITY_TEXT_BYTES] = '\0';
    check_row(e, &sunday, text, text);
    entity_free(e);
    free(text);
}

static void yes_and_no_are_read(void **state)
{
    (void)state;
    static const struct row it[] = {
        {"sì", "yes"}, {"ok, va bene", "yes"}, {"no grazie", "no"},        {"👍", "yes"},
        {"boh", NULL}, {"annulla", NULL},      {"sì, ma il rosso", "yes"}, {"si può pagare?", NULL}};
    static const struct row en[] = {{"sure", "yes"}, {"nope", "no"}, {"👎", "no"}, {"what?", NULL}};
    struct entity_spec spec = {.type = ENTITY_YES_NO};
    check_rows(&spec, "it", &sunday, ROWS(it));
    check_rows(&spec, "en", &sunday, ROWS(en));
}

static void types_have_names(void **state)
{
    (void)state;
    for (int t = 0; t < ENTITY_TYPES; t++)
        assert_int_equal(entity_type_named(entity_type_name((enum entity_type)t)), t);
    assert_int_equal(entity_type_named("colour"), ENTITY_TYPES);
}

static void places_are_those_of_the_text(void **state)
{
    (void)state;
    static const char text[] = "perché è il 24/12, caffè alle 15:30 con ab 1234 e maria@example.com";
    static const struct {
        int type;
        const char *part;
    } rows[] = {{ENTITY_DATE, "il 24/12"},
                {ENTITY_TIME, "alle 15:30"},
                {ENTITY_REGEX, "ab 1234"},
                {ENTITY_EMAIL, "maria@example.com"}};
    struct arena *arena = arena_new(1 << 20);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct entity *e = of_type(rows[i].type);
        struct entity_found f;
        assert_int_equal(entity_find(e, text, &sunday, arena, &f, 1), 1);
        assert_int_equal(f.size, strlen(rows[i].part));
        assert_memory_equal(text + f.at, rows[i].part, f.size);
        entity_free(e);
    }
    arena_free(arena);
}

static void without_memory_nothing_is_found(void **state)
{
    (void)state;
    struct arena *arena = arena_new(64);
    struct entity_found f;
    const char *why;
    for (int t = 0; t < ENTITY_TYPES; t++) {
        struct entity *e = of_type(t);
        assert_int_equal(entity_read(e, "domani alle 15 12 € maria@example.com", &sunday, arena, &f, &why),
                         ENTITY_NONE);
        assert_int_equal(entity_find(e, "domani", &sunday, arena, &f, 1), 0);
        entity_free(e);
    }
    arena_free(arena);
}

/* The longest texts of what each type likes best end soon: a second is a hundred times what they take. */
static void hostile_texts_end_soon(void **state)
{
    (void)state;
    static const char *const bits[] = {"1 ",    "1.", "24/12 ",     "uno",    "mille ", "a@",  "a.",  "+39 ",
                                       "alle ", "e ", "ventiventi", "rosos ", "AB-",    "no ", "\xc2"};
    struct arena *arena = arena_new(1 << 24);
    char text[ENTITY_TEXT_BYTES * 2 + 1];
    for (size_t b = 0; b < sizeof bits / sizeof *bits; b++) {
        size_t size = strlen(bits[b]);
        for (size_t at = 0; at < sizeof text - 1; at++)
            text[at] = bits[b][at % size];
        text[sizeof text - 1] = '\0';
        for (int t = 0; t < ENTITY_TYPES; t++) {
            struct entity *e = of_type(t);
            struct entity_found f[8];
            const char *why;
            clock_t begun = clock();
            arena_reset(arena);
            entity_read(e, text, &sunday, arena, &f[0], &why);
            entity_find(e, text, &sunday, arena, f, 8);
            if (clock() - begun > CLOCKS_PER_SEC)
                fail_msg("%s on \"%s…\" took more than a second", entity_type_name((enum entity_type)t), bits[b]);
            entity_free(e);
        }
    }
    arena_free(arena);
}

static void all_types_together_cost_microseconds(void **state)
{
    (void)state;
    enum { ROUNDS = 2000 };
    static const char *const texts[] = {"vorrei prenotare per domani alle 15, sono Maria",
                                        "ordine AB-1234 del 24/12, 12,50 €", "sì grazie",
                                        "il mio numero è 333 1234567 e la mail maria@example.com"};
    struct arena *arena = arena_new(1 << 20);
    struct entity *all[ENTITY_TYPES];
    for (int t = 0; t < ENTITY_TYPES; t++)
        all[t] = of_type(t);
    clock_t begun = clock();
    size_t found = 0;
    for (int k = 0; k < ROUNDS; k++) {
        struct entity_found f[8];
        arena_reset(arena);
        for (int t = 0; t < ENTITY_TYPES; t++)
            found += entity_find(all[t], texts[k % 4], &sunday, arena, f, 8);
    }
    double us = (double)(clock() - begun) * 1e6 / CLOCKS_PER_SEC / ROUNDS;
    print_message("all types on a message: %.1f us\n", us);
    assert_true(found > 0);
    for (int t = 0; t < ENTITY_TYPES; t++)
        entity_free(all[t]);
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(texts_are_the_whole_answer),
        cmocka_unit_test(yes_and_no_are_read),
        cmocka_unit_test(types_have_names),
        cmocka_unit_test(places_are_those_of_the_text),
        cmocka_unit_test(without_memory_nothing_is_found),
        cmocka_unit_test(hostile_texts_end_soon),
        cmocka_unit_test(all_types_together_cost_microseconds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
