/* Session: the cookie of a logged-in agent, and what the store keeps of it.
 *
 * The cookie holds 32 random bytes; the store keeps their BLAKE2b hash only, so that whoever reads the
 * database cannot log in with it. Private to net/. Threads: the loop. */
#ifndef NET_SESSION_H
#define NET_SESSION_H

#include "content/settings.h"
#include "store/store.h"

#include <libwebsockets.h>

enum { SESSION_TOKEN_BYTES = 65, SESSION_COOKIE_BYTES = 256, SESSION_HOURS = 12, DEVICE_COOKIE_DAYS = 180 };

struct server;

/* A new token and its hash. */
void session_make(char ret_token[SESSION_TOKEN_BYTES], unsigned char ret_hash[TOKEN_HASH_BYTES]);
/* The hash of the request's cookie; -1 = it has none that could be ours. */
int session_from_request(struct lws *, unsigned char ret_hash[TOKEN_HASH_BYTES]);
/* The value of Set-Cookie; an empty token takes the cookie away. */
void session_cookie(const char *token, bool secure, char ret_cookie[SESSION_COOKIE_BYTES]);

/* The same of the browser's own cookie, which outlives the session: it says that somebody has logged in here before. */
int session_device(struct lws *, unsigned char ret_hash[TOKEN_HASH_BYTES]);
void session_device_cookie(const char *token, bool secure, char ret_cookie[SESSION_COOKIE_BYTES]);

/* A job that finds (or touches, or drops) a session. NULL without memory. */
struct store_session *session_job(struct server *, enum session_act, const unsigned char hash[TOKEN_HASH_BYTES],
                                  void (*done)(struct store_job *), void *context);
/* Notes that a session was found in use, at most once a minute. */
void session_seen(struct server *, const struct store_session *);
/* Milliseconds without a sign after which a session ends; 0 = never. */
int64_t session_idle_ms(const struct settings *);
/* Whether the user must set up one-time codes before anything else. */
bool session_needs_totp(const struct settings *, const struct user *);

#endif
