/* Numeric addresses: see address.h. */
#include "net/address.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>

static const unsigned char mapped[12] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};

static void from_v4(const void *four, struct address *ret)
{
    memcpy(ret->bytes, mapped, sizeof mapped);
    memcpy(ret->bytes + sizeof mapped, four, 4);
}

/* Cuts blanks, brackets and the port off. */
static size_t bare(const char **at, size_t size)
{
    const char *from = *at, *end = from + size;
    while (from < end && (*from == ' ' || *from == '\t'))
        from++;
    while (end > from && (end[-1] == ' ' || end[-1] == '\t'))
        end--;
    *at = from;
    if (from < end && *from == '[') {
        const char *close = memchr(from, ']', (size_t)(end - from));
        *at = from + 1;
        return close != NULL ? (size_t)(close - from - 1) : 0;
    }
    const char *colon = memchr(from, ':', (size_t)(end - from));
    bool one_colon = colon != NULL && memchr(colon + 1, ':', (size_t)(end - colon - 1)) == NULL;
    return one_colon ? (size_t)(colon - from) : (size_t)(end - from);
}

int address_read(const char *text, size_t size, struct address *ret)
{
    char copy[ADDRESS_TEXT_BYTES];
    unsigned char four[4];
    struct address six;
    size_t length = bare(&text, size);
    if (length == 0 || length >= sizeof copy)
        return -1;
    memcpy(copy, text, length);
    copy[length] = '\0';
    if (inet_pton(AF_INET, copy, four) == 1) {
        from_v4(four, ret);
        return 0;
    }
    if (inet_pton(AF_INET6, copy, six.bytes) != 1)
        return -1;
    *ret = six;
    return 0;
}

int address_from_socket(const struct sockaddr *from, struct address *ret)
{
    if (from->sa_family == AF_INET) {
        from_v4(&((const struct sockaddr_in *)(const void *)from)->sin_addr, ret);
        return 0;
    }
    if (from->sa_family != AF_INET6)
        return -1;
    memcpy(ret->bytes, &((const struct sockaddr_in6 *)(const void *)from)->sin6_addr, sizeof ret->bytes);
    return 0;
}

void address_text(const struct address *address, char ret_text[ADDRESS_TEXT_BYTES])
{
    bool v4 = address_is_v4(address);
    inet_ntop(v4 ? AF_INET : AF_INET6, address->bytes + (v4 ? sizeof mapped : 0), ret_text, ADDRESS_TEXT_BYTES);
}

bool address_is_v4(const struct address *address)
{
    return memcmp(address->bytes, mapped, sizeof mapped) == 0;
}

bool address_is_loopback(const struct address *address)
{
    static const struct address one = {{[15] = 1}};
    if (address_is_v4(address))
        return address->bytes[12] == 127;
    return address_equal(address, &one);
}

bool address_equal(const struct address *a, const struct address *b)
{
    return memcmp(a->bytes, b->bytes, sizeof a->bytes) == 0;
}

bool address_within(const struct address *address, const struct address *network, int bits)
{
    size_t whole = (size_t)bits / 8;
    int rest = bits % 8;
    if (memcmp(address->bytes, network->bytes, whole) != 0)
        return false;
    return rest == 0 || (address->bytes[whole] ^ network->bytes[whole]) >> (8 - rest) == 0;
}

struct address address_key(const struct address *address)
{
    struct address key = *address;
    if (!address_is_v4(address))
        memset(key.bytes + 8, 0, 8);
    return key;
}
