/* Fetch_work: one request as libcurl sees it. Private to fetch.c and fetch_work.c. Threads: the fetcher's, but
 * for making and freeing. */
#ifndef HOOKS_FETCH_WORK_H
#define HOOKS_FETCH_WORK_H

#include "hooks/fetch.h"

#include <curl/curl.h>

struct fetch_work {
    struct fetch *fetch, *next, *previous; /* of those under way */
    struct mailbox *answers;
    uintptr_t number;
    CURL *easy;
    struct curl_slist *headers, *recipients;
    char *method, *url, *body;
    char *from, *user, *password, *ca; /* of a letter */
    enum fetch_tls mail_tls;
    size_t body_size, header_bytes, body_read;
    int refusal; /* what the mail server said last of what it does not take */
    int timeout_ms;
    unsigned reach, plain;
    bool mail, tls, refused, too_large, once;
    const char *wrong; /* why it cannot be made; NULL = it can */
    char words[CURL_ERROR_SIZE];
};

/* Copies the request. NULL without memory. */
struct fetch_work *fetch_work_new(struct fetch *, const struct fetch_request *);
void fetch_work_free(struct fetch_work *);

/* Makes the handle that libcurl works with. -1 with the result set. */
int fetch_work_begin(struct fetch_work *);
/* Takes over how it ended. */
void fetch_work_end(struct fetch_work *, CURLcode);

#endif
