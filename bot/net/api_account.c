/* One's own account over HTTP: see api_account.h. */
#include "net/api_account.h"
#include "net/account.h"

#include "net/person.h"
#include "net/picture.h"
#include "net/prove.h"
#include "net/session.h"
#include "store/people.h"
#include "wire/json.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>

enum { ANSWER_BYTES = 64 << 10 };

struct account *account_of(struct api_call *call)
{
    struct account *a = arena_alloc(call->arena, sizeof *a);
    if (a != NULL)
        *a = (struct account){.call = call};
    call->context = a;
    return a;
}

void account_wipe(struct account *a)
{
    struct api_call *call = a->call;
    sodium_memzero(a, sizeof *a);
    a->call = call;
}

/* --- who one is ---------------------------------------------------------------------------------------- */

void account_me(struct api_call *call)
{
    const struct user *user = &call->user;
    const struct settings *settings = call->server->settings;
    struct buf json;
    buf_init(&json, ANSWER_BYTES);
    json_open(&json, NULL, '{');
    json_number(&json, "id", user->id);
    json_text(&json, "name", user->name);
    json_text(&json, "role", user->role);
    json_text(&json, "departments", user->departments);
    json_text(&json, "languages", user->languages);
    json_number(&json, "capacity", user->capacity > 0 ? user->capacity : settings->agent_capacity);
    json_text(&json, "email", user->email);
    json_number(&json, "picture", user->picture_version);
    json_bool(&json, "totp", user->totp);
    json_true_if(&json, "setup", session_needs_totp(settings, user));
    json_close(&json, '}');
    api_answer(call, &json);
}

static void put_session(struct buf *json, const struct session_row *row)
{
    json_open(json, NULL, '{');
    json_number(json, "made", row->made_ms);
    json_number(json, "seen", row->seen_ms);
    json_text(json, "address", row->address);
    json_true_if(json, "own", row->own);
    json_close(json, '}');
}

static void sessions_read(struct store_job *job)
{
    const struct store_sessions *got = (const struct store_sessions *)job;
    struct api_call *call = job->context;
    const struct account *a = call->context;
    struct buf json;
    if (!api_begin(job, &json, ANSWER_BYTES))
        return;
    json_bool(&json, "totp", call->user.totp);
    json_number(&json, "codes", a->codes_left);
    json_text(&json, "required", call->server->settings->totp != NULL ? call->server->settings->totp : "optional");
    json_text(&json, "email", call->user.email);
    json_number(&json, "picture", call->user.picture_version);
    json_open(&json, "sessions", '[');
    for (size_t i = 0; i < got->count; i++)
        put_session(&json, &got->rows[i]);
    json_close(&json, ']');
    api_end(job, &json);
}

static void codes_counted(struct store_job *job)
{
    struct api_call *call = job->context;
    struct account *a = call->context;
    if (job->result != STORE_OK) {
        api_finish(job);
        return;
    }
    a->codes_left = ((const struct store_account *)job)->ret_codes_left;
    store_job_free(job);
    struct store_sessions *next = api_job(call, &store_sessions_kind, sizeof *next, sessions_read);
    if (next == NULL)
        return;
    next->user = call->user.id;
    next->idle_ms = session_idle_ms(call->server->settings);
    memcpy(next->token_hash, call->session, sizeof next->token_hash);
    api_submit(call, &next->job);
}

void account_show(struct api_call *call)
{
    struct account *a = account_of(call);
    struct store_account *job = a != NULL ? store_job_new(&store_account_kind, sizeof *job, codes_counted, call) : NULL;
    if (job == NULL) {
        api_refuse(call, 503, "busy");
        return;
    }
    job->user = call->user.id;
    api_submit(call, &job->job);
}

/* --- once more the password ------------------------------------------------------------------------------ */

static void proof_done(struct proof *proof, enum proof_result result)
{
    static const struct {
        int status;
        const char *code;
    } refusals[] = {
        [PROOF_WRONG] = {422, "wrong"},
        [PROOF_CODE_NEEDED] = {422, "code_needed"},
        [PROOF_WRONG_CODE] = {422, "wrong_code"},
        [PROOF_BUSY] = {503, "busy"},
    };
    struct account *a = (struct account *)proof;
    struct api_call *call = a->call;
    int wait = proof->wait_ms;
    if (proof->matches)
        guard_try_good(call->server->guard, GUARD_ACCOUNT, call->user.id);
    if (result == PROOF_GOOD) {
        a->proven(a);
        return;
    }
    account_wipe(a);
    if (result == PROOF_SLOW)
        api_slow(call, wait);
    else
        api_refuse(call, refusals[result].status, refusals[result].code);
}

static void secret_read(struct store_job *job)
{
    struct store_account *got = (struct store_account *)job;
    struct api_call *call = job->context;
    struct account *a = call->context;
    if (job->result != STORE_OK) {
        account_wipe(a);
        api_finish(job);
        return;
    }
    a->proof.totp = got->ret_totp;
    memcpy(a->proof.secret, got->secret, sizeof got->secret);
    sodium_memzero(got->secret, sizeof got->secret);
    store_job_free(job);
    prove(&a->proof);
}

/* Asks for the password and, where it is on, the code, before `proven` is called: who finds an open page can
 * look, but not take the account over. */
void account_prove(struct api_call *call, const char *password, const char *code, const char *next,
                   void (*proven)(struct account *))
{
    struct account *a = account_of(call);
    int wait = guard_try(call->server->guard, GUARD_ACCOUNT, call->user.id);
    if (wait > 0) {
        api_slow(call, wait);
        return;
    }
    struct store_account *job = a != NULL ? store_job_new(&store_account_kind, sizeof *job, secret_read, call) : NULL;
    if (job == NULL || strlen(call->user.password_hash) >= sizeof a->proof.hash) {
        if (job != NULL)
            store_job_free(&job->job);
        api_refuse(call, 503, "busy");
        return;
    }
    a->proven = proven;
    a->proof.server = call->server;
    a->proof.done = proof_done;
    a->proof.exists = a->proof.known = true;
    a->proof.user = call->user.id;
    address_text(&call->client, a->proof.address);
    snprintf(a->proof.hash, sizeof a->proof.hash, "%s", call->user.password_hash);
    snprintf(a->proof.password, sizeof a->proof.password, "%s", password);
    snprintf(a->proof.code, sizeof a->proof.code, "%s", code != NULL ? code : "");
    snprintf(a->proof.next, sizeof a->proof.next, "%s", next != NULL ? next : "");
    job->user = call->user.id;
    api_submit(call, &job->job);
}

/* The strings of a body; false after refusing it. The first `needed` must be there; no password or code is longer than
 * they may be. */
bool account_form(struct api_call *call, const char *const *names, size_t count, size_t needed, const char **values)
{
    bool fits = message_form(call->body, call->body_size, names, count, call->arena, values) == 0;
    for (size_t i = 0; fits && i < count; i++) {
        size_t most = strcmp(names[i], "code") == 0 ? TOTP_CODE_MOST : PASSWORD_MOST;
        fits = values[i] != NULL ? strlen(values[i]) <= most : i >= needed;
    }
    if (!fits)
        api_refuse(call, 400, "bad_field");
    return fits;
}

/* --- password, e-mail, sessions ---------------------------------------------------------------------------- */

static void user_set(struct store_job *job)
{
    struct api_call *call = job->context;
    if (job->result == STORE_OK)
        server_user_changed(call->server, call->user.id);
    api_finish(job);
}

struct store_user_set *account_change(struct api_call *call)
{
    struct store_user_set *job = store_job_new(&store_user_set_kind, sizeof *job, user_set, call);
    if (job == NULL)
        return NULL;
    job->id = call->user.id;
    job->disabled = job->capacity = -1;
    job->keep = call->session;
    job->by = api_by(call);
    return job;
}

static void password_proven(struct account *a)
{
    struct api_call *call = a->call;
    struct store_user_set *job = account_change(call);
    if (job != NULL)
        job->password_hash = arena_strdup(job->job.arena, a->proof.next_hash);
    account_wipe(a);
    if (job != NULL)
        api_submit(call, &job->job);
    else
        api_refuse(call, 503, "busy");
}

void account_password(struct api_call *call)
{
    static const char *const names[] = {"old", "password", "code"};
    const char *values[3];
    if (!account_form(call, names, 3, 2, values))
        return;
    if (strlen(values[1]) < PASSWORD_LEAST)
        api_refuse(call, 422, "password_short");
    else
        account_prove(call, values[0], values[2], values[1], password_proven);
}

void account_email(struct api_call *call)
{
    static const char *const names[] = {"email"};
    const char *email;
    if (!account_form(call, names, 1, 1, &email))
        return;
    if (!person_email(email)) {
        api_refuse(call, 422, "bad_email");
        return;
    }
    struct store_user_set *job = account_change(call);
    if (job == NULL) {
        api_refuse(call, 503, "busy");
        return;
    }
    job->job.done = api_finish; /* no right depends on it */
    job->email = email;
    api_submit(call, &job->job);
}

static void others_ended(struct store_job *job)
{
    struct api_call *call = job->context;
    if (job->result == STORE_OK) {
        server_user_changed(call->server, call->user.id);
        api_audit(call, "sessions_end", NULL);
    }
    api_finish(job);
}

void account_end_others(struct api_call *call)
{
    struct store_session *job = session_job(call->server, SESSION_DROP_OTHERS, call->session, others_ended, call);
    if (job == NULL) {
        api_refuse(call, 503, "busy");
        return;
    }
    job->user_id = call->user.id;
    api_submit(call, &job->job);
}

/* --- picture ------------------------------------------------------------------------------------------------ */

static void picture_kept(struct store_job *job)
{
    struct api_call *call = job->context;
    int64_t version = ((const struct store_picture *)job)->ret_version;
    if (job->result != STORE_OK) {
        api_finish(job);
        return;
    }
    store_job_free(job);
    server_user_changed(call->server, call->user.id);
    api_answer_number(call, "picture", version);
}

void account_picture(struct api_call *call)
{
    int width, height;
    const char *type = picture_type(call->body, call->body_size, &width, &height);
    if (type == NULL && call->body_size > 0) {
        api_refuse(call, 422, "bad_picture");
        return;
    }
    struct store_picture *job = api_job(call, &store_picture_kind, sizeof *job, picture_kept);
    if (job == NULL)
        return;
    job->set = true;
    job->user = call->user.id;
    job->type = type;
    job->bytes = call->body;
    job->size = call->body_size;
    job->by = api_by(call);
    api_submit(call, &job->job);
}
