/* Passwords by argon2id: see password.h. */
#include "net/password.h"

#include <sodium.h>
#include <string.h>

/* About 0.1 s and 64 MiB a try. */
#define OPERATIONS crypto_pwhash_OPSLIMIT_INTERACTIVE
#define MEMORY     crypto_pwhash_MEMLIMIT_INTERACTIVE

_Static_assert(PASSWORD_HASH_BYTES >= crypto_pwhash_STRBYTES, "an argon2id hash has room");

int password_hash(const char *password, char ret_hash[PASSWORD_HASH_BYTES])
{
    if (sodium_init() < 0)
        return -1;
    return crypto_pwhash_str(ret_hash, password, strlen(password), OPERATIONS, MEMORY);
}

/* Hashing anew costs what checking costs, so that a name nobody has cannot be told by the time. */
static bool same_effort(const char *password)
{
    char scrap[PASSWORD_HASH_BYTES];
    (void)password_hash(password, scrap);
    sodium_memzero(scrap, sizeof scrap);
    return false;
}

bool password_matches(const char *hash, const char *password)
{
    size_t size = strlen(password);
    if (sodium_init() < 0 || size > PASSWORD_MOST)
        return false;
    if (hash == NULL)
        return same_effort(password);
    return crypto_pwhash_str_verify(hash, password, size) == 0;
}

/* 20 of 32 signs are 100 bits; no 0, 1, l or o, which readers mistake. In groups of five, for reading aloud. */
void password_random(char ret_password[32])
{
    static const char signs[] = "23456789abcdefghijkmnpqrstuvwxyz";
    _Static_assert(sizeof signs == 33, "five bits a sign");
    size_t used = 0;
    if (sodium_init() < 0) {
        ret_password[0] = '\0';
        return;
    }
    for (int i = 0; i < 20; i++) {
        if (i > 0 && i % 5 == 0)
            ret_password[used++] = '-';
        ret_password[used++] = signs[randombytes_uniform(sizeof signs - 1)];
    }
    ret_password[used] = '\0';
}
