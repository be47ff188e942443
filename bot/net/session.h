/* Session: the cookie of a logged-in agent, and what the store keeps of it.
 *
 * The cookie holds 32 random bytes; the store keeps their BLAKE2b hash only, so that whoever reads the
 * database cannot log in with it. Private to net/. Threads: the loop. */
#ifndef NET_SESSION_H
#define NET_SESSION_H

#include "store/store.h"

#include <libwebsockets.h>

enum { SESSION_TOKEN_BYTES = 65, SESSION_COOKIE_BYTES = 256, SESSION_HOURS = 12 };

/* A new token and its hash. */
void session_make(char ret_token[SESSION_TOKEN_BYTES], unsigned char ret_hash[TOKEN_HASH_BYTES]);
/* The hash of the request's cookie; -1 = it has none that could be ours. */
int session_from_request(struct lws *, unsigned char ret_hash[TOKEN_HASH_BYTES]);
/* The value of Set-Cookie; an empty token takes the cookie away. */
void session_cookie(const char *token, bool secure, char ret_cookie[SESSION_COOKIE_BYTES]);

#endif
