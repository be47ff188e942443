/* push/key, push/subscribe, push/unsubscribe: browsers that agents want to be told in while the desk is closed. */
#include "net/api_push.h"

#include "store/push.h"
#include "wire/json.h"
#include "wire/subscription.h"

enum { KEY_BYTES = 1024 };

void api_push_key(struct api_call *call)
{
    struct buf json;
    const char *key = call->server->config.push_key;
    if (key == NULL) {
        api_refuse(call, 404, "not_found");
        return;
    }
    buf_init(&json, KEY_BYTES);
    json_open(&json, NULL, '{');
    json_text(&json, "key", key);
    json_close(&json, '}');
    api_answer(call, &json);
}

void api_push_subscribe(struct api_call *call)
{
    const struct server_config *config = &call->server->config;
    struct subscription s;
    if (config->push_key == NULL) {
        api_refuse(call, 404, "not_found");
        return;
    }
    if (subscription_read(call->body, call->body_size, false, call->arena, &s) < 0 ||
        !config->push_accepts(config->context, s.endpoint, s.p256dh, s.auth)) {
        api_refuse(call, 400, "bad_field");
        return;
    }
    struct store_push_add *job = api_job(call, &store_push_add_kind, sizeof *job, api_finish);
    if (job == NULL)
        return;
    /* The strings are the call's, which lasts until it is answered. */
    memcpy(job->session, call->session, sizeof job->session);
    job->row = (struct push_row){.endpoint = s.endpoint, .p256dh = s.p256dh, .auth = s.auth, .lang = s.lang};
    api_submit(call, &job->job);
}

/* One that is not there is as good as removed. */
static void dropped(struct store_job *job)
{
    if (job->result == STORE_MISSING)
        job->result = STORE_OK;
    api_finish(job);
}

void api_push_unsubscribe(struct api_call *call)
{
    struct subscription s;
    if (subscription_read(call->body, call->body_size, true, call->arena, &s) < 0) {
        api_refuse(call, 400, "bad_field");
        return;
    }
    struct store_push_drop *job = api_job(call, &store_push_drop_kind, sizeof *job, dropped);
    if (job == NULL)
        return;
    job->user = call->user.id;
    job->endpoint = s.endpoint;
    api_submit(call, &job->job);
}
