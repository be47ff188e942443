/* Download: a file that was sent in a chat: GET /files/ID/NAME.
 *
 * Whoever has the address may read it: visitors have no cookies (their pages are on other sites), and an <img> carries
 * no token, so the address itself is the key: 128 random bits that only the people of the chat are told, in no list and
 * no log of ours, never sent on as a referrer, and worth nothing once the chat is erased or the file's time is over.
 * NAME is for people and is not looked at. Pictures are shown as what they were found to be, PDF is offered as a
 * download; both in a sandbox without scripts, frames or requests. Bytes come from a worker, a piece at a time; the
 * browser asks each time whether the file is still there. Private to net/. Threads: the loop. */
#ifndef NET_DOWNLOAD_H
#define NET_DOWNLOAD_H

#include "net/http.h"

/* Whether the rest of a path is ID/NAME. */
bool download_is(const char *rest);
/* The callback's result. */
int download_serve(struct turn *);
/* A piece has been written: goes on with the next. The callback's result. */
int download_next(struct turn *);
/* With the turn; also where there is none. */
void download_drop(struct turn *);

#endif
