/* Hours and moments. */
#include "unit/entity/table.h"

static const struct entity_spec hour = {.type = ENTITY_TIME}, moment = {.type = ENTITY_MOMENT};

static void italian_hours_are_read(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {"15", "15:00"},
        {"alle 15", "15:00"},
        {"15:30", "15:30"},
        {"15.30", "15:30"},
        {"alle 15,30", "15:30"},
        {"ore 9,45", "09:45"},
        {"h 15", "15:00"},
        {"h15:30", "15:30"},
        {"15h30", "15:30"},
        {"le tre e mezza", "15:30"},
        {"alle 3 del pomeriggio", "15:00"},
        {"alle 3", "15:00"},
        {"alle 03:00", "03:00"},
        {"alle 3 di notte", "03:00"},
        {"alle 8", "08:00"},
        {"alle 8 di sera", "20:00"},
        {"alle 8 del mattino", "08:00"},
        {"stasera alle 8", "20:00"},
        {"alle undici di notte", "23:00"},
        {"mezzogiorno", "12:00"},
        {"mezzogiorno e mezzo", "12:30"},
        {"a mezzanotte", "00:00"},
        {"alle 12", "12:00"},
        {"alle 24", "00:00"},
        {"all'una", "13:00"},
        {"le cinque meno un quarto", "16:45"},
        {"le cinque meno dieci", "16:50"},
        {"alle sette e un quarto", "07:15"},
        {"le dieci e tre quarti", "10:45"},
        {"le undici e venti", "11:20"},
        {"alle dieci e trenta", "10:30"},
        {"9 e 30", "09:30"},
        {"verso le 10", "10:00"},
        {"tra due ore", "15:00"},
        {"fra mezz'ora", "13:30"},
        {"fra 20 minuti", "13:20"},
        {"di mattina", "09:00"},
        {"nel pomeriggio", "15:00"},
        {"25:70", "!impossible"},
        {"alle 25", "!impossible"},
        {"24/12", NULL},
        {"il 15", NULL},
        {"15 euro", NULL},
        {"quando volete", NULL},
        {"vorrei 3 viti alle 16", "16:00"},
        {"", NULL},
    };
    check_rows(&hour, "it", &sunday, ROWS(rows));
}

static void english_hours_are_read(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {"3pm", "15:00"},
        {"3 PM", "15:00"},
        {"3:30 p.m.", "15:30"},
        {"3.30pm", "15:30"},
        {"half past three", "15:30"},
        {"noon", "12:00"},
        {"midnight", "00:00"},
        {"12 am", "00:00"},
        {"12pm", "12:00"},
        {"quarter to five", "16:45"},
        {"a quarter past nine", "09:15"},
        {"ten past four", "16:10"},
        {"ten to twelve", "11:50"},
        {"three thirty", "15:30"},
        {"5 o'clock", "17:00"},
        {"at 3", "15:00"},
        {"at 9", "09:00"},
        {"at nine in the evening", "21:00"},
        {"8 in the morning", "08:00"},
        {"tonight at 8", "20:00"},
        {"around 10.30", "10:30"},
        {"15:30", "15:30"},
        {"in two hours", "15:00"},
        {"in half an hour", "13:30"},
        {"in the morning", "09:00"},
        {"26:00", "!impossible"},
        {"any time", NULL},
        {"24/12", NULL},
    };
    check_rows(&hour, "en", &sunday, ROWS(rows));
}

static void opening_hours_settle_what_is_open(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {"alle 8", "!low"}, {"alle 7", "19:00"}, {"alle 9", "09:00"}, {"alle 3", "15:00"}, {"alle 20", "!high"}};
    struct entity_spec spec = {.type = ENTITY_TIME, .has_low = true, .low = 9 * 60, .has_high = true, .high = 19 * 60};
    check_rows(&spec, "it", &sunday, ROWS(rows));
}

static void moments_are_read(void **state)
{
    (void)state;
    static const struct row it[] = {
        {"domani alle 15", "2026-11-23T15:00"},
        {"24/12 ore 10", "2026-12-24T10:00"},
        {"stasera alle 8", "2026-11-22T20:00"},
        {"domani pomeriggio alle 3", "2026-11-23T15:00"},
        {"domani mattina", "2026-11-23T09:00"},
        {"alle 15 di domani", "2026-11-23T15:00"},
        {"lunedì prossimo alle 9 e mezza", "2026-11-23T09:30"},
        {"giovedì 24 dicembre, ore 15.30", "2026-12-24T15:30"},
        {"2026-12-24T15:00", "2026-12-24T15:00"},
        {"tra due ore", "2026-11-22T15:00"},
        {"tra 12 ore", "2026-11-23T01:00"},
        {"il 24 alle 15", "2026-11-24T15:00"},
        {"domani 15.30", "2026-11-23T15:30"},
        {"domani alle 25", "!impossible"},
        {"oggi alle 9", "2026-11-22T09:00"},
        {"domani", NULL},
        {"alle 15", NULL},
        {"boh", NULL},
    };
    static const struct row en[] = {
        {"tomorrow at 3pm", "2026-11-23T15:00"},
        {"3pm tomorrow", "2026-11-23T15:00"},
        {"next Monday at half past nine", "2026-11-23T09:30"},
        {"24/12 at 10", "2026-12-24T10:00"},
        {"tomorrow afternoon", "2026-11-23T15:00"},
        {"December 24th at noon", "2026-12-24T12:00"},
        {"at ten on Friday", "2026-11-27T10:00"},
        {"tonight at 8", "2026-11-22T20:00"},
    };
    static const struct row ahead[] = {
        {"oggi alle 9", "!past"}, {"oggi alle 14", "2026-11-22T14:00"}, {"ieri alle 9", "!past"}};
    const struct entity_spec coming = {.type = ENTITY_MOMENT, .future = true};
    check_rows(&moment, "it", &sunday, ROWS(it));
    check_rows(&moment, "en", &sunday, ROWS(en));
    check_rows(&coming, "it", &sunday, ROWS(ahead));
    static const struct row found[] = {{"prenoto per domani alle 15 due persone", "2026-11-23T15:00"},
                                       {"domani compro 15 viti", ""}};
    check_found(&moment, "it", ROWS(found));
    static const struct row hours[] = {
        {"dalle 9 alle 17:30", "09:00|17:30"}, {"le 2 magliette", ""}, {"costa 15.30", ""}};
    check_found(&hour, "it", ROWS(hours));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(italian_hours_are_read),
        cmocka_unit_test(english_hours_are_read),
        cmocka_unit_test(opening_hours_settle_what_is_open),
        cmocka_unit_test(moments_are_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
