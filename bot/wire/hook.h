/* Hook: what is said with a webhook: what a flow collected goes there, values come back.
 *
 * There goes an object as Standard Webhooks 1.0.0 suggests:
 *   {"type":"ordini","timestamp":"2027-03-01T09:00:00Z","data":{"numero":"AB-1234"},
 *    "intent":"stato-ordine","lang":"it","visitor":{"id":"maria"}}          visitor: only where the site signed it in
 * What comes back is an object too; its values become variables, names of what lies deeper with dots, elements of lists
 * counted from 1 ("cliente.nome", "righe.1.titolo", "righe.count"). An empty body is an empty object.
 * An answer is taken whole or not at all. Errors: -1 with *ret_why in words (a constant). Threads: any. */
#ifndef WIRE_HOOK_H
#define WIRE_HOOK_H

#include "base/arena.h"
#include "base/buf.h"
#include "dialogue/dialogue.h"

enum {
    HOOK_ANSWER_BYTES = 64 << 10,
    HOOK_VALUES_MAX = 100,
    HOOK_VALUE_BYTES = 2000,
    HOOK_NAME_BYTES = 64, /* of one name; the whole with dots: EXPRESSION_NAME_BYTES */
    HOOK_DEPTH_MAX = 8
};

struct hook_call {
    const char *type, *lang;
    const char *intent;  /* "" = it is no flow that asks */
    const char *visitor; /* the site's own id of whom it signed in, NULL = nobody */
    int64_t at_seconds;  /* UTC */
    const struct variable *sends;
    size_t send_count;
};

/* Appends the object. -1 past the buffer's ceiling. */
int hook_write(const struct hook_call *, struct buf *out);

/* Reads an answer; the variables lie in the arena. Members whose names are none (letters, digits, `_` and `-`), or
 * which are null, are left out. */
int hook_read(const char *bytes, size_t size, struct arena *, const struct variable **ret, size_t *ret_count,
              const char **ret_why);

#endif
