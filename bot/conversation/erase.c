/* A visitor's chats are erased: in its turn, like everything a visitor does, and told once it is committed. */
#include "conversation/internal.h"

#include "conversation/kept.h"
#include "store/erase.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

struct erasing {
    struct store_erase row;
    uint64_t client;
    char cid[FRAME_CID_BYTES + 1];
};

/* One request of one browser: what it is remembered by tells neither. */
static void name_request(const struct conversation *c, const char *cid, unsigned char ret[ERASE_REQUEST_BYTES])
{
    crypto_generichash_state state;
    crypto_generichash_init(&state, c->token_hash, sizeof c->token_hash, ERASE_REQUEST_BYTES);
    crypto_generichash_update(&state, (const unsigned char *)cid, strlen(cid));
    crypto_generichash_final(&state, ret, ERASE_REQUEST_BYTES);
}

/* `e` NULL = none of them asked for it. */
static void tell_visitors(struct hall *h, struct conversation *c, const struct erasing *e)
{
    for (uint16_t i = 0; i < c->client_count; i++) {
        struct visitor *v = map_get(h->visitors, &c->clients[i], sizeof c->clients[i]);
        if (v == NULL || !v->welcomed)
            continue;
        v->after = 0;
        v->live = true;
        const char *cid = e != NULL && v->client == e->client ? e->cid : NULL;
        hall_send(h, v->client, &(struct outgoing){.kind = OUT_ERASED, .cid = cid});
    }
}

/* The pages of agents who look at it, and the desk. */
static void tell_counter(struct hall *h, int64_t id)
{
    struct conversation *c = conversation_of_id(h, id);
    const struct ticket *t = desk_ticket_of(h->desk, id);
    int64_t ticket = t != NULL ? t->id : c != NULL ? c->ticket : 0;
    for (uint16_t i = 0; c != NULL && ticket != 0 && i < c->watcher_count; i++)
        hall_send(h, c->watchers[i], &(struct outgoing){.kind = OUT_ERASED, .ticket = ticket});
    desk_erased(h->desk, id);
    c = conversation_of_id(h, id);
    if (c != NULL) {
        c->watcher_count = 0;
        conversation_forget(h, c);
        conversation_release(h, c);
    }
}

/* All that is known here of a visitor's chats; `c` is the one that is in memory, to be kept until here is done. */
static void forget(struct hall *h, struct conversation *c, const int64_t *conversations, size_t count)
{
    h->counts.erasures++;
    for (size_t i = 0; i < count; i++)
        tell_counter(h, conversations[i]);
    if (c == NULL)
        return;
    conversation_forget(h, c);
    conversation_set_values(c, NULL, 0);
    c->erased = true;
}

void hall_erased(struct hall *h, const unsigned char token_hash[TOKEN_HASH_BYTES], const int64_t *conversations,
                 size_t count)
{
    struct conversation *c = map_get(h->by_token, token_hash, TOKEN_HASH_BYTES);
    for (size_t i = 0; c == NULL && i < count; i++)
        c = conversation_of_id(h, conversations[i]);
    if (c != NULL)
        c->jobs++; /* it stays until here is done with it */
    forget(h, c, conversations, count);
    if (c == NULL)
        return;
    tell_visitors(h, c, NULL);
    c->jobs--;
    conversation_release(h, c);
}

static void settle(struct hall *h, struct conversation *c, const struct erasing *e)
{
    const struct store_erase *row = &e->row;
    bool lost = row->job.result != STORE_OK && row->job.result != STORE_DUPLICATE;
    c->turning = false;
    if (lost) {
        h->counts.not_saved++;
        hall_error(h, e->client, "not_saved", "error_not_saved", c->lang, e->cid);
    } else if (row->job.result == STORE_DUPLICATE) {
        hall_send(h, e->client, &(struct outgoing){.kind = OUT_ERASED, .cid = e->cid});
    } else {
        forget(h, c, row->conversations, row->count);
        tell_visitors(h, c, e);
    }
}

static void erased(struct store_job *job)
{
    struct erasing *e = (struct erasing *)job;
    struct hall *h = job->context;
    struct conversation *c = hall_answered(job);
    if (c != NULL) {
        c->jobs++; /* it stays until here is done with it */
        settle(h, c, e);
        turn_next(h, c);
        c->jobs--;
        conversation_release(h, c);
    }
    store_job_free(job);
}

void erase_begin(struct hall *h, struct conversation *c, const struct heard_item *item)
{
    struct erasing *e = hall_job(h, &store_erase_kind, sizeof *e, erased, c);
    const struct string_list *languages = &hall_settings(h)->languages;
    const char **langs = e != NULL ? arena_array(e->row.job.arena, languages->count + 1, sizeof *langs) : NULL;
    for (size_t i = 0; langs != NULL && i < languages->count; i++)
        langs[i] = arena_strdup(e->row.job.arena, languages->items[i]);
    if (langs == NULL || arena_failed(e->row.job.arena)) {
        store_job_free(e != NULL ? &e->row.job : NULL);
        hall_error(h, item->client, "busy", "error_busy", c->lang, item->cid);
        return;
    }
    memcpy(e->row.token_hash, c->token_hash, sizeof e->row.token_hash);
    name_request(c, item->cid, e->row.request);
    e->row.fold = kept_fold_said;
    e->row.langs = langs;
    e->row.lang_count = languages->count;
    e->client = item->client;
    strncat(e->cid, item->cid, sizeof e->cid - 1);
    c->turning = true;
    if (hall_submit(h, &e->row.job) == 0)
        return;
    c->turning = false;
    hall_error(h, item->client, "busy", "error_busy", c->lang, item->cid);
}
