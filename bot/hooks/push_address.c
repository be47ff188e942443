/* Where a push may go: see push_address.h. */
#include "hooks/push_address.h"

#include "hooks/webhook.h"
#include "store/push.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <string.h>

enum { HOST_BYTES = 256 };

/* Of a host that is an address in digits; 0 = it is a name. */
static unsigned reach_of_host(const char *host)
{
    struct sockaddr_in v4 = {.sin_family = AF_INET};
    struct sockaddr_in6 v6 = {.sin6_family = AF_INET6};
    char inner[HOST_BYTES];
    if (inet_pton(AF_INET, host, &v4.sin_addr) == 1)
        return reach_of((const struct sockaddr *)&v4);
    if (host[0] != '[')
        return REACH_PUBLIC; /* a name: it is looked at when its socket is opened */
    snprintf(inner, sizeof inner, "%.*s", (int)strcspn(host + 1, "]"), host + 1);
    return inet_pton(AF_INET6, inner, &v6.sin6_addr) == 1 ? reach_of((const struct sockaddr *)&v6) : 0;
}

bool push_address_fits(const char *endpoint, const struct string_list *listed_hosts)
{
    char host[HOST_BYTES];
    bool listed = webhook_listed(listed_hosts, endpoint);
    const char *at = strncmp(endpoint, "https://", 8) == 0            ? endpoint + 8
                     : listed && strncmp(endpoint, "http://", 7) == 0 ? endpoint + 7
                                                                      : NULL;
    if (at == NULL || strlen(endpoint) > PUSH_ENDPOINT_BYTES)
        return false;
    size_t size = strcspn(at, "/?#"), name = at[0] == '[' ? strcspn(at, "]") + 1 : strcspn(at, ":/?#");
    if (name == 0 || name > size || name >= sizeof host || memchr(at, '@', size) != NULL || strchr(at, '#') != NULL ||
        strpbrk(endpoint, "\\\"<> ") != NULL)
        return false;
    snprintf(host, sizeof host, "%.*s", (int)name, at);
    return listed || reach_of_host(host) == REACH_PUBLIC;
}
