/* The keys of Web Push on disk: see sitepush.h. */
#include "cli/sitepush.h"

#include "base/file.h"
#include "base/log.h"
#include "net/server.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

enum { SECRET_BYTES = 64 << 10 };

static const char name[] = "web-push";

static struct push_pair *complain(struct push_pair *pair, const char *why, const char *mend)
{
    log_line(LOG_LEVEL_ERROR, "push_keys", "secret", name, "why", why, "mend", mend, NULL);
    push_pair_free(pair);
    return NULL;
}

static struct push_pair *make(const char *data, struct arena *arena)
{
    char text[PUSH_PAIR_TEXT + 1];
    const char *folder = arena_printf(arena, "%s/secrets", data);
    const char *path = arena_printf(arena, "%s/secrets/%s", data, name);
    struct push_pair *pair = push_pair_new();
    if (pair == NULL || path == NULL || folder == NULL || push_pair_text(pair, text) < 0)
        return complain(pair, "there is not enough memory", "start again");
    memcpy(text + strlen(text), "\n", 2);
    if (file_make_folders(folder, 0700) < 0 || file_write_atomic(path, text, strlen(text), 0600) < 0)
        return complain(pair, strerror(errno), "let the server write into DATA/secrets");
    return pair;
}

struct push_pair *sitepush_pair(const char *data)
{
    struct arena *arena = arena_new(SECRET_BYTES);
    const char *text = arena != NULL ? server_secret(data, name, arena) : NULL;
    struct push_pair *pair = text != NULL ? push_pair_read(text) : arena != NULL ? make(data, arena) : NULL;
    if (text != NULL && pair == NULL)
        complain(NULL, "it is no pair of keys",
                 "restore it, or remove it: a new one is made, and agents switch notifications on again");
    arena_free(arena);
    return pair;
}
