/* Choices with synonyms, stems and slips. */
#include "unit/entity/table.h"

static const char *const red[] = {"scarlatto", "rossa"}, *const dark[] = {"blu notte", "color mare"},
                         *const shirt[] = {"t-shirt"};
static const struct entity_choice colours[] = {{"rosso", red, 2},   {"blu", NULL, 0},        {"blu scuro", dark, 2},
                                               {"verde", NULL, 0},  {"maglietta", shirt, 1}, {"taglia_42", NULL, 0},
                                               {"grigio", NULL, 0}, {"grigia2", NULL, 0}};
static const struct entity_spec colour = {.type = ENTITY_CHOICE, .choices = colours, .choice_count = 8};

static void choices_are_read(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {"rosso", "rosso"},
        {"ROSSO!", "rosso"},
        {"quello rosso", "rosso"},
        {"rossi", "rosso"},
        {"scarlato", "rosso"},
        {"rosos", "rosso"},
        {"blu", "blu"},
        {"blu scuro", "blu scuro"},
        {"Blu-notte", "blu scuro"},
        {"blu, direi", "blu"},
        {"verdi", "verde"},
        {"t shirt", "maglietta"},
        {"T-Shirt", "maglietta"},
        {"taglia 42", "taglia_42"},
        {"blo", NULL},
        {"giallo", NULL},
        {"", NULL},
        {"rosso o verde", "!several"},
        {"rosso rosso", "rosso"},
        {"rosso scarlatto", "rosso"},
        {"42", NULL},
    };
    check_rows(&colour, "it", &sunday, ROWS(rows));
}

static void slips_are_not_looked_for_unasked(void **state)
{
    (void)state;
    static const struct row rows[] = {{"una maglietta verde, taglia 42", "maglietta|verde|taglia_42"},
                                      {"una magletta scarlata", ""}};
    check_found(&colour, "it", ROWS(rows));
}

static void impossible_lists_are_refused(void **state)
{
    (void)state;
    static const struct entity_choice signs[] = {{"rosso", NULL, 0}, {"!!", NULL, 0}};
    static const struct {
        struct entity_spec spec;
        const char *why;
    } rows[] = {
        {{.type = ENTITY_CHOICE}, "no choices"},
        {{.type = ENTITY_CHOICE, .choices = signs, .choice_count = 2}, "\"!!\" has no words"},
        {{.type = ENTITY_CHOICE, .choices = signs, .choice_count = 201}, "200"},
        {{.type = ENTITY_TYPES}, "no such type"},
        {{.type = ENTITY_NUMBER, .has_low = true, .low = 2, .has_high = true, .high = 1}, "lower bound"},
        {{.type = ENTITY_DATE, .future = true, .past = true}, "both"},
        {{.type = ENTITY_MONEY, .currency = "euro"}, "EUR"},
        {{.type = ENTITY_PHONE, .country = "+39"}, "39"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char why[ENTITY_WHY_BYTES];
        assert_null(entity_new(&rows[i].spec, "it", why));
        if (strstr(why, rows[i].why) == NULL)
            fail_msg("row %zu: %s", i, why);
    }
    entity_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(choices_are_read),
        cmocka_unit_test(slips_are_not_looked_for_unasked),
        cmocka_unit_test(impossible_lists_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
