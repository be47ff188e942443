/* Pictures of people: see portrait.h. */
#include "net/portrait.h"

#include "store/people.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char for_ever[] = "public, max-age=31536000, immutable", ask_again[] = "no-cache";

enum { QUERY_BYTES = 64, NUMBER_DIGITS = 18 };

/* 0 = it is no number of somebody. */
static int64_t number_in(const char *rest)
{
    size_t length = strlen(rest);
    return length <= NUMBER_DIGITS && strspn(rest, "0123456789") == length ? strtoll(rest, NULL, 10) : 0;
}

bool portrait_is(const char *rest)
{
    return number_in(rest) != 0;
}

static void found(struct store_job *job)
{
    const struct store_picture *got = (const struct store_picture *)job;
    struct turn *turn = http_waiting(job->context, job->tag);
    struct answer answer = answer_plain(404, "{\"code\":\"not_found\"}");
    if (turn != NULL && job->result == STORE_OK) {
        char query[QUERY_BYTES], version[32];
        snprintf(version, sizeof version, "v=%lld", (long long)got->ret_version);
        const char *asked = http_header(turn->wsi, WSI_TOKEN_HTTP_URI_ARGS, query, sizeof query);
        answer = (struct answer){.status = 200, .size = got->size, .cross_origin = true};
        answer.cache = asked != NULL && strcmp(asked, version) == 0 ? for_ever : ask_again;
        answer.type = strcmp(got->type, "image/png") == 0    ? "image/png"
                      : strcmp(got->type, "image/jpeg") == 0 ? "image/jpeg"
                                                             : "image/webp";
        answer.owned = malloc(got->size);
        answer.body = answer.owned;
        if (answer.owned != NULL)
            memcpy(answer.owned, got->bytes, got->size);
        else
            answer = answer_plain(503, "{\"code\":\"busy\"}");
    } else if (job->result == STORE_UNAVAILABLE) {
        answer = answer_plain(503, "{\"code\":\"busy\"}");
    }
    if (turn != NULL)
        http_answer_later(turn, &answer);
    store_job_free(job);
}

int portrait_serve(struct turn *turn)
{
    struct server *server = turn->server;
    struct store_picture *job = store_job_new(&store_picture_kind, sizeof *job, found, server);
    uint64_t number = job != NULL ? http_wait(turn) : 0;
    if (number != 0) {
        job->user = number_in(turn->rest);
        job->job.tag = number;
        if (store_submit(server->config.store, &job->job) == 0)
            return 0;
    }
    if (job != NULL)
        store_job_free(&job->job);
    return http_send_status(turn, 503, "{\"code\":\"busy\"}");
}
