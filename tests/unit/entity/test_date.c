/* Days, with a now that is given. */
#include "unit/entity/table.h"

static const struct entity_spec date = {.type = ENTITY_DATE}, coming = {.type = ENTITY_DATE, .future = true},
                                gone = {.type = ENTITY_DATE, .past = true};

static void italian_days_are_read(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {"oggi", "2026-11-22"},
        {"Domani!", "2026-11-23"},
        {"dopodomani", "2026-11-24"},
        {"dopo domani", "2026-11-24"},
        {"ieri", "2026-11-21"},
        {"l'altro ieri", "2026-11-20"},
        {"l’altroieri", "2026-11-20"},
        {"stasera", "2026-11-22"},
        {"lunedì", "2026-11-23"},
        {"lunedi", "2026-11-23"},
        {"lunedì prossimo", "2026-11-23"},
        {"sabato", "2026-11-28"},
        {"domenica", "2026-11-29"},
        {"questa domenica", "2026-11-22"},
        {"lunedì scorso", "2026-11-16"},
        {"domenica scorsa", "2026-11-15"},
        {"venerdì della settimana prossima", "2026-11-27"},
        {"il 24", "2026-11-24"},
        {"il 22", "2026-11-22"},
        {"il 20", "2026-12-20"},
        {"24", "2026-11-24"},
        {"24/12", "2026-12-24"},
        {"24/12/2026", "2026-12-24"},
        {"24-12-2026", "2026-12-24"},
        {"24.12.26", "2026-12-24"},
        {"24.12", "2026-12-24"},
        {"24 / 12 / 2026", "2026-12-24"},
        {"24 / 12", NULL},
        {"lun prox", "2026-11-23"},
        {"12/24", "2026-12-24"},
        {"1/2/2027", "2027-02-01"},
        {"2026-12-24", "2026-12-24"},
        {"24 dicembre", "2026-12-24"},
        {"24 dic", "2026-12-24"},
        {"24 Dicembre 2027", "2027-12-24"},
        {"il 24 di dicembre del 2027", "2027-12-24"},
        {"giovedì 24 dicembre", "2026-12-24"},
        {"giovedì 24", "2026-12-24"},
        {"giovedì, 24/12", "2026-12-24"},
        {"il primo gennaio", "2027-01-01"},
        {"1° gennaio", "2027-01-01"},
        {"il ventiquattro dicembre", "2026-12-24"},
        {"dal 24 dicembre '26", "2026-12-24"},
        {"24 dicembre ’68", "1968-12-24"},
        {"fra tre giorni", "2026-11-25"},
        {"tra 10 gg", "2026-12-02"},
        {"tra una settimana", "2026-11-29"},
        {"fra un mese", "2026-12-22"},
        {"tra due anni", "2028-11-22"},
        {"tre giorni fa", "2026-11-19"},
        {"due settimane fa", "2026-11-08"},
        {"fine mese", "2026-11-30"},
        {"10/11", "2026-11-10"},
        {"3/1", "2027-01-03"},
        {"29 febbraio", "2028-02-29"},
        {"31/02/2027", "!impossible"},
        {"30 febbraio", "!impossible"},
        {"32/13/2026", "!impossible"},
        {"il 32", "!impossible"},
        {"24/12/1800", "!impossible"},
        {"tra 999 anni", "!impossible"},
        {"ho comprato il 3 marzo 2025 un trapano", "2025-03-03"},
        {"alle 15", NULL},
        {"15:30", NULL},
        {"15 euro", NULL},
        {"24 viti", NULL},
        {"1.2.3.4", NULL},
        {"boh", NULL},
        {"", NULL},
        {"02/2027", NULL},
        {"AB-12", NULL},
        {"domani pomeriggio", "2026-11-23"},
        {"va bene il 3 dicembre, grazie", "2026-12-03"},
    };
    check_rows(&date, "it", &sunday, ROWS(rows));
}

static void english_days_are_read(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {"today", "2026-11-22"},
        {"tomorrow", "2026-11-23"},
        {"tommorow", "2026-11-23"},
        {"the day after tomorrow", "2026-11-24"},
        {"yesterday", "2026-11-21"},
        {"next Monday", "2026-11-23"},
        {"on Friday", "2026-11-27"},
        {"last Friday", "2026-11-20"},
        {"Friday next week", "2026-11-27"},
        {"in 3 days", "2026-11-25"},
        {"in a week", "2026-11-29"},
        {"in a fortnight", "2026-12-06"},
        {"two weeks ago", "2026-11-08"},
        {"24th of December", "2026-12-24"},
        {"the 24th of December 2027", "2027-12-24"},
        {"Dec 24", "2026-12-24"},
        {"December 24th, 2026", "2026-12-24"},
        {"24 December", "2026-12-24"},
        {"the 24th", "2026-11-24"},
        {"the twenty-fourth", "2026-11-24"},
        {"Thursday 24", "2026-12-24"},
        {"12/24", "2026-12-24"},
        {"24/12", "2026-12-24"},
        {"5/6/2027", "2027-06-05"},
        {"the first of January", "2027-01-01"},
        {"31 Feb", "!impossible"},
        {"at 3", NULL},
        {"end of the month", "2026-11-30"},
        {"maybe", NULL},
        {"3pm", NULL},
    };
    check_rows(&date, "en", &sunday, ROWS(rows));
}

static void the_side_that_was_asked_for_decides(void **state)
{
    (void)state;
    static const struct row ahead[] = {{"10/11", "2027-11-10"}, {"22/11", "2026-11-22"}, {"oggi", "2026-11-22"},
                                       {"ieri", "!past"},       {"24/12/2025", "!past"}, {"lunedì", "2026-11-23"},
                                       {"il 20", "2026-12-20"}};
    static const struct row back[] = {
        {"10/12", "2025-12-10"},       {"24/12", "2025-12-24"}, {"lunedì", "2026-11-16"}, {"domenica", "2026-11-15"},
        {"il 20", "2026-11-20"},       {"il 24", "2026-10-24"}, {"domani", "!future"},    {"giovedì 12", "2026-11-12"},
        {"29 febbraio", "2024-02-29"}, {"sabato", "2026-11-21"}};
    check_rows(&coming, "it", &sunday, ROWS(ahead));
    check_rows(&gone, "it", &sunday, ROWS(back));
    static const struct row within[] = {
        {"oggi", "!low"}, {"domani", "2026-11-23"}, {"fra 31 giorni", "!high"}, {"fra 30 giorni", "2026-12-22"}};
    struct entity_spec spec = {
        .type = ENTITY_DATE, .future = true, .has_low = true, .low = 1, .has_high = true, .high = 30};
    check_rows(&spec, "it", &sunday, ROWS(within));
}

static void months_and_years_turn(void **state)
{
    (void)state;
    static const struct entity_now eve = {2026, 12, 31, 23, 59}, january = {2027, 1, 31, 8, 0},
                                   leap = {2028, 2, 28, 8, 0}, leap_day = {2028, 2, 29, 8, 0};
    static const struct row at_eve[] = {
        {"domani", "2027-01-01"},       {"il 2", "2027-01-02"},      {"2/1", "2027-01-02"},    {"31/12", "2026-12-31"},
        {"fra due mesi", "2027-02-28"}, {"fine mese", "2026-12-31"}, {"venerdì", "2027-01-01"}};
    static const struct row in_january[] = {{"fra un mese", "2027-02-28"},
                                            {"il 31", "2027-01-31"},
                                            {"il 30", "2027-03-30"},
                                            {"ieri", "2027-01-30"},
                                            {"un mese fa", "2026-12-31"}};
    static const struct row in_leap[] = {
        {"domani", "2028-02-29"}, {"dopodomani", "2028-03-01"}, {"il 29", "2028-02-29"}, {"fine mese", "2028-02-29"}};
    static const struct row on_leap_day[] = {
        {"tra un anno", "2029-02-28"}, {"29/2", "2028-02-29"}, {"domani", "2028-03-01"}};
    check_rows(&date, "it", &eve, ROWS(at_eve));
    check_rows(&date, "it", &january, ROWS(in_january));
    check_rows(&date, "it", &leap, ROWS(in_leap));
    check_rows(&date, "it", &leap_day, ROWS(on_leap_day));
}

static void days_nobody_asked_for_need_evidence(void **state)
{
    (void)state;
    static const struct row rows[] = {{"dal 24/12 al 2 gennaio", "2026-12-24|2027-01-02"},
                                      {"vorrei 24 viti", ""},
                                      {"il trapano da 12.24", ""},
                                      {"ordine AB-1234 di ieri", "2026-11-21"},
                                      {"il 30 febbraio", ""}};
    check_found(&date, "it", ROWS(rows));
    static const struct row other[] = {{"24/12/2026", "2026-12-24"}, {"24 décembre", NULL}};
    check_rows(&date, "fr", &sunday, ROWS(other));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(italian_days_are_read),
        cmocka_unit_test(english_days_are_read),
        cmocka_unit_test(the_side_that_was_asked_for_decides),
        cmocka_unit_test(months_and_years_turn),
        cmocka_unit_test(days_nobody_asked_for_need_evidence),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
