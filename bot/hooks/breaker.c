/* Counting failures in a row: see breaker.h. */
#include "hooks/breaker.h"

bool breaker_allows(struct breaker *b, int64_t now_ms)
{
    if (!b->open)
        return true;
    if (b->trying || now_ms < b->until_ms)
        return false;
    b->trying = true;
    return true;
}

enum breaker_change breaker_note(struct breaker *b, int64_t now_ms, bool good)
{
    bool was_open = b->open, tried = b->trying;
    if (good) {
        b->open = b->trying = false;
        b->failures = 0;
        return was_open ? BREAKER_CLOSED : BREAKER_SAME;
    }
    b->failures += b->failures < b->most;
    /* What was under way when it opened does not make the pause longer. */
    if (b->failures < b->most || (was_open && !tried))
        return BREAKER_SAME;
    b->open = true;
    b->trying = false;
    b->until_ms = now_ms + b->pause_ms;
    b->opened += !was_open;
    return was_open ? BREAKER_SAME : BREAKER_OPENED;
}

void breaker_forget(struct breaker *b)
{
    b->trying = false;
}
