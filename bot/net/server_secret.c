/* Secrets: never in the site, but in the environment or in DATA/secrets. */
#include "net/server.h"

#include "base/file.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum { SECRET_BYTES = 16384, NAME_BYTES = 64 };

/* Names are words: they may not lead out of the folder. */
static bool fit_name(const char *name)
{
    static const char allowed[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-";
    size_t size = strlen(name);
    return size > 0 && size <= NAME_BYTES && name[strspn(name, allowed)] == '\0';
}

/* "web-push" is SPORTELLO_SECRET_WEB_PUSH. */
static const char *from_environment(const char *name, struct arena *arena)
{
    char *variable = arena_printf(arena, "SPORTELLO_SECRET_%s", name);
    if (variable == NULL)
        return NULL;
    for (char *c = variable; *c != '\0'; c++)
        *c = *c == '-' ? '_' : (char)toupper((unsigned char)*c);
    const char *value = getenv(variable);
    return value != NULL && value[0] != '\0' ? arena_strdup(arena, value) : NULL;
}

static const char *from_file(const char *data, const char *name, struct arena *arena)
{
    const char *path = arena_printf(arena, "%s/secrets/%s", data, name);
    size_t size;
    char *bytes = path != NULL ? file_read(path, SECRET_BYTES, &size) : NULL;
    if (bytes == NULL)
        return NULL;
    /* An editor leaves a line end. */
    while (size > 0 && (bytes[size - 1] == '\n' || bytes[size - 1] == '\r'))
        size--;
    const char *value = size > 0 ? arena_strndup(arena, bytes, size) : NULL;
    free(bytes);
    return value;
}

const char *server_secret(const char *data, const char *name, struct arena *arena)
{
    if (!fit_name(name))
        return NULL;
    const char *value = from_environment(name, arena);
    return value != NULL ? value : from_file(data, name, arena);
}
