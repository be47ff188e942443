/* What a turn becomes: what visitors said goes through the dialogue, and the outcome becomes events and
 * a hand-off. */
#include "conversation/turn.h"

#include "base/fields.h"
#include "desk/zone.h"

#include <sodium.h>

#include <string.h>

/* --- what was heard ---------------------------------------------------------------------------- */

static struct dialogue_memory remembered(const struct conversation *c)
{
    struct dialogue_memory memory;
    dialogue_memory_read(c->memory != NULL ? c->memory : "", &memory);
    return memory;
}

static struct heard_time local_time(const struct hall *h)
{
    int64_t now = clock_wall_ms(h->clock) / 1000;
    return heard_time_at(now, zone_offset(h->zone, now));
}

/* A visitor's words as everything behind here knows them: without the card numbers and their like that no form asked
 * for, in the turn's arena. NULL for NULL, and without memory. */
static const char *masked(const struct hall *h, const struct conversation *c, const struct turn *t, const char *text)
{
    if (text == NULL)
        return NULL;
    struct arena *arena = t->row.job.arena;
    struct mask_span spared[DIALOGUE_SPARES_MAX];
    const struct dialogue_memory memory = remembered(c);
    const struct heard_time now = local_time(h);
    struct buf out;
    buf_init(&out, 4 * FRAME_TEXT_BYTES);
    size_t count = dialogue_spares(edition_view(t->edition), &memory, text, &now, arena, spared);
    const char *copy = mask_secrets(text, spared, count, &out) == 0 ? body_text(arena, out.data) : NULL;
    buf_free(&out);
    return copy;
}

/* The messages of a burst as one text, each on its line. */
static const char *burst_text(const struct hall *h, const struct conversation *c, const struct turn *t)
{
    const char *text = masked(h, c, t, t->items->text);
    for (const struct heard_item *i = t->items->next; i != NULL && text != NULL; i = i->next) {
        const char *next = masked(h, c, t, i->text);
        text = next != NULL ? arena_printf(t->row.job.arena, "%s\n%s", text, next) : NULL;
    }
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

static int visitor_event(const struct hall *h, const struct conversation *c, const struct turn *t,
                         const struct heard_item *item, struct event *ret)
{
    struct arena *arena = t->row.job.arena;
    const char *words = shown_text(item, c->lang), *shown = masked(h, c, t, words);
    bool only_files = words == NULL && item->found_count > 0;
    struct said said = {.from = FROM_VISITOR, .cid = item->cid};
    said.picked = item->kind == FRAME_PICK ? masked(h, c, t, item->option) : NULL;
    struct block *paragraph = shown != NULL ? block_paragraph(arena, shown) : NULL;
    said.blocks = paragraph;
    if (item->found_count > 0 && (paragraph != NULL || only_files)) {
        struct block *files = files_blocks(arena, item->found, item->found_count);
        if (paragraph != NULL)
            paragraph->next = files;
        else
            said.blocks = files;
        if (files == NULL)
            return -1;
    }
    return said.blocks != NULL ? body_message(h, arena, &said, ret) : -1;
}

/* --- what comes of it -------------------------------------------------------------------------- */

static int reply_event(struct hall *h, const struct turn *t, const struct outcome *o, struct event *ret)
{
    struct arena *arena = t->row.job.arena;
    const struct view *view = edition_view(t->edition);
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
    ret->confidence = o->confidence;
    ret->source = source;
    ret->entry = said.entry_id != NULL ? arena_strdup(arena, said.entry_id) : NULL;
    ret->edition = edition_number(t->edition);
    ret->fallback = o->fallback;
    return 0;
}

/* The candidates for the hand-off card, one a line. */
static const char *tried_text(const struct turn *t, const struct understanding *u)
{
    struct buf text;
    buf_init(&text, TICKET_TRIED_BYTES);
    const struct view *view = edition_view(t->edition);
    for (size_t i = 0; i < u->count && i < 3; i++) {
        struct view_entry e = view_entry(view, u->candidates[i].entry);
        buf_printf(&text, "%s\t%.2f\t%s\t%s:%d\n", e.id, (double)u->candidates[i].confidence, e.title, e.file, e.line);
    }
    const char *copy = arena_strdup(t->row.job.arena, text.data);
    buf_free(&text);
    return copy != NULL ? copy : "";
}

/* What a flow has collected, a line each, and the note of who wrote it. */
static const char *collected_text(struct arena *arena, const struct outcome *o)
{
    struct buf text;
    buf_init(&text, TICKET_TEXT_BYTES);
    if (o->note != NULL)
        buf_printf(&text, "%s\n", o->note);
    for (size_t i = 0; i < o->slot_count; i++)
        buf_printf(&text, "%s: %s\n", o->slots[i].name, o->slots[i].value);
    while (text.size > 0 && text.data[text.size - 1] == '\n')
        text.data[--text.size] = '\0';
    const char *copy = arena_strdup(arena, text.data);
    buf_free(&text);
    return copy != NULL ? copy : "";
}

/* The same for the card, a line each: name TAB value. What would be a line of its own becomes a blank. */
static const char *slots_text(struct arena *arena, const struct outcome *o)
{
    struct buf text;
    buf_init(&text, TICKET_SLOTS_BYTES);
    for (size_t i = 0; i < o->slot_count && !text.failed; i++) {
        char *value = arena_strdup(arena, o->slots[i].value);
        for (char *at = value; at != NULL && *at != '\0'; at++)
            *at = *at == '\n' || *at == '\t' ? ' ' : *at;
        buf_printf(&text, "%s\t%s\n", o->slots[i].name, value != NULL ? value : "");
    }
    const char *copy = arena_strdup(arena, text.data);
    buf_free(&text);
    return copy != NULL ? copy : "";
}

/* The site's own id of a visitor it has signed in, "" = nobody. */
static const char *signed_in(const struct hall *h, const struct conversation *c)
{
    bool holds = c->identity != NULL && c->identity_until > clock_wall_ms(h->clock) / 1000;
    return holds ? c->identity : "";
}

static void hand_off(const struct hall *h, const struct conversation *c, struct turn *t, const struct outcome *o)
{
    struct arena *arena = t->row.job.arena;
    struct ticket_new *ticket = arena_alloc(arena, sizeof *ticket);
    if (ticket == NULL)
        return;
    ticket->state = TICKET_WAITING;
    ticket->department = body_text(arena, o->department);
    if (ticket->department[0] == '\0')
        ticket->department = body_text(arena, settings_department(view_settings(edition_view(t->edition)), "")->id);
    /* Agents need the language the visitor writes, which may not be the page's. */
    ticket->lang = body_text(arena, o->lang != NULL ? o->lang : c->lang);
    ticket->question = body_text(arena, o->question);
    ticket->why = body_text(arena, o->why);
    ticket->corrected = body_text(arena, o->understood.corrected);
    ticket->page = body_text(arena, c->page);
    ticket->tried = tried_text(t, &o->understood);
    ticket->text = collected_text(arena, o);
    ticket->slots = slots_text(arena, o);
    ticket->page_title = body_text(arena, c->page_title);
    ticket->identity = body_text(arena, signed_in(h, c));
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

/* What is known of the visitor and the page. */
static int list_facts(const struct conversation *c, int64_t now, struct arena *arena, struct heard *heard)
{
    enum { OWN = 3 };
    bool signed_in = c->identity != NULL && c->identity_until > now;
    struct variable *facts = arena_array(arena, VISITOR_VALUES_MAX + OWN, sizeof *facts);
    if (facts == NULL)
        return -1;
    facts[heard->fact_count++] = (struct variable){"visitor.signed_in", signed_in ? "true" : "false"};
    facts[heard->fact_count++] = (struct variable){"visitor.id", signed_in ? c->identity : ""};
    facts[heard->fact_count++] = (struct variable){"page", c->page != NULL ? c->page : ""};
    const char *at = c->values != NULL ? c->values : "";
    while (*at != '\0' && heard->fact_count < VISITOR_VALUES_MAX + OWN) {
        struct variable v = {.name = fields_next(&at, arena)};
        v.value = v.name != NULL ? fields_next(&at, arena) : NULL;
        if (v.value == NULL)
            return -1;
        facts[heard->fact_count++] = v;
    }
    heard->facts = facts;
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
    const struct heard_time now = local_time(h);
    struct heard heard = {
        .kind = kinds[first->kind],
        .text = first->kind == FRAME_PICK ? masked(h, c, t, first->option) : burst_text(h, c, t),
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
    if ((heard.text == NULL && heard.kind == HEARD_TEXT) || list_facts(c, now.seconds, arena, &heard) < 0)
        return -1;
    struct dialogue_memory memory = remembered(c);
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
        hand_off(h, c, t, &o);
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
    struct arena *arena = t->row.job.arena;
    const struct heard_item *item = t->items;
    bool call = item->kind == FRAME_CALLBACK;
    struct ticket_new *ticket = arena_alloc(arena, sizeof *ticket);
    struct dialogue_memory memory = remembered(c);
    const char *text = masked(h, c, t, item->text);
    if (ticket == NULL || (text == NULL && item->text != NULL))
        return -1;
    *ticket = (struct ticket_new){
        .state = call ? TICKET_CALLBACK : TICKET_MESSAGE,
        .department = body_text(arena, settings_department(view_settings(edition_view(t->edition)), "")->id),
        .lang = body_text(arena, c->lang),
        .question = body_text(arena, text != NULL && text[0] != '\0' ? text : memory.question),
        .why = "asked",
        .corrected = "",
        .page = body_text(arena, c->page),
        .page_title = body_text(arena, c->page_title),
        .identity = body_text(arena, signed_in(h, c)),
        .tried = "",
        .name = body_text(arena, masked(h, c, t, item->name)),
        .contact = body_text(arena, item->contact),
        .text = body_text(arena, text),
        .consent = body_text(arena, item->consent),
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
        if (visitor_event(h, c, t, i, &row->events[row->event_count]) < 0)
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
