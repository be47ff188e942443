/* Api: what the pages of the desk ask by HTTP beside their socket, under /desk/api/.
 *
 * Good for: a question with one answer (a search, a report, a form of the account). What happens by itself, and what
 * concerns an open chat, goes over the socket. api_routes[] in api.c is the one list: name, method, roles, ceiling of
 * the body, function. Before the function runs, the session has been checked and, for a POST, the request's
 * Origin; a role that the row does not list gets 403 `forbidden`.
 * A function ends its call once, now or later (after a job), by api_answer, api_refuse or api_done; where the browser
 * has gone meanwhile they answer nobody. Answers are JSON; errors are {"code":"…"} in the words of docs/protocol.md.
 * Private to net/. Threads: the loop. */
#ifndef NET_API_H
#define NET_API_H

#include "net/http.h"

#include "base/buf.h"
#include "store/store.h"

/* Bits of roles. */
enum { API_AGENT = 1, API_EDITOR = 2, API_ADMIN = 4, API_EVERYONE = 7 };

struct api_call {
    struct server *server;
    uint64_t turn; /* number of the request's turn */
    const struct api_route *route;
    struct arena *arena; /* of the call: freed with it */
    struct user user;    /* who asks */
    unsigned char session[TOKEN_HASH_BYTES];
    struct address client;
    const char *query; /* after the '?', "" = none */
    const char *body;  /* NUL at its end; "" = none */
    size_t body_size;
    void *context; /* the function's own, while it waits */
};

struct api_route {
    const char *name; /* behind /desk/api/ */
    unsigned methods; /* bits of enum http_method */
    unsigned roles;
    bool early;        /* also for who must set up one-time codes first */
    size_t body_bytes; /* ceiling of a POST's body, at most HTTP_BODY_MOST; 0 = HTTP_BODY_BYTES */
    bool takes_files;  /* the body is one: net/upload.h */
    void (*serve)(struct api_call *);
};

/* The route of a path under /desk/api/, NULL = there is none. */
const struct api_route *api_route(const char *path);
/* Takes over a request whose body is complete. */
int api_serve(struct turn *, const struct api_route *);

/* Whether who asks serves a department; admins serve all. */
bool api_serves(const struct api_call *, const char *department);
bool api_is_admin(const struct api_call *);
/* Those that they serve, as the store asks for them: "a,b", or "" for all. */
const char *api_departments(const struct api_call *);
/* Whether who asks may see a ticket: that of a department they serve, their own, or one they were invited to. */
bool api_sees(const struct api_call *, const struct ticket *);

/* A parameter of the query (net/query.h), in the call's arena. NULL = absent, malformed or too long. */
const char *api_param(const struct api_call *, const char *name);
/* The same as a whole number within a range; `fallback` where it is absent. False = it is no such number. */
bool api_number(const struct api_call *, const char *name, int64_t low, int64_t high, int64_t fallback, int64_t *ret);

/* Ends the call: 200 with what stands in the buffer, which is emptied. A buffer that failed gives 503 `busy`. */
void api_answer(struct api_call *, struct buf *json);
/* Ends it with a status and a code ("bad_field", "not_found", "forbidden", "not_saved", "busy" …). */
void api_refuse(struct api_call *, int status, const char *code);
/* Ends it with 204. */
void api_done(struct api_call *);
/* Ends it for a store's result that is not STORE_OK: 404 not_found, 409 conflict, 503 not_saved. */
void api_refuse_result(struct api_call *, enum store_result);

/* 429 `slow_down` with the milliseconds to wait. */
void api_slow(struct api_call *, int wait_ms);

/* Who asks, for a line of the audit log that a job writes in its own transaction. */
struct audit_by api_by(struct api_call *);
/* A line of the audit log: what the one who asks has done. `detail` never holds what visitors or agents wrote; it is
 * copied. Not a matter to wait for. */
void api_audit(const struct api_call *, const char *act, const char *detail);

/* A job whose `done` gets the call as its context; NULL = without memory, and the call has ended. */
void *api_job(struct api_call *, const struct store_job_kind *, size_t size, void (*done)(struct store_job *));
/* Gives it to the store, or to the worker of reports; ends the call where it cannot be given. */
void api_submit(struct api_call *, struct store_job *);
void api_submit_report(struct api_call *, struct store_job *);

/* A `done` for a job that has nothing to tell but whether it was done: 204, or the refusal of its result. */
void api_finish(struct store_job *);
/* A `done` that answers with an object puts the object's members between these two. api_begin opens it in a buffer of
 * at most `room` bytes; false = the job failed: it is freed, and the call refused for its result. api_end closes the
 * object, frees the job and answers. */
bool api_begin(struct store_job *, struct buf *ret_json, size_t room);
void api_end(struct store_job *, struct buf *json);
/* Ends the call with an object of this one number. */
void api_answer_number(struct api_call *, const char *name, int64_t number);

#endif
