/* GET proposals: what waits to be learnt, as `sportello learn list --json` says it. POST proposals {number, why?}: an
 * editor refuses one. Both run the very command, on the worker for long jobs. Accepting writes the site's files, where
 * the server has no right to: that is the command's alone. */
#include "net/api_knowledge.h"
#include "net/api_talk.h"

#include "net/control.h"
#include "wire/json.h"
#include "wire/message.h"

#include <stdlib.h>
#include <string.h>

enum { WORDS_MOST = 8, JSON_BYTES = 32 << 20 };

static void run_command(struct api_call *call, char **words, int count,
                        void (*ended)(void *context, int exit_code, const char *out, size_t size))
{
    const struct server_config *config = &call->server->config;
    char *site = config->site != NULL ? arena_printf(call->arena, "--site=%s", config->site) : NULL;
    struct server_reply *reply = site != NULL && config->command != NULL ? control_reply(ended, call) : NULL;
    if (reply == NULL) {
        api_refuse(call, 503, "busy");
        return;
    }
    words[count] = site;
    config->command(config->context, count + 1, words, reply);
}

/* --- listing ------------------------------------------------------------------------------------------- */

/* Each line is an object. */
static void listed(void *context, int exit_code, const char *out, size_t size)
{
    struct api_call *call = context;
    struct buf json;
    if (exit_code != 0) {
        api_refuse(call, 503, "busy");
        return;
    }
    buf_init(&json, JSON_BYTES);
    buf_puts(&json, "{\"groups\":[");
    for (size_t at = 0; at < size;) {
        const char *end = memchr(out + at, '\n', size - at);
        size_t length = end != NULL ? (size_t)(end - out) - at : size - at;
        buf_puts(&json, at > 0 ? "," : "");
        buf_add(&json, out + at, length);
        at += length + 1;
    }
    buf_puts(&json, "]}");
    api_answer(call, &json);
}

/* --- refusing ------------------------------------------------------------------------------------------ */

static void noted(struct store_job *job)
{
    api_done(job->context);
    store_job_free(job);
}

/* The command has noted that it was done; here, by whom. */
static void refused(void *context, int exit_code, const char *out, size_t size)
{
    struct api_call *call = context;
    (void)out, (void)size;
    struct store_audit *job = exit_code == 0 ? store_job_new(&store_audit_kind, sizeof *job, noted, call) : NULL;
    if (job == NULL) {
        api_refuse(call, exit_code == 0 ? 503 : 409, exit_code == 0 ? "busy" : "conflict");
        return;
    }
    job->user = call->user.id;
    job->act = "learn_refuse";
    job->detail = call->context;
    api_submit(call, &job->job);
}

static void refuse(struct api_call *call)
{
    static const char *const names[] = {"number", "why"};
    const char *values[2];
    static char learn[] = "learn", act[] = "refuse";
    int64_t number = 0;
    if (message_fields(call->body, call->body_size, names, 2, call->arena, values) == 0 && values[0] != NULL)
        number = strtoll(values[0], NULL, 10);
    char *which = number > 0 ? arena_printf(call->arena, "%lld", (long long)number) : NULL;
    char *why = which != NULL ? arena_printf(call->arena, "--why=%s", values[1] != NULL ? values[1] : "") : NULL;
    if (why == NULL || strlen(why) > STORE_FIELD_BYTES) {
        api_refuse(call, 400, "bad_field");
        return;
    }
    call->context = arena_printf(call->arena, "question %s", which);
    char *words[WORDS_MOST] = {learn, act, which, why};
    run_command(call, words, 4, refused);
}

void api_proposals(struct api_call *call)
{
    static char learn[] = "learn", act[] = "list", json[] = "--json", limit[] = "--limit=200";
    if (call->body_size > 0) {
        refuse(call);
        return;
    }
    char *words[WORDS_MOST] = {learn, act, json, limit};
    run_command(call, words, 4, listed);
}
