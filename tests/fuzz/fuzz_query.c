/* Whatever stands behind the '?', what is read of it lies in it and within its ceiling, and a number within its range.
 */
#include "net/query.h"

#include <stdlib.h>
#include <string.h>

static void must(bool holds)
{
    if (!holds)
        __builtin_trap();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_new(1 << 20);
    const char *query = size < QUERY_BYTES ? arena_strndup(arena, (const char *)data, size) : NULL;
    const char *value = query != NULL ? query_param(query, "q", arena) : NULL;
    int64_t number = 0;
    if (value != NULL) {
        must(strlen(value) <= QUERY_VALUE_BYTES && strstr(query, "q=") != NULL);
        if (query_number(value, -5, 5, &number))
            must(number >= -5 && number <= 5);
        else
            must(number == 0);
    }
    arena_free(arena);
    return 0;
}
