/* Identity: who a visitor is, as the company's own site says it with a signed token.
 *
 *   v1.BASE64URL(user id).EXPIRES.BASE64URL(HMAC-SHA256(secret, "v1.BASE64URL(user id).EXPIRES"))
 * EXPIRES is in seconds since 1970; base64url is without padding. The page gives the token with its hello; it is
 * believed until it expires, and nobody is signed in by anything else. docs/webhooks.md shows how a site makes one.
 * Limits: IDENTITY_BYTES, a user's id of IDENTITY_ID_BYTES, a token of at most IDENTITY_DAYS_MAX to live.
 * Comparison takes the same time wherever the tokens differ. Threads: any. */
#ifndef CONVERSATION_IDENTITY_H
#define CONVERSATION_IDENTITY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { IDENTITY_BYTES = 512, IDENTITY_ID_BYTES = 128, IDENTITY_DAYS_MAX = 30, IDENTITY_SECRET_LEAST = 16 };

/* True with the user's id (UTF-8 without control characters) and the moment it expires. */
bool identity_verify(const char *secret, const char *token, int64_t now_seconds, char ret_id[IDENTITY_ID_BYTES],
                     int64_t *ret_expires);

#endif
