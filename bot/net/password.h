/* Passwords: argon2id through libsodium. Slow by design (about 0.1 s, 64 MiB): on a worker, at most two
 * at once. Threads: any. */
#ifndef NET_PASSWORD_H
#define NET_PASSWORD_H

#include <stdbool.h>
#include <stddef.h>

enum { PASSWORD_HASH_BYTES = 128, PASSWORD_LEAST = 10, PASSWORD_MOST = 1024 };

/* 0, or -1 without memory. */
int password_hash(const char *password, char ret_hash[PASSWORD_HASH_BYTES]);
/* For a user who does not exist give hash = NULL: it takes the same time and is false. */
bool password_matches(const char *hash, const char *password);
/* A random password of readable letters and digits, about 100 bits. */
void password_random(char ret_password[32]);

#endif
