/* Whatever a page sends as a subscription, the reader gives bounded printable texts or nothing. */
#include "wire/subscription.h"

#include <string.h>

static void must(bool holds)
{
    if (!holds)
        __builtin_trap();
}

static void must_fit(const char *text, size_t most)
{
    must(text != NULL && strlen(text) > 0 && strlen(text) <= most);
    for (; *text != '\0'; text++)
        must(*text > ' ' && *text <= '~');
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct subscription s = {.endpoint = NULL};
    struct arena *arena = arena_new(1 << 20);
    if (subscription_read((const char *)data, size, false, arena, &s) == 0) {
        must_fit(s.endpoint, SUBSCRIPTION_ENDPOINT_BYTES);
        must_fit(s.p256dh, SUBSCRIPTION_KEY_BYTES);
        must_fit(s.auth, SUBSCRIPTION_KEY_BYTES);
        must(s.lang != NULL);
    } else {
        must(s.endpoint == NULL);
    }
    if (subscription_read((const char *)data, size, true, arena, &s) == 0)
        must_fit(s.endpoint, SUBSCRIPTION_ENDPOINT_BYTES);
    arena_free(arena);
    return 0;
}
