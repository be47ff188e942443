/* Hashes: see hash.h. FNV-1a is the public-domain hash of Fowler, Noll and Vo. */
#include "base/hash.h"

#include <string.h>
#include <sys/random.h>
#include <time.h>

static const uint64_t fnv_offset = 14695981039346656037u, fnv_prime = 1099511628211u;

uint64_t hash_mix(uint64_t x)
{
    x ^= x >> 30;
    x *= 0xbf58476d1ce4e5b9u;
    x ^= x >> 27;
    x *= 0x94d049bb133111ebu;
    return x ^ (x >> 31);
}

static uint64_t fnv(uint64_t h, const void *bytes, size_t size)
{
    const unsigned char *p = bytes;
    for (size_t i = 0; i < size; i++)
        h = (h ^ p[i]) * fnv_prime;
    return h;
}

uint64_t hash_bytes(const void *bytes, size_t size)
{
    return hash_mix(fnv(fnv_offset, bytes, size));
}

uint64_t hash_more(uint64_t hash, const void *bytes, size_t size)
{
    return hash_mix(fnv(hash ^ fnv_offset, bytes, size));
}

/* Four lanes, so that no multiplication waits for the one before it. Each step of a lane is one-to-one in
 * its word, so that a single changed word always changes the result. */
uint64_t hash_bulk(const void *bytes, size_t size)
{
    enum { LANES = 4 };
    const unsigned char *p = bytes;
    uint64_t lanes[LANES] = {1, 2, 3, 4}, words[LANES], whole = size / sizeof words * sizeof words;
    for (uint64_t at = 0; at < whole; at += sizeof words) {
        memcpy(words, p + at, sizeof words);
        for (size_t i = 0; i < LANES; i++) {
            lanes[i] = (lanes[i] ^ words[i]) * 0x9e3779b97f4a7c15u;
            lanes[i] ^= lanes[i] >> 29;
        }
    }
    uint64_t h = hash_bytes(p + whole, size - whole);
    for (size_t i = 0; i < LANES; i++)
        h = hash_mix(h ^ lanes[i]) + i;
    return hash_mix(h ^ size);
}

static uint64_t seed;

/* Before main, so that threads only ever read it. */
__attribute__((constructor)) static void seed_once(void)
{
    if (getrandom(&seed, sizeof seed, 0) != (ssize_t)sizeof seed)
        seed = hash_mix((uint64_t)time(NULL) ^ (uint64_t)(uintptr_t)&seed);
}

uint64_t hash_keyed(const void *bytes, size_t size)
{
    return hash_mix(fnv(fnv_offset ^ seed, bytes, size) ^ seed);
}
