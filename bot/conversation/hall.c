/* The hall's life, and the bookkeeping of its jobs in the store: see hall.h. */
#include "conversation/hall.h"

#include "conversation/internal.h"
#include "desk/zone.h"

#include <stdlib.h>

enum { SCRATCH_BYTES = 8 << 20 };

/* The store keeps the states of enum who as numbers of its own floor. */
_Static_assert((int)STORE_WHO_BOT == WHO_BOT && (int)STORE_WHO_WAITING == WHO_WAITING &&
                   (int)STORE_WHO_AGENT == WHO_AGENT && (int)STORE_WHO_CLOSED == WHO_CLOSED,
               "the store and the dialogue agree on who speaks");

void hall_speak_with(struct hall *h, const struct hall_speaker *speaker)
{
    h->speaker = *speaker;
}

const struct settings *hall_settings(const struct hall *h)
{
    return view_settings(edition_view(h->edition));
}

void hall_send(struct hall *h, uint64_t client, const struct outgoing *out)
{
    h->out.send(h->out.context, client, out);
}

void hall_error(struct hall *h, uint64_t client, const char *code, const char *text_key, const char *lang,
                const char *cid)
{
    hall_send(
        h, client,
        &(struct outgoing){.kind = OUT_ERROR, .code = code, .message = dialogue_text(text_key, lang), .cid = cid});
}

void *hall_job(struct hall *h, const struct store_job_kind *kind, size_t size, void (*done)(struct store_job *),
               struct conversation *c)
{
    struct store_job *job = store_job_new(kind, size, done, h);
    if (job != NULL && c != NULL)
        job->tag = c->key;
    return job;
}

int hall_submit(struct hall *h, struct store_job *job)
{
    struct conversation *c = conversation_of_key(h, job->tag);
    if (store_submit(h->store, job) < 0) {
        store_job_free(job);
        return -1;
    }
    h->under_way++;
    if (c != NULL)
        c->jobs++;
    return 0;
}

struct conversation *hall_answered(struct store_job *job)
{
    struct hall *h = job->context;
    struct conversation *c = conversation_of_key(h, job->tag);
    h->under_way--;
    if (c != NULL)
        c->jobs--;
    return c;
}

/* --- what the desk tells ------------------------------------------------------------------ */

static void moved(void *context, enum desk_cause cause, enum ticket_state before, const struct ticket *t,
                  int64_t first_seq, const struct event *events, size_t count)
{
    struct hall *h = context;
    struct conversation *c = conversation_of_id(h, t->conversation);
    if (c != NULL && c->loaded) {
        for (size_t i = 0; i < count; i++) {
            struct event e = events[i];
            e.seq = first_seq + (int64_t)i;
            deliver_events(h, c, &e, 1, NULL);
            c->last_seq = e.seq;
        }
        int who = words_who(cause, before);
        if (who >= 0)
            conversation_set_who(c, (enum who)who, t->owner_name);
        if (t->state != TICKET_CLOSED && t->state != TICKET_MESSAGE)
            c->ticket = t->id;
        else if (c->ticket == t->id) /* and not another one that the visitor has since */
            c->ticket = 0;
        if (who == WHO_CLOSED)
            conversation_forget(h, c);
    }
    if (cause == CAUSE_LEFT)
        counter_left(h, t);
    else
        counter_ticket(h, t);
    notify_ticket(h, t);
    if (t->state == TICKET_CLOSED && c != NULL) {
        c->watcher_count = 0;
        conversation_release(h, c);
    } else if (c != NULL && c->who == WHO_AGENT) {
        /* The assistant says nothing any more: what was said goes to the person now. */
        uint64_t key = c->key;
        look_end(h, c);
        c = conversation_of_key(h, key);
        if (c != NULL)
            calls_end(h, c);
    }
}

/* Agents see the order by itself: a place that changes is news for the visitor only. */
static void position(void *context, const struct ticket *t, bool ranged, int low, int high)
{
    struct hall *h = context;
    struct desk_help help = desk_help_at(h->desk, t->id);
    struct conversation *c = conversation_of_id(h, t->conversation);
    struct outgoing out = {.kind = OUT_POSITION,
                           .ticket = t->id,
                           .position = t->position,
                           .ranged = ranged,
                           .wait_low = low,
                           .wait_high = high,
                           .open = help.open,
                           .beyond = help.beyond,
                           .online = help.online};
    for (uint16_t i = 0; c != NULL && i < c->client_count; i++)
        hall_send(h, c->clients[i], &out);
    if (c != NULL && c->client_count > 0 && ranged)
        told_range(h, c, t->id, low, high);
}

static void queued(void *context, const struct ticket *t)
{
    counter_ticket(context, t);
    notify_ticket(context, t);
}

/* Fires on every move: the agents are told once a second at most. */
static void agents(void *context)
{
    struct hall *h = context;
    h->agents_stale = true;
}

static void silent(void *context, const struct ticket *t)
{
    struct hall *h = context;
    struct conversation *c = conversation_of_id(h, t->conversation);
    if (c != NULL)
        single_say(h, c, FROM_SYSTEM, "still_there", t->id);
}

static void reach(void *context, const struct ticket *t, bool lost)
{
    struct hall *h = context;
    struct conversation *c = conversation_of_id(h, t->conversation);
    if (c != NULL)
        single_say(h, c, FROM_SYSTEM, lost ? "agent_lost" : "agent_back", t->id);
}

/* --- life ----------------------------------------------------------------------------------- */

static void free_clients(struct map *clients, void (*free_one)(void *))
{
    size_t at = 0;
    void *one;
    while (clients != NULL && (one = map_next(clients, &at, NULL, NULL)) != NULL)
        free_one(one);
    map_free(clients);
}

static void free_conversation(void *one)
{
    conversation_free(one);
}

void hall_free(struct hall *h)
{
    if (h == NULL)
        return;
    desk_free(h->desk);
    look_free_all(h);
    calls_free_all(h);
    older_free(h);
    free(h->identity_secret);
    zone_free(h->zone);
    board_free(h->board);
    free_clients(h->visitors, free);
    free_clients(h->agents, counter_agent_free);
    free_clients(h->told, free);
    free_clients(h->by_key, free_conversation);
    map_free(h->by_token);
    map_free(h->by_id);
    arena_free(h->scratch);
    edition_unpin(h->edition);
    free(h);
}

struct hall *hall_new(struct store *store, const struct clock *clock, struct edition *edition,
                      const struct hall_codec *codec, const struct hall_out *out)
{
    struct hall *h = calloc(1, sizeof *h);
    if (h == NULL)
        return NULL;
    h->store = store;
    h->clock = clock;
    h->edition = edition_pin(edition);
    h->codec = codec;
    h->out = *out;
    h->by_key = map_new(HALL_CONVERSATIONS);
    h->by_token = map_new(HALL_CONVERSATIONS);
    h->by_id = map_new(HALL_CONVERSATIONS);
    h->visitors = map_new(HALL_CONVERSATIONS);
    h->agents = map_new(HALL_CONVERSATIONS);
    h->told = map_new(HALL_CONVERSATIONS);
    h->scratch = arena_new(SCRATCH_BYTES);
    h->words = (struct desk_words){.context = h, .events = words_events};
    const struct desk_listener listener = {.context = h,
                                           .moved = moved,
                                           .offered = counter_offered,
                                           .position = position,
                                           .silent = silent,
                                           .reach = reach,
                                           .agents = agents,
                                           .queued = queued,
                                           .undelivered = counter_undelivered,
                                           .transfer_offered = counter_transfer_offered,
                                           .transferred = counter_transferred,
                                           .refused = counter_refused,
                                           .done = counter_done};
    if (h->by_key == NULL || h->by_token == NULL || h->by_id == NULL || h->visitors == NULL || h->agents == NULL ||
        h->told == NULL || h->scratch == NULL)
        goto failed;
    h->zone = zone_new(hall_settings(h)->timezone);
    h->desk = desk_new(store, clock, hall_settings(h), &h->words, &listener);
    h->board = board_new();
    if (h->zone == NULL || h->desk == NULL || h->board == NULL || desk_load(h->desk) < 0)
        goto failed;
    counter_begin(h);
    return h;
failed:
    hall_free(h);
    return NULL;
}

/* Answers of webhooks that could not be stored: perhaps they can now. */
static void go_on_stalled(struct hall *h)
{
    size_t at = 0;
    struct conversation *c;
    if (h->stalled == 0)
        return;
    h->stalled = 0;
    while ((c = map_next(h->by_key, &at, NULL, NULL)) != NULL) {
        if (!c->stalled)
            continue;
        c->stalled = false;
        turn_next(h, c);
    }
}

void hall_identity(struct hall *h, const char *secret)
{
    if (conversation_set_text(&h->identity_secret, secret) < 0)
        conversation_set_text(&h->identity_secret, NULL);
}

void hall_tick(struct hall *h)
{
    store_tick(h->store);
    desk_tick(h->desk);
    look_tick(h);
    board_tick(h);
    go_on_stalled(h);
    counter_tick(h);
    if (h->agents_stale) {
        h->agents_stale = false;
        counter_agents(h);
    }
}

void hall_publish(struct hall *h, struct edition *edition)
{
    struct edition *before = h->edition;
    h->edition = edition_pin(edition);
    struct zone *zone = zone_new(hall_settings(h)->timezone);
    if (zone != NULL) {
        zone_free(h->zone);
        h->zone = zone;
    }
    desk_settings(h->desk, hall_settings(h));
    hall_keep_edition(h, before);
    edition_unpin(before);
}

const struct zone *hall_zone(const struct hall *h)
{
    return h->zone;
}

const struct desk *hall_desk(const struct hall *h)
{
    return h->desk;
}

struct edition *hall_edition(const struct hall *h)
{
    return h->edition;
}

size_t hall_under_way(const struct hall *h)
{
    return h->under_way;
}

bool hall_on_duty(const struct hall *h, const char *department)
{
    const struct string_list *languages = &hall_settings(h)->languages;
    for (size_t i = 0; i < languages->count; i++)
        if (desk_help(h->desk, department, languages->items[i]).online > 0)
            return true;
    return false;
}

void hall_counts(const struct hall *h, struct hall_counts *ret)
{
    *ret = h->counts;
    ret->conversations = map_count(h->by_key);
    ret->visitors = map_count(h->visitors);
    ret->agents = map_count(h->agents);
    ret->waiting = desk_count(h->desk, TICKET_WAITING);
    ret->claimed = desk_count(h->desk, TICKET_CLAIMED);
}
