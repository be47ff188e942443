/* Telephone numbers, Italian and of elsewhere. The card is a test number, the IBAN one of a bank's own example. */
#include "unit/entity/table.h"

static const struct entity_spec italian = {.type = ENTITY_PHONE}, british = {.type = ENTITY_PHONE, .country = "44"};

static void numbers_are_read(void **state)
{
    (void)state;
    static const struct row it[] = {
        {"333 1234567", "+393331234567"},
        {"333.123.45.67", "+393331234567"},
        {"333-1234567", "+393331234567"},
        {"+39 333 123 4567", "+393331234567"},
        {"0039 06 1234 5678", "+390612345678"},
        {"06/12345678", "+390612345678"},
        {"02.1234.567", "+39021234567"},
        {"(02) 1234567", "+39021234567"},
        {"393331234567", "+393331234567"},
        {"800 123456", "+39800123456"},
        {"+44 (0)20 7946 0018", "+442079460018"},
        {"+1 (555) 010-9999", "+15550109999"},
        {"il mio numero è 3331234567, grazie", "+393331234567"},
        {"chiamami al 333 1234567 alle 15", "+393331234567"},
        {"1234", "!impossible"},
        {"555 1234567", "!impossible"},
        {"+39 12", "!impossible"},
        {"24/12/2026", "!impossible"},
        {"4111 1111 1111 1111", "!secret"},
        {"4111111111111111", "!secret"},
        {"la carta •••• 1111", "!secret"},
        {"IT60X0542811101000000123456", "!secret"},
        {"IT60 X054 2811 1010 0000 0123 456", "!secret"},
        {"AB-333", NULL},
        {"non ho il telefono", NULL},
        {"", NULL},
    };
    static const struct row en[] = {
        {"020 7946 0018", "+442079460018"},
        {"+39 06 12345678", "+390612345678"},
        {"7700 900123", "+447700900123"},
    };
    check_rows(&italian, "it", &sunday, ROWS(it));
    check_rows(&british, "en", &sunday, ROWS(en));
}

static void numbers_nobody_asked_for_need_evidence(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {"chiamate il 333 1234567 o lo 06 1234567", "+393331234567|+39061234567"},
        {"ordine 123456 del 03/12/2026", ""},
        {"ordine AB-3331234567", ""},
        {"viti 4x40, 800 pezzi", ""},
        {"carta 4111 1111 1111 1111", ""},
    };
    check_found(&italian, "it", ROWS(rows));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_are_read),
        cmocka_unit_test(numbers_nobody_asked_for_need_evidence),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
