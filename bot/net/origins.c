/* Allowed origins: see origins.h. */
#include "net/origins.h"

#include "base/buf.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum { ORIGINS_MOST = SETTINGS_LIST_MAX + 8, ORIGIN_BYTES = 512 };

struct origins {
    char *list[ORIGINS_MOST];
    size_t own, count; /* the own ones stand first */
    char *prefix;
    char *public_origin;
    char *ancestors;
};

static void lower(char *text)
{
    for (; *text != '\0'; text++)
        *text = (char)tolower((unsigned char)*text);
}

char *origins_of(const char *url)
{
    static const struct {
        const char *scheme, *port;
    } schemes[] = {{"http://", ":80"}, {"https://", ":443"}};
    for (size_t i = 0; i < 2; i++) {
        size_t scheme = strlen(schemes[i].scheme), port = strlen(schemes[i].port);
        if (strncasecmp(url, schemes[i].scheme, scheme) != 0)
            continue;
        size_t length = scheme + strcspn(url + scheme, "/?#");
        if (length == scheme || length > ORIGIN_BYTES)
            return NULL;
        if (length > scheme + port && strncmp(url + length - port, schemes[i].port, port) == 0)
            length -= port;
        char *origin = strndup(url, length);
        if (origin != NULL)
            lower(origin);
        return origin;
    }
    return NULL;
}

static void add(struct origins *o, const char *url)
{
    char *origin = o->count < ORIGINS_MOST ? origins_of(url) : NULL;
    if (origin != NULL)
        o->list[o->count++] = origin;
}

static void add_listening(struct origins *o, const char *host, int port)
{
    const char *const names[] = {"127.0.0.1", "localhost", "[::1]", host};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        bool bare_v6 = strchr(names[i], ':') != NULL && names[i][0] != '[';
        struct buf url;
        buf_init(&url, ORIGIN_BYTES);
        buf_printf(&url, bare_v6 ? "http://[%s]:%d" : "http://%s:%d", names[i], port);
        if (!url.failed)
            add(o, url.data);
        buf_free(&url);
    }
}

static char *prefix_of(const char *url)
{
    const char *authority = strstr(url, "://");
    const char *path = authority != NULL ? strchr(authority + 3, '/') : NULL;
    size_t length = path != NULL ? strcspn(path, "?#") : 0;
    while (length > 0 && path[length - 1] == '/')
        length--;
    return strndup(path != NULL ? path : "", length);
}

/* What a policy's grammar has no place for, an address in brackets above all, is left out, and what has no room: then
 * such a page shows no frame, which is the safe side. */
static char *ancestors_of(const struct origins *o)
{
    struct buf policy;
    buf_init(&policy, ORIGINS_ANCESTORS_BYTES);
    buf_puts(&policy, "frame-ancestors 'self'");
    for (size_t i = 0; i < o->count; i++) {
        const char *origin = o->list[i];
        bool fits = policy.size + strlen(origin) + 2 < ORIGINS_ANCESTORS_BYTES;
        if (fits && origin[strspn(origin, "abcdefghijklmnopqrstuvwxyz0123456789.:/_-")] == '\0')
            buf_printf(&policy, " %s", origin);
    }
    char *text = buf_take(&policy, NULL);
    buf_free(&policy);
    return text;
}

struct origins *origins_new(const struct settings *settings, const char *host, int port)
{
    struct origins *o = calloc(1, sizeof *o);
    if (o == NULL)
        return NULL;
    add(o, settings->public_url);
    char *public_origin = origins_of(settings->public_url);
    o->public_origin = public_origin != NULL ? public_origin : strdup("");
    o->prefix = prefix_of(settings->public_url);
    add_listening(o, host, port);
    o->own = o->count;
    for (size_t i = 0; i < settings->allowed_origins.count; i++)
        add(o, settings->allowed_origins.items[i]);
    o->ancestors = ancestors_of(o);
    if (o->public_origin == NULL || o->prefix == NULL || o->ancestors == NULL) {
        origins_free(o);
        return NULL;
    }
    return o;
}

void origins_free(struct origins *o)
{
    if (o == NULL)
        return;
    for (size_t i = 0; i < o->count; i++)
        free(o->list[i]);
    free(o->prefix);
    free(o->public_origin);
    free(o->ancestors);
    free(o);
}

/* Browsers send origins in their one normal form, so bytes are compared; scheme and host in any case. */
static bool among(const struct origins *o, size_t count, const char *origin)
{
    for (size_t i = 0; origin != NULL && i < count; i++) {
        if (strcasecmp(o->list[i], origin) == 0)
            return true;
    }
    return false;
}

bool origins_allow(const struct origins *o, const char *origin)
{
    return among(o, o->count, origin);
}

bool origins_own(const struct origins *o, const char *origin)
{
    return among(o, o->own, origin);
}

const char *origins_prefix(const struct origins *o)
{
    return o->prefix;
}

bool origins_secure(const struct origins *o)
{
    return strncmp(o->public_origin, "https:", 6) == 0;
}

const char *origins_public(const struct origins *o)
{
    return o->public_origin;
}

const char *origins_ancestors(const struct origins *o)
{
    return o->ancestors;
}
