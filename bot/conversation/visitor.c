/* The visitors' side of the counter: their connections and what their frames do. */
#include "conversation/identity.h"
#include "conversation/internal.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TOKEN_BYTES = 32 };

void visitor_hash_token(const char *token, unsigned char ret_hash[TOKEN_HASH_BYTES])
{
    crypto_generichash(ret_hash, TOKEN_HASH_BYTES, (const unsigned char *)token, strlen(token), NULL, 0);
}

void visitor_make_token(char ret_token[FRAME_TOKEN_BYTES])
{
    unsigned char bytes[TOKEN_BYTES];
    randombytes_buf(bytes, sizeof bytes);
    sodium_bin2base64(ret_token, FRAME_TOKEN_BYTES, bytes, sizeof bytes, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

/* Tokens are ours: 43 characters of URL-safe base64. Anything else is as good as none. */
bool visitor_is_token(const char *token)
{
    static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    return token != NULL && strlen(token) == 43 && strspn(token, alphabet) == 43;
}

int hall_token_hash(const char *token, unsigned char ret_hash[TOKEN_HASH_BYTES])
{
    if (!visitor_is_token(token))
        return -1;
    visitor_hash_token(token, ret_hash);
    return 0;
}

int visitor_new_token(struct hall *h, struct conversation *c)
{
    char token[FRAME_TOKEN_BYTES];
    unsigned char hash[TOKEN_HASH_BYTES];
    visitor_make_token(token);
    visitor_hash_token(token, hash);
    if (conversation_set_token(h, c, hash) < 0)
        return -1;
    for (uint16_t i = 0; i < c->client_count; i++) {
        struct visitor *v = map_get(h->visitors, &c->clients[i], sizeof c->clients[i]);
        if (v != NULL)
            memcpy(v->token, token, sizeof v->token);
    }
    return 0;
}

/* A token that does not hold signs nobody in, and nobody out. */
static void sign_in(const struct hall *h, struct conversation *c, const char *token)
{
    char id[IDENTITY_ID_BYTES];
    int64_t until;
    if (token == NULL || h->identity_secret == NULL ||
        !identity_verify(h->identity_secret, token, clock_wall_ms(h->clock) / 1000, id, &until))
        return;
    if (conversation_set_text(&c->identity, id) == 0)
        c->identity_until = until;
}

void visitor_enter(struct hall *h, struct visitor *v, const struct frame *f, const unsigned char hash[TOKEN_HASH_BYTES],
                   bool fresh)
{
    int known = settings_language(hall_settings(h), f->lang);
    const char *lang = hall_settings(h)->languages.items[known < 0 ? 0 : known];
    snprintf(v->lang, sizeof v->lang, "%s", lang);
    v->after = f->after;
    struct conversation *c = conversation_of_token(h, hash);
    if (c == NULL || client_list_add(&c->clients, &c->client_count, v->client, CONVERSATION_CLIENTS) < 0) {
        if (c != NULL)
            conversation_release(h, c);
        hall_error(h, v->client, "busy", "error_busy", v->lang, NULL);
        return;
    }
    v->conversation = c;
    memcpy(c->lang, v->lang, sizeof c->lang);
    if (f->page != NULL) {
        conversation_set_text(&c->page, f->page);
        conversation_set_text(&c->page_title, f->title);
    }
    sign_in(h, c, f->identity);
    if (fresh) {
        c->loaded = true;
        v->live = true;
        deliver_welcome(h, c, v, false);
    } else if (!c->loaded) {
        deliver_load(h, c);
    } else if (c->id == 0) {
        v->live = true;
        deliver_welcome(h, c, v, false);
    } else {
        deliver_missed(h, c, v->client, v->after, false);
        if (c->client_count == 1)
            desk_visitor_online(h->desk, c->id, true);
        counter_page(h, c);
    }
}

void visitor_enter_as_oneself(struct hall *h, struct visitor *v, const struct frame *f)
{
    unsigned char hash[TOKEN_HASH_BYTES];
    bool fresh = !visitor_is_token(f->token);
    if (fresh)
        visitor_make_token(v->token);
    visitor_hash_token(fresh ? v->token : f->token, hash);
    visitor_enter(h, v, f, hash, fresh);
}

static void hello(struct hall *h, struct visitor *v, const struct frame *f)
{
    if (f->back != NULL)
        back_begin(h, v, f);
    else
        visitor_enter_as_oneself(h, v, f);
}

/* Something that makes or needs a turn: it waits for its turn in order. */
static void queue(struct hall *h, struct visitor *v, const struct frame *f)
{
    struct conversation *c = v->conversation;
    if (calls_yield(f->kind, f->option))
        calls_end(h, c); /* nobody has to wait for a webhook to get to a person */
    if (conversation_queue(c, v->client, f) < 0) {
        hall_error(h, v->client, "busy", "error_busy", v->lang, f->cid);
        return;
    }
    turn_next(h, c);
}

/* What leaves an address behind needs the visitor's word, where the site asks for it. */
static void leave_word(struct hall *h, struct visitor *v, const struct frame *f)
{
    const struct settings *s = hall_settings(h);
    bool asks = settings_text(s, &s->consent, v->lang)[0] != '\0';
    if (asks && (f->consent == NULL || strcmp(f->consent, s->consent_version) != 0))
        hall_error(h, v->client, "consent", "error_consent", v->lang, f->cid);
    else
        queue(h, v, f);
}

struct thumb {
    struct store_rate rate;
    uint64_t client;
    char cid[FRAME_CID_BYTES + 1];
};

static void rated(struct store_job *job)
{
    struct thumb *t = (struct thumb *)job;
    struct hall *h = job->context;
    struct conversation *c = hall_answered(job);
    if (c != NULL) {
        if (job->result == STORE_OK && t->rate.value < 0) {
            struct frame down = {.kind = FRAME_RATE, .cid = t->cid, .seq = t->rate.seq};
            if (conversation_queue(c, t->client, &down) < 0)
                hall_error(h, t->client, "busy", "error_busy", c->lang, t->cid);
        } else if (job->result == STORE_OK) {
            hall_send(h, t->client, &(struct outgoing){.kind = OUT_ACK, .cid = t->cid, .seq = t->rate.seq});
        } else {
            bool lost = job->result == STORE_UNAVAILABLE;
            hall_error(h, t->client, lost ? "not_saved" : "not_found", lost ? "error_not_saved" : "error_not_found",
                       c->lang, t->cid);
        }
        turn_next(h, c);
        conversation_release(h, c);
    }
    store_job_free(job);
}

static void rate(struct hall *h, struct visitor *v, const struct frame *f)
{
    struct conversation *c = v->conversation;
    struct thumb *t = hall_job(h, &store_rate_kind, sizeof *t, rated, c);
    if (t == NULL) {
        hall_error(h, v->client, "busy", "error_busy", v->lang, f->cid);
        return;
    }
    t->rate.conversation = c->id;
    t->rate.seq = f->seq;
    t->rate.value = f->value;
    t->client = v->client;
    strncat(t->cid, f->cid, sizeof t->cid - 1);
    if (hall_submit(h, &t->rate.job) < 0)
        hall_error(h, v->client, "busy", "error_busy", v->lang, f->cid);
}

static void typing(struct hall *h, struct visitor *v, const struct frame *f)
{
    (void)f;
    const struct conversation *c = v->conversation;
    const struct ticket *t = c->id != 0 ? desk_ticket_of(h->desk, c->id) : NULL;
    for (uint16_t i = 0; t != NULL && i < c->watcher_count; i++)
        hall_send(h, c->watchers[i], &(struct outgoing){.kind = OUT_TYPING, .from = FROM_VISITOR, .ticket = t->id});
}

static void resume(struct hall *h, struct visitor *v, const struct frame *f)
{
    struct conversation *c = v->conversation;
    if (c->id != 0)
        deliver_missed(h, c, v->client, f->after, false);
}

/* What a frame does once `hello` has been said. */
static void (*const acts[FRAME_KINDS])(struct hall *, struct visitor *, const struct frame *) = {
    [FRAME_SAY] = queue,          [FRAME_PICK] = queue,          [FRAME_HUMAN] = queue,
    [FRAME_MESSAGE] = leave_word, [FRAME_CALLBACK] = leave_word, [FRAME_SATISFIED] = visitor_satisfied,
    [FRAME_RATE] = rate,          [FRAME_TYPING] = typing,       [FRAME_RESUME] = resume,
    [FRAME_BYE] = queue,          [FRAME_ERASE] = queue,
};

static struct visitor *visitor_in(struct hall *h, uint64_t client)
{
    struct visitor *v = calloc(1, sizeof *v);
    if (v == NULL)
        return NULL;
    v->client = client;
    if (map_put(h->visitors, &client, sizeof client, v) < 0) {
        free(v);
        return NULL;
    }
    return v;
}

void hall_visitor(struct hall *h, uint64_t client, const struct frame *f)
{
    struct visitor *v = map_get(h->visitors, &client, sizeof client);
    const char *lang = v != NULL ? v->lang : hall_settings(h)->languages.items[0];
    bool greeted = v != NULL && v->conversation != NULL;
    if ((v != NULL && v->returning) || greeted == (f->kind == FRAME_HELLO)) {
        hall_error(h, client, "wrong_order", "error_wrong_order", lang, f->cid);
        return;
    }
    if (!greeted) {
        v = v != NULL ? v : visitor_in(h, client);
        if (v != NULL)
            hello(h, v, f);
        return;
    }
    if (acts[f->kind] != NULL)
        acts[f->kind](h, v, f);
}

void hall_visitor_gone(struct hall *h, uint64_t client)
{
    struct visitor *v = map_remove(h->visitors, &client, sizeof client);
    if (v == NULL)
        return;
    struct conversation *c = v->conversation;
    free(v);
    if (c == NULL)
        return;
    client_list_remove(c->clients, &c->client_count, client);
    if (c->client_count == 0 && c->id != 0)
        desk_visitor_online(h->desk, c->id, false);
    conversation_release(h, c);
}
