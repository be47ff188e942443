/* Push_address: where a push may go, as far as the address's text tells; names are looked at once more when their
 * socket is opened (hooks/fetch.h). Threads: any. */
#ifndef HOOKS_PUSH_ADDRESS_H
#define HOOKS_PUSH_ADDRESS_H

#include "content/settings.h"

/* Https to a public host, or one of the listed hosts, then also http. */
bool push_address_fits(const char *endpoint, const struct string_list *listed_hosts);

#endif
