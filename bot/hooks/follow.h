/* Follow: one address asked for what stands there, through up to three redirects.
 *
 * Good for: bringing a page or a feed along for somebody who waits. Each step is a request of its own (fetch.h), judged
 * as the first: http or https, a public address. Private ones and this machine only where `allow_private` says so, and
 * then only at the host and port of the first address: a redirect cannot lead from anywhere into a private network.
 * Limits: bytes of the answer, milliseconds for all steps together. Errors: -1 with words in `why`.
 * Threads: any but a loop's; it waits. */
#ifndef HOOKS_FOLLOW_H
#define HOOKS_FOLLOW_H

#include "hooks/fetch.h"

enum { FOLLOW_REDIRECTS = 3, FOLLOW_WHY_BYTES = FETCH_URL_BYTES + FETCH_WHY_BYTES };

struct follow_request {
    const char *url;
    const char *accept; /* the header's value */
    size_t answer_bytes;
    int timeout_ms;
    bool allow_private;
};

/* What came: strings and bytes to be freed by follow_free. */
struct followed {
    char *bytes;
    size_t size;
    char *address;  /* where it came from in the end */
    char *type;     /* Content-Type, or NULL */
    bool forbidden; /* it was refused for where it leads, and that was the first address */
    char why[FOLLOW_WHY_BYTES];
};

/* 0 = an answer of status 200. */
int follow_get(struct fetcher *, const struct follow_request *, struct followed *ret);
void follow_free(struct followed *);

#endif
