/* Flat: nearly every frame there is, read without a tree: one object of plain texts, whole numbers, true, false and
 * null.
 *
 * What it does not take (escapes, nested values, fractions, a key twice, more than FLAT_MEMBERS_MAX, or what is not
 * JSON at all) is left to the JSON library, whose word counts. The bytes must have passed scan_frame: they are valid
 * UTF-8 without NUL. Private to wire/. */
#ifndef WIRE_FLAT_H
#define WIRE_FLAT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { FLAT_MEMBERS_MAX = 12 };

enum flat_type { FLAT_NULL, FLAT_TEXT, FLAT_INTEGER, FLAT_OTHER };

struct flat_value {
    enum flat_type type;
    const char *text; /* FLAT_TEXT: not NUL-terminated */
    size_t size;
    int64_t integer; /* FLAT_INTEGER */
};

struct flat_member {
    const char *name; /* not NUL-terminated */
    size_t name_size;
    struct flat_value value;
};

struct flat {
    size_t count;
    struct flat_member members[FLAT_MEMBERS_MAX];
};

/* False = it does not take these. Values point into the bytes. */
bool flat_read(const char *bytes, size_t size, struct flat *ret);
/* NULL = there is no such member. */
const struct flat_value *flat_get(const struct flat *, const char *name);

#endif
