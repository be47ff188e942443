/* Session cookies: see session.h. */
#include "net/session.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>

static const char cookie_name[] = "sportello_desk";

static void hash_token(const char *token, unsigned char ret_hash[TOKEN_HASH_BYTES])
{
    crypto_generichash(ret_hash, TOKEN_HASH_BYTES, (const unsigned char *)token, strlen(token), NULL, 0);
}

void session_make(char ret_token[SESSION_TOKEN_BYTES], unsigned char ret_hash[TOKEN_HASH_BYTES])
{
    unsigned char random[32];
    randombytes_buf(random, sizeof random);
    sodium_bin2hex(ret_token, SESSION_TOKEN_BYTES, random, sizeof random);
    hash_token(ret_token, ret_hash);
}

int session_from_request(struct lws *wsi, unsigned char ret_hash[TOKEN_HASH_BYTES])
{
    char token[SESSION_TOKEN_BYTES + 1] = "";
    size_t size = sizeof token;
    if (lws_http_cookie_get(wsi, cookie_name, token, &size) != 0)
        return -1;
    if (strlen(token) != SESSION_TOKEN_BYTES - 1 || strspn(token, "0123456789abcdef") != SESSION_TOKEN_BYTES - 1)
        return -1;
    hash_token(token, ret_hash);
    return 0;
}

void session_cookie(const char *token, bool secure, char ret_cookie[SESSION_COOKIE_BYTES])
{
    snprintf(ret_cookie, SESSION_COOKIE_BYTES, "%s=%s; Path=/; HttpOnly; SameSite=Strict; Max-Age=%d%s", cookie_name,
             token, token[0] != '\0' ? SESSION_HOURS * 3600 : 0, secure ? "; Secure" : "");
}
