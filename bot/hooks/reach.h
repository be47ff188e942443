/* Reach: what kind of address something is, for deciding whether a request may go there.
 *
 * An address that carries an IPv4 one inside (mapped, NAT64, 6to4) counts as that one. Threads: any. */
#ifndef HOOKS_REACH_H
#define HOOKS_REACH_H

#include <sys/socket.h>

/* Bits, so that a caller can name several. */
enum reach {
    REACH_LOOPBACK = 1, /* this machine */
    REACH_PRIVATE = 2,  /* 10.0.0.0/8, 192.168.0.0/16, fc00::/7 and their like */
    REACH_PUBLIC = 4
};

/* One of the bits; 0 = nothing should ever be sent there (link-local with its metadata services, multicast,
 * unspecified, reserved), or not an Internet address. */
unsigned reach_of(const struct sockaddr *);
/* "loopback", "private", "public", "special". */
const char *reach_name(unsigned reach);

#endif
