/* Signed identities: see identity.h. */
#include "conversation/identity.h"

#include "base/utf8.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

/* The signed part, up to the last full stop, and the signature behind it. */
static const char *signature_of(const char *token, size_t *ret_signed)
{
    const char *dot = strrchr(token, '.');
    if (dot == NULL || strlen(token) > IDENTITY_BYTES)
        return NULL;
    *ret_signed = (size_t)(dot - token);
    return dot + 1;
}

static bool is_signed(const char *secret, const char *token, size_t size, const char *signature)
{
    unsigned char given[crypto_auth_hmacsha256_BYTES], right[crypto_auth_hmacsha256_BYTES];
    crypto_auth_hmacsha256_state state;
    size_t given_size = 0;
    crypto_auth_hmacsha256_init(&state, (const unsigned char *)secret, strlen(secret));
    crypto_auth_hmacsha256_update(&state, (const unsigned char *)token, size);
    crypto_auth_hmacsha256_final(&state, right);
    return sodium_base642bin(given, sizeof given, signature, strlen(signature), NULL, &given_size, NULL,
                             sodium_base64_VARIANT_URLSAFE_NO_PADDING) == 0 &&
           given_size == sizeof given && sodium_memcmp(given, right, sizeof given) == 0;
}

static bool is_text(const char *text, size_t size)
{
    for (size_t at = 0; at < size;) {
        size_t bytes = utf8_length(text + at, size - at);
        if (bytes == 0 || (bytes == 1 && ((unsigned char)text[at] < 0x20 || text[at] == 0x7f)))
            return false;
        at += bytes;
    }
    return size > 0;
}

bool identity_verify(const char *secret, const char *token, int64_t now_seconds, char ret_id[IDENTITY_ID_BYTES],
                     int64_t *ret_expires)
{
    static const char version[] = "v1.";
    size_t size = 0, id_size = 0;
    const char *signature = signature_of(token, &size);
    if (strlen(secret) < IDENTITY_SECRET_LEAST || signature == NULL || strncmp(token, version, strlen(version)) != 0 ||
        !is_signed(secret, token, size, signature))
        return false;
    const char *id = token + strlen(version), *end = strchr(id, '.');
    if (end == NULL || end >= token + size)
        return false;
    char *behind;
    long long expires = strtoll(end + 1, &behind, 10);
    bool good = behind == token + size && behind > end + 1 && expires > now_seconds &&
                expires <= now_seconds + (int64_t)IDENTITY_DAYS_MAX * 86400;
    if (!good || sodium_base642bin((unsigned char *)ret_id, IDENTITY_ID_BYTES - 1, id, (size_t)(end - id), NULL,
                                   &id_size, NULL, sodium_base64_VARIANT_URLSAFE_NO_PADDING) != 0)
        return false;
    ret_id[id_size] = '\0';
    *ret_expires = expires;
    return is_text(ret_id, id_size);
}
