/* User_site: whether the departments that somebody is to serve are the site's. Languages may be more than the site's.
 */
#ifndef CLI_USER_SITE_H
#define CLI_USER_SITE_H

#include <stddef.h>

/* NULL, or what is wrong, in `room` bytes at `why`: the first item of a list ("a,b"; NULL, "" and "all" = all) that
 * sportello.yaml of the folder does not have, with those that it has. A site that cannot be read has nothing against.
 */
const char *user_site_wrong(const char *site, const char *departments, char *why, size_t room);

#endif
