/* Hashes. hash_bytes is FNV-1a with a final mix: stable across machines and runs, for
 * features and checksums of derived files. hash_keyed is seeded per process: for tables
 * whose keys strangers choose. Neither is for secrets (libsodium is). */
#ifndef BASE_HASH_H
#define BASE_HASH_H

#include <stddef.h>
#include <stdint.h>

uint64_t hash_bytes(const void *bytes, size_t size);
/* Continues a hash over more bytes: hash_more(hash_bytes(a), b) differs from hash_bytes(ab). */
uint64_t hash_more(uint64_t hash, const void *bytes, size_t size);
/* Of a large piece, several bytes at a time: the checksum of a file of a hundred megabytes in a few hundredths
 * of a second. Another number than hash_bytes gives, and than on a machine of the other endianness. */
uint64_t hash_bulk(const void *bytes, size_t size);
uint64_t hash_keyed(const void *bytes, size_t size);
/* Spreads the bits of an integer (the finaliser of SplitMix64, Steele et al. 2014). */
uint64_t hash_mix(uint64_t);

#endif
