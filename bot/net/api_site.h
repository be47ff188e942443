/* Api_site: what answers under /desk/api/ say of the site, in the language that the query names by `lang`.
 *
 * Each is written into an object that is open. Private to net/. Threads: the loop. */
#ifndef NET_API_SITE_H
#define NET_API_SITE_H

#include "net/api.h"

/* The query's language, "" = none. */
const char *api_site_lang(const struct api_call *);
/* "department": its id, and "department_name", which is the id where the site has it no more. */
void api_site_department(const struct api_call *, const char *id, struct buf *json);
/* "departments": id and name of those that who asks serves. */
void api_site_departments(const struct api_call *, struct buf *json);

#endif
