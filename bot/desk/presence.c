/* The names of presences, as they are sent. */
#include "desk/desk.h"

#include <string.h>

static const char *const names[] = {
    [PRESENCE_OFFLINE] = "offline",
    [PRESENCE_ONLINE] = "online",
    [PRESENCE_NO_MORE] = "no_more",
    [PRESENCE_AWAY] = "away",
};

const char *presence_name(enum presence presence)
{
    return names[presence];
}

int presence_from_name(const char *name, enum presence *ret)
{
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (strcmp(names[i], name) == 0) {
            *ret = (enum presence)i;
            return 0;
        }
    }
    return -1;
}
