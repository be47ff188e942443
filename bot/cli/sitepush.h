/* Sitepush: the server's own pair of keys for Web Push, kept in DATA/secrets/web-push (0600).
 *
 * Browsers subscribe to one server key: a new one would make all subscriptions worthless, so it is made once and kept.
 * Threads: not a loop's; it reads and writes files. */
#ifndef CLI_SITEPUSH_H
#define CLI_SITEPUSH_H

#include "hooks/push.h"

/* The pair, made if there is none. NULL where it cannot be had, which is logged with what to do; then nobody is told
 * by Web Push. */
struct push_pair *sitepush_pair(const char *data);

#endif
