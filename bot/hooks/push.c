/* Encryption and signatures of Web Push: see push.h. */
#include "hooks/push.h"

#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/param_build.h>
#include <openssl/rand.h>

#include <inttypes.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    SCALAR_BYTES = 32,
    HASH_BYTES = 32,
    KEY_BYTES = 16,
    NONCE_BYTES = 12,
    TAG_BYTES = 16,
    HEAD_BYTES = PUSH_SALT_BYTES + 4 + 1 + PUSH_POINT_BYTES,
    CONTACT_BYTES = 200,
    CLAIMS_BYTES = 600,
    B64 = sodium_base64_VARIANT_URLSAFE_NO_PADDING
};

struct push_pair {
    EVP_PKEY *key;
    unsigned char point[PUSH_POINT_BYTES];
    char text[PUSH_PUBLIC_TEXT];
};

/* --- keys ------------------------------------------------------------------------------------------ */

static int decode(const char *text, unsigned char *ret, size_t size)
{
    size_t got = 0;
    const char *end = NULL;
    if (text == NULL || sodium_base642bin(ret, size, text, strlen(text), NULL, &got, &end, B64) != 0)
        return -1;
    return got == size && *end == '\0' ? 0 : -1;
}

/* A key of the curve from its bytes; `scalar` NULL = the public half alone. */
static EVP_PKEY *make_key(const unsigned char *point, const unsigned char *scalar)
{
    EVP_PKEY *key = NULL;
    BIGNUM *number = scalar != NULL ? BN_bin2bn(scalar, SCALAR_BYTES, NULL) : NULL;
    OSSL_PARAM_BLD *build = OSSL_PARAM_BLD_new();
    EVP_PKEY_CTX *context = EVP_PKEY_CTX_new_from_name(NULL, "EC", NULL);
    OSSL_PARAM *parts = NULL;
    bool good = build != NULL && context != NULL && (scalar == NULL || number != NULL) &&
                OSSL_PARAM_BLD_push_utf8_string(build, OSSL_PKEY_PARAM_GROUP_NAME, "prime256v1", 0) == 1 &&
                OSSL_PARAM_BLD_push_octet_string(build, OSSL_PKEY_PARAM_PUB_KEY, point, PUSH_POINT_BYTES) == 1 &&
                (number == NULL || OSSL_PARAM_BLD_push_BN(build, OSSL_PKEY_PARAM_PRIV_KEY, number) == 1);
    if (good && (parts = OSSL_PARAM_BLD_to_param(build)) != NULL && EVP_PKEY_fromdata_init(context) == 1)
        EVP_PKEY_fromdata(context, &key, scalar != NULL ? EVP_PKEY_KEYPAIR : EVP_PKEY_PUBLIC_KEY, parts);
    OSSL_PARAM_free(parts);
    OSSL_PARAM_BLD_free(build);
    EVP_PKEY_CTX_free(context);
    BN_clear_free(number);
    return key;
}

/* Whether what a key is made of fits: for keys that come from outside. */
static bool fits(EVP_PKEY *key, int (*check)(EVP_PKEY_CTX *))
{
    EVP_PKEY_CTX *context = key != NULL ? EVP_PKEY_CTX_new_from_pkey(NULL, key, NULL) : NULL;
    bool good = context != NULL && check(context) == 1;
    EVP_PKEY_CTX_free(context);
    return good;
}

static EVP_PKEY *read_point(const char *text)
{
    unsigned char point[PUSH_POINT_BYTES];
    EVP_PKEY *key = decode(text, point, sizeof point) == 0 && point[0] == 4 ? make_key(point, NULL) : NULL;
    if (fits(key, EVP_PKEY_public_check))
        return key;
    EVP_PKEY_free(key);
    return NULL;
}

static struct push_pair *pair_of(EVP_PKEY *key)
{
    struct push_pair *pair = key != NULL ? calloc(1, sizeof *pair) : NULL;
    size_t size = 0;
    if (pair != NULL &&
        EVP_PKEY_get_octet_string_param(key, OSSL_PKEY_PARAM_PUB_KEY, pair->point, sizeof pair->point, &size) == 1 &&
        size == sizeof pair->point) {
        pair->key = key;
        sodium_bin2base64(pair->text, sizeof pair->text, pair->point, sizeof pair->point, B64);
        return pair;
    }
    EVP_PKEY_free(key);
    free(pair);
    return NULL;
}

struct push_pair *push_pair_new(void)
{
    return pair_of(EVP_EC_gen("P-256"));
}

struct push_pair *push_pair_read(const char *text)
{
    unsigned char bytes[SCALAR_BYTES + PUSH_POINT_BYTES];
    EVP_PKEY *key = NULL;
    if (decode(text, bytes, sizeof bytes) == 0 && bytes[SCALAR_BYTES] == 4)
        key = make_key(bytes + SCALAR_BYTES, bytes);
    sodium_memzero(bytes, sizeof bytes);
    if (fits(key, EVP_PKEY_check))
        return pair_of(key);
    EVP_PKEY_free(key);
    return NULL;
}

int push_pair_text(const struct push_pair *pair, char ret[PUSH_PAIR_TEXT])
{
    unsigned char bytes[SCALAR_BYTES + PUSH_POINT_BYTES];
    BIGNUM *number = NULL;
    bool good = EVP_PKEY_get_bn_param(pair->key, OSSL_PKEY_PARAM_PRIV_KEY, &number) == 1 &&
                BN_bn2binpad(number, bytes, SCALAR_BYTES) == SCALAR_BYTES;
    if (good) {
        memcpy(bytes + SCALAR_BYTES, pair->point, sizeof pair->point);
        sodium_bin2base64(ret, PUSH_PAIR_TEXT, bytes, sizeof bytes, B64);
    }
    BN_clear_free(number);
    sodium_memzero(bytes, sizeof bytes);
    return good ? 0 : -1;
}

void push_pair_free(struct push_pair *pair)
{
    if (pair == NULL)
        return;
    EVP_PKEY_free(pair->key);
    free(pair);
}

const char *push_pair_public(const struct push_pair *pair)
{
    return pair->text;
}

int push_check_keys(const char *p256dh, const char *auth)
{
    unsigned char secret[PUSH_SECRET_BYTES];
    EVP_PKEY *key = read_point(p256dh);
    EVP_PKEY_free(key);
    return key != NULL && decode(auth, secret, sizeof secret) == 0 ? 0 : -1;
}

/* --- encryption ------------------------------------------------------------------------------------ */

static int agree(EVP_PKEY *own, EVP_PKEY *other, unsigned char ret[SCALAR_BYTES])
{
    size_t size = SCALAR_BYTES;
    EVP_PKEY_CTX *context = EVP_PKEY_CTX_new_from_pkey(NULL, own, NULL);
    bool good = context != NULL && EVP_PKEY_derive_init(context) == 1 &&
                EVP_PKEY_derive_set_peer(context, other) == 1 && EVP_PKEY_derive(context, ret, &size) == 1 &&
                size == SCALAR_BYTES;
    EVP_PKEY_CTX_free(context);
    return good ? 0 : -1;
}

/* HKDF (RFC 5869) with SHA-256 for up to 32 bytes: one block is enough. */
static int derive(const unsigned char *salt, size_t salt_size, const unsigned char *input, size_t input_size,
                  const unsigned char *info, size_t info_size, unsigned char *ret, size_t size)
{
    unsigned char extracted[HASH_BYTES], block[HASH_BYTES], text[160];
    unsigned made = 0;
    if (info_size >= sizeof text)
        return -1;
    memcpy(text, info, info_size);
    text[info_size] = 1;
    bool good = HMAC(EVP_sha256(), salt, (int)salt_size, input, input_size, extracted, &made) != NULL &&
                HMAC(EVP_sha256(), extracted, HASH_BYTES, text, info_size + 1, block, &made) != NULL;
    if (good)
        memcpy(ret, block, size);
    sodium_memzero(extracted, sizeof extracted);
    sodium_memzero(block, sizeof block);
    return good ? 0 : -1;
}

/* RFC 8291, 3.3 and 3.4: the key and the nonce of the one record. */
static int make_keys(const struct push_sealing *s, const struct push_pair *own, const unsigned char *salt,
                     unsigned char ret_key[KEY_BYTES], unsigned char ret_nonce[NONCE_BYTES])
{
    static const unsigned char key_info[] = "Content-Encoding: aes128gcm", nonce_info[] = "Content-Encoding: nonce";
    static const char info[] = "WebPush: info";
    unsigned char shared[SCALAR_BYTES], secret[PUSH_SECRET_BYTES], input[HASH_BYTES];
    unsigned char both[sizeof info + 2 * PUSH_POINT_BYTES];
    EVP_PKEY *theirs = read_point(s->p256dh);
    bool good = theirs != NULL && decode(s->auth, secret, sizeof secret) == 0 && agree(own->key, theirs, shared) == 0;
    memcpy(both, info, sizeof info); /* with its NUL */
    good = good && decode(s->p256dh, both + sizeof info, PUSH_POINT_BYTES) == 0;
    memcpy(both + sizeof info + PUSH_POINT_BYTES, own->point, PUSH_POINT_BYTES);
    good =
        good && derive(secret, sizeof secret, shared, sizeof shared, both, sizeof both, input, sizeof input) == 0 &&
        derive(salt, PUSH_SALT_BYTES, input, sizeof input, key_info, sizeof key_info, ret_key, KEY_BYTES) == 0 &&
        derive(salt, PUSH_SALT_BYTES, input, sizeof input, nonce_info, sizeof nonce_info, ret_nonce, NONCE_BYTES) == 0;
    EVP_PKEY_free(theirs);
    sodium_memzero(shared, sizeof shared);
    sodium_memzero(input, sizeof input);
    return good ? 0 : -1;
}

/* The message, the delimiter of the last record, and the filling. */
static int encrypt(const struct push_sealing *s, const unsigned char *key, const unsigned char *nonce,
                   unsigned char *ret)
{
    static const unsigned char zeros[256];
    static const unsigned char last = 2;
    int at = 0, made = 0;
    EVP_CIPHER_CTX *context = EVP_CIPHER_CTX_new();
    bool good = context != NULL && EVP_EncryptInit_ex(context, EVP_aes_128_gcm(), NULL, key, nonce) == 1 &&
                EVP_EncryptUpdate(context, ret, &made, s->message, (int)s->size) == 1;
    at += made;
    good = good && EVP_EncryptUpdate(context, ret + at, &made, &last, 1) == 1;
    at += made;
    for (size_t left = s->fill; good && left > 0;) {
        size_t piece = left < sizeof zeros ? left : sizeof zeros;
        good = EVP_EncryptUpdate(context, ret + at, &made, zeros, (int)piece) == 1;
        at += made;
        left -= piece;
    }
    good = good && EVP_EncryptFinal_ex(context, ret + at, &made) == 1 &&
           EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_GCM_GET_TAG, TAG_BYTES, ret + at + made) == 1;
    EVP_CIPHER_CTX_free(context);
    return good ? 0 : -1;
}

int push_seal(const struct push_sealing *s, struct buf *out)
{
    unsigned char head[HEAD_BYTES] = {0}, key[KEY_BYTES], nonce[NONCE_BYTES], body[PUSH_MESSAGE_BYTES + 1 + TAG_BYTES];
    struct push_pair *made = s->pair == NULL ? push_pair_new() : NULL;
    const struct push_pair *pair = made != NULL ? made : s->pair;
    bool good = pair != NULL && s->size <= PUSH_MESSAGE_BYTES && s->fill <= PUSH_MESSAGE_BYTES - s->size;
    if (s->salt != NULL)
        memcpy(head, s->salt, PUSH_SALT_BYTES);
    else
        good = good && RAND_bytes(head, PUSH_SALT_BYTES) == 1;
    if (good) {
        head[PUSH_SALT_BYTES + 2] = PUSH_RECORD_BYTES >> 8; /* big endian; the rest is 0 */
        head[PUSH_SALT_BYTES + 4] = PUSH_POINT_BYTES;
        memcpy(head + PUSH_SALT_BYTES + 5, pair->point, PUSH_POINT_BYTES);
    }
    good = good && make_keys(s, pair, head, key, nonce) == 0 && encrypt(s, key, nonce, body) == 0 &&
           buf_add(out, head, sizeof head) == 0 && buf_add(out, body, s->size + 1 + s->fill + TAG_BYTES) == 0;
    push_pair_free(made);
    sodium_memzero(key, sizeof key);
    return good ? 0 : -1;
}

/* --- the signature ---------------------------------------------------------------------------------- */

/* Scheme, host and port, as the audience is written. */
static size_t origin_size(const char *endpoint)
{
    const char *host = strstr(endpoint, "://");
    return host != NULL ? (size_t)(host + 3 - endpoint) + strcspn(host + 3, "/?#") : 0;
}

/* What a JSON text and a header take as it is: no quotes, backslashes or control characters. */
static bool is_plain(const char *text, size_t size)
{
    for (size_t i = 0; i < size; i++)
        if ((unsigned char)text[i] <= ' ' || (unsigned char)text[i] >= 0x7f || text[i] == '"' || text[i] == '\\')
            return false;
    return true;
}

/* ES256: the two numbers one behind the other, where OpenSSL gives their DER. */
static int sign_text(EVP_PKEY *key, const char *text, size_t size, unsigned char ret[2 * SCALAR_BYTES])
{
    unsigned char der[128];
    const unsigned char *at = der;
    size_t made = sizeof der;
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    bool good = context != NULL && EVP_DigestSignInit(context, NULL, EVP_sha256(), NULL, key) == 1 &&
                EVP_DigestSign(context, der, &made, (const unsigned char *)text, size) == 1;
    ECDSA_SIG *both = good ? d2i_ECDSA_SIG(NULL, &at, (long)made) : NULL;
    good = both != NULL && BN_bn2binpad(ECDSA_SIG_get0_r(both), ret, SCALAR_BYTES) == SCALAR_BYTES &&
           BN_bn2binpad(ECDSA_SIG_get0_s(both), ret + SCALAR_BYTES, SCALAR_BYTES) == SCALAR_BYTES;
    ECDSA_SIG_free(both);
    EVP_MD_CTX_free(context);
    return good ? 0 : -1;
}

int push_sign(const struct push_pair *pair, const char *endpoint, const char *contact, int64_t now_seconds,
              char ret[PUSH_SIGNED_BYTES])
{
    static const char head[] = "{\"typ\":\"JWT\",\"alg\":\"ES256\"}";
    char claims[CLAIMS_BYTES], token[PUSH_SIGNED_BYTES], subject[CONTACT_BYTES + 16] = "";
    unsigned char signature[2 * SCALAR_BYTES];
    size_t origin = origin_size(endpoint), contact_size = strlen(contact);
    if (origin == 0 || origin > 300 || contact_size > CONTACT_BYTES || !is_plain(endpoint, origin) ||
        !is_plain(contact, contact_size))
        return -1;
    if (contact_size > 0)
        snprintf(subject, sizeof subject, ",\"sub\":\"%s\"", contact);
    int size = snprintf(claims, sizeof claims, "{\"aud\":\"%.*s\",\"exp\":%" PRId64 "%s}", (int)origin, endpoint,
                        now_seconds + PUSH_HOLDS_SECONDS, subject);
    sodium_bin2base64(token, sizeof token, (const unsigned char *)head, sizeof head - 1, B64);
    size_t at = strlen(token);
    token[at++] = '.';
    /* Room: 600 bytes of claims are 800 as base64. */
    sodium_bin2base64(token + at, sizeof token - at, (const unsigned char *)claims, (size_t)size, B64);
    at += strlen(token + at);
    if (sign_text(pair->key, token, at, signature) < 0)
        return -1;
    char text[sodium_base64_ENCODED_LEN(sizeof signature, B64)];
    sodium_bin2base64(text, sizeof text, signature, sizeof signature, B64);
    int length = snprintf(ret, PUSH_SIGNED_BYTES, "vapid t=%s.%s, k=%s", token, text, pair->text);
    return length < PUSH_SIGNED_BYTES ? 0 : -1;
}
