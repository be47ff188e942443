/* The ticket of a turn: see turn_ticket.h. */
#include "conversation/turn_ticket.h"

#include "conversation/turn_heard.h"

#include <string.h>

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

void turn_ticket_handed(const struct hall *h, const struct conversation *c, struct turn *t, const struct outcome *o)
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
    ticket->identity = body_text(arena, turn_heard_identity(h, c));
    t->row.ticket = ticket;
}

int turn_ticket_left(const struct hall *h, const struct conversation *c, struct turn *t)
{
    struct arena *arena = t->row.job.arena;
    const struct heard_item *item = t->items;
    bool call = item->kind == FRAME_CALLBACK;
    struct ticket_new *ticket = arena_alloc(arena, sizeof *ticket);
    struct dialogue_memory memory;
    turn_heard_memory(c, &memory);
    const char *text = turn_heard_masked(h, c, t, item->text);
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
        .identity = body_text(arena, turn_heard_identity(h, c)),
        .tried = "",
        .name = body_text(arena, turn_heard_masked(h, c, t, item->name)),
        .contact = body_text(arena, item->contact),
        .text = body_text(arena, text),
        .consent = body_text(arena, item->consent),
    };
    t->row.ticket = ticket;
    return 0;
}
