/* One-time codes of one's own account: begun, confirmed, given up. See api_account.h. */
#include "net/account.h"
#include "net/api_account.h"

#include "net/qr.h"
#include "wire/json.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>

enum { ANSWER_BYTES = 64 << 10 };

static struct store_totp *totp_job(struct api_call *call, enum totp_act act, void (*done)(struct store_job *))
{
    struct store_totp *job = store_job_new(&store_totp_kind, sizeof *job, done, call);
    if (job == NULL)
        return NULL;
    job->act = act;
    job->user = call->user.id;
    job->by = api_by(call);
    return job;
}

static void put_secret(struct api_call *call, const unsigned char *secret)
{
    char letters[TOTP_BASE32_BYTES];
    struct buf json, path;
    int size = 0;
    const char *site = call->server->settings->name;
    const char *uri = totp_uri(call->arena, site[0] != '\0' ? site : "Sportello", call->user.name, secret);
    buf_init(&json, ANSWER_BYTES);
    buf_init(&path, ANSWER_BYTES / 2);
    if (uri == NULL || qr_path(uri, &path, &size) < 0)
        json.failed = true;
    totp_base32(secret, letters);
    json_open(&json, NULL, '{');
    json_text(&json, "secret", letters);
    json_text(&json, "uri", uri != NULL ? uri : "");
    json_number(&json, "size", size);
    json_text(&json, "path", path.data);
    json_close(&json, '}');
    buf_free(&path);
    sodium_memzero(letters, sizeof letters);
    api_answer(call, &json);
}

static void secret_begun(struct store_job *job)
{
    struct store_totp *begun = (struct store_totp *)job;
    struct api_call *call = job->context;
    unsigned char secret[TOTP_SECRET_BYTES];
    if (job->result != STORE_OK) {
        api_finish(job);
        return;
    }
    memcpy(secret, begun->secret, sizeof secret);
    sodium_memzero(begun->secret, sizeof begun->secret);
    store_job_free(job);
    put_secret(call, secret);
    sodium_memzero(secret, sizeof secret);
}

static void begin_proven(struct account *a)
{
    struct api_call *call = a->call;
    struct store_totp *job = totp_job(call, TOTP_BEGIN, secret_begun);
    account_wipe(a);
    if (job == NULL) {
        api_refuse(call, 503, "busy");
        return;
    }
    totp_secret(job->secret);
    api_submit(call, &job->job);
}

void account_totp_begin(struct api_call *call)
{
    static const char *const names[] = {"password", "code"};
    const char *values[2];
    if (account_form(call, names, 2, 1, values))
        account_prove(call, values[0], values[1], NULL, begin_proven);
}

static void confirmed(struct store_job *job)
{
    struct api_call *call = job->context;
    struct account *a = call->context;
    struct buf json;
    if (job->result != STORE_OK) {
        account_wipe(a);
        api_finish(job);
        return;
    }
    store_job_free(job);
    buf_init(&json, ANSWER_BYTES);
    json_open(&json, NULL, '{');
    json_open(&json, "codes", '[');
    for (size_t i = 0; i < RECOVERY_CODES; i++)
        json_text(&json, NULL, a->codes[i]);
    json_close(&json, ']');
    json_close(&json, '}');
    account_wipe(a);
    api_answer(call, &json);
}

/* A code of what was begun: from now on it is asked for. */
static void begun_read(struct store_job *job)
{
    struct store_totp *begun = (struct store_totp *)job;
    struct api_call *call = job->context;
    struct account *a = call->context;
    int64_t now = clock_wall_ms(call->server->config.clock) / 1000, step = 0;
    if (job->result != STORE_OK) {
        api_finish(job);
        return;
    }
    bool right = totp_match(begun->secret, now, a->proof.code, &step) == 0;
    struct store_totp *next = right ? totp_job(call, TOTP_CONFIRM, confirmed) : NULL;
    if (next != NULL)
        memcpy(next->secret, begun->secret, sizeof next->secret);
    sodium_memzero(begun->secret, sizeof begun->secret);
    store_job_free(job);
    if (next == NULL) {
        api_refuse(call, right ? 503 : 422, right ? "busy" : "wrong_code");
        return;
    }
    guard_try_good(call->server->guard, GUARD_ACCOUNT, call->user.id);
    next->step = step;
    for (size_t i = 0; i < RECOVERY_CODES; i++) {
        recovery_code(a->codes[i]);
        recovery_hash(call->user.id, a->codes[i], next->codes[i]);
    }
    api_submit(call, &next->job);
}

void account_totp_confirm(struct api_call *call)
{
    static const char *const names[] = {"code"};
    const char *code;
    if (!account_form(call, names, 1, 1, &code))
        return;
    int wait = guard_try(call->server->guard, GUARD_ACCOUNT, call->user.id);
    if (wait > 0) {
        api_slow(call, wait);
        return;
    }
    struct account *a = account_of(call);
    struct store_totp *job = a != NULL ? totp_job(call, TOTP_BEGUN, begun_read) : NULL;
    if (job == NULL) {
        api_refuse(call, 503, "busy");
        return;
    }
    snprintf(a->proof.code, sizeof a->proof.code, "%s", code);
    api_submit(call, &job->job);
}

static void off_proven(struct account *a)
{
    struct api_call *call = a->call;
    struct store_user_set *job = account_change(call);
    account_wipe(a);
    if (job == NULL) {
        api_refuse(call, 503, "busy");
        return;
    }
    job->totp_off = true;
    api_submit(call, &job->job);
}

void account_totp_off(struct api_call *call)
{
    static const char *const names[] = {"password", "code"};
    const char *values[2];
    if (account_form(call, names, 2, 1, values))
        account_prove(call, values[0], values[1], NULL, off_proven);
}
