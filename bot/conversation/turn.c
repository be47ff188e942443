/* Turns there and back: what waits becomes a turn (turn_fill), the turn goes to the store, and after
 * its commit it is delivered. */
#include "conversation/turn.h"

#include "base/log.h"

#include <stdlib.h>
#include <string.h>

/* A turn's own events: a reply and a state. */
enum { TURN_REMADE_MAX = 3, EVENTS_OF_TURN = 2 };

/* --- what was heard ---------------------------------------------------------------------------- */

/* Takes the next item, with those right behind it where both are plain messages. Files have a turn of their own. */
static struct heard_item *take_burst(struct conversation *c)
{
    struct heard_item *first = conversation_next(c), *last = first;
    size_t bytes = first->text != NULL ? strlen(first->text) : 0;
    while (first->kind == FRAME_SAY && first->files == NULL && c->items != NULL && c->items->kind == FRAME_SAY &&
           c->items->files == NULL) {
        bytes += 1 + strlen(c->items->text);
        if (bytes > FRAME_TEXT_BYTES)
            break;
        last->next = conversation_next(c);
        last = last->next;
    }
    return first;
}

/* --- there and back ---------------------------------------------------------------------------- */

void turn_free_items(struct heard_item *item)
{
    while (item != NULL) {
        struct heard_item *next = item->next;
        free(item);
        item = next;
    }
}

/* Puts items back at the head of the queue, in their order. */
static void put_back(struct conversation *c, struct heard_item *items)
{
    if (items == NULL)
        return;
    struct heard_item *last = items;
    c->item_count++;
    while (last->next != NULL) {
        last = last->next;
        c->item_count++;
    }
    last->next = c->items;
    if (c->items == NULL)
        c->items_end = &last->next;
    c->items = items;
}

static void refuse_items(struct hall *h, const struct conversation *c, const struct heard_item *items, const char *code,
                         const char *key)
{
    for (const struct heard_item *i = items; i != NULL; i = i->next)
        hall_error(h, i->client, code, key, c->lang, i->cid);
}

static void count_outcome(struct hall *h, const struct turn *t)
{
    uint64_t *const counts[] = {
        [OUTCOME_ANSWER] = &h->counts.answers,     [OUTCOME_OFFER] = &h->counts.offers,
        [OUTCOME_REPHRASE] = &h->counts.rephrases, [OUTCOME_HANDOFF] = &h->counts.handoffs,
        [OUTCOME_RULE] = &h->counts.rules,
    };
    h->counts.turns++;
    h->counts.questions_missed += t->row.ret_missed;
    if ((size_t)t->outcome < sizeof counts / sizeof *counts && counts[t->outcome] != NULL)
        ++*counts[t->outcome];
}

/* Delivers the turn and acknowledges every message of it: the last with the reply, those before it alone. */
static void deliver_turn(struct hall *h, struct conversation *c, const struct turn *t)
{
    enum frame_kind kind = t->items->kind;
    bool shown = kind == FRAME_SAY || (kind == FRAME_PICK && t->items->title != NULL);
    struct ack ack = {t->items->client, t->items->cid, t->row.ret_first_seq, shown};
    if (kind == FRAME_CALLED) {
        deliver_events(h, c, t->row.events, t->row.event_count, NULL);
        return;
    }
    for (const struct heard_item *i = t->items; i->next != NULL; i = i->next) {
        hall_send(h, i->client, &(struct outgoing){.kind = OUT_ACK, .cid = i->cid, .seq = ack.seq});
        ack = (struct ack){i->next->client, i->next->cid, ack.seq + 1, shown};
    }
    if (!deliver_events(h, c, t->row.events, t->row.event_count, &ack))
        hall_send(h, ack.client, &(struct outgoing){.kind = OUT_ACK, .cid = ack.cid, .seq = ack.seq});
}

static void committed(struct hall *h, struct conversation *c, struct turn *t)
{
    struct store_turn *row = &t->row;
    if (conversation_set_id(h, c, row->conversation) < 0)
        return; /* without memory it is found again by its token */
    if (row->who >= 0)
        conversation_set_who(c, t->who, NULL);
    if (conversation_set_text(&c->memory, row->memory) < 0)
        conversation_set_text(&c->memory, NULL); /* begins anew rather than with an older memory */
    edition_unpin(c->edition);
    c->edition = t->kept;
    t->kept = NULL;
    conversation_add_values(c, row->values, row->value_count);
    if (row->ret_ticket != 0)
        c->ticket = row->ret_ticket;
    for (size_t i = 0; i < row->event_count; i++) {
        row->events[i].seq = row->ret_first_seq + (int64_t)i;
        if (row->events[i].kind == EVENT_STATE && row->events[i].ticket == 0)
            row->events[i].ticket = row->ret_ticket;
    }
    c->last_seq = row->ret_last_seq;
    deliver_turn(h, c, t);
    count_outcome(h, t);
    if (t->items->kind != FRAME_CALLED) {
        desk_visitor_said(h->desk, c->id);
        notify_said(h, c);
    }
    if (t->enqueue) {
        desk_enqueued(h->desk, c->id);
        if (c->client_count == 0) /* left while it was being stored */
            desk_visitor_online(h->desk, c->id, false);
    }
    if (t->saved_key != NULL)
        single_say(h, c, FROM_SYSTEM, t->saved_key, row->ret_ticket);
    if (row->call != NULL)
        calls_begin(h, c, row->call->id, row->call->body);
    if (row->close_ticket) {
        desk_left(h->desk, c->id);
        conversation_forget(h, c);
    }
}

static void duplicate(struct hall *h, struct conversation *c, struct turn *t)
{
    struct heard_item *first = t->items;
    /* What it was stored in may be over: its place there is none in what comes now. */
    int64_t seq = t->row.conversation == c->id ? t->row.ret_first_seq : 0;
    h->counts.duplicates++;
    hall_send(h, first->client, &(struct outgoing){.kind = OUT_ACK, .cid = first->cid, .seq = seq});
    t->items = first->next;
    free(first);
    put_back(c, t->items);
    t->items = NULL;
}

/* Nobody would send a webhook's answer again: it is kept, and stored when that can be done. */
static void stall(struct hall *h, struct conversation *c, struct heard_item *called)
{
    h->counts.not_saved++;
    put_back(c, called);
    c->stalled = true;
    h->stalled++;
}

/* A webhook's answer that makes no turn that can be stored is as none: the flow takes its way out. Where not even that
 * can be stored the flow is left to its expiry. */
static void give_up(struct hall *h, struct conversation *c, struct heard_item *called)
{
    log_line(LOG_LEVEL_WARNING, "webhook-answer-refused", "call", called->call_id, NULL);
    if (called->called_ok) {
        called->called_ok = false;
        called->called_count = 0;
        put_back(c, called);
    } else {
        h->counts.not_saved++;
        turn_free_items(called);
    }
}

/* The store has not taken the answer of a webhook. */
static void keep_called(struct hall *h, struct conversation *c, struct turn *t, enum store_result result)
{
    struct heard_item *called = t->items;
    t->items = NULL;
    if (result == STORE_MISSING) /* nobody waits for it any more */
        turn_free_items(called);
    else if (result == STORE_REFUSED)
        give_up(h, c, called);
    else
        stall(h, c, called);
}

static void turn_done(struct store_job *job)
{
    struct turn *t = (struct turn *)job;
    struct hall *h = job->context;
    struct conversation *c = hall_answered(job);
    bool no_file = job->result == STORE_REFUSED && t->row.ret_no_file;
    bool again = c != NULL && job->result == STORE_REFUSED && !no_file && c->remade++ < TURN_REMADE_MAX;
    if (c != NULL) {
        c->jobs++; /* it stays until here is done with it */
        c->turning = false;
        if (!again)
            c->remade = 0;
        if (job->result == STORE_OK) {
            committed(h, c, t);
        } else if (job->result == STORE_DUPLICATE) {
            duplicate(h, c, t);
        } else if (again) {
            /* A person joined or left while the turn was made: the desk has told, so make it again. */
            put_back(c, t->items);
            t->items = NULL;
        } else if (no_file) {
            refuse_items(h, c, t->items, "no_file", "error_no_file");
        } else if (t->items->kind == FRAME_CALLED) {
            keep_called(h, c, t, job->result);
        } else {
            h->counts.not_saved++;
            refuse_items(h, c, t->items, "not_saved", "error_not_saved");
        }
    }
    turn_free_items(t->items);
    edition_unpin(t->kept);
    store_job_free(job);
    if (c != NULL) {
        turn_next(h, c);
        c->jobs--;
        conversation_release(h, c);
    }
}

static struct turn *turn_make(struct hall *h, struct conversation *c, struct heard_item *items, struct edition *edition,
                              const struct understand_options *second)
{
    struct turn *t = hall_job(h, &store_turn_kind, sizeof *t, turn_done, c);
    if (t == NULL)
        return NULL;
    struct arena *arena = t->row.job.arena;
    /* A conversation that has a number needs no token to be found. */
    if (c->id == 0)
        memcpy(t->row.token_hash, c->token_hash, TOKEN_HASH_BYTES);
    t->row.conversation = c->id;
    t->row.lang = body_text(arena, c->lang);
    t->row.page = body_text(arena, c->page);
    t->row.memory = c->memory != NULL ? arena_strdup(arena, c->memory) : "";
    t->edition = edition;
    t->second = second;
    t->row.edition = edition_number(edition);
    t->row.who = -1;
    t->row.if_who = c->id != 0 ? (int)c->who : -1;
    size_t heard = 0;
    for (const struct heard_item *i = items; i != NULL; i = i->next)
        heard++;
    t->row.events = arena_array(arena, heard + EVENTS_OF_TURN, sizeof *t->row.events);
    t->items = items;
    t->who = c->who;
    t->outcome = OUTCOME_SILENT;
    return t;
}

/* A thumb down or a goodbye where there is nothing to say or to close: acknowledged as it is. */
static bool nothing_to_store(const struct conversation *c, const struct turn *t)
{
    return (t->row.event_count == 0 && t->row.ended_call == NULL) || (t->items->kind == FRAME_BYE && c->id == 0);
}

/* Whether the turn pauses: the look has taken over its items. Each turn's text is looked at once more at most. */
static bool pauses(struct hall *h, struct conversation *c, const struct turn *t)
{
    return t->wants_look && t->second == NULL && !t->items->looked && look_begin(h, c, t->items, &t->look) == 0;
}

/* Sends the turn of these items to the store, or refuses them: they are the turn's from here. */
static void turn_begin(struct hall *h, struct conversation *c, struct heard_item *items, struct edition *edition,
                       const struct understand_options *second)
{
    struct turn *t = turn_make(h, c, items, edition, second);
    bool called = items->kind == FRAME_CALLED, filled = t != NULL && turn_fill(h, c, t) == 0;
    if (!filled && called) {
        t == NULL ? stall(h, c, items) : give_up(h, c, items);
        items = NULL;
    } else if (!filled) {
        refuse_items(h, c, items, "busy", "error_busy");
    } else if (nothing_to_store(c, t)) {
        hall_send(h, items->client, &(struct outgoing){.kind = OUT_ACK, .cid = items->cid, .seq = c->last_seq});
    } else if (pauses(h, c, t)) {
        items = NULL;
    } else if (hall_submit(h, &t->row.job) < 0) {
        /* The job is gone, the items are not. */
        t = NULL;
        if (called)
            stall(h, c, items);
        else
            refuse_items(h, c, items, "busy", "error_busy");
        items = called ? NULL : items;
    } else {
        c->turning = true;
        t->kept = t->in_flow ? edition_pin(edition) : NULL;
        return;
    }
    if (t != NULL)
        store_job_free(&t->row.job);
    turn_free_items(items);
}

/* A flow finishes on the edition it began with. */
static void begin_now(struct hall *h, struct conversation *c, struct heard_item *items)
{
    struct edition *edition = edition_pin(c->edition != NULL ? c->edition : h->edition);
    turn_begin(h, c, items, edition, NULL);
    edition_unpin(edition);
}

void turn_next(struct hall *h, struct conversation *c)
{
    while (!c->turning && !c->stalled && c->loaded && c->items != NULL) {
        if (c->items->kind == FRAME_CALLED && c->items->conversation != c->id) {
            free(conversation_next(c)); /* the chat that called was closed */
            continue;
        }
        if (c->items->kind == FRAME_ERASE) {
            struct heard_item *item = conversation_next(c);
            erase_begin(h, c, item);
            free(item);
            continue;
        }
        struct heard_item *items = take_burst(c);
        if (!files_look_up(h, c, items))
            begin_now(h, c, items);
    }
}

void turn_with_files(struct hall *h, struct conversation *c, struct heard_item *item)
{
    begin_now(h, c, item);
}

void turn_after_look(struct hall *h, struct conversation *c, struct heard_item *items, struct edition *edition,
                     const struct understand_options *second)
{
    turn_begin(h, c, items, edition, second);
    turn_next(h, c);
}
