/* Totp: one-time codes of a telephone (RFC 6238: SHA-1, 30 seconds, six digits), and the recovery codes that stand in.
 *
 * A code holds for its own step of 30 s, the one before and the one after. That it is used once is the store's
 * (store/people.h). Pure, but for the makers of secrets. Errors: -1. Threads: any. */
#ifndef NET_TOTP_H
#define NET_TOTP_H

#include "base/arena.h"
#include "store/people.h"

#include <stdint.h>

enum {
    TOTP_STEP_SECONDS = 30,
    TOTP_BASE32_BYTES = TOTP_SECRET_BYTES * 8 / 5 + 1,
    TOTP_CODE_MOST = 32, /* bytes of what people may type, with blanks and dashes */
    RECOVERY_BYTES = 15, /* "abcd-efgh-jkmn" with its NUL: 60 bits */
};

/* The code of a step: 0 to 999999. -1 without memory. */
int totp_code(const unsigned char *secret, size_t size, int64_t step);
/* Whether `typed` (blanks between digits do not matter) is a code that holds at a time: its step. -1 = it is not. */
int totp_match(const unsigned char secret[TOTP_SECRET_BYTES], int64_t unix_seconds, const char *typed,
               int64_t *ret_step);

/* A new secret; its letters (RFC 4648, no padding); the address that authenticator apps read from a QR code:
 * NULL without memory. */
void totp_secret(unsigned char ret_secret[TOTP_SECRET_BYTES]);
void totp_base32(const unsigned char secret[TOTP_SECRET_BYTES], char ret_text[TOTP_BASE32_BYTES]);
const char *totp_uri(struct arena *, const char *issuer, const char *name,
                     const unsigned char secret[TOTP_SECRET_BYTES]);

/* A new recovery code, and the hash under which the store keeps it; `typed` may have blanks, capitals and other dashes.
 * -1 = it cannot be one. */
void recovery_code(char ret_code[RECOVERY_BYTES]);
int recovery_hash(int64_t user, const char *typed, unsigned char ret_hash[TOKEN_HASH_BYTES]);

#endif
