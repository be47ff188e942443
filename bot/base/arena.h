/* Arena: memory for one piece of work, freed once at its end.
 *
 * Good for: everything made while one visitor message, one file or one command
 * is being worked on. Not for: what outlives that work.
 * Errors: past its ceiling (or without memory) an allocation returns NULL and the arena
 * remembers it (arena_failed), so a caller may build several things and ask once.
 * Threads: one arena belongs to one thread at a time.
 *
 * Under the address sanitiser every piece is a malloc of its own, so that an overrun
 * of one byte is seen. */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

struct arena;

/* An arena that hands out at most `ceiling` bytes. NULL without memory. */
struct arena *arena_new(size_t ceiling);
void arena_free(struct arena *);

/* Forgets every piece and keeps the arena for the next work. */
void arena_reset(struct arena *);

/* `size` zeroed bytes, aligned for any type. NULL past the ceiling. */
void *arena_alloc(struct arena *, size_t size);
/* The same, not zeroed: for large tables whose filled part is counted. */
void *arena_alloc_raw(struct arena *, size_t size);
/* `count` zeroed elements of `size`; NULL where the product overflows too. */
void *arena_array(struct arena *, size_t count, size_t size);
/* A grown copy of an array of the arena (`old` may be NULL); the old one stays valid. */
void *arena_grow(struct arena *, const void *old, size_t old_size, size_t new_size);
char *arena_strdup(struct arena *, const char *);
char *arena_strndup(struct arena *, const char *, size_t length);
/* Two texts as one. */
char *arena_join(struct arena *, const char *, const char *);
char *arena_printf(struct arena *, const char *format, ...) __attribute__((format(printf, 2, 3)));
char *arena_vprintf(struct arena *, const char *format, va_list) __attribute__((format(printf, 2, 0)));

/* True once any allocation has failed since the last reset. */
bool arena_failed(const struct arena *);
/* Bytes handed out since the last reset. */
size_t arena_used(const struct arena *);

#endif
