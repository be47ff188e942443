/* Damerau's and Levenshtein's distance, by optimal alignment: see distance.h. */
#include "base/distance.h"

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

size_t distance_between(const char *a, size_t a_size, const char *b, size_t b_size)
{
    size_t rows[3][DISTANCE_BYTES + 1];
    size_t *before = rows[0], *last = rows[1], *row = rows[2];
    if (a_size > DISTANCE_BYTES || b_size > DISTANCE_BYTES)
        return DISTANCE_FAR;
    for (size_t j = 0; j <= b_size; j++)
        last[j] = j;
    for (size_t i = 1; i <= a_size; i++) {
        row[0] = i;
        for (size_t j = 1; j <= b_size; j++) {
            row[j] = least(least(last[j], row[j - 1]) + 1, last[j - 1] + (a[i - 1] != b[j - 1]));
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                row[j] = least(row[j], before[j - 2] + 1);
        }
        size_t *oldest = before;
        before = last;
        last = row;
        row = oldest;
    }
    return last[b_size];
}
