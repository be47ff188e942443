/* What a turn becomes: what visitors said goes through the dialogue, and the outcome becomes events and
 * a hand-off. */
#include "conversation/turn.h"

#include "conversation/turn_heard.h"
#include "conversation/turn_ticket.h"

#include <sodium.h>

#include <string.h>

static int reply_event(struct hall *h, const struct turn *t, const struct outcome *o, struct event *ret)
{
    struct arena *arena = t->row.job.arena;
    const struct view *view = edition_view(t->edition);
    struct said said = {.from = FROM_BOT,
                        .blocks = o->blocks,
                        .options = o->options,
                        .option_count = o->option_count,
                        .mood = o->mood,
                        .fallback = o->fallback,
                        .input = o->input};
    const char *source = NULL;
    if (o->entry != VIEW_NONE) {
        struct view_entry e = view_entry(view, o->entry);
        said.entry_id = e.kind == VIEW_ARTICLE ? e.id : NULL;
        said.entry_title = e.kind == VIEW_ARTICLE ? e.title : NULL;
        source = arena_printf(arena, "%s:%d", e.file, e.line);
    }
    if (o->source != NULL)
        source = arena_strdup(arena, o->source);
    for (size_t i = 1; i < o->entry_count && source != NULL; i++) {
        struct view_entry e = view_entry(view, o->entries[i]);
        source = arena_printf(arena, "%s, %s:%d", source, e.file, e.line);
    }
    for (size_t i = 0; i < o->option_count; i++)
        said.form = said.form || strncmp(o->options[i].id, "message:", strlen("message:")) == 0;
    if (body_message(h, arena, &said, ret) < 0)
        return -1;
    if (h->speaker.say != NULL)
        h->speaker.say(h->speaker.context, o->lang, o->blocks, arena, &ret->track, &ret->voice);
    ret->confidence = o->confidence;
    ret->source = source;
    ret->entry = said.entry_id != NULL ? arena_strdup(arena, said.entry_id) : NULL;
    ret->edition = edition_number(t->edition);
    ret->fallback = o->fallback;
    return 0;
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

/* A webhook that the flow wants, and the one whose answer it has heard. */
static int want_call(const struct conversation *c, struct turn *t, const struct heard *heard, const struct outcome *o)
{
    struct arena *arena = t->row.job.arena;
    if (t->items->kind == FRAME_CALLED) {
        t->row.ended_call = arena_strdup(arena, t->items->call_id);
        if (t->row.ended_call == NULL)
            return -1;
    }
    t->in_flow = o->in_flow;
    if (o->call != NULL)
        t->row.call = calls_new(arena, o->call, o->lang,
                                c->identity != NULL && c->identity_until > heard->now.seconds ? c->identity : "");
    return o->call != NULL && t->row.call == NULL ? -1 : 0;
}

static int keep_values(struct turn *t, const struct outcome *o)
{
    struct arena *arena = t->row.job.arena;
    struct visitor_value *values = arena_array(arena, o->keep_count + 1, sizeof *values);
    if (values == NULL)
        return -1;
    for (size_t i = 0; i < o->keep_count; i++) {
        if (strlen(o->keeps[i].name) > VISITOR_NAME_BYTES || strlen(o->keeps[i].value) > VISITOR_VALUE_BYTES)
            continue;
        values[t->row.value_count++] =
            (struct visitor_value){body_text(arena, o->keeps[i].name), body_text(arena, o->keeps[i].value)};
    }
    t->row.values = values;
    return 0;
}

/* A number that nobody foresees; the kernel is asked for many at a time. */
static uint32_t next_chance(struct hall *h)
{
    if (h->chances_left == 0) {
        randombytes_buf(h->chances, sizeof h->chances);
        h->chances_left = CHANCES;
    }
    return h->chances[--h->chances_left];
}

static struct help help_for(const struct hall *h, const char *department, const char *lang)
{
    struct desk_help help = desk_help(h->desk, department, lang);
    return (struct help){.open = help.open,
                         .beyond = help.beyond,
                         .online = help.online,
                         .ranged = help.ranged,
                         .wait_low = help.wait_low,
                         .wait_high = help.wait_high};
}

struct asking_help {
    const struct hall *hall;
    const char *lang;
};

static struct help help_of(const void *context, const char *department)
{
    const struct asking_help *asking = context;
    return help_for(asking->hall, department, asking->lang);
}

/* The dialogue's turn: says, asks, offers or hands off. */
static int talk(struct hall *h, struct conversation *c, struct turn *t)
{
    static const enum heard_kind kinds[FRAME_KINDS] = {[FRAME_CALLED] = HEARD_CALLED,
                                                       [FRAME_SAY] = HEARD_TEXT,
                                                       [FRAME_PICK] = HEARD_PICK,
                                                       [FRAME_HUMAN] = HEARD_HUMAN,
                                                       [FRAME_RATE] = HEARD_THUMB_DOWN};
    struct arena *arena = t->row.job.arena;
    const struct heard_item *first = t->items;
    const struct asking_help asking = {h, c->lang};
    const struct heard_time now = turn_heard_time(h);
    struct heard heard = {
        .kind = kinds[first->kind],
        .text = first->kind == FRAME_PICK ? turn_heard_masked(h, c, t, first->option) : turn_heard_text(h, c, t),
        .lang = c->lang,
        .who = c->who,
        .help = help_for(h, "", c->lang),
        .help_of = help_of,
        .help_context = &asking,
        .second = t->second,
        .now = now,
        .chance = next_chance(h),
        .notices = board_notices(h),
        .called_ok = first->called_ok,
        .called = first->called,
        .called_count = first->called_count,
    };
    if (first->found_count > 0 && first->text == NULL)
        heard.kind = HEARD_FILES;
    if ((heard.text == NULL && heard.kind == HEARD_TEXT) || turn_heard_facts(c, now.seconds, arena, &heard) < 0)
        return -1;
    struct dialogue_memory memory;
    turn_heard_memory(c, &memory);
    struct outcome o;
    arena_reset(h->scratch);
    if (dialogue_step(edition_view(t->edition), &memory, &heard, h->scratch, &o) < 0)
        return -1;
    t->wants_look = o.wants_second_look;
    t->look = o.second_look;
    struct store_turn *row = &t->row;
    if (o.blocks != NULL) {
        if (reply_event(h, t, &o, &row->events[row->event_count]) < 0)
            return -1;
        /* Only what was said or tapped is a question that is counted. */
        if (heard.kind == HEARD_TEXT || heard.kind == HEARD_FILES || heard.kind == HEARD_PICK)
            row->events[row->event_count].outcome = outcome_kind_name(o.kind);
        row->event_count++;
    }
    row->note =
        learning_note(t->edition, arena, &memory, &heard, &o, o.blocks != NULL ? (int)row->event_count - 1 : -1);
    bool has_ticket = c->who == WHO_WAITING || c->who == WHO_AGENT;
    if (o.enqueue && !has_ticket) {
        turn_ticket_handed(h, c, t, &o);
        if (row->ticket == NULL || add_state(h, t, WHO_WAITING) < 0)
            return -1;
        t->enqueue = true;
    }
    struct buf line;
    buf_init(&line, STORE_MEMORY_BYTES);
    if (want_call(c, t, &heard, &o) < 0 || keep_values(t, &o) < 0)
        return -1;
    dialogue_memory_write(&o.memory, &line);
    row->memory = arena_strdup(arena, line.data);
    buf_free(&line);
    t->outcome = o.kind;
    return row->memory != NULL ? 0 : -1;
}

/* A message or a callback: a stored ticket with a number. */
static int leave_word(struct hall *h, struct conversation *c, struct turn *t)
{
    bool call = t->items->kind == FRAME_CALLBACK;
    if (turn_ticket_left(h, c, t) < 0 || (c->who != WHO_AGENT && add_state(h, t, WHO_BOT) < 0))
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
    [FRAME_MESSAGE] = leave_word, [FRAME_CALLBACK] = leave_word, [FRAME_BYE] = leave,  [FRAME_CALLED] = talk,
};

int turn_fill(struct hall *h, struct conversation *c, struct turn *t)
{
    struct store_turn *row = &t->row;
    if (row->events == NULL)
        return -1;
    for (const struct heard_item *i = t->items; i != NULL; i = i->next) {
        if (i->kind == FRAME_RATE || i->kind == FRAME_BYE || i->kind == FRAME_CALLED)
            continue; /* shown by what comes of it */
        if (turn_heard_event(h, c, t, i, &row->events[row->event_count]) < 0)
            return -1;
        row->event_count++;
    }
    if (t->items->found_count > 0 && files_of_turn(row->job.arena, t->items->found, t->items->found_count, row) < 0)
        return -1;
    if (kinds_of_turn[t->items->kind](h, c, t) < 0)
        return -1;
    /* A thumb's turn is known by the cid of the thumb, so that a resend is found. */
    if (row->event_count > 0 && row->events[0].cid == NULL && t->items->cid != NULL)
        row->events[0].cid = arena_strdup(row->job.arena, t->items->cid);
    return 0;
}
