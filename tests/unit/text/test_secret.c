/* Card numbers, IBANs and fiscal codes are told from other numbers by their checksums. The numbers are the ones that
 * payment networks and registries print as examples. */
#include "text/secret.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
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

static uint32_t chance(uint32_t below)
{
    static uint64_t state = 11;
    state = state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(state >> 33) % below;
}

/* Puts a separator between signs here and there, and makes some of them small. */
static void spread(const char *signs, char *ret)
{
    static const char *const gaps[] = {"", "", "", " ", "-", ".", "\xc2\xa0", "\xe2\x80\x91"};
    size_t size = 0;
    for (const char *c = signs; *c != '\0'; c++) {
        ret[size++] = *c >= 'A' && *c <= 'Z' && chance(2) == 0 ? (char)(*c - 'A' + 'a') : *c;
        const char *gap = c[1] != '\0' ? gaps[chance(8)] : "";
        memcpy(ret + size, gap, strlen(gap));
        size += strlen(gap);
    }
    ret[size] = '\0';
}

/* How many of the last signs that may be make a secret of this kind. */
static int made(char *signs, char *last, char first, int count, enum secret_kind kind)
{
    int found = 0;
    for (int i = 0; i < count; i++) {
        char text[128];
        size_t size = 0;
        *last = (char)(first + i);
        spread(signs, text);
        /* A few signs before a gap may have the right sum by themselves. */
        found += secret_at(text, 0, &size) == kind && size == strlen(text);
    }
    return found;
}

/* However it is written: of the signs that can end a number just those of the right sum are taken, so no first look at
 * a few signs may turn one away. */
static void every_number_of_the_right_sum_is_found(void **state)
{
    (void)state;
    static const char months[] = "ABCDEHLMPRST", doubles[] = "0123456789LMNPQRSTUV";
    for (int i = 0; i < 2000; i++) {
        char fiscal[17] = "", iban[23] = "";
        for (int k = 0; k < 15; k++) {
            bool digit = k == 6 || k == 7 || k == 9 || k == 10 || k >= 12;
            fiscal[k] = k == 8 ? months[chance(12)] : digit ? doubles[chance(20)] : (char)('A' + chance(26));
        }
        assert_int_equal(made(fiscal, &fiscal[15], 'A', 26, SECRET_FISCAL_CODE), 1);
        for (int k = 0; k < 22; k++)
            iban[k] = k < 2 ? (char)('A' + chance(26)) : (char)('0' + chance(10));
        int found = 0;
        for (char tens = '0'; tens <= '9'; tens++) {
            iban[2] = tens;
            found += made(iban, &iban[3], '0', 10, SECRET_IBAN);
        }
        assert_in_range(found, 1, 2); /* 100 numbers, of which each 97th */
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(secrets_are_told),
                                       cmocka_unit_test(every_number_of_the_right_sum_is_found)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
