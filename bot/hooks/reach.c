/* Kinds of addresses, after IANA's special-purpose registries: see reach.h. */
#include "hooks/reach.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* Where the IPv4 address within an IPv6 one lies; -1 = it is none of these. */
static const struct {
    uint8_t prefix[12];
    int bytes, at;
} carriers[] = {
    {{[10] = 0xff, [11] = 0xff}, 12, 12}, /* ::ffff:0:0/96, mapped */
    {{0x00, 0x64, 0xff, 0x9b}, 12, 12},   /* 64:ff9b::/96, NAT64 */
    {{0x20, 0x02}, 2, 2},                 /* 2002::/16, 6to4 */
};

/* The first that fits. */
static const struct {
    uint32_t network;
    int bits;
    unsigned reach;
} networks4[] = {
    {0x7f000000, 8, REACH_LOOPBACK}, /* 127.0.0.0/8 */
    {0x0a000000, 8, REACH_PRIVATE},  /* 10.0.0.0/8 */
    {0xac100000, 12, REACH_PRIVATE}, /* 172.16.0.0/12 */
    {0xc0a80000, 16, REACH_PRIVATE}, /* 192.168.0.0/16 */
    {0x64400000, 10, REACH_PRIVATE}, /* 100.64.0.0/10, behind a carrier's NAT */
    {0x00000000, 8, 0},              /* 0.0.0.0/8 */
    {0xa9fe0000, 16, 0},             /* 169.254.0.0/16, link-local, metadata */
    {0xc0000000, 24, 0},             /* 192.0.0.0/24 */
    {0xc0000200, 24, 0},             /* 192.0.2.0/24, documentation */
    {0xc6120000, 15, 0},             /* 198.18.0.0/15, measurements */
    {0xc6336400, 24, 0},             /* 198.51.100.0/24, documentation */
    {0xcb007100, 24, 0},             /* 203.0.113.0/24, documentation */
    {0xe0000000, 3, 0},              /* 224.0.0.0/4 and 240.0.0.0/4 */
};

static const struct {
    uint8_t prefix[16];
    int bits;
    unsigned reach;
} networks6[] = {
    {{[15] = 1}, 128, REACH_LOOPBACK}, /* ::1 */
    {{0xfc}, 7, REACH_PRIVATE},        /* fc00::/7 */
    {{0x20, 0x01, 0x0d, 0xb8}, 32, 0}, /* 2001:db8::/32, documentation */
    {{0x20, 0x01, 0x00, 0x00}, 23, 0}, /* 2001::/23, protocol assignments, Teredo */
    {{0x20}, 3, REACH_PUBLIC},         /* 2000::/3: what is given out so far */
};

static unsigned reach_of4(uint32_t address)
{
    for (size_t i = 0; i < sizeof networks4 / sizeof *networks4; i++) {
        if ((address ^ networks4[i].network) >> (32 - networks4[i].bits) == 0)
            return networks4[i].reach;
    }
    return REACH_PUBLIC;
}

static uint32_t read4(const uint8_t *bytes)
{
    return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | bytes[3];
}

static bool begins(const uint8_t *address, const uint8_t *prefix, int bits)
{
    int whole = bits / 8, rest = bits % 8;
    if (memcmp(address, prefix, (size_t)whole) != 0)
        return false;
    return rest == 0 || (address[whole] ^ prefix[whole]) >> (8 - rest) == 0;
}

static unsigned reach_of6(const uint8_t *address)
{
    for (size_t i = 0; i < sizeof carriers / sizeof *carriers; i++) {
        if (memcmp(address, carriers[i].prefix, (size_t)carriers[i].bytes) == 0)
            return reach_of4(read4(address + carriers[i].at));
    }
    for (size_t i = 0; i < sizeof networks6 / sizeof *networks6; i++) {
        if (begins(address, networks6[i].prefix, networks6[i].bits))
            return networks6[i].reach;
    }
    return 0;
}

unsigned reach_of(const struct sockaddr *address)
{
    if (address->sa_family == AF_INET)
        return reach_of4(ntohl(((const struct sockaddr_in *)(const void *)address)->sin_addr.s_addr));
    if (address->sa_family == AF_INET6)
        return reach_of6(((const struct sockaddr_in6 *)(const void *)address)->sin6_addr.s6_addr);
    return 0;
}

const char *reach_name(unsigned reach)
{
    return reach == REACH_LOOPBACK  ? "loopback"
           : reach == REACH_PRIVATE ? "private"
           : reach == REACH_PUBLIC  ? "public"
                                    : "special";
}
