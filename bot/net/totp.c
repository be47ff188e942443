/* RFC 6238 on OpenSSL's HMAC, and recovery codes: see totp.h. */
#include "net/totp.h"

#include "base/buf.h"

#include <ctype.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>

enum { CODE_DIGITS = 6, CODE_MODULUS = 1000000, URI_BYTES = 1024 };

static const char base32[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
/* No 0, 1, l or o, which readers mistake. */
static const char recovery_signs[] = "23456789abcdefghijkmnpqrstuvwxyz";
enum { RECOVERY_SIGNS = 12, RECOVERY_GROUP = 4 };

/* --- codes --------------------------------------------------------------------------------------------- */

int totp_code(const unsigned char *secret, size_t size, int64_t step)
{
    unsigned char counter[8], mac[EVP_MAX_MD_SIZE];
    unsigned int length = 0;
    for (int i = 0; i < 8; i++)
        counter[i] = (unsigned char)((uint64_t)step >> (56 - 8 * i));
    if (HMAC(EVP_sha1(), secret, (int)size, counter, sizeof counter, mac, &length) == NULL || length != 20)
        return -1;
    const unsigned char *at = mac + (mac[19] & 15);
    uint32_t number = (uint32_t)(at[0] & 127) << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
    return (int)(number % CODE_MODULUS);
}

/* Six digits, and nothing else but blanks. */
static int typed_code(const char *typed)
{
    int number = 0, digits = 0;
    for (; *typed != '\0'; typed++) {
        if (*typed == ' ')
            continue;
        if (!isdigit((unsigned char)*typed) || digits++ == CODE_DIGITS)
            return -1;
        number = number * 10 + (*typed - '0');
    }
    return digits == CODE_DIGITS ? number : -1;
}

/* All three steps are always compared, so that the time does not tell which. */
int totp_match(const unsigned char secret[TOTP_SECRET_BYTES], int64_t unix_seconds, const char *typed,
               int64_t *ret_step)
{
    int64_t now = unix_seconds / TOTP_STEP_SECONDS, found = -1;
    int wanted = typed_code(typed);
    for (int64_t step = now - 1; step <= now + 1; step++) {
        int code = totp_code(secret, TOTP_SECRET_BYTES, step);
        if (code >= 0 && sodium_memcmp(&code, &wanted, sizeof code) == 0)
            found = step;
    }
    if (found < 0)
        return -1;
    *ret_step = found;
    return 0;
}

/* --- secrets ------------------------------------------------------------------------------------------- */

void totp_secret(unsigned char ret_secret[TOTP_SECRET_BYTES])
{
    randombytes_buf(ret_secret, TOTP_SECRET_BYTES);
}

void totp_base32(const unsigned char secret[TOTP_SECRET_BYTES], char ret_text[TOTP_BASE32_BYTES])
{
    _Static_assert(TOTP_SECRET_BYTES % 5 == 0, "no padding is needed");
    size_t used = 0;
    for (size_t i = 0; i < TOTP_SECRET_BYTES; i += 5) {
        uint64_t bits = 0;
        for (size_t k = 0; k < 5; k++)
            bits = bits << 8 | secret[i + k];
        for (int shift = 35; shift >= 0; shift -= 5)
            ret_text[used++] = base32[bits >> shift & 31];
    }
    ret_text[used] = '\0';
}

/* RFC 3986: what is no unreserved sign is written in hex. */
static void put_encoded(struct buf *out, const char *text)
{
    for (const unsigned char *c = (const unsigned char *)text; *c != '\0'; c++) {
        if (*c < 0x80 && (isalnum(*c) || strchr("-._~", *c) != NULL))
            buf_putc(out, (char)*c);
        else
            buf_printf(out, "%%%02X", *c);
    }
}

const char *totp_uri(struct arena *arena, const char *issuer, const char *name,
                     const unsigned char secret[TOTP_SECRET_BYTES])
{
    char letters[TOTP_BASE32_BYTES];
    struct buf out;
    buf_init(&out, URI_BYTES);
    totp_base32(secret, letters);
    buf_puts(&out, "otpauth://totp/");
    put_encoded(&out, issuer);
    buf_putc(&out, ':');
    put_encoded(&out, name);
    buf_printf(&out, "?secret=%s&issuer=", letters);
    put_encoded(&out, issuer);
    const char *uri = out.failed ? NULL : arena_strndup(arena, out.data, out.size);
    buf_free(&out);
    sodium_memzero(letters, sizeof letters);
    return uri;
}

/* --- recovery codes ------------------------------------------------------------------------------------- */

void recovery_code(char ret_code[RECOVERY_BYTES])
{
    _Static_assert(sizeof recovery_signs == 33, "five bits a sign");
    _Static_assert(RECOVERY_BYTES == RECOVERY_SIGNS + RECOVERY_SIGNS / RECOVERY_GROUP, "dashes and a NUL");
    size_t used = 0;
    for (int i = 0; i < RECOVERY_SIGNS; i++) {
        if (i > 0 && i % RECOVERY_GROUP == 0)
            ret_code[used++] = '-';
        ret_code[used++] = recovery_signs[randombytes_uniform(sizeof recovery_signs - 1)];
    }
    ret_code[used] = '\0';
}

/* 60 random bits need no slow hash; the user in it keeps equal codes of two people apart. */
int recovery_hash(int64_t user, const char *typed, unsigned char ret_hash[TOKEN_HASH_BYTES])
{
    struct {
        int64_t user;
        char signs[RECOVERY_SIGNS];
        char rest[4];
    } in = {.user = user};
    size_t used = 0;
    for (; *typed != '\0'; typed++) {
        char c = (char)tolower((unsigned char)*typed);
        if (c == ' ' || c == '-')
            continue;
        if (strchr(recovery_signs, c) == NULL || used == RECOVERY_SIGNS)
            return -1;
        in.signs[used++] = c;
    }
    if (used != RECOVERY_SIGNS)
        return -1;
    crypto_generichash(ret_hash, TOKEN_HASH_BYTES, (const unsigned char *)&in, sizeof in, NULL, 0);
    sodium_memzero(&in, sizeof in);
    return 0;
}
