/* Session cookies: see session.h. */
#include "net/session.h"

#include "net/core.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>

static const char cookie_name[] = "sportello_desk", device_name[] = "sportello_device";

enum { SEEN_EVERY_MS = 60000 };

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

static int hash_of_cookie(struct lws *wsi, const char *name, unsigned char ret_hash[TOKEN_HASH_BYTES])
{
    char token[SESSION_TOKEN_BYTES + 1] = "";
    size_t size = sizeof token;
    if (lws_http_cookie_get(wsi, name, token, &size) != 0)
        return -1;
    if (strlen(token) != SESSION_TOKEN_BYTES - 1 || strspn(token, "0123456789abcdef") != SESSION_TOKEN_BYTES - 1)
        return -1;
    hash_token(token, ret_hash);
    return 0;
}

int session_from_request(struct lws *wsi, unsigned char ret_hash[TOKEN_HASH_BYTES])
{
    return hash_of_cookie(wsi, cookie_name, ret_hash);
}

int session_device(struct lws *wsi, unsigned char ret_hash[TOKEN_HASH_BYTES])
{
    return hash_of_cookie(wsi, device_name, ret_hash);
}

static void write_cookie(const char *name, const char *token, int seconds, bool secure,
                         char ret_cookie[SESSION_COOKIE_BYTES])
{
    snprintf(ret_cookie, SESSION_COOKIE_BYTES, "%s=%s; Path=/; HttpOnly; SameSite=Strict; Max-Age=%d%s", name, token,
             token[0] != '\0' ? seconds : 0, secure ? "; Secure" : "");
}

void session_cookie(const char *token, bool secure, char ret_cookie[SESSION_COOKIE_BYTES])
{
    write_cookie(cookie_name, token, SESSION_HOURS * 3600, secure, ret_cookie);
}

void session_device_cookie(const char *token, bool secure, char ret_cookie[SESSION_COOKIE_BYTES])
{
    write_cookie(device_name, token, DEVICE_COOKIE_DAYS * 86400, secure, ret_cookie);
}

/* --- what the store knows of it -------------------------------------------------------------------------- */

int64_t session_idle_ms(const struct settings *settings)
{
    return settings->idle_minutes * INT64_C(60000);
}

struct store_session *session_job(struct server *server, enum session_act act,
                                  const unsigned char hash[TOKEN_HASH_BYTES], void (*done)(struct store_job *),
                                  void *context)
{
    struct store_session *job = store_job_new(&store_session_kind, sizeof *job, done, context);
    if (job == NULL)
        return NULL;
    job->act = act;
    job->idle_ms = session_idle_ms(server->settings);
    memcpy(job->token_hash, hash, TOKEN_HASH_BYTES);
    return job;
}

/* Not a matter to wait for: where it fails the next request tries again. */
void session_seen(struct server *server, const struct store_session *found)
{
    if (clock_wall_ms(server->config.clock) - found->ret_seen_ms < SEEN_EVERY_MS)
        return;
    struct store_session *job = session_job(server, SESSION_TOUCH, found->token_hash, store_job_free, NULL);
    if (job != NULL && store_submit(server->config.store, &job->job) < 0)
        store_job_free(&job->job);
}

bool session_needs_totp(const struct settings *settings, const struct user *user)
{
    const char *who = settings->totp != NULL ? settings->totp : "optional";
    bool required =
        strcmp(who, "required") == 0 || (strcmp(who, "required_for_admins") == 0 && strcmp(user->role, "admin") == 0);
    return required && !user->totp;
}
