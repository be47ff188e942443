/* A chain of requests: see follow.h. */
#include "hooks/follow.h"

#include "base/clock.h"

#include <curl/curl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* "host:port"; NULL where the address has none. free() it. */
static char *origin_of(const char *address)
{
    CURLU *url = curl_url();
    char *host = NULL, *port = NULL, *origin = NULL;
    if (url != NULL && curl_url_set(url, CURLUPART_URL, address, 0) == CURLUE_OK &&
        curl_url_get(url, CURLUPART_HOST, &host, 0) == CURLUE_OK &&
        curl_url_get(url, CURLUPART_PORT, &port, CURLU_DEFAULT_PORT) == CURLUE_OK &&
        asprintf(&origin, "%s:%s", host, port) < 0)
        origin = NULL;
    curl_free(host);
    curl_free(port);
    curl_url_cleanup(url);
    return origin;
}

static bool same_origin(const char *a, const char *b)
{
    char *first = origin_of(a), *second = origin_of(b);
    bool same = first != NULL && second != NULL && strcasecmp(first, second) == 0;
    free(first);
    free(second);
    return same;
}

static struct fetch *ask(struct fetcher *fetcher, const struct follow_request *r, const char *address, int timeout_ms)
{
    char accept[256];
    snprintf(accept, sizeof accept, "Accept: %s", r->accept);
    const char *headers[] = {accept};
    unsigned reach = REACH_PUBLIC;
    if (r->allow_private && same_origin(address, r->url))
        reach |= REACH_PRIVATE | REACH_LOOPBACK;
    struct fetch *f = fetch_new(&(struct fetch_request){.method = "GET",
                                                        .url = address,
                                                        .headers = headers,
                                                        .header_count = 1,
                                                        .timeout_ms = timeout_ms,
                                                        .answer_bytes = r->answer_bytes,
                                                        .reach = reach,
                                                        .plain = reach});
    if (f != NULL)
        fetch_wait(fetcher, f);
    return f;
}

static bool is_redirect(const struct fetch *f)
{
    return f->result == FETCH_OK && f->location != NULL && f->status >= 301 && f->status <= 308;
}

static void say_why(struct followed *ret, const struct fetch *f, int steps)
{
    if (f->result == FETCH_TOO_LARGE)
        snprintf(ret->why, sizeof ret->why, "it is larger than %zu MiB", f->body.ceiling >> 20);
    else if (f->result != FETCH_OK)
        snprintf(ret->why, sizeof ret->why, "%s%s", steps > 0 ? "a redirect is not followed: " : "", f->why);
    else if (is_redirect(f))
        snprintf(ret->why, sizeof ret->why, "more than %d redirects", FOLLOW_REDIRECTS);
    else
        snprintf(ret->why, sizeof ret->why, "the server answered %d", f->status);
    ret->forbidden = f->result == FETCH_FORBIDDEN && steps == 0;
}

static int take(struct followed *ret, struct fetch *f, const char *address)
{
    ret->bytes = buf_take(&f->body, &ret->size);
    ret->address = strdup(address);
    ret->type = f->type;
    f->type = NULL;
    return ret->bytes != NULL && ret->address != NULL ? 0 : -1;
}

int follow_get(struct fetcher *fetcher, const struct follow_request *r, struct followed *ret)
{
    *ret = (struct followed){.why = "there is not enough memory"};
    struct clock clock = clock_system();
    int64_t end = clock_mono_ms(&clock) + r->timeout_ms;
    char *address = strdup(r->url);
    int result = -1;
    for (int steps = 0; address != NULL && result < 0; steps++) {
        int64_t left = end - clock_mono_ms(&clock);
        struct fetch *f = ask(fetcher, r, address, left > 0 ? (int)left : 1);
        bool on = f != NULL && is_redirect(f) && steps < FOLLOW_REDIRECTS;
        if (f != NULL && f->result == FETCH_OK && f->status == 200)
            result = take(ret, f, address);
        else if (f != NULL && !on)
            say_why(ret, f, steps);
        free(address);
        address = on ? strdup(f->location) : NULL;
        fetch_free(f);
    }
    return result;
}

void follow_free(struct followed *f)
{
    free(f->bytes);
    free(f->address);
    free(f->type);
    *f = (struct followed){.bytes = NULL};
}
