/* Calls to the company's services: see webhook.h. */
#include "hooks/webhook.h"

#include <inttypes.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

enum { BODY_BYTES = 256 << 10, KEY_BYTES_LEAST = 16 };

/* --- the signature ------------------------------------------------------------------------------ */

/* The key's bytes: behind "whsec_" as base64, otherwise the text itself. */
static int key_of(const char *secret, unsigned char *ret, size_t room, size_t *ret_size)
{
    static const char prefix[] = "whsec_";
    size_t size = strlen(secret);
    if (strncmp(secret, prefix, strlen(prefix)) == 0) {
        const char *text = secret + strlen(prefix);
        return sodium_base642bin(ret, room, text, strlen(text), NULL, ret_size, NULL, sodium_base64_VARIANT_ORIGINAL);
    }
    if (size > room)
        return -1;
    memcpy(ret, secret, size);
    *ret_size = size;
    return 0;
}

int webhook_sign(const char *secret, const char *id, int64_t at_seconds, const void *body, size_t size,
                 char ret[WEBHOOK_SIGNATURE_BYTES])
{
    unsigned char key[WEBHOOK_KEY_BYTES_MAX], mac[crypto_auth_hmacsha256_BYTES];
    crypto_auth_hmacsha256_state state;
    char head[WEBHOOK_ID_BYTES + 32];
    size_t key_size = 0;
    int length = snprintf(head, sizeof head, "%s.%" PRId64 ".", id, at_seconds);
    bool good = key_of(secret, key, sizeof key, &key_size) == 0 && key_size >= KEY_BYTES_LEAST && length > 0 &&
                length < (int)sizeof head;
    if (good) {
        crypto_auth_hmacsha256_init(&state, key, key_size);
        crypto_auth_hmacsha256_update(&state, (const unsigned char *)head, (unsigned long long)length);
        crypto_auth_hmacsha256_update(&state, body, size);
        crypto_auth_hmacsha256_final(&state, mac);
        memcpy(ret, "v1,", 4);
        sodium_bin2base64(ret + 3, WEBHOOK_SIGNATURE_BYTES - 3, mac, sizeof mac, sodium_base64_VARIANT_ORIGINAL);
    }
    sodium_memzero(key, sizeof key);
    return good ? 0 : -1;
}

/* --- the request -------------------------------------------------------------------------------- */

bool webhook_listed(const struct string_list *hosts, const char *url)
{
    const char *host = strstr(url, "://");
    if (host == NULL)
        return false;
    host += strlen("://");
    size_t size = strcspn(host, "/?#");
    for (size_t i = 0; i < hosts->count; i++) {
        size_t listed = strlen(hosts->items[i]);
        if (listed <= size && strncasecmp(hosts->items[i], host, listed) == 0 &&
            (listed == size || host[listed] == ':'))
            return true;
    }
    return false;
}

struct fetch *webhook_post_request(const struct settings *settings, const struct webhook_post *p,
                                   char ret_why[WEBHOOK_WHY_BYTES])
{
    char id[WEBHOOK_ID_BYTES + 32], key[WEBHOOK_ID_BYTES + 32], at[48], signature[WEBHOOK_SIGNATURE_BYTES + 32];
    char value[WEBHOOK_SIGNATURE_BYTES];
    bool listed = webhook_listed(&settings->webhook_hosts, p->url);
    ret_why[0] = '\0';
    if (webhook_sign(p->secret, p->id, p->at_seconds, p->body, p->body_size, value) < 0) {
        snprintf(ret_why, WEBHOOK_WHY_BYTES, "its secret “%s” is none: at least %d bytes, or whsec_ and their base64",
                 p->secret_name, KEY_BYTES_LEAST);
        return NULL;
    }
    snprintf(id, sizeof id, "webhook-id: %s", p->id);
    snprintf(key, sizeof key, "idempotency-key: %s", p->id);
    snprintf(at, sizeof at, "webhook-timestamp: %" PRId64, p->at_seconds);
    snprintf(signature, sizeof signature, "webhook-signature: %s", value);
    const char *headers[] = {"Content-Type: application/json", "Accept: application/json", id, key, at, signature};
    const struct fetch_request r = {
        .method = "POST",
        .url = p->url,
        .headers = headers,
        .header_count = sizeof headers / sizeof *headers,
        .body = p->body,
        .body_size = p->body_size,
        .timeout_ms = p->timeout_ms,
        .answer_bytes = HOOK_ANSWER_BYTES,
        .once = p->once,
        .reach = listed ? REACH_LOOPBACK | REACH_PRIVATE | REACH_PUBLIC : REACH_PUBLIC,
        .plain = listed ? REACH_LOOPBACK | REACH_PRIVATE | REACH_PUBLIC : 0,
    };
    struct fetch *f = fetch_new(&r);
    if (f == NULL)
        snprintf(ret_why, WEBHOOK_WHY_BYTES, "there is not enough memory");
    return f;
}

struct fetch *webhook_request(const struct settings *settings, const struct webhook *w, const char *secret,
                              const struct webhook_call *c, char ret_why[WEBHOOK_WHY_BYTES])
{
    struct fetch *f = NULL;
    struct buf body;
    buf_init(&body, BODY_BYTES);
    if (hook_write(&c->said, &body) < 0) {
        snprintf(ret_why, WEBHOOK_WHY_BYTES, "what the flow collected is longer than %d kB", BODY_BYTES >> 10);
    } else {
        const struct webhook_post p = {.id = c->id,
                                       .url = w->url,
                                       .secret_name = w->secret,
                                       .secret = secret,
                                       .at_seconds = c->said.at_seconds,
                                       .body = body.data,
                                       .body_size = body.size,
                                       .timeout_ms = c->timeout_ms,
                                       .once = c->once};
        f = webhook_post_request(settings, &p, ret_why);
    }
    buf_free(&body);
    return f;
}

/* --- the answer --------------------------------------------------------------------------------- */

static bool may_help(int status)
{
    return status == 408 || status == 425 || status == 429 || status >= 500;
}

bool webhook_may_help(const struct fetch *f)
{
    return f->result == FETCH_OK
               ? may_help(f->status)
               : f->result == FETCH_UNREACHABLE || f->result == FETCH_LATE || f->result == FETCH_BROKEN;
}

enum webhook_verdict webhook_take(const struct fetch *f, struct arena *arena, const struct variable **ret,
                                  size_t *ret_count, char ret_why[WEBHOOK_WHY_BYTES])
{
    const char *why = "";
    *ret = NULL;
    *ret_count = 0;
    ret_why[0] = '\0';
    if (f->result != FETCH_OK) {
        snprintf(ret_why, WEBHOOK_WHY_BYTES, "%s", f->why);
        return webhook_may_help(f) ? WEBHOOK_AGAIN : WEBHOOK_FAILED;
    }
    if (f->status < 200 || f->status > 299) {
        snprintf(ret_why, WEBHOOK_WHY_BYTES, "it answers %d%s", f->status,
                 f->status >= 300 && f->status < 400 ? ": redirects are not followed" : "");
        return webhook_may_help(f) ? WEBHOOK_AGAIN : WEBHOOK_FAILED;
    }
    if (hook_read(f->body.data, f->body.size, arena, ret, ret_count, &why) == 0)
        return WEBHOOK_GOOD;
    snprintf(ret_why, WEBHOOK_WHY_BYTES, "its answer cannot be used: %s", why);
    return WEBHOOK_FAILED;
}

/* --- waiting ------------------------------------------------------------------------------------ */

static int64_t now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static void pause_ms(int ms)
{
    const struct timespec pause = {.tv_sec = ms / 1000, .tv_nsec = (long)(ms % 1000) * 1000000};
    nanosleep(&pause, NULL);
}

bool webhook_wait(struct fetcher *fetcher, const struct settings *settings, const struct webhook *w, const char *secret,
                  const struct webhook_call *c, bool safe, struct arena *arena, const struct variable **ret,
                  size_t *ret_count, char ret_why[WEBHOOK_WHY_BYTES])
{
    int64_t until = now_ms() + c->timeout_ms;
    struct webhook_call one = *c;
    one.once = !safe;
    for (int tried = 0, backoff = WEBHOOK_BACKOFF_MS;; backoff *= 2) {
        struct fetch *f = webhook_request(settings, w, secret, &one, ret_why);
        if (f == NULL)
            return false;
        fetch_wait(fetcher, f);
        enum webhook_verdict verdict = webhook_take(f, arena, ret, ret_count, ret_why);
        fetch_free(f);
        int64_t left = until - now_ms() - backoff;
        if (verdict != WEBHOOK_AGAIN || !safe || ++tried == WEBHOOK_TRIES || left <= 0)
            return verdict == WEBHOOK_GOOD;
        pause_ms(backoff);
        one.timeout_ms = (int)left;
    }
}
