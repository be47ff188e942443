/* Api_talk: a ticket and what was said last in its conversation, for calls that ask about it. Private to net/.
 *
 * A user sees tickets of their own departments (an admin: all); the others are not there. Threads: the loop. */
#ifndef NET_API_TALK_H
#define NET_API_TALK_H

#include "net/api.h"

struct api_talk {
    const struct ticket *ticket;
    const struct event *events; /* the last up to a seq, oldest first */
    size_t count;
    const void *context; /* as given */
};

/* Reads it and calls `next`, or ends the call (404 not_found and so on). `until`: the last seq to read, 0 = the
 * conversation's. What `next` is given lasts for its call alone; it must end the call. */
void api_talk_read(struct api_call *, int64_t ticket, int64_t until,
                   void (*next)(struct api_call *, const struct api_talk *), const void *context);

/* What the visitor asked last before the seq (0 = of all): the words of a message, or, where nothing was said since the
 * hand-off, the ticket's question. In the call's arena or the ticket; NULL = there is none. */
const char *api_talk_question(const struct api_call *, const struct api_talk *, int64_t before);
/* The words of a person's message with this seq; NULL = it is none. */
const char *api_talk_reply(const struct api_call *, const struct api_talk *, int64_t seq);

#endif
