/* Whom the company's site has signed in, and whom it has not. */
#include "conversation/identity.h"

#include <setjmp.h>
#include <sodium.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static const char secret[] = "a secret that is long enough";
static const int64_t now = 1800000000;

/* A token as a site makes it. */
static void make(const char *key, const char *id, size_t id_size, const char *expires, char *ret, size_t room)
{
    char encoded[300], mac_text[64];
    unsigned char mac[crypto_auth_hmacsha256_BYTES];
    crypto_auth_hmacsha256_state state;
    sodium_bin2base64(encoded, sizeof encoded, (const unsigned char *)id, id_size,
                      sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    int size = snprintf(ret, room, "v1.%s.%s", encoded, expires);
    crypto_auth_hmacsha256_init(&state, (const unsigned char *)key, strlen(key));
    crypto_auth_hmacsha256_update(&state, (const unsigned char *)ret, (size_t)size);
    crypto_auth_hmacsha256_final(&state, mac);
    sodium_bin2base64(mac_text, sizeof mac_text, mac, sizeof mac, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    snprintf(ret + size, room - (size_t)size, ".%s", mac_text);
}

static void a_signed_token_is_believed(void **state)
{
    char token[600], id[IDENTITY_ID_BYTES];
    int64_t expires = 0;
    make(secret, "maria.rossi@example.com", 23, "1800003600", token, sizeof token);
    assert_true(identity_verify(secret, token, now, id, &expires));
    assert_string_equal(id, "maria.rossi@example.com");
    assert_int_equal(expires, 1800003600);
    (void)state;
}

static void others_are_not(void **state)
{
    static const struct {
        const char *key, *id;
        size_t size;
        const char *expires;
    } rows[] = {
        {"another secret, as long as it", "maria", 5, "1800003600"},
        {secret, "maria", 5, "1800000000"}, /* expired */
        {secret, "maria", 5, "1900000000"}, /* lives for years */
        {secret, "maria", 5, "18000036OO"}, /* no number */
        {secret, "maria", 5, ""},
        {secret, "", 0, "1800003600"},        /* nobody */
        {secret, "ma\nria", 6, "1800003600"}, /* a control character */
        {secret, "ma\0ria", 6, "1800003600"},
        {secret, "\xff\xfe", 2, "1800003600"},
    };
    char token[900], id[IDENTITY_ID_BYTES], longest[200];
    int64_t expires;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        make(rows[i].key, rows[i].id, rows[i].size, rows[i].expires, token, sizeof token);
        if (identity_verify(secret, token, now, id, &expires))
            fail_msg("row %zu is believed", i);
    }
    memset(longest, 'x', sizeof longest);
    make(secret, longest, sizeof longest, "1800003600", token, sizeof token);
    assert_false(identity_verify(secret, token, now, id, &expires));
    make("short", "maria", 5, "1800003600", token, sizeof token);
    assert_false(identity_verify("short", token, now, id, &expires));
    (void)state;
}

static void a_changed_token_is_not(void **state)
{
    char token[600], id[IDENTITY_ID_BYTES];
    int64_t expires;
    make(secret, "maria", 5, "1800003600", token, sizeof token);
    size_t size = strlen(token);
    for (size_t i = 0; i < size; i++) {
        char kept = token[i];
        token[i] = kept == 'A' ? 'B' : 'A';
        if (identity_verify(secret, token, now, id, &expires) && i + 1 < size)
            fail_msg("a token with byte %zu changed is believed", i);
        token[i] = '\0';
        assert_false(identity_verify(secret, token, now, id, &expires));
        token[i] = kept;
    }
    assert_false(identity_verify(secret, "", now, id, &expires));
    assert_false(identity_verify(secret, "v1...", now, id, &expires));
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_signed_token_is_believed),
        cmocka_unit_test(others_are_not),
        cmocka_unit_test(a_changed_token_is_not),
    };
    return sodium_init() < 0 ? 1 : cmocka_run_group_tests(tests, NULL, NULL);
}
