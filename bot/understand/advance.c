/* Parts of a build's progress: see advance.h. */
#include "understand/advance.h"

#include <stddef.h>

struct advance advance_part(const struct advance *whole, double from, double to)
{
    double length = whole->to - whole->from;
    return (struct advance){whole->hear, whole->context, whole->from + from * length, whole->from + to * length};
}

void advance_tell(const struct advance *a, double share)
{
    if (a->hear != NULL)
        a->hear(a->context, a->from + share * (a->to - a->from));
}

void advance_hear(void *part, double share)
{
    advance_tell(part, share);
}
