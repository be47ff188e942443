/* Looks up built-in files in the sorted table that install/embed wrote: see embed.h. */
#include "base/embed.h"

#include <string.h>

/* Made by install/embed. */
extern const struct embedded embed_table[];
extern const size_t embed_count;

const struct embedded *embed_find(const char *path)
{
    size_t low = 0, high = embed_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = strcmp(path, embed_table[middle].path);
        if (order == 0)
            return &embed_table[middle];
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}

const struct embedded *embed_at(size_t i)
{
    return i < embed_count ? &embed_table[i] : NULL;
}
