/* The vectors of RFC 6238 and RFC 4648, the window of one step, and recovery codes as people type them. */
#include "net/totp.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static const unsigned char secret[] = "12345678901234567890";

/* Appendix B has eight digits: the last six are ours. */
static void the_vectors_of_the_rfc(void **state)
{
    static const struct {
        int64_t seconds;
        int code;
    } vectors[] = {{59, 287082},       {1111111109, 81804},  {1111111111, 50471},
                   {1234567890, 5924}, {2000000000, 279037}, {20000000000, 353130}};
    (void)state;
    for (size_t i = 0; i < sizeof vectors / sizeof *vectors; i++) {
        char typed[16];
        int64_t step = 0;
        assert_int_equal(totp_code(secret, 20, vectors[i].seconds / 30), vectors[i].code);
        snprintf(typed, sizeof typed, "%06d", vectors[i].code);
        assert_int_equal(totp_match(secret, vectors[i].seconds, typed, &step), 0);
        assert_int_equal(step, vectors[i].seconds / 30);
    }
}

/* Appendix D of RFC 4226 counts the steps themselves. */
static void the_vectors_of_its_elder(void **state)
{
    static const int codes[] = {755224, 287082, 359152, 969429, 338314, 254676, 287922, 162583, 399871, 520489};
    (void)state;
    for (int i = 0; i < 10; i++)
        assert_int_equal(totp_code(secret, 20, i), codes[i]);
}

static int holds(int64_t seconds, const char *typed)
{
    int64_t step = -7;
    return totp_match(secret, seconds, typed, &step) == 0 ? (int)step : -1;
}

static void a_code_holds_for_its_step_and_one_on_either_side(void **state)
{
    (void)state;
    /* 338314 is the code of step 4: 120 s to 149 s. */
    assert_int_equal(holds(89, "338314"), -1);
    assert_int_equal(holds(90, "338314"), 4);
    assert_int_equal(holds(120, "338314"), 4);
    assert_int_equal(holds(179, "338314"), 4);
    assert_int_equal(holds(180, "338314"), -1);
}

static void what_is_typed_is_six_digits(void **state)
{
    static const char *const wrong[] = {"",        "33831",   "3383140",   "338315",  "33831a",
                                        "-338314", "338314;", "3 3 8 3 1", "338-314", "٣٣٨٣١٤"};
    (void)state;
    assert_int_equal(holds(120, "338 314"), 4);
    assert_int_equal(holds(120, " 338314 "), 4);
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_int_equal(holds(120, wrong[i]), -1);
}

static void the_secret_goes_to_the_app(void **state)
{
    char letters[TOTP_BASE32_BYTES];
    struct arena *arena = arena_new(1 << 16);
    (void)state;
    totp_base32(secret, letters);
    assert_string_equal(letters, "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
    assert_string_equal(totp_uri(arena, "Olmo & figli", "Niccol\xc3\xb2 B", secret),
                        "otpauth://totp/Olmo%20%26%20figli:Niccol%C3%B2%20B?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
                        "&issuer=Olmo%20%26%20figli");
    unsigned char a[TOTP_SECRET_BYTES], b[TOTP_SECRET_BYTES];
    totp_secret(a);
    totp_secret(b);
    assert_memory_not_equal(a, b, sizeof a);
    arena_free(arena);
}

static void recovery_codes_are_read_as_people_type_them(void **state)
{
    static const char *const wrong[] = {"", "abcd-efgh-jkm", "abcd-efgh-jkmnp", "abcd-efgh-jkm1", "abcd_efgh_jkmn"};
    unsigned char hash[TOKEN_HASH_BYTES], again[TOKEN_HASH_BYTES];
    (void)state;
    assert_int_equal(recovery_hash(5, "abcd-efgh-jkmn", hash), 0);
    assert_int_equal(recovery_hash(5, " ABCDEFGH JKMN", again), 0);
    assert_memory_equal(hash, again, sizeof hash);
    assert_int_equal(recovery_hash(6, "abcd-efgh-jkmn", again), 0);
    assert_memory_not_equal(hash, again, sizeof hash);
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_int_equal(recovery_hash(5, wrong[i], hash), -1);
    char one[RECOVERY_BYTES], other[RECOVERY_BYTES];
    recovery_code(one);
    recovery_code(other);
    assert_string_not_equal(one, other);
    assert_int_equal(strlen(one), RECOVERY_BYTES - 1);
    assert_int_equal(recovery_hash(5, one, hash), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_vectors_of_the_rfc),
        cmocka_unit_test(the_vectors_of_its_elder),
        cmocka_unit_test(a_code_holds_for_its_step_and_one_on_either_side),
        cmocka_unit_test(what_is_typed_is_six_digits),
        cmocka_unit_test(the_secret_goes_to_the_app),
        cmocka_unit_test(recovery_codes_are_read_as_people_type_them),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
