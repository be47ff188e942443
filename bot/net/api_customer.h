/* Api_customer: the route customer (see net/api.h and docs/protocol.md). Private to net/. Threads: the loop. */
#ifndef NET_API_CUSTOMER_H
#define NET_API_CUSTOMER_H

#include "net/api.h"

/* GET ?ticket= → {"customer":{…}|null,"why":"…"}: what the company's service knows (hooks/customers.h). Of tickets that
 * one may see only: others are 404 not_found. */
void api_customer(struct api_call *);

#endif
