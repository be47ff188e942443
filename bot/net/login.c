/* Logging in and out: see login.h. */
#include "net/login.h"

#include "base/log.h"
#include "net/password.h"
#include "net/session.h"
#include "net/socket.h"
#include "wire/json.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NAME_BYTES = 128 };

/* One try, from the form to the answer. */
struct login {
    struct job job;
    struct server *server;
    uint64_t turn;
    struct address client;
    char name[NAME_BYTES + 1];
    char password[PASSWORD_MOST + 1];
    char hash[PASSWORD_HASH_BYTES];
    bool known, good, secure;
    int64_t user;
    char token[SESSION_TOKEN_BYTES];
};

static void login_free(struct login *login)
{
    sodium_memzero(login, sizeof *login);
    free(login);
}

static int answer_now(struct turn *turn, int status, const char *json)
{
    struct answer answer = answer_plain(status, json);
    turn->server->counters.requests++;
    return answer_begin(turn->wsi, &answer, &turn->sending);
}

/* The browser may have gone meanwhile: then there is nobody to tell. */
static void answer_turn(struct server *server, uint64_t number, int status, const char *json, const char *token,
                        bool secure)
{
    struct answer answer = answer_plain(status, json);
    struct turn *turn = http_waiting(server, number);
    if (turn == NULL)
        return;
    if (token != NULL)
        session_cookie(token, secure || origins_secure(server->origins), answer.cookie);
    http_answer_later(turn, &answer);
}

/* --- in ----------------------------------------------------------------------------------------------- */

static void login_end(struct login *login, int status, const char *json)
{
    struct server *server = login->server;
    char from[ADDRESS_TEXT_BYTES];
    bool good = status == 204;
    address_text(&login->client, from);
    answer_turn(server, login->turn, status, json, good ? login->token : NULL, login->secure);
    if (good)
        guard_login_good(server->guard, &login->client, login->name);
    server->counters.logins_good += good;
    server->counters.logins_wrong += status == 401;
    log_line(good ? LOG_LEVEL_INFO : LOG_LEVEL_WARNING, "login", "result", good ? "good" : "refused", "user",
             good ? log_number(login->user) : NULL, "address", from, "status", log_number(status), NULL);
    login_free(login);
}

static void session_made(struct store_job *job)
{
    bool made = job->result == STORE_OK;
    login_end(job->context, made ? 204 : 503, made ? NULL : "{\"code\":\"not_saved\"}");
    store_job_free(job);
}

static void make_session(struct login *login)
{
    struct server *server = login->server;
    struct store_session *job = store_job_new(&store_session_kind, sizeof *job, session_made, login);
    if (job != NULL) {
        job->act = SESSION_MAKE;
        job->user_id = login->user;
        job->expires_ms = clock_wall_ms(server->config.clock) + SESSION_HOURS * INT64_C(3600000);
        session_make(login->token, job->token_hash);
        if (store_submit(server->config.store, &job->job) == 0)
            return;
        store_job_free(&job->job);
    }
    login_end(login, 503, "{\"code\":\"busy\"}");
}

static void check_password(struct job *job)
{
    struct login *login = (struct login *)job;
    login->good = password_matches(login->known ? login->hash : NULL, login->password) && login->known;
}

static void password_checked(struct job *job)
{
    struct login *login = (struct login *)job;
    if (!job->ran)
        login_free(login);
    else if (login->good)
        make_session(login);
    else
        login_end(login, 401, "{\"code\":\"wrong\"}");
}

static void user_found(struct store_job *job)
{
    const struct store_user_get *got = (const struct store_user_get *)job;
    struct login *login = job->context;
    const struct user *user = &got->user;
    bool readable = job->result == STORE_OK || job->result == STORE_MISSING;
    if (job->result == STORE_OK && !user->disabled && strlen(user->password_hash) < sizeof login->hash) {
        login->known = true;
        login->user = user->id;
        memcpy(login->hash, user->password_hash, strlen(user->password_hash) + 1);
    }
    login->job = (struct job){.run = check_password, .done = password_checked};
    if (!readable || login->server->stopping || workers_submit(login->server->workers, WORK_PASSWORD, &login->job) < 0)
        login_end(login, 503, "{\"code\":\"busy\"}");
    store_job_free(job);
}

static int login_start(struct turn *turn, const char *name, const char *password)
{
    struct login *login = calloc(1, sizeof *login);
    struct store_user_get *job = store_job_new(&store_user_get_kind, sizeof *job, user_found, login);
    uint64_t number = login != NULL && job != NULL ? http_wait(turn) : 0;
    if (number == 0)
        goto busy;
    login->server = turn->server;
    login->turn = number;
    const struct peer *peer = http_peer(turn->server, turn->wsi);
    login->client = peer->client;
    login->secure = peer->secure;
    snprintf(login->name, sizeof login->name, "%s", name);
    snprintf(login->password, sizeof login->password, "%s", password);
    job->name = arena_strdup(job->job.arena, name);
    if (job->name == NULL || store_submit(turn->server->config.store, &job->job) < 0)
        goto busy;
    return 0;
busy:
    if (job != NULL)
        store_job_free(&job->job);
    free(login);
    return answer_now(turn, 503, "{\"code\":\"busy\"}");
}

int login_in(struct turn *turn)
{
    static const char *const names[] = {"name", "password"};
    const char *values[2];
    struct server *server = turn->server;
    const struct peer *peer = http_peer(server, turn->wsi);
    arena_reset(server->arena);
    if (peer == NULL || !http_own_origin(turn))
        return answer_now(turn, 403, "{\"code\":\"forbidden\"}");
    if (message_form(turn->body.data, turn->body.size, names, 2, server->arena, values) < 0 || values[0] == NULL ||
        values[1] == NULL || strlen(values[0]) > NAME_BYTES || strlen(values[1]) > PASSWORD_MOST)
        return answer_now(turn, 400, "{\"code\":\"bad_field\"}");
    int wait = guard_login(server->guard, &peer->client, values[0]);
    if (wait > 0) {
        char json[64];
        snprintf(json, sizeof json, "{\"code\":\"slow_down\",\"retry_ms\":%d}", wait);
        struct answer answer = answer_plain(429, NULL);
        answer.owned = strdup(json);
        answer.body = answer.owned;
        answer.type = answer.owned != NULL ? "application/json" : NULL;
        answer.size = strlen(json);
        answer.retry_seconds = wait / 1000 + 1;
        server->counters.slowed++;
        return answer_begin(turn->wsi, &answer, &turn->sending);
    }
    return login_start(turn, values[0], values[1]);
}

/* --- out, and who is in --------------------------------------------------------------------------------- */

/* Asks the store about the request's session; the answer goes to `done` with the turn's number in the tag. */
static int ask_session(struct turn *turn, enum session_act act, void (*done)(struct store_job *), int status_without)
{
    unsigned char hash[TOKEN_HASH_BYTES];
    struct server *server = turn->server;
    if (session_from_request(turn->wsi, hash) < 0)
        return answer_now(turn, status_without, status_without == 204 ? NULL : "{\"code\":\"forbidden\"}");
    struct store_session *job = store_job_new(&store_session_kind, sizeof *job, done, server);
    uint64_t number = job != NULL ? http_wait(turn) : 0;
    if (number != 0) {
        job->act = act;
        job->job.tag = number;
        job->expires_ms = clock_wall_ms(server->config.clock);
        memcpy(job->token_hash, hash, sizeof hash);
        if (store_submit(server->config.store, &job->job) == 0)
            return 0;
    }
    if (job != NULL)
        store_job_free(&job->job);
    return answer_now(turn, 503, "{\"code\":\"busy\"}");
}

static void dropped(struct store_job *job)
{
    struct server *server = job->context;
    bool saved = job->result == STORE_OK || job->result == STORE_MISSING;
    if (saved)
        socket_drop_session(server, ((const struct store_session *)job)->token_hash);
    answer_turn(server, job->tag, saved ? 204 : 503, saved ? NULL : "{\"code\":\"not_saved\"}", saved ? "" : NULL,
                false);
    store_job_free(job);
}

int login_out(struct turn *turn)
{
    if (!http_own_origin(turn))
        return answer_now(turn, 403, "{\"code\":\"forbidden\"}");
    return ask_session(turn, SESSION_DROP, dropped, 204);
}

static void found(struct store_job *job)
{
    const struct store_session *got = (const struct store_session *)job;
    struct turn *turn = http_waiting(job->context, job->tag);
    struct answer answer = answer_plain(401, "{\"code\":\"forbidden\"}");
    if (turn != NULL && job->result == STORE_OK) {
        struct buf json;
        buf_init(&json, 4096);
        json_open(&json, NULL, '{');
        json_text(&json, "name", got->user.name);
        json_text(&json, "role", got->user.role);
        json_close(&json, '}');
        answer = (struct answer){.status = 200, .type = "application/json"};
        answer.owned = buf_take(&json, &answer.size);
        answer.body = answer.owned;
    } else if (job->result == STORE_UNAVAILABLE) {
        answer = answer_plain(503, "{\"code\":\"busy\"}");
    }
    if (turn != NULL)
        http_answer_later(turn, &answer);
    else
        free(answer.owned);
    store_job_free(job);
}

int login_session(struct turn *turn)
{
    return ask_session(turn, SESSION_FIND, found, 401);
}
