/* What an admin sees and changes of everybody: routes of net/api.h. Private to net/. Threads: the loop. */
#ifndef NET_API_PEOPLE_H
#define NET_API_PEOPLE_H

#include "net/api.h"

/* GET: everybody, with the site's departments and languages. POST {act, …}: see docs/protocol.md. */
void people_serve(struct api_call *);
/* ?before=ID: a page of the audit log, newest first. */
void people_audit(struct api_call *);

#endif
