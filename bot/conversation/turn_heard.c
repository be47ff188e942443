/* What a turn answers, as the dialogue is to hear it: see turn_heard.h. */
#include "conversation/turn_heard.h"

#include "base/fields.h"
#include "desk/zone.h"

#include <string.h>

void turn_heard_memory(const struct conversation *c, struct dialogue_memory *ret)
{
    dialogue_memory_read(c->memory != NULL ? c->memory : "", ret);
}

struct heard_time turn_heard_time(const struct hall *h)
{
    int64_t now = clock_wall_ms(h->clock) / 1000;
    return heard_time_at(now, zone_offset(h->zone, now));
}

const char *turn_heard_identity(const struct hall *h, const struct conversation *c)
{
    bool holds = c->identity != NULL && c->identity_until > clock_wall_ms(h->clock) / 1000;
    return holds ? c->identity : "";
}

const char *turn_heard_masked(const struct hall *h, const struct conversation *c, struct turn *t, const char *text)
{
    if (text == NULL)
        return NULL;
    struct arena *arena = t->row.job.arena;
    if (t->clean == text || !mask_finds(text)) {
        t->clean = text;
        return body_text(arena, text);
    }
    struct mask_span spared[DIALOGUE_SPARES_MAX];
    const struct heard_time now = turn_heard_time(h);
    struct dialogue_memory memory;
    struct buf out;
    turn_heard_memory(c, &memory);
    buf_init(&out, 4 * FRAME_TEXT_BYTES);
    size_t count = dialogue_spares(edition_view(t->edition), &memory, text, &now, arena, spared);
    const char *copy = mask_secrets(text, spared, count, &out) == 0 ? body_text(arena, out.data) : NULL;
    buf_free(&out);
    return copy;
}

const char *turn_heard_text(const struct hall *h, const struct conversation *c, struct turn *t)
{
    const char *text = turn_heard_masked(h, c, t, t->items->text);
    for (const struct heard_item *i = t->items->next; i != NULL && text != NULL; i = i->next) {
        const char *next = turn_heard_masked(h, c, t, i->text);
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

int turn_heard_event(const struct hall *h, const struct conversation *c, struct turn *t, const struct heard_item *item,
                     struct event *ret)
{
    struct arena *arena = t->row.job.arena;
    const char *shown = turn_heard_masked(h, c, t, shown_text(item, c->lang));
    struct block *words = shown != NULL ? block_paragraph(arena, shown) : NULL;
    struct said said = {.from = FROM_VISITOR, .cid = item->cid};
    said.picked = item->kind == FRAME_PICK ? turn_heard_masked(h, c, t, item->option) : NULL;
    said.blocks = words;
    if (item->found_count > 0) {
        struct block *files = files_blocks(arena, item->found, item->found_count);
        if (words != NULL)
            words->next = files;
        else if (shown_text(item, c->lang) == NULL)
            said.blocks = files;
        if (files == NULL)
            return -1;
    }
    return said.blocks != NULL ? body_message(h, arena, &said, ret) : -1;
}

int turn_heard_facts(const struct conversation *c, int64_t now, struct arena *arena, struct heard *heard)
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
