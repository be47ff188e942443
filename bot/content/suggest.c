/* The nearest name by edit distance: see suggest.h. */
#include "content/suggest.h"

#include <stdlib.h>
#include <string.h>

enum { WORD_MAX = 64 };

static int least(int a, int b)
{
    return a < b ? a : b;
}

/* Insertions, deletions, substitutions and swaps of neighbours, in bytes. */
static int distance(const char *a, const char *b)
{
    int rows[3][WORD_MAX + 1];
    int an = (int)strlen(a), bn = (int)strlen(b);
    int *before = rows[0], *last = rows[1], *row = rows[2];
    for (int j = 0; j <= bn; j++)
        last[j] = j;
    for (int i = 1; i <= an; i++) {
        row[0] = i;
        for (int j = 1; j <= bn; j++) {
            row[j] = least(least(last[j], row[j - 1]) + 1, last[j - 1] + (a[i - 1] != b[j - 1]));
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                row[j] = least(row[j], before[j - 2] + 1);
        }
        int *oldest = before;
        before = last;
        last = row;
        row = oldest;
    }
    return last[bn];
}

struct suggest suggest_start(const char *word)
{
    /* About one letter in three may be wrong: nobody means a word that shares less. */
    size_t size = strlen(word);
    return (struct suggest){word, NULL, size > WORD_MAX ? 0 : (int)(size + 2) / 3 + 1};
}

void suggest_offer(struct suggest *s, const char *candidate)
{
    int difference = (int)strlen(candidate) - (int)strlen(s->word);
    if (strlen(candidate) > WORD_MAX || abs(difference) >= s->distance)
        return;
    int d = distance(s->word, candidate);
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
