/* Push: a message to a browser whose page is not open, as the Web Push protocol has it.
 *
 * The body is encrypted for the one subscription (RFC 8291 over RFC 8188, aes128gcm) and the request is signed with
 * the server's own key (VAPID, RFC 8292, ES256), so that the push service in between learns neither what is said nor
 * to whom. Keys go as base64url without padding, as browsers give them.
 * Good for: making the bytes and the headers. Not for: sending (hooks/pusher.h).
 * Errors: NULL or -1: a key is none, or no memory. Threads: any. */
#ifndef HOOKS_PUSH_H
#define HOOKS_PUSH_H

#include "base/buf.h"

#include <stddef.h>
#include <stdint.h>

enum {
    PUSH_POINT_BYTES = 65,  /* an uncompressed point of P-256 */
    PUSH_SECRET_BYTES = 16, /* a subscription's `auth` */
    PUSH_SALT_BYTES = 16,
    PUSH_PUBLIC_TEXT = 88,     /* a public key as text, with its NUL */
    PUSH_PAIR_TEXT = 131,      /* a pair as text, with its NUL */
    PUSH_MESSAGE_BYTES = 3800, /* of a message, filling included: push services take 4,096 in all */
    PUSH_RECORD_BYTES = 4096,
    PUSH_HOLDS_SECONDS = 12 * 3600, /* a signature; at most a day is allowed */
    PUSH_SIGNED_BYTES = 1024        /* of the Authorization header's value */
};

/* A pair of keys: of the server, or the one of a single message. */
struct push_pair;

/* A new one. */
struct push_pair *push_pair_new(void);
/* One kept as text (push_pair_text). NULL where it is none, or its halves do not fit. */
struct push_pair *push_pair_read(const char *text);
void push_pair_free(struct push_pair *);
int push_pair_text(const struct push_pair *, char ret[PUSH_PAIR_TEXT]);
/* The public half, as the browser wants it for `applicationServerKey`. Valid while the pair is. */
const char *push_pair_public(const struct push_pair *);

/* Whether a subscription's keys can be ones: a point of the curve, and 16 bytes. */
int push_check_keys(const char *p256dh, const char *auth);

struct push_sealing {
    const char *p256dh, *auth; /* of the subscription */
    const void *message;
    size_t size, fill;            /* zero bytes behind it, so that lengths tell nothing */
    const struct push_pair *pair; /* of this message; NULL = a new one */
    const unsigned char *salt;    /* PUSH_SALT_BYTES; NULL = by chance. Both for tests only */
};
/* Appends the encrypted body. -1 also where it is longer than PUSH_MESSAGE_BYTES. */
int push_seal(const struct push_sealing *, struct buf *out);

/* The value of the Authorization header for an endpoint: "vapid t=…, k=…". `contact` is a mailto: or https: address of
 * the operator's, "" = none. */
int push_sign(const struct push_pair *, const char *endpoint, const char *contact, int64_t now_seconds,
              char ret[PUSH_SIGNED_BYTES]);

#endif
