/* Whom X-Forwarded-For is believed from: see proxies.h. */
#include "net/proxies.h"

#include <stdlib.h>
#include <string.h>

struct network {
    struct address address;
    int bits;
};

struct proxies {
    struct network *networks;
    size_t count;
};

static int read_network(const char *text, struct network *ret)
{
    const char *slash = strchr(text, '/');
    size_t size = slash != NULL ? (size_t)(slash - text) : strlen(text);
    if (address_read(text, size, &ret->address) < 0)
        return -1;
    int widest = address_is_v4(&ret->address) ? 32 : 128;
    char *end = NULL;
    long bits = slash != NULL ? strtol(slash + 1, &end, 10) : widest;
    if (bits < 0 || bits > widest || (end != NULL && (*end != '\0' || end == slash + 1)))
        return -1;
    ret->bits = (int)bits + 128 - widest;
    return 0;
}

struct proxies *proxies_new(const struct string_list *list)
{
    struct proxies *p = calloc(1, sizeof *p);
    if (p == NULL)
        return NULL;
    p->networks = calloc(list->count + 1, sizeof *p->networks);
    if (p->networks == NULL) {
        free(p);
        return NULL;
    }
    for (size_t i = 0; i < list->count; i++) {
        if (read_network(list->items[i], &p->networks[p->count]) == 0)
            p->count++;
    }
    return p;
}

void proxies_free(struct proxies *p)
{
    if (p == NULL)
        return;
    free(p->networks);
    free(p);
}

bool proxies_trust(const struct proxies *p, const struct address *address)
{
    for (size_t i = 0; i < p->count; i++) {
        if (address_within(address, &p->networks[i].address, p->networks[i].bits))
            return true;
    }
    return false;
}

struct address proxies_client(const struct proxies *p, const struct address *peer, const char *forwarded_for)
{
    struct address client = *peer;
    const char *end = forwarded_for != NULL ? forwarded_for + strlen(forwarded_for) : NULL;
    while (end != NULL && proxies_trust(p, &client)) {
        const char *from = end;
        while (from > forwarded_for && from[-1] != ',')
            from--;
        if (address_read(from, (size_t)(end - from), &client) < 0)
            break;
        end = from > forwarded_for ? from - 1 : NULL;
    }
    return client;
}
