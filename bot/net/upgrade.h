/* Upgrade: who may open a WebSocket.
 *
 * Everything is looked at before the library answers: hostile openings never reach its WebSocket code. Private to
 * net/. Threads: the loop. */
#ifndef NET_UPGRADE_H
#define NET_UPGRADE_H

#include "net/core.h"

/* For LWS_CALLBACK_HTTP_CONFIRM_UPGRADE, whose result it gives: 0 = go on, 1 = refused with an answer, -1 = hang up.
 * `to` is what the request wants to become. */
int upgrade_check(struct server *, struct lws *, const char *to);

#endif
