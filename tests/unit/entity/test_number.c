/* Numbers and amounts, in digits and in words. */
#include "unit/entity/table.h"

static const struct entity_spec number = {.type = ENTITY_NUMBER}, money = {.type = ENTITY_MONEY};

static void italian_numbers_are_read(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {"12", "12"},
        {"1.234,5", "1234.5"},
        {"1.234", "1234"},
        {"12.5", "12.5"},
        {"0.125", "0.125"},
        {"1,5", "1.5"},
        {"1.234.567,89", "1234567.89"},
        {"1.23.4", NULL},
        {"10 000", "10000"},
        {"1 234 567", "1234567"},
        {"007", "7"},
        {"-3", "-3"},
        {"meno tre", "-3"},
        {"zero", "0"},
        {"tre", "3"},
        {"Ventuno", "21"},
        {"ventotto", "28"},
        {"trentatré", "33"},
        {"cento", "100"},
        {"centouno", "101"},
        {"duecentocinquanta viti", "250"},
        {"duemilacinquecento", "2500"},
        {"mille e duecento", "1200"},
        {"un milione", "1000000"},
        {"2mila", "2000"},
        {"1,5 milioni", "1500000"},
        {"una dozzina", "12"},
        {"due dozzine", "24"},
        {"mezza dozzina", "6"},
        {"un paio", "2"},
        {"mezzo", "0.5"},
        {"due e mezzo", "2.5"},
        {"vorrei tre confezioni", "3"},
        {"un", "1"},
        {"ne vorrei uno", "1"},
        {"sei", "6"},
        {"sono 5, grazie", "5"},
        {"non lo so", NULL},
        {"un trapano", NULL},
        {"24/12", NULL},
        {"AB-1234", NULL},
        {"ab12", NULL},
        {"15:30", NULL},
        {"", NULL},
        {"99999999999999999999", NULL},
        {"99999999999999", "!high"},
        {"m²", NULL},
        {"½", NULL},
    };
    check_rows(&number, "it", &sunday, ROWS(rows));
}

static void english_numbers_are_read(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {"1,234.5", "1234.5"},
        {"1,234", "1234"},
        {"12,5", "12.5"},
        {"twenty-one", "21"},
        {"twenty one", "21"},
        {"one hundred and five", "105"},
        {"a hundred", "100"},
        {"two thousand", "2000"},
        {"two thousand and five", "2005"},
        {"three hundred thousand", "300000"},
        {"a dozen", "12"},
        {"2 dozen", "24"},
        {"half a dozen", "6"},
        {"a couple", "2"},
        {"two and a half", "2.5"},
        {"3k", "3000"},
        {"minus ten", "-10"},
        {"just one please", "1"},
        {"I need a ladder", NULL},
        {"none", NULL},
        {"fifteen people", "15"},
    };
    check_rows(&number, "en", &sunday, ROWS(rows));
}

static void numbers_nobody_asked_for_need_evidence(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {"vorrei 3 scatole da 50 viti", "3|50"},
        {"sei sicuro che un trapano basta?", ""},
        {"ordine AB-1234 del 24/12", ""},
        {"due martelli e ventuno chiodi", "2|21"},
        {"alle 15:30", ""},
        {"", ""},
    };
    check_found(&number, "it", ROWS(rows));
}

static void bounds_are_told(void **state)
{
    (void)state;
    static const struct row rows[] = {{"0", "!low"},   {"1", "1"},           {"10", "10"},
                                      {"11", "!high"}, {"2,5", "!decimals"}, {"15 o 3", "3"}};
    struct entity_spec spec = {
        .type = ENTITY_NUMBER, .has_low = true, .low = 1, .has_high = true, .high = 10, .whole = true};
    check_rows(&spec, "it", &sunday, ROWS(rows));
}

static void amounts_are_read(void **state)
{
    (void)state;
    static const struct row it[] = {
        {"€ 12,50", "12.50 EUR"},       {"12,50€", "12.50 EUR"},
        {"12 euro e 50", "12.50 EUR"},  {"12 euro e 50 centesimi", "12.50 EUR"},
        {"12.50 EUR", "12.50 EUR"},     {"$5", "5.00 USD"},
        {"12€50", "12.50 EUR"},         {"50 centesimi", "0.50 EUR"},
        {"dodici euro", "12.00 EUR"},   {"1.234,50 €", "1234.50 EUR"},
        {"12,50", "12.50 EUR"},         {"12 euro e 3 viti", "12.00 EUR"},
        {"12 € 50 pezzi", "12.00 EUR"}, {"due euro e mezzo", "2.50 EUR"},
        {"20 sterline", "20.00 GBP"},   {"ho speso 30 euro", "30.00 EUR"},
        {"CHF 40", "40.00 CHF"},        {"gratis", NULL},
        {"30 e 50", "30.50 EUR"},       {"10mila euro", "10000.00 EUR"},
        {"0,005 €", "0.01 EUR"},        {"99999999999999 €", "!high"},
    };
    static const struct row en[] = {
        {"$5", "5.00 USD"},
        {"£12.50", "12.50 GBP"},
        {"12 euros and 50 cents", "12.50 EUR"},
        {"twenty bucks", "20.00 USD"},
        {"1,234.50", "1234.50 EUR"},
        {"5 euro and 3 screws", "5.00 EUR"},
        {"it was about 30 pounds", "30.00 GBP"},
    };
    check_rows(&money, "it", &sunday, ROWS(it));
    check_rows(&money, "en", &sunday, ROWS(en));
    static const struct row found[] = {
        {"ho pagato 12,50 € il 24/12 per 3 viti", "12.50 EUR"}, {"12,50", ""}, {"5€ o 7€", "5.00 EUR|7.00 EUR"}};
    check_found(&money, "it", ROWS(found));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(italian_numbers_are_read),
        cmocka_unit_test(english_numbers_are_read),
        cmocka_unit_test(numbers_nobody_asked_for_need_evidence),
        cmocka_unit_test(bounds_are_told),
        cmocka_unit_test(amounts_are_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
