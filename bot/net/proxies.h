/* Proxies: which proxies are believed, and who the client behind them is.
 *
 * X-Forwarded-For is read from its end: each address that a trusted proxy saw is believed, the first
 * that is not trusted itself is the client. What strangers write into the header so never counts.
 * Memory: copies what it needs of the settings. Threads: one at a time. */
#ifndef NET_PROXIES_H
#define NET_PROXIES_H

#include "content/settings.h"
#include "net/address.h"

struct proxies;

/* Of `trusted_proxies`: addresses or networks. What is no address is left out (the settings' reader has
 * reported it). NULL without memory. */
struct proxies *proxies_new(const struct string_list *);
void proxies_free(struct proxies *);
bool proxies_trust(const struct proxies *, const struct address *);
/* The client's address; `forwarded_for` may be NULL. */
struct address proxies_client(const struct proxies *, const struct address *peer, const char *forwarded_for);

#endif
