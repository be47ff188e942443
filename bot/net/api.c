/* The routes under /desk/api/ and what is common to them: see api.h. */
#include "net/api.h"

#include "net/api_account.h"
#include "net/api_card.h"
#include "net/api_customer.h"
#include "net/api_knowledge.h"
#include "net/api_live.h"
#include "net/api_people.h"
#include "net/api_push.h"
#include "net/api_search.h"
#include "net/audit.h"
#include "net/peer.h"
#include "net/query.h"
#include "net/report.h"
#include "net/session.h"
#include "net/upload.h"
#include "store/people.h"
#include "wire/json.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CALL_BYTES = 16 << 20, NUMBER_ANSWER_BYTES = 128 };

/* Each function stands in the file that is named after what it serves: net/api_NAME.c. */
static const struct api_route api_routes[] = {
    {"customer", METHOD_GET, API_AGENT | API_ADMIN, .serve = api_customer},
    {"search", METHOD_GET, API_EVERYONE, .serve = api_search},
    {"search/choices", METHOD_GET, API_EVERYONE, .serve = api_search_choices},
    {"transcript", METHOD_GET, API_EVERYONE, .serve = api_transcript},
    {"live", METHOD_GET, API_ADMIN, .serve = api_live},
    {"live/rows", METHOD_GET, API_ADMIN, .serve = api_live_rows},
    {"push/key", METHOD_GET, API_EVERYONE, .serve = api_push_key},
    {"push/subscribe", METHOD_POST, API_EVERYONE, .serve = api_push_subscribe},
    {"push/unsubscribe", METHOD_POST, API_EVERYONE, .serve = api_push_unsubscribe},
    {"suggest", METHOD_GET, API_EVERYONE, .serve = api_suggest},
    {"snippets", METHOD_GET | METHOD_POST, API_EVERYONE, .serve = api_snippets},
    {"spell", METHOD_POST, API_EVERYONE, .body_bytes = 32 << 10, .serve = api_spell},
    {"teach", METHOD_POST, API_EVERYONE, .serve = api_teach},
    {"confirm", METHOD_POST, API_EVERYONE, .serve = api_confirm},
    {"card", METHOD_GET, API_AGENT | API_ADMIN, .serve = api_card},
    {"me", METHOD_GET, API_EVERYONE, .early = true, .serve = account_me},
    {"account", METHOD_GET, API_EVERYONE, .early = true, .serve = account_show},
    {"account/password", METHOD_POST, API_EVERYONE, .early = true, .serve = account_password},
    {"account/email", METHOD_POST, API_EVERYONE, .serve = account_email},
    {"account/picture", METHOD_POST, API_EVERYONE, .body_bytes = PICTURE_BYTES_MAX, .serve = account_picture},
    {"account/sessions/end", METHOD_POST, API_EVERYONE, .early = true, .serve = account_end_others},
    {"account/totp/begin", METHOD_POST, API_EVERYONE, .early = true, .serve = account_totp_begin},
    {"account/totp/confirm", METHOD_POST, API_EVERYONE, .early = true, .serve = account_totp_confirm},
    {"account/totp/off", METHOD_POST, API_EVERYONE, .serve = account_totp_off},
    {"people", METHOD_GET | METHOD_POST, API_ADMIN, .serve = people_serve},
    {"audit", METHOD_GET, API_ADMIN, .serve = people_audit},
    {"notices", METHOD_GET | METHOD_POST, API_EVERYONE, .body_bytes = 64 << 10, .serve = api_notices},
    {"files", METHOD_POST, API_AGENT | API_ADMIN, .takes_files = true, .serve = upload_agent},
    {"proposals", METHOD_GET | METHOD_POST, API_EDITOR | API_ADMIN, .serve = api_proposals},
};

static const char prefix[] = "/desk/api/";

const struct api_route *api_route(const char *path)
{
    if (strncmp(path, prefix, sizeof prefix - 1) != 0)
        return NULL;
    for (size_t i = 0; i < sizeof api_routes / sizeof *api_routes; i++) {
        if (strcmp(api_routes[i].name, path + sizeof prefix - 1) == 0)
            return &api_routes[i];
    }
    return NULL;
}

/* --- the end of a call -------------------------------------------------------------------------------- */

static void call_end(struct api_call *call, struct answer *answer)
{
    struct turn *turn = http_waiting(call->server, call->turn);
    if (turn != NULL)
        http_answer_later(turn, answer);
    else
        free(answer->owned);
    arena_free(call->arena);
}

void api_answer(struct api_call *call, struct buf *json)
{
    struct answer answer = {.status = 200, .type = "application/json"};
    if (json->failed) {
        buf_free(json);
        api_refuse(call, 503, "busy");
        return;
    }
    answer.owned = buf_take(json, &answer.size);
    answer.body = answer.owned;
    call_end(call, &answer);
}

void api_answer_number(struct api_call *call, const char *name, int64_t number)
{
    struct buf json;
    buf_init(&json, NUMBER_ANSWER_BYTES);
    json_open(&json, NULL, '{');
    json_number(&json, name, number);
    json_close(&json, '}');
    api_answer(call, &json);
}

void api_refuse(struct api_call *call, int status, const char *code)
{
    struct answer answer = answer_code(status, code);
    call_end(call, &answer);
}

void api_done(struct api_call *call)
{
    struct answer answer = answer_plain(204, NULL);
    call_end(call, &answer);
}

void api_refuse_result(struct api_call *call, enum store_result result)
{
    if (result == STORE_MISSING)
        api_refuse(call, 404, "not_found");
    else if (result == STORE_UNAVAILABLE)
        api_refuse(call, 503, "not_saved");
    else
        api_refuse(call, 409, "conflict");
}

void api_slow(struct api_call *call, int wait_ms)
{
    struct answer answer = answer_slow(wait_ms);
    call->server->counters.slowed++;
    call_end(call, &answer);
}

struct audit_by api_by(struct api_call *call)
{
    char *text = arena_alloc(call->arena, ADDRESS_TEXT_BYTES);
    if (text != NULL)
        address_text(&call->client, text);
    return (struct audit_by){call->user.id, text};
}

void api_audit(const struct api_call *call, const char *act, const char *detail)
{
    audit_note(call->server, call->user.id, &call->client, act, detail);
}

/* --- jobs --------------------------------------------------------------------------------------------- */

void *api_job(struct api_call *call, const struct store_job_kind *kind, size_t size, void (*done)(struct store_job *))
{
    void *job = store_job_new(kind, size, done, call);
    if (job == NULL)
        api_refuse(call, 503, "busy");
    return job;
}

static void not_submitted(struct api_call *call, struct store_job *job)
{
    store_job_free(job);
    api_refuse(call, 503, "busy");
}

void api_submit(struct api_call *call, struct store_job *job)
{
    if (arena_failed(job->arena) || store_submit(call->server->config.store, job) < 0)
        not_submitted(call, job);
}

void api_submit_report(struct api_call *call, struct store_job *job)
{
    if (arena_failed(job->arena) || arena_failed(call->arena) || report_submit(call->server, job) < 0)
        not_submitted(call, job);
}

void api_finish(struct store_job *job)
{
    struct api_call *call = job->context;
    enum store_result result = job->result;
    store_job_free(job);
    if (result == STORE_OK)
        api_done(call);
    else
        api_refuse_result(call, result);
}

bool api_begin(struct store_job *job, struct buf *ret_json, size_t room)
{
    if (job->result != STORE_OK) {
        api_finish(job);
        return false;
    }
    buf_init(ret_json, room);
    json_open(ret_json, NULL, '{');
    return true;
}

void api_end(struct store_job *job, struct buf *json)
{
    struct api_call *call = job->context;
    json_close(json, '}');
    store_job_free(job);
    api_answer(call, json);
}

/* --- who may see what ---------------------------------------------------------------------------------- */

bool api_is_admin(const struct api_call *call)
{
    return strcmp(call->user.role, "admin") == 0;
}

const char *api_departments(const struct api_call *call)
{
    return api_is_admin(call) ? "" : call->user.departments;
}

bool api_serves(const struct api_call *call, const char *department)
{
    return api_is_admin(call) || ticket_in_departments(call->user.departments, department);
}

bool api_sees(const struct api_call *call, const struct ticket *t)
{
    char id[32];
    snprintf(id, sizeof id, ",%lld,", (long long)call->user.id);
    return t->owner == call->user.id || strstr(t->invited, id) != NULL || api_serves(call, t->department);
}

/* --- parameters ----------------------------------------------------------------------------------------- */

const char *api_param(const struct api_call *call, const char *name)
{
    return query_param(call->query, name, call->arena);
}

bool api_number(const struct api_call *call, const char *name, int64_t low, int64_t high, int64_t fallback,
                int64_t *ret)
{
    const char *text = api_param(call, name);
    *ret = fallback;
    return text == NULL || query_number(text, low, high, ret);
}

/* --- the begin of a call -------------------------------------------------------------------------------- */

static unsigned role_bit(const char *role)
{
    static const char *const roles[] = {"agent", "editor", "admin"};
    for (unsigned i = 0; i < 3; i++) {
        if (strcmp(roles[i], role) == 0)
            return 1u << i;
    }
    return 0;
}

static void session_known(struct store_job *job)
{
    const struct store_session *got = (const struct store_session *)job;
    struct api_call *call = job->context;
    enum store_result result = job->result;
    const struct user *user = &got->user;
    if (result == STORE_OK) {
        session_seen(call->server, got);
        call->user = *user;
        call->user.email = arena_strdup(call->arena, user->email);
        call->user.name = arena_strdup(call->arena, user->name);
        call->user.role = arena_strdup(call->arena, user->role);
        call->user.departments = arena_strdup(call->arena, user->departments);
        call->user.languages = arena_strdup(call->arena, user->languages);
        call->user.password_hash = arena_strdup(call->arena, user->password_hash);
    }
    store_job_free(job);
    if (result == STORE_MISSING)
        api_refuse(call, 401, "forbidden");
    else if (result != STORE_OK || arena_failed(call->arena) || call->server->stopping)
        api_refuse(call, 503, "busy");
    else if (session_needs_totp(call->server->settings, &call->user) && !call->route->early)
        api_refuse(call, 403, "totp_needed");
    else if ((call->route->roles & role_bit(call->user.role)) == 0)
        api_refuse(call, 403, "forbidden");
    else
        call->route->serve(call);
}

static struct api_call *call_new(struct turn *turn, const struct api_route *route)
{
    struct arena *arena = arena_new(CALL_BYTES);
    struct api_call *call = arena != NULL ? arena_alloc(arena, sizeof *call) : NULL;
    char *query = arena != NULL ? arena_alloc(arena, QUERY_BYTES) : NULL;
    const struct peer *peer = peer_read(turn->server, turn->wsi);
    const char *body = "";
    if (call != NULL && turn->has_body && turn->body.size > 0)
        body = arena_strndup(arena, turn->body.data, turn->body.size);
    if (call == NULL || query == NULL || peer == NULL || body == NULL) {
        arena_free(arena);
        return NULL;
    }
    query_read(turn->wsi, query);
    *call = (struct api_call){.server = turn->server,
                              .route = route,
                              .arena = arena,
                              .client = peer->client,
                              .query = query,
                              .body = body,
                              .body_size = turn->has_body ? turn->body.size : 0};
    return call;
}

int api_serve(struct turn *turn, const struct api_route *route)
{
    unsigned char session[TOKEN_HASH_BYTES];
    struct server *server = turn->server;
    if (turn->method == METHOD_POST && !http_own_origin(turn))
        return http_send_status(turn, 403, "{\"code\":\"forbidden\"}");
    if (session_from_request(turn->wsi, session) < 0)
        return http_send_status(turn, 401, "{\"code\":\"forbidden\"}");
    struct api_call *call = call_new(turn, route);
    struct store_session *job = call != NULL ? session_job(server, SESSION_FIND, session, session_known, call) : NULL;
    call = job != NULL ? call : (arena_free(call != NULL ? call->arena : NULL), NULL);
    if (call == NULL || (call->turn = http_wait(turn)) == 0) {
        if (job != NULL)
            store_job_free(&job->job);
        if (call != NULL)
            arena_free(call->arena);
        return http_send_status(turn, 503, "{\"code\":\"busy\"}");
    }
    memcpy(call->session, session, sizeof session);
    api_submit(call, &job->job);
    return 0;
}
