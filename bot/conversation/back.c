/* Visitors who come back by the link of an e-mail: its secret leads into the chat of the visitor it was sent to, and
 * nowhere else. Where it is none, or too old, they are strangers, and are told. */
#include "conversation/internal.h"
#include "store/delivery.h"

#include <stdio.h>
#include <string.h>

/* A hello that waits for the store; its strings lie in the job's arena. */
struct returning {
    struct store_return row;
    uint64_t client;
    struct frame hello;
    char token[FRAME_TOKEN_BYTES]; /* for this browser, if the link is good */
};

static const char *copy(struct arena *arena, const char *text)
{
    return text != NULL ? arena_strdup(arena, text) : NULL;
}

static void looked_up(struct store_job *job)
{
    struct returning *r = (struct returning *)job;
    struct hall *h = job->context;
    hall_answered(job);
    struct visitor *v = map_get(h->visitors, &r->client, sizeof r->client);
    if (v != NULL && v->returning) {
        v->returning = false;
        if (job->result == STORE_OK && !r->row.ret_own) {
            /* What it had was of another conversation. */
            r->hello.after = 0;
            memcpy(v->token, r->token, sizeof v->token);
            visitor_enter(h, v, &r->hello, r->row.ret_hash, false);
        } else {
            visitor_enter_as_oneself(h, v, &r->hello);
            if (job->result == STORE_MISSING)
                hall_error(h, r->client, "bad_link", "error_bad_link", v->lang, NULL);
        }
    }
    store_job_free(job);
}

void back_begin(struct hall *h, struct visitor *v, const struct frame *f)
{
    struct returning *r = hall_job(h, &store_return_kind, sizeof *r, looked_up, NULL);
    if (r == NULL) {
        visitor_enter_as_oneself(h, v, f);
        return;
    }
    struct arena *arena = r->row.job.arena;
    r->client = v->client;
    r->hello = (struct frame){.kind = FRAME_HELLO,
                              .lang = copy(arena, f->lang),
                              .token = copy(arena, f->token),
                              .page = copy(arena, f->page),
                              .identity = copy(arena, f->identity),
                              .after = f->after};
    visitor_hash_token(f->back, r->row.link_hash);
    if (visitor_is_token(f->token))
        visitor_hash_token(f->token, r->row.own_hash);
    visitor_make_token(r->token);
    visitor_hash_token(r->token, r->row.new_hash);
    v->returning = !arena_failed(arena);
    if (!v->returning)
        store_job_free(&r->row.job);
    if (!v->returning || hall_submit(h, &r->row.job) < 0) {
        v->returning = false;
        visitor_enter_as_oneself(h, v, f);
    }
}

struct conversation *back_first(struct hall *h, struct conversation *c, const struct store_load *load)
{
    static const unsigned char none[TOKEN_HASH_BYTES];
    const unsigned char *first = load->row.token_hash;
    if (load->ret_visitor == 0 || memcmp(first, none, sizeof none) == 0 ||
        memcmp(c->token_hash, none, sizeof none) == 0 || memcmp(first, c->token_hash, TOKEN_HASH_BYTES) == 0)
        return NULL;
    struct conversation *other = map_get(h->by_token, first, TOKEN_HASH_BYTES);
    if (other == NULL) {
        conversation_set_token(h, c, first);
        return NULL;
    }
    /* Its further token names nothing in memory any more: whoever brings it is led here again by the store. */
    if (map_get(h->by_token, c->token_hash, TOKEN_HASH_BYTES) == c)
        map_remove(h->by_token, c->token_hash, TOKEN_HASH_BYTES);
    memset(c->token_hash, 0, TOKEN_HASH_BYTES);
    return other->loaded ? other : NULL;
}
