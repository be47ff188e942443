/* What browsers are pushed: the bytes of RFC 8291's own example, keys that are none, signatures that others verify. */
#include "hooks/push.h"
#include "unit/hooks/peer.h"

#include <openssl/evp.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>

enum { B64 = sodium_base64_VARIANT_URLSAFE_NO_PADDING };

/* RFC 8291, appendix A. */
static const char p256dh[] = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4";
static const char auth[] = "BTBZMqHH6r4Tts7J_aSIgg";
static const char their_scalar[] = "q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94";
static const char own_scalar[] = "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw";
static const char own_point[] =
    "BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8";
static const char salt_text[] = "DGv6ra1nlYgDCS1FRnbzlw";
static const char body_text[] =
    "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWA"
    "mS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSx"
    "sj_Qulcy4a-fN";
static const char message[] = "When I grow up, I want to be a watermelon";

static size_t bytes_of(const char *text, unsigned char *ret, size_t room)
{
    size_t size = 0;
    assert_int_equal(sodium_base642bin(ret, room, text, strlen(text), NULL, &size, NULL, B64), 0);
    return size;
}

static struct push_pair *pair_of(const char *scalar, const char *point)
{
    unsigned char bytes[32 + PUSH_POINT_BYTES];
    char text[PUSH_PAIR_TEXT];
    assert_int_equal(bytes_of(scalar, bytes, 32), 32);
    assert_int_equal(bytes_of(point, bytes + 32, PUSH_POINT_BYTES), PUSH_POINT_BYTES);
    sodium_bin2base64(text, sizeof text, bytes, sizeof bytes, B64);
    return push_pair_read(text);
}

static void the_example_of_rfc_8291_comes_out(void **state)
{
    (void)state;
    unsigned char salt[PUSH_SALT_BYTES];
    char text[1024];
    struct buf out;
    bytes_of(salt_text, salt, sizeof salt);
    struct push_pair *own = pair_of(own_scalar, own_point);
    assert_non_null(own);
    assert_string_equal(push_pair_public(own), own_point);
    buf_init(&out, 8192);
    const struct push_sealing s = {
        .p256dh = p256dh, .auth = auth, .message = message, .size = sizeof message - 1, .pair = own, .salt = salt};
    assert_int_equal(push_seal(&s, &out), 0);
    sodium_bin2base64(text, sizeof text, (const unsigned char *)out.data, out.size, B64);
    assert_string_equal(text, body_text);
    buf_free(&out);
    push_pair_free(own);
}

/* Its length tells how it was filled; two of the same message have nothing in common but the form. */
static void every_message_has_its_own_key_and_salt(void **state)
{
    (void)state;
    struct buf one, other;
    buf_init(&one, 8192);
    buf_init(&other, 8192);
    const struct push_sealing s = {.p256dh = p256dh, .auth = auth, .message = "ciao", .size = 4, .fill = 300};
    assert_int_equal(push_seal(&s, &one), 0);
    assert_int_equal(push_seal(&s, &other), 0);
    assert_int_equal(one.size, 16 + 4 + 1 + 65 + 4 + 1 + 300 + 16);
    assert_int_equal(other.size, one.size);
    assert_memory_not_equal(one.data, other.data, 16);
    assert_memory_not_equal(one.data + 21, other.data + 21, 65);
    assert_memory_not_equal(one.data + 86, other.data + 86, 300);
    buf_free(&one);
    buf_free(&other);
}

static void what_is_too_long_is_not_sealed(void **state)
{
    (void)state;
    char *long_one = calloc(1, PUSH_MESSAGE_BYTES + 1);
    struct buf out;
    buf_init(&out, 8192);
    struct push_sealing s = {.p256dh = p256dh, .auth = auth, .message = long_one, .size = PUSH_MESSAGE_BYTES};
    assert_int_equal(push_seal(&s, &out), 0);
    assert_true(out.size <= PUSH_RECORD_BYTES);
    s.fill = 1;
    assert_int_equal(push_seal(&s, &out), -1);
    s.fill = SIZE_MAX;
    assert_int_equal(push_seal(&s, &out), -1);
    s.fill = 0;
    s.size = PUSH_MESSAGE_BYTES + 1;
    assert_int_equal(push_seal(&s, &out), -1);
    buf_free(&out);
    free(long_one);
}

static void keys_that_are_none_are_refused(void **state)
{
    (void)state;
    char off[sizeof p256dh], compressed[sizeof p256dh];
    assert_int_equal(push_check_keys(p256dh, auth), 0);
    memcpy(off, p256dh, sizeof off); /* a point beside the curve */
    off[40] = off[40] == 'A' ? 'B' : 'A';
    memcpy(compressed, p256dh, sizeof compressed);
    compressed[0] = 'A';
    const char *const points[] = {"", "BC", off, compressed, "not base64 at all", own_scalar};
    for (size_t i = 0; i < sizeof points / sizeof *points; i++)
        assert_int_equal(push_check_keys(points[i], auth), -1);
    assert_int_equal(push_check_keys(p256dh, ""), -1);
    assert_int_equal(push_check_keys(p256dh, own_scalar), -1);
    assert_int_equal(push_check_keys(p256dh, NULL), -1);
    assert_int_equal(push_check_keys(NULL, auth), -1);
    assert_null(push_pair_read(""));
    assert_null(push_pair_read(own_scalar));
    assert_null(pair_of(their_scalar, own_point)); /* halves of two pairs */
}

static void a_pair_is_read_back_as_it_was(void **state)
{
    (void)state;
    char text[PUSH_PAIR_TEXT], again[PUSH_PAIR_TEXT];
    struct push_pair *one = push_pair_new();
    assert_non_null(one);
    assert_int_equal(push_pair_text(one, text), 0);
    struct push_pair *other = push_pair_read(text);
    assert_non_null(other);
    assert_string_equal(push_pair_public(one), push_pair_public(other));
    assert_int_equal(push_pair_text(other, again), 0);
    assert_string_equal(text, again);
    push_pair_free(one);
    push_pair_free(other);
}

static void the_signature_names_the_origin_the_end_and_the_contact(void **state)
{
    (void)state;
    char value[PUSH_SIGNED_BYTES], claims[1024];
    size_t size = 0;
    struct push_pair *own = pair_of(own_scalar, own_point);
    assert_int_equal(push_sign(own, "https://push.example:8443/a/b?c", "mailto:o@olmo.example", 1800000000, value), 0);
    const char *at = strchr(value, '.') + 1, *end = strchr(at, '.');
    assert_memory_equal(value, "vapid t=", 8);
    assert_string_equal(strstr(value, ", k=") + 4, own_point);
    assert_int_equal(
        sodium_base642bin((unsigned char *)claims, sizeof claims - 1, at, (size_t)(end - at), NULL, &size, NULL, B64),
        0);
    claims[size] = '\0';
    assert_string_equal(claims, "{\"aud\":\"https://push.example:8443\",\"exp\":1800043200,\"sub\":"
                                "\"mailto:o@olmo.example\"}");
    assert_int_equal(push_sign(own, "https://push.example", "", 1800000000, value), 0);
    assert_int_equal(push_sign(own, "no address", "", 1800000000, value), -1);
    assert_int_equal(push_sign(own, "https://a\"b/", "", 1800000000, value), -1);
    assert_int_equal(push_sign(own, "https://a/", "mailto:\"", 1800000000, value), -1);
    push_pair_free(own);
}

int main(void)
{
    assert_true(sodium_init() >= 0);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_example_of_rfc_8291_comes_out),
        cmocka_unit_test(every_message_has_its_own_key_and_salt),
        cmocka_unit_test(what_is_too_long_is_not_sealed),
        cmocka_unit_test(keys_that_are_none_are_refused),
        cmocka_unit_test(a_pair_is_read_back_as_it_was),
        cmocka_unit_test(the_signature_names_the_origin_the_end_and_the_contact),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
