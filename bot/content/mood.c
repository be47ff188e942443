/* The moods: see mood.h. */
#include "content/mood.h"

#include <stddef.h>
#include <string.h>

static const char *const moods[] = {"neutral", "warm", "glad", "sorry", "serious"};

bool mood_is(const char *text)
{
    for (size_t i = 0; i < sizeof moods / sizeof *moods; i++)
        if (strcmp(moods[i], text) == 0)
            return true;
    return false;
}

void mood_suggest(struct suggest *s)
{
    for (size_t i = 0; i < sizeof moods / sizeof *moods; i++)
        suggest_offer(s, moods[i]);
}
