/* One turn: what visitors said becomes an outcome (dialogue), the outcome becomes events and a
 * hand-off, and after their commit they are delivered. */
#include "conversation/internal.h"

#include <stdlib.h>
#include <string.h>

/* A turn's own events: a reply and a state. */
enum { TURN_REMADE_MAX = 3, EVENTS_OF_TURN = 2 };

/* A turn under way in the store: the job, and what the loop needs when it comes back. */
struct turn {
    struct store_turn row;    /* first: a job is its kind's struct */
    struct heard_item *items; /* what it answers, oldest first; owned */
    enum outcome_kind outcome;
    enum who who;
    bool enqueue;
    const char *saved_key; /* what is said once the number is known; NULL = nothing */
};

/* --- what was heard ---------------------------------------------------------------------------- */

/* Takes the next item, with those right behind it where both are plain messages. */
static struct heard_item *take_burst(struct conversation *c)
{
    struct heard_item *first = conversation_next(c), *last = first;
    size_t bytes = first->text != NULL ? strlen(first->text) : 0;
    while (first->kind == FRAME_SAY && c->items != NULL && c->items->kind == FRAME_SAY) {
        bytes += 1 + strlen(c->items->text);
        if (bytes > FRAME_TEXT_BYTES)
            break;
        last->next = conversation_next(c);
        last = last->next;
    }
    return first;
}

/* The messages of a burst as one text, each on its line. */
static const char *burst_text(struct arena *arena, const struct heard_item *first)
{
    const char *text = first->text;
    for (const struct heard_item *i = first->next; i != NULL && text != NULL; i = i->next)
        text = arena_printf(arena, "%s\n%s", text, i->text);
    return text;
}

/* What the transcript shows for something that was done by a button. */
static const char *shown_text(const struct heard_item *item, const char *lang)
{
    if (item->kind == FRAME_HUMAN)
        return dialogue_text("human_request", lang);
    if (item->kind == FRAME_PICK)
        return item->title != NULL ? item->title : item->option;
    if (item->kind == FRAME_CALLBACK && (item->text == NULL || item->text[0] == '\0'))
        return dialogue_text("callback_request", lang);
    return item->text;
}

static int visitor_event(const struct hall *h, const struct conversation *c, struct arena *arena,
                         const struct heard_item *item, struct event *ret)
{
    struct said said = {.from = FROM_VISITOR, .cid = item->cid};
    said.picked = item->kind == FRAME_PICK ? item->option : NULL;
    said.blocks = block_paragraph(arena, shown_text(item, c->lang));
    return said.blocks != NULL ? body_message(h, arena, &said, ret) : -1;
}

/* --- what comes of it -------------------------------------------------------------------------- */

static int reply_event(struct hall *h, struct arena *arena, const struct outcome *o, struct event *ret)
{
    const struct view *view = edition_view(h->edition);
    struct said said = {.from = FROM_BOT,
                        .blocks = o->blocks,
                        .options = o->options,
                        .option_count = o->option_count,
                        .mood = o->mood,
                        .fallback = o->fallback};
    const char *source = NULL;
    if (o->entry != VIEW_NONE) {
        struct view_entry e = view_entry(view, o->entry);
        said.entry_id = e.kind == VIEW_ARTICLE ? e.id : NULL;
        said.entry_title = e.kind == VIEW_ARTICLE ? e.title : NULL;
        source = arena_printf(arena, "%s:%d", e.file, e.line);
    }
    for (size_t i = 1; i < o->entry_count && source != NULL; i++) {
        struct view_entry e = view_entry(view, o->entries[i]);
        source = arena_printf(arena, "%s, %s:%d", source, e.file, e.line);
    }
    for (size_t i = 0; i < o->option_count; i++)
        said.form = said.form || strncmp(o->options[i].id, "message:", strlen("message:")) == 0;
    if (body_message(h, arena, &said, ret) < 0)
        return -1;
    ret->confidence = o->confidence;
    ret->source = source;
    ret->entry = said.entry_id != NULL ? arena_strdup(arena, said.entry_id) : NULL;
    ret->edition = edition_number(h->edition);
    ret->fallback = o->fallback;
    return 0;
}

/* The candidates for the hand-off card, one a line. */
static const char *tried_text(const struct hall *h, struct arena *arena, const struct understanding *u)
{
    struct buf text;
    buf_init(&text, TICKET_TRIED_BYTES);
    const struct view *view = edition_view(h->edition);
    for (size_t i = 0; i < u->count && i < 3; i++) {
        struct view_entry e = view_entry(view, u->candidates[i].entry);
        buf_printf(&text, "%s\t%.2f\t%s\n", e.id, (double)u->candidates[i].confidence, e.title);
    }
    const char *copy = arena_strdup(arena, text.data);
    buf_free(&text);
    return copy != NULL ? copy : "";
}

static void hand_off(struct hall *h, const struct conversation *c, struct turn *t, const struct outcome *o)
{
    struct arena *arena = t->row.job.arena;
    struct ticket_new *ticket = arena_alloc(arena, sizeof *ticket);
    if (ticket == NULL)
        return;
    ticket->state = TICKET_WAITING;
    ticket->department = body_text(arena, o->department);
    if (ticket->department[0] == '\0')
        ticket->department = body_text(arena, settings_department(hall_settings(h), "")->id);
    /* Agents need the language the visitor writes, which may not be the page's. */
    ticket->lang = body_text(arena, o->lang != NULL ? o->lang : c->lang);
    ticket->question = body_text(arena, o->question);
    ticket->why = body_text(arena, o->why);
    ticket->corrected = body_text(arena, o->understood.corrected);
    ticket->page = body_text(arena, c->page);
    ticket->tried = tried_text(h, arena, &o->understood);
    t->row.ticket = ticket;
}

static int add_state(struct hall *h, struct turn *t, enum who who)
{
    struct store_turn *row = &t->row;
    if (body_state(h, row->job.arena, who, NULL, &row->events[row->event_count]) < 0)
        return -1;
    row->event_count++;
    row->who = who;
    t->who = who;
    return 0;
}

static struct dialogue_memory remembered(const struct conversation *c)
{
    struct dialogue_memory memory;
    dialogue_memory_read(c->memory != NULL ? c->memory : "", &memory);
    return memory;
}

/* The dialogue's turn: says, asks, offers or hands off. */
static int talk(struct hall *h, struct conversation *c, struct turn *t)
{
    static const enum heard_kind kinds[FRAME_KINDS] = {[FRAME_SAY] = HEARD_TEXT,
                                                       [FRAME_PICK] = HEARD_PICK,
                                                       [FRAME_HUMAN] = HEARD_HUMAN,
                                                       [FRAME_RATE] = HEARD_THUMB_DOWN};
    struct arena *arena = t->row.job.arena;
    const struct heard_item *first = t->items;
    struct desk_help help = desk_help(h->desk, "", c->lang);
    struct heard heard = {
        .kind = kinds[first->kind],
        .text = first->kind == FRAME_PICK ? first->option : burst_text(arena, first),
        .lang = c->lang,
        .who = c->who,
        .help = {help.open, help.online, help.ranged, help.wait_low, help.wait_high},
    };
    struct dialogue_memory memory = remembered(c);
    struct outcome o;
    arena_reset(h->scratch);
    if (dialogue_step(edition_view(h->edition), &memory, &heard, h->scratch, &o) < 0)
        return -1;
    struct store_turn *row = &t->row;
    if (o.blocks != NULL) {
        if (reply_event(h, arena, &o, &row->events[row->event_count]) < 0)
            return -1;
        row->event_count++;
    }
    row->note = learning_note(h, arena, &memory, &heard, &o, o.blocks != NULL ? (int)row->event_count - 1 : -1);
    bool has_ticket = c->who == WHO_WAITING || c->who == WHO_AGENT;
    if (o.enqueue && !has_ticket) {
        hand_off(h, c, t, &o);
        if (row->ticket == NULL || add_state(h, t, WHO_WAITING) < 0)
            return -1;
        t->enqueue = true;
    }
    struct buf line;
    buf_init(&line, 64 << 10);
    dialogue_memory_write(&o.memory, &line);
    row->memory = arena_strdup(arena, line.data);
    buf_free(&line);
    t->outcome = o.kind;
    return row->memory != NULL ? 0 : -1;
}

/* A message or a callback: a stored ticket with a number. */
static int leave_word(struct hall *h, struct conversation *c, struct turn *t)
{
    struct arena *arena = t->row.job.arena;
    const struct heard_item *item = t->items;
    bool call = item->kind == FRAME_CALLBACK;
    struct ticket_new *ticket = arena_alloc(arena, sizeof *ticket);
    struct dialogue_memory memory = remembered(c);
    if (ticket == NULL)
        return -1;
    *ticket = (struct ticket_new){
        .state = call ? TICKET_CALLBACK : TICKET_MESSAGE,
        .department = body_text(arena, settings_department(hall_settings(h), "")->id),
        .lang = body_text(arena, c->lang),
        .question = body_text(arena, item->text != NULL && item->text[0] != '\0' ? item->text : memory.question),
        .why = "asked",
        .corrected = "",
        .page = body_text(arena, c->page),
        .tried = "",
        .name = body_text(arena, item->name),
        .contact = body_text(arena, item->contact),
        .text = body_text(arena, item->text),
    };
    t->row.ticket = ticket;
    if (c->who != WHO_AGENT && add_state(h, t, WHO_BOT) < 0)
        return -1;
    t->saved_key = call ? "callback_saved" : "message_saved";
    t->enqueue = true;
    return 0;
}

static int leave(struct hall *h, struct conversation *c, struct turn *t)
{
    (void)c;
    if (add_state(h, t, WHO_CLOSED) < 0)
        return -1;
    t->row.events[t->row.event_count - 1].cid = t->items->cid;
    t->row.close_ticket = true;
    return 0;
}

static int (*const kinds_of_turn[FRAME_KINDS])(struct hall *, struct conversation *, struct turn *) = {
    [FRAME_SAY] = talk,           [FRAME_PICK] = talk,           [FRAME_HUMAN] = talk, [FRAME_RATE] = talk,
    [FRAME_MESSAGE] = leave_word, [FRAME_CALLBACK] = leave_word, [FRAME_BYE] = leave,
};

/* --- there and back ---------------------------------------------------------------------------- */

static void free_items(struct heard_item *item)
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
    desk_visitor_said(h->desk, c->id);
    if (t->enqueue) {
        desk_enqueued(h->desk, c->id);
        if (c->client_count == 0) /* left while it was being stored */
            desk_visitor_online(h->desk, c->id, false);
    }
    if (t->saved_key != NULL)
        single_say(h, c, FROM_SYSTEM, t->saved_key, row->ret_ticket);
    if (row->close_ticket) {
        desk_left(h->desk, c->id);
        conversation_forget(h, c);
    }
}

static void duplicate(struct hall *h, struct conversation *c, struct turn *t)
{
    struct heard_item *first = t->items;
    h->counts.duplicates++;
    hall_send(h, first->client, &(struct outgoing){.kind = OUT_ACK, .cid = first->cid, .seq = t->row.ret_first_seq});
    t->items = first->next;
    free(first);
    put_back(c, t->items);
    t->items = NULL;
}

static void turn_done(struct store_job *job)
{
    struct turn *t = (struct turn *)job;
    struct hall *h = job->context;
    struct conversation *c = hall_answered(job);
    if (c != NULL) {
        c->turning = false;
        if (job->result == STORE_OK) {
            c->remade = 0;
            committed(h, c, t);
        } else if (job->result == STORE_DUPLICATE) {
            duplicate(h, c, t);
        } else if (job->result == STORE_REFUSED && c->remade++ < TURN_REMADE_MAX) {
            /* A person joined or left while the turn was made: the desk has told, so make it again. */
            put_back(c, t->items);
            t->items = NULL;
        } else {
            h->counts.not_saved++;
            refuse_items(h, c, t->items, "not_saved", "error_not_saved");
        }
    }
    free_items(t->items);
    store_job_free(job);
    if (c != NULL) {
        turn_next(h, c);
        conversation_release(h, c);
    }
}

static struct turn *turn_make(struct hall *h, struct conversation *c, struct heard_item *items)
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
    t->row.edition = edition_number(h->edition);
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

static int turn_fill(struct hall *h, struct conversation *c, struct turn *t)
{
    struct store_turn *row = &t->row;
    if (row->events == NULL)
        return -1;
    for (const struct heard_item *i = t->items; i != NULL; i = i->next) {
        if (i->kind == FRAME_RATE || i->kind == FRAME_BYE)
            continue; /* shown by what comes of it */
        if (visitor_event(h, c, row->job.arena, i, &row->events[row->event_count]) < 0)
            return -1;
        row->event_count++;
    }
    if (kinds_of_turn[t->items->kind](h, c, t) < 0)
        return -1;
    /* A thumb's turn is known by the cid of the thumb, so that a resend is found. */
    if (row->event_count > 0 && row->events[0].cid == NULL)
        row->events[0].cid = arena_strdup(row->job.arena, t->items->cid);
    return 0;
}

/* A thumb down or a goodbye where there is nothing to say or to close: acknowledged as it is. */
static bool nothing_to_store(const struct conversation *c, const struct turn *t)
{
    return t->row.event_count == 0 || (t->items->kind == FRAME_BYE && c->id == 0);
}

void turn_next(struct hall *h, struct conversation *c)
{
    while (!c->turning && c->loaded && c->items != NULL) {
        struct heard_item *items = take_burst(c);
        struct turn *t = turn_make(h, c, items);
        if (t == NULL || turn_fill(h, c, t) < 0) {
            refuse_items(h, c, items, "busy", "error_busy");
        } else if (nothing_to_store(c, t)) {
            hall_send(h, items->client, &(struct outgoing){.kind = OUT_ACK, .cid = items->cid, .seq = c->last_seq});
        } else if (hall_submit(h, &t->row.job) < 0) {
            /* The job is gone, the items are not. */
            refuse_items(h, c, items, "busy", "error_busy");
            free_items(items);
            continue;
        } else {
            c->turning = true;
            return;
        }
        if (t != NULL)
            store_job_free(&t->row.job);
        free_items(items);
    }
}
