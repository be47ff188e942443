/* Equal parts of a site: see same.h. */
#include "content/same.h"

#include <string.h>

bool same_text(const char *a, const char *b)
{
    return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

bool same_options(const struct option *a, size_t a_count, const struct option *b, size_t b_count)
{
    if (a_count != b_count)
        return false;
    for (size_t i = 0; i < a_count; i++)
        if (a[i].kind != b[i].kind || !same_text(a[i].target, b[i].target) || !same_text(a[i].title, b[i].title))
            return false;
    return true;
}
