/* The nearest name by edit distance: see suggest.h. */
#include "content/suggest.h"

#include "base/distance.h"

#include <stdlib.h>
#include <string.h>

struct suggest suggest_start(const char *word)
{
    /* About one letter in three may be wrong: nobody means a word that shares less. */
    size_t size = strlen(word);
    return (struct suggest){word, NULL, size > DISTANCE_BYTES ? 0 : (int)(size + 2) / 3 + 1};
}

void suggest_offer(struct suggest *s, const char *candidate)
{
    int difference = (int)strlen(candidate) - (int)strlen(s->word);
    if (strlen(candidate) > DISTANCE_BYTES || abs(difference) >= s->distance)
        return;
    int d = (int)distance_between(s->word, strlen(s->word), candidate, strlen(candidate));
    if (d < s->distance) {
        s->best = candidate;
        s->distance = d;
    }
}

const char *suggest_phrase(const struct suggest *s, struct arena *arena)
{
    const char *phrase = s->best != NULL ? arena_printf(arena, "; did you mean “%s”?", s->best) : "";
    return phrase != NULL ? phrase : "";
}
