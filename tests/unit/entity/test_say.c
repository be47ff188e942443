/* Values as visitors hear them. */
#include "unit/entity/table.h"

static void values_are_said_in_the_language(void **state)
{
    (void)state;
    static const struct {
        enum entity_type type;
        const char *value, *it, *en;
    } rows[] = {
        {ENTITY_DATE, "2026-12-24", "giovedì 24 dicembre 2026", "Thursday 24 December 2026"},
        {ENTITY_DATE, "2028-02-29", "martedì 29 febbraio 2028", "Tuesday 29 February 2028"},
        {ENTITY_DATE, "2027-02-29", "2027-02-29", "2027-02-29"},
        {ENTITY_DATE, "domani", "domani", "domani"},
        {ENTITY_TIME, "15:00", "15:00", "15:00"},
        {ENTITY_MOMENT, "2026-12-24T15:00", "giovedì 24 dicembre 2026 alle 15", "Thursday 24 December 2026 at 15:00"},
        {ENTITY_MOMENT, "2026-12-24T09:05", "giovedì 24 dicembre 2026 alle 9:05", "Thursday 24 December 2026 at 9:05"},
        {ENTITY_MOMENT, "2026-12-24T01:00", "giovedì 24 dicembre 2026 all'1", "Thursday 24 December 2026 at 1:00"},
        {ENTITY_NUMBER, "1234.5", "1234,5", "1234.5"},
        {ENTITY_NUMBER, "-1234567", "-1.234.567", "-1,234,567"},
        {ENTITY_NUMBER, "x", "x", "x"},
        {ENTITY_MONEY, "12.50 EUR", "12,50 €", "€12.50"},
        {ENTITY_MONEY, "1234.50 EUR", "1.234,50 €", "€1,234.50"},
        {ENTITY_MONEY, "5.00 USD", "5,00 $", "$5.00"},
        {ENTITY_MONEY, "5.00 CHF", "5,00 CHF", "5.00 CHF"},
        {ENTITY_MONEY, "5.00 SEK", "5,00 SEK", "5.00 SEK"},
        {ENTITY_MONEY, "gratis", "gratis", "gratis"},
        {ENTITY_PHONE, "+393331234567", "+39 333 1234567", "+39 333 1234567"},
        {ENTITY_PHONE, "+390612345678", "+39 0612345678", "+39 0612345678"},
        {ENTITY_PHONE, "+442079460018", "+442079460018", "+442079460018"},
        {ENTITY_YES_NO, "yes", "sì", "yes"},
        {ENTITY_YES_NO, "no", "no", "no"},
        {ENTITY_REGEX, "AB-1234", "AB-1234", "AB-1234"},
        {ENTITY_TEXT, "ciao", "ciao", "ciao"},
    };
    struct arena *arena = arena_new(1 << 20);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        assert_string_equal(entity_say(rows[i].type, rows[i].value, "it", arena), rows[i].it);
        assert_string_equal(entity_say(rows[i].type, rows[i].value, "en", arena), rows[i].en);
    }
    assert_string_equal(entity_say(ENTITY_DATE, "2026-12-24", "fr", arena), "2026-12-24");
    assert_string_equal(entity_say(ENTITY_MONEY, "12.50 EUR", "fr", arena), "12.50 EUR");
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(values_are_said_in_the_language)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
