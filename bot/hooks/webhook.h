/* Webhook: a call to a service of the company's, as a request and as an answer (docs/webhooks.md).
 *
 * A call is a POST of JSON (wire/hook.h), signed after Standard Webhooks 1.0.0: `webhook-id` is the call's own number,
 * the same when it is tried again, so that it is also the key by which a service recognises a repetition
 * (`idempotency-key` says it too); `webhook-timestamp`; `webhook-signature: v1,BASE64(HMAC-SHA256(secret,
 * "ID.TIMESTAMP.BODY"))`.
 * Where it may go: to public addresses over https; to hosts listed under `webhook_hosts` anywhere, also without TLS.
 * Every socket's address is looked at when it is opened (hooks/fetch.h); redirects are not followed.
 * Errors: words for a person, which name neither what was sent nor the secret. Threads: any. */
#ifndef HOOKS_WEBHOOK_H
#define HOOKS_WEBHOOK_H

#include "content/settings.h"
#include "hooks/fetch.h"
#include "wire/hook.h"

enum {
    WEBHOOK_WHY_BYTES = 300,
    WEBHOOK_ID_BYTES = 64,
    WEBHOOK_TRIES = 3,          /* of a call that is safe to repeat */
    WEBHOOK_BACKOFF_MS = 250,   /* before the second try; twice that before the third */
    WEBHOOK_KEY_BYTES_MAX = 512 /* of a secret */
};

struct webhook_call {
    const char *id; /* the call's own, ≤ WEBHOOK_ID_BYTES: letters, digits, `_` and `-` */
    struct hook_call said;
    int timeout_ms; /* of this try */
    bool once;      /* it is not safe to repeat: the service must not get it twice */
};

/* Whether an address leads to a host of the list (with its port, as `webhook_hosts` has it; without one any port is
 * meant). */
bool webhook_listed(const struct string_list *hosts, const char *url);

/* The request for one try; `secret` is the value of the webhook's secret. NULL with words in ret_why. */
struct fetch *webhook_request(const struct settings *, const struct webhook *, const char *secret,
                              const struct webhook_call *, char ret_why[WEBHOOK_WHY_BYTES]);

/* The same for a body of one's own: `id` is the delivery's, the time is that of the try. */
struct webhook_post {
    const char *id, *url, *secret_name, *secret; /* secret: the value */
    int64_t at_seconds;
    const void *body;
    size_t body_size;
    int timeout_ms;
    bool once;
};
struct fetch *webhook_post_request(const struct settings *, const struct webhook_post *,
                                   char ret_why[WEBHOOK_WHY_BYTES]);

/* Whether an answer's status, or the lack of one, says that trying again may help. */
bool webhook_may_help(const struct fetch *);

enum webhook_verdict {
    WEBHOOK_GOOD,
    WEBHOOK_AGAIN, /* trying again may help: too late, unreachable, 408, 425, 429 or 5xx */
    WEBHOOK_FAILED /* it will not */
};

/* What a request that came back means. A status of 200 to 299 is good if the body is. */
enum webhook_verdict webhook_take(const struct fetch *, struct arena *, const struct variable **ret, size_t *ret_count,
                                  char ret_why[WEBHOOK_WHY_BYTES]);

/* Calls, waits and tries again where it is `safe`, within the time there is in all: for commands, never on a loop.
 * False = it failed, with words in ret_why. */
bool webhook_wait(struct fetcher *, const struct settings *, const struct webhook *, const char *secret,
                  const struct webhook_call *, bool safe, struct arena *, const struct variable **ret,
                  size_t *ret_count, char ret_why[WEBHOOK_WHY_BYTES]);

/* The signature's value ("v1,…") for a body. -1 where the secret is none: "whsec_" with broken base64 or less than 16
 * bytes behind it. `ret` has room for WEBHOOK_SIGNATURE_BYTES. */
enum { WEBHOOK_SIGNATURE_BYTES = 64 };
int webhook_sign(const char *secret, const char *id, int64_t at_seconds, const void *body, size_t size,
                 char ret[WEBHOOK_SIGNATURE_BYTES]);

#endif
