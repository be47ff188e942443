/* Whatever a webhook answers, the reader gives bounded values with proper names, or a reason and nothing. */
#include "wire/hook.h"

#include <string.h>

static void must(bool holds)
{
    if (!holds)
        __builtin_trap();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const struct variable *values = NULL;
    size_t count = 0;
    const char *why = NULL;
    struct arena *arena = arena_new(1 << 20);
    if (hook_read((const char *)data, size, arena, &values, &count, &why) < 0)
        must(why != NULL && why[0] != '\0' && count == 0);
    must(count <= HOOK_VALUES_MAX);
    for (size_t i = 0; i < count; i++)
        must(values[i].name[0] != '\0' && strchr(values[i].name, '{') == NULL &&
             strlen(values[i].value) <= HOOK_VALUE_BYTES);
    arena_free(arena);
    return 0;
}
