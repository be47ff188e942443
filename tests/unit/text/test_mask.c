/* Mask: what points at a person is hidden, what makes the question stays. */
#include "text/mask.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void numbers_and_addresses_are_hidden(void **state)
{
    (void)state;
    static const struct {
        const char *text, *masked;
    } cases[] = {
        {"quanto costa la spedizione?", "quanto costa la spedizione?"},
        {"scrivetemi a maria.rossi@example.com.", "scrivetemi a …@…."},
        {"maria@example.com", "…@…"},
        {"maria@example", "maria@example"},
        {"@example.com", "@example.com"},
        {"a @ b.c", "a @ b.c"},
        {"il mio numero è 333 1234567", "il mio numero è ### #######"},
        {"+39 02-123.456", "+## ##-###.###"},
        {"carta 4111 1111 1111 1111 scaduta", "carta #### #### #### #### scaduta"},
        {"IT60X0542811101000000123456", "IT60X######################"},
        {"ordine AB-1234", "ordine AB-1234"},
        {"viti 4x40 a 12,50 € dal 2026-11-22?", "viti 4x40 a 12,50 € dal ####-##-##?"},
        {"dal 9 al 12 maggio", "dal 9 al 12 maggio"},
        {"123456", "123456"},
        {"1234567", "#######"},
        {"", ""},
        {"è", "è"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct buf out;
        buf_init(&out, 1000);
        assert_int_equal(mask_text(cases[i].text, &out), 0);
        assert_string_equal(out.data, cases[i].masked);
        buf_free(&out);
    }
}

static void long_texts_end_soon_and_at_the_ceiling(void **state)
{
    (void)state;
    static const char signs[] = "a1.@-% ";
    char *text = calloc(1, 100001);
    struct buf out;
    for (size_t s = 0; s < sizeof signs - 1; s++) {
        memset(text, signs[s], 4096);
        text[4096] = '\0';
        buf_init(&out, 8192);
        assert_int_equal(mask_text(text, &out), 0);
        buf_free(&out);
    }
    buf_init(&out, 10);
    assert_int_equal(mask_text("una domanda più lunga", &out), -1);
    buf_free(&out);
    free(text);
}

static void secrets_are_hidden_and_numbers_stay(void **state)
{
    (void)state;
    static const struct {
        const char *text, *masked;
    } cases[] = {
        {"la carta è 4111 1111 1111 1111, scade a maggio", "la carta è •••• 1111, scade a maggio"},
        {"IBAN IT60X0542811101000000123456 e CF RSSMRA85T10A562S.", "IBAN •••• 3456 e CF •••• 562S."},
        {"ordine AB-1234, telefono +39 333 1234567", "ordine AB-1234, telefono +39 333 1234567"},
        {"maria@example.com", "maria@example.com"},
        {"4111111111111112", "4111111111111112"},
        {"4111111111111111", "•••• 1111"},
        {"4111111111111111 5500000000000004", "•••• 1111 •••• 0004"},
        {"", ""},
        {"è", "è"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct buf out;
        buf_init(&out, 1000);
        assert_int_equal(mask_secrets(cases[i].text, NULL, 0, &out), 0);
        assert_int_equal(mask_finds(cases[i].text), strcmp(cases[i].text, cases[i].masked) != 0);
        assert_string_equal(out.data, cases[i].masked);
        buf_free(&out);
    }
}

static void what_a_form_asked_for_is_spared(void **state)
{
    (void)state;
    static const char text[] = "CF RSSMRA85T10A562S carta 4111111111111111";
    static const struct mask_span spans[] = {{3, 16}}, part[] = {{3, 15}, {0, (size_t)-1}};
    struct buf out;
    buf_init(&out, 1000);
    assert_int_equal(mask_secrets(text, spans, 1, &out), 0);
    assert_string_equal(out.data, "CF RSSMRA85T10A562S carta •••• 1111");
    buf_clear(&out);
    assert_int_equal(mask_secrets(text, part, 1, &out), 0);
    assert_string_equal(out.data, "CF •••• 562S carta •••• 1111");
    buf_clear(&out);
    assert_int_equal(mask_secrets(text, part, 2, &out), 0);
    assert_string_equal(out.data, text);
    buf_free(&out);
    buf_init(&out, 10);
    assert_int_equal(mask_secrets(text, NULL, 0, &out), -1);
    buf_free(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_and_addresses_are_hidden),
        cmocka_unit_test(secrets_are_hidden_and_numbers_stay),
        cmocka_unit_test(what_a_form_asked_for_is_spared),
        cmocka_unit_test(long_texts_end_soon_and_at_the_ceiling),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
