/* Logging in and out: see login.h. */
#include "net/login.h"

#include "base/log.h"
#include "net/audit.h"
#include "net/clients.h"
#include "net/peer.h"
#include "net/prove.h"
#include "net/session.h"
#include "wire/json.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NAME_BYTES = 128 };

/* One try, from the form to the answer. */
struct login {
    struct proof proof;
    struct server *server;
    uint64_t turn;
    struct address client;
    char name[NAME_BYTES + 1];
    char stored_name[NAME_BYTES + 1]; /* of the user there is, "" = none */
    bool secure, has_device;
    unsigned char device[TOKEN_HASH_BYTES]; /* of the browser's cookie, or of the new one */
    char device_token[SESSION_TOKEN_BYTES]; /* "" = it keeps the one it has */
    char token[SESSION_TOKEN_BYTES];
};

static void login_free(struct login *login)
{
    sodium_memzero(login, sizeof *login);
    free(login);
}

/* The browser may have gone meanwhile: then there is nobody to tell. */
static void answer_turn(struct server *server, uint64_t number, struct answer *answer)
{
    struct turn *turn = http_waiting(server, number);
    if (turn != NULL)
        http_answer_later(turn, answer);
    else
        free(answer->owned);
}

/* --- in ----------------------------------------------------------------------------------------------- */

/* What a try may come to. `wrong` is a line of the audit log, NULL = none. */
enum verdict { LET_IN, WRONG, CODE_NEEDED, WRONG_CODE, SLOW_DOWN, BUSY, NOT_SAVED };
static const struct {
    int status;
    const char *name, *json, *wrong;
} verdicts[] = {
    [LET_IN] = {204, "good", NULL, NULL},
    [WRONG] = {401, "refused", "{\"code\":\"wrong\"}", "login_wrong"},
    [CODE_NEEDED] = {401, "code_needed", "{\"code\":\"code_needed\"}", NULL},
    [WRONG_CODE] = {401, "wrong_code", "{\"code\":\"wrong_code\"}", "login_wrong_code"},
    [SLOW_DOWN] = {429, "slowed", NULL, NULL},
    [BUSY] = {503, "busy", "{\"code\":\"busy\"}", NULL},
    [NOT_SAVED] = {503, "not_saved", "{\"code\":\"not_saved\"}", NULL},
};

static void login_end(struct login *login, enum verdict verdict, int wait_ms)
{
    struct server *server = login->server;
    const struct proof *proof = &login->proof;
    bool good = verdict == LET_IN, secure = login->secure || origins_secure(server->origins);
    struct answer answer =
        verdict == SLOW_DOWN ? answer_slow(wait_ms) : answer_plain(verdicts[verdict].status, verdicts[verdict].json);
    if (good) {
        session_cookie(login->token, secure, answer.cookie);
        if (login->device_token[0] != '\0')
            session_device_cookie(login->device_token, secure, answer.second_cookie);
        audit_note(server, proof->user, &login->client, "login", NULL);
    } else if (verdicts[verdict].wrong != NULL) {
        audit_wrong(server, &login->client, verdicts[verdict].wrong, login->stored_name);
    }
    server->counters.logins_good += good;
    server->counters.logins_wrong += verdicts[verdict].wrong != NULL;
    server->counters.slowed += verdict == SLOW_DOWN;
    log_line(good || verdict == CODE_NEEDED ? LOG_LEVEL_INFO : LOG_LEVEL_WARNING, "login", "result",
             verdicts[verdict].name, "user", good ? log_number(proof->user) : NULL, "address", proof->address, "status",
             log_number(verdicts[verdict].status), NULL);
    answer_turn(server, login->turn, &answer);
    login_free(login);
}

static void session_made(struct store_job *job)
{
    bool made = job->result == STORE_OK;
    login_end(job->context, made ? LET_IN : NOT_SAVED, 0);
    store_job_free(job);
}

static void make_session(struct login *login)
{
    struct server *server = login->server;
    struct store_session *job = store_job_new(&store_session_kind, sizeof *job, session_made, login);
    if (job == NULL) {
        login_end(login, BUSY, 0);
        return;
    }
    if (!login->has_device)
        session_make(login->device_token, login->device);
    session_make(login->token, job->token_hash);
    job->act = SESSION_MAKE;
    job->user_id = login->proof.user;
    job->expires_ms = clock_wall_ms(server->config.clock) + SESSION_HOURS * INT64_C(3600000);
    job->address = login->proof.address;
    job->device = login->device;
    if (store_submit(server->config.store, &job->job) == 0)
        return;
    store_job_free(&job->job);
    login_end(login, BUSY, 0);
}

/* The right password was no try at guessing one, whatever becomes of the code. */
static void password_was_right(struct login *login)
{
    struct guard *guard = login->server->guard;
    if (login->proof.device != 0)
        guard_try_good(guard, GUARD_DEVICE, login->proof.device);
    else
        guard_login_good(guard, &login->client, login->name);
}

static void proven(struct proof *proof, enum proof_result result)
{
    static const enum verdict of[] = {
        [PROOF_WRONG] = WRONG,
        [PROOF_CODE_NEEDED] = CODE_NEEDED,
        [PROOF_WRONG_CODE] = WRONG_CODE,
        [PROOF_SLOW] = SLOW_DOWN,
        [PROOF_BUSY] = BUSY,
    };
    struct login *login = (struct login *)proof;
    if (proof->matches)
        password_was_right(login);
    if (result == PROOF_GOOD)
        make_session(login);
    else
        login_end(login, of[result], proof->wait_ms);
}

static void take_user(struct login *login, const struct store_login *got)
{
    const struct user *user = &got->user;
    struct proof *proof = &login->proof;
    if (strlen(user->password_hash) >= sizeof proof->hash || strlen(user->name) > NAME_BYTES)
        return;
    memcpy(login->stored_name, user->name, strlen(user->name) + 1);
    if (user->disabled)
        return;
    proof->exists = true;
    proof->user = user->id;
    proof->device = got->ret_device;
    proof->known = got->ret_device != 0 || got->ret_address_known;
    proof->totp = user->totp;
    memcpy(proof->secret, got->ret_secret, sizeof proof->secret);
    memcpy(proof->hash, user->password_hash, strlen(user->password_hash) + 1);
}

static void user_found(struct store_job *job)
{
    struct store_login *got = (struct store_login *)job;
    struct login *login = job->context;
    struct guard *guard = login->server->guard;
    bool readable = job->result == STORE_OK || job->result == STORE_MISSING;
    int wait = 0;
    if (job->result == STORE_OK)
        take_user(login, got);
    sodium_memzero(got->ret_secret, sizeof got->ret_secret);
    store_job_free(job);
    /* One without a cookie has been asked already. */
    if (login->proof.device != 0)
        wait = guard_try(guard, GUARD_DEVICE, login->proof.device);
    else if (login->has_device)
        wait = guard_login(guard, &login->client, login->name);
    if (!readable)
        login_end(login, BUSY, 0);
    else if (wait > 0)
        login_end(login, SLOW_DOWN, wait);
    else
        prove(&login->proof);
}

static struct login *login_new(struct turn *turn, const struct peer *peer, const char *const values[3])
{
    struct login *login = calloc(1, sizeof *login);
    if (login == NULL)
        return NULL;
    login->server = login->proof.server = turn->server;
    login->proof.done = proven;
    login->client = peer->client;
    login->secure = peer->secure;
    login->has_device = session_device(turn->wsi, login->device) == 0;
    address_text(&login->client, login->proof.address);
    snprintf(login->name, sizeof login->name, "%s", values[0]);
    snprintf(login->proof.password, sizeof login->proof.password, "%s", values[1]);
    snprintf(login->proof.code, sizeof login->proof.code, "%s", values[2] != NULL ? values[2] : "");
    return login;
}

static int login_start(struct turn *turn, struct login *login)
{
    struct store_login *job = store_job_new(&store_login_kind, sizeof *job, user_found, login);
    uint64_t number = job != NULL ? http_wait(turn) : 0;
    if (number != 0) {
        login->turn = number;
        job->name = login->name;
        job->address = login->proof.address;
        job->device = login->has_device ? login->device : NULL;
        if (store_submit(turn->server->config.store, &job->job) == 0)
            return 0;
    }
    if (job != NULL)
        store_job_free(&job->job);
    login_free(login);
    return http_send_status(turn, 503, "{\"code\":\"busy\"}");
}

static bool form_fits(const char *const values[3])
{
    return values[0] != NULL && values[1] != NULL && strlen(values[0]) <= NAME_BYTES &&
           strlen(values[1]) <= PASSWORD_MOST && (values[2] == NULL || strlen(values[2]) <= TOTP_CODE_MOST);
}

int login_in(struct turn *turn)
{
    static const char *const names[] = {"name", "password", "code"};
    const char *values[3];
    struct server *server = turn->server;
    const struct peer *peer = peer_read(server, turn->wsi);
    arena_reset(server->arena);
    if (peer == NULL || !http_own_origin(turn))
        return http_send_status(turn, 403, "{\"code\":\"forbidden\"}");
    if (message_form(turn->body.data, turn->body.size, names, 3, server->arena, values) < 0 || !form_fits(values))
        return http_send_status(turn, 400, "{\"code\":\"bad_field\"}");
    struct login *login = login_new(turn, peer, values);
    if (login == NULL)
        return http_send_status(turn, 503, "{\"code\":\"busy\"}");
    /* Whose browser has a cookie is asked when the store has said whether it is one of theirs. */
    int wait = login->has_device ? 0 : guard_login(server->guard, &peer->client, values[0]);
    if (wait > 0) {
        struct answer answer = answer_slow(wait);
        login_free(login);
        server->counters.slowed++;
        return answer_begin(turn->wsi, &answer, &turn->sending);
    }
    return login_start(turn, login);
}

/* --- out, and who is in --------------------------------------------------------------------------------- */

/* Asks the store about the request's session; the answer goes to `done` with the turn's number in the tag. */
static int ask_session(struct turn *turn, enum session_act act, void (*done)(struct store_job *), int status_without)
{
    unsigned char hash[TOKEN_HASH_BYTES];
    struct server *server = turn->server;
    if (session_from_request(turn->wsi, hash) < 0)
        return http_send_status(turn, status_without, status_without == 204 ? NULL : "{\"code\":\"forbidden\"}");
    struct store_session *job = session_job(server, act, hash, done, server);
    uint64_t number = job != NULL ? http_wait(turn) : 0;
    if (number != 0) {
        job->job.tag = number;
        if (store_submit(server->config.store, &job->job) == 0)
            return 0;
    }
    if (job != NULL)
        store_job_free(&job->job);
    return http_send_status(turn, 503, "{\"code\":\"busy\"}");
}

/* Where whoever asked has hung up meanwhile, the line has no address. */
static void note_logout(struct server *server, uint64_t number, int64_t user)
{
    const struct turn *turn = http_waiting(server, number);
    const struct peer *peer = turn != NULL ? peer_read(server, turn->wsi) : NULL;
    audit_note(server, user, peer != NULL ? &peer->client : NULL, "logout", NULL);
}

static void dropped(struct store_job *job)
{
    struct server *server = job->context;
    bool saved = job->result == STORE_OK || job->result == STORE_MISSING;
    if (job->result == STORE_OK)
        note_logout(server, job->tag, ((const struct store_session *)job)->user_id);
    if (saved)
        clients_drop_session(server, ((const struct store_session *)job)->token_hash);
    struct answer answer = answer_plain(saved ? 204 : 503, saved ? NULL : "{\"code\":\"not_saved\"}");
    if (saved)
        session_cookie("", origins_secure(server->origins), answer.cookie);
    answer_turn(server, job->tag, &answer);
    store_job_free(job);
}

int login_out(struct turn *turn)
{
    if (!http_own_origin(turn))
        return http_send_status(turn, 403, "{\"code\":\"forbidden\"}");
    return ask_session(turn, SESSION_DROP, dropped, 204);
}

static struct answer session_answer(struct server *server, const struct store_session *got)
{
    struct answer answer = {.status = 200, .type = "application/json"};
    struct buf json;
    buf_init(&json, 4096);
    json_open(&json, NULL, '{');
    json_text(&json, "name", got->user.name);
    json_text(&json, "role", got->user.role);
    json_true_if(&json, "setup", session_needs_totp(server->settings, &got->user));
    json_close(&json, '}');
    answer.owned = buf_take(&json, &answer.size);
    answer.body = answer.owned;
    return answer;
}

static void found(struct store_job *job)
{
    const struct store_session *got = (const struct store_session *)job;
    struct server *server = job->context;
    struct answer answer = answer_plain(401, "{\"code\":\"forbidden\"}");
    if (job->result == STORE_OK) {
        session_seen(server, got);
        answer = session_answer(server, got);
    } else if (job->result == STORE_UNAVAILABLE) {
        answer = answer_plain(503, "{\"code\":\"busy\"}");
    }
    answer_turn(server, job->tag, &answer);
    store_job_free(job);
}

int login_session(struct turn *turn)
{
    return ask_session(turn, SESSION_FIND, found, 401);
}
