/* Line: a visitor's connection made of polls, for networks that let no WebSocket through.
 *
 * A line is a client (net/client.h) like any other: the same table of messages, guards, limits and acknowledgements;
 * the hall does not know the difference. It has a secret that each poll names, never in a URL. Frames are counted both
 * ways, and each poll and each answer says how many the sender has of the other: what a lost answer held comes again
 * with the next, what a lost poll held is taken once, in order. So two polls of a line at once are sane, too: the
 * newer one waits, the older is answered at once.
 *
 * Limits: a line is a connection of its address and of all while it lives, held poll or not; one poll waits at a time,
 * at most LINE_HOLD_SECONDS; without any the line lives LINE_GRACE_SECONDS, and its visitor counts as there. What waits
 * for it has the ceilings of net/client.h; one answer has as many frames as fit into LINE_ANSWER_BYTES, but one.
 * Private to net/. Threads: the loop. */
#ifndef NET_LINE_H
#define NET_LINE_H

#include "net/client.h"
#include "net/http.h"

enum {
    LINE_HOLD_SECONDS = 24, /* and a second until it is seen */
    LINE_GRACE_SECONDS = 20,
    LINE_BODY_SECONDS = 10, /* for a poll's body */
    LINE_ANSWER_BYTES = 256 << 10,
};

/* POST /chat/poll: a route's function (net/routes.h). */
int line_poll(struct turn *);
/* The browser of a poll that is held has gone, or goes on with another request. */
void line_left(struct turn *);

/* Lines that live; and the end of all, before the hall's. */
size_t line_count(const struct server *);
void line_end_all(struct server *);

#endif
