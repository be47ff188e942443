/* Routes of the live view, for admins: rows of api_routes[]. */
#ifndef NET_API_LIVE_H
#define NET_API_LIVE_H

#include "net/api.h"

/* GET live?days=30&lang=: what is open now, who is there, and the numbers of docs/numbers.md by day, department, entry.
 */
void api_live(struct api_call *);
/* GET live/rows?what=&day=&department=&entry=&before=: what a number counted; without a day, of the last 30. */
void api_live_rows(struct api_call *);

#endif
