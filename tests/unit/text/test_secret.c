/* Card numbers, IBANs and fiscal codes are told from other numbers by their checksums. The numbers are the ones that
 * payment networks and registries print as examples. */
#include "text/secret.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void secrets_are_told(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        enum secret_kind kind;
        size_t size;
    } rows[] = {
        {"4111111111111111", SECRET_CARD, 16},
        {"4111 1111 1111 1111 12/27", SECRET_CARD, 19},
        {"5500-0000-0000-0004", SECRET_CARD, 19},
        {"378282246310005", SECRET_CARD, 15},
        {"4222222222222", SECRET_CARD, 13},
        {"4111111111111112", SECRET_NONE, 0},
        {"0000000000000000", SECRET_NONE, 0},
        {"41111111111111111111", SECRET_NONE, 0},
        {"4111111111111111a", SECRET_NONE, 0},
        {"411111111111", SECRET_NONE, 0},
        {"+393331234567", SECRET_NONE, 0},
        {"IT60X0542811101000000123456", SECRET_IBAN, 27},
        {"it60 x054 2811 1010 0000 0123 456 grazie", SECRET_IBAN, 33},
        {"DE89370400440532013000", SECRET_IBAN, 22},
        {"GB29 NWBK 6016 1331 9268 19", SECRET_IBAN, 27},
        {"NO9386011117947", SECRET_IBAN, 15},
        {"MT84MALT011000012345MTLCAST001S", SECRET_IBAN, 31},
        {"IT60X0542811101000000123457", SECRET_NONE, 0},
        {"RSSMRA85T10A562S", SECRET_FISCAL_CODE, 16},
        {"rssmra85t10a562s", SECRET_FISCAL_CODE, 16},
        {"RSS MRA 85T10 A562S", SECRET_FISCAL_CODE, 19},
        {"RSSMRA85T10A562T", SECRET_NONE, 0},
        {"RSSMRA85T10A56NH", SECRET_FISCAL_CODE, 16},
        {"RSSMRA85T10A562SX", SECRET_NONE, 0},
        {"", SECRET_NONE, 0},
        {"AB-1234", SECRET_NONE, 0},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        size_t size = 0;
        enum secret_kind kind = secret_at(rows[i].text, 0, &size);
        if (kind != rows[i].kind || (kind != SECRET_NONE && size != rows[i].size))
            fail_msg("%s: kind %d, size %zu", rows[i].text, (int)kind, size);
    }
    size_t size;
    assert_int_equal(secret_at("x4111111111111111", 1, &size), SECRET_NONE);
    assert_int_equal(secret_at(" 4111111111111111", 1, &size), SECRET_CARD);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(secrets_are_told)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
