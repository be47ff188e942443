/* Address: the numeric address of a peer, as a plain value that can be a key.
 *
 * IPv4 is kept as IPv4-mapped IPv6, so that both forms of one client are one client. Threads: any. */
#ifndef NET_ADDRESS_H
#define NET_ADDRESS_H

#include <stdbool.h>
#include <stddef.h>

struct sockaddr;

enum { ADDRESS_BYTES = 16, ADDRESS_TEXT_BYTES = 48 };

struct address {
    unsigned char bytes[ADDRESS_BYTES];
};

/* "192.0.2.1", "2001:db8::1", with or without a port ("192.0.2.1:80", "[::1]:80") and blanks around. -1 for
 * anything else. */
int address_read(const char *text, size_t size, struct address *ret);
/* -1 for a family that is neither IPv4 nor IPv6. */
int address_from_socket(const struct sockaddr *, struct address *ret);
void address_text(const struct address *, char ret_text[ADDRESS_TEXT_BYTES]);
bool address_is_v4(const struct address *);
bool address_is_loopback(const struct address *);
bool address_equal(const struct address *, const struct address *);
/* Whether both have the same first `bits` (of 128; an IPv4 prefix counts 96 more). */
bool address_within(const struct address *, const struct address *network, int bits);
/* What limits are counted for: an IPv4 address, or the /64 that one IPv6 subscriber has. */
struct address address_key(const struct address *);

#endif
