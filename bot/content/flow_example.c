/* Examples with marked values: "a che punto è l'ordine [AB-1234](numero)". */
#include "content/intent_reader.h"
#include "content/lines.h"
#include "content/suggest.h"

#include <string.h>

struct marked {
    const char *open; /* the bracket in the text */
    struct span value, slot;
    const char *end;
};

/* The next `[value](slot)` from `text` on. */
static bool next_mark(const char *text, struct marked *ret)
{
    const char *middle = strstr(text, "](");
    const char *close = middle != NULL ? strchr(middle, ')') : NULL;
    const char *open = middle;
    while (open != NULL && open > text && *open != '[')
        open--;
    if (close == NULL || *open != '[')
        return false;
    *ret = (struct marked){
        open, {open + 1, (size_t)(middle - open - 1)}, {middle + 2, (size_t)(close - middle - 2)}, close + 1};
    return true;
}

static void complain(struct intent_reader *r, const struct yaml_value *v, const char *at, const char *message,
                     const char *more)
{
    int column = intent_column(v);
    for (const char *p = v->text; p < at; p++)
        column += ((unsigned char)*p & 0xC0) != 0x80;
    r->shaky = true;
    problem_add(r->collect->problems, SEVERITY_ERROR, r->file, v->line, column, "%s%s", message, more);
}

static void add_mark(struct intent_reader *r, const struct mark *mark)
{
    struct flow *flow = r->flow;
    if (flow->mark_count == r->mark_room) {
        size_t room = r->mark_room > 0 ? r->mark_room * 2 : 16;
        void *wider = arena_grow(r->collect->arena, r->marks, flow->mark_count * sizeof *mark, room * sizeof *mark);
        if (wider == NULL)
            return;
        r->marks = wider;
        r->mark_room = room;
        flow->marks = r->marks;
    }
    r->marks[flow->mark_count++] = *mark;
}

static void read_mark(struct intent_reader *r, const struct yaml_value *v, const struct marked *m, int wording,
                      size_t at)
{
    const char *name = arena_strndup(r->collect->arena, m->slot.text, m->slot.size);
    int slot = name != NULL ? flow_slot(r->flow, name) : -1;
    struct suggest near = suggest_start(name != NULL ? name : "");
    for (size_t i = 0; i < r->flow->slot_count; i++)
        suggest_offer(&near, r->flow->slots[i].name);
    if (m->value.size == 0)
        complain(r, v, m->open, "a mark without a value; write [AB-1234](slot)", "");
    else if (slot < 0)
        complain(r, v, m->slot.text,
                 r->flow->slot_count > 0 ? "there is no such slot; write it under “slots”"
                                         : "this marks the value of a slot, and the intent has no “slots”; write the "
                                           "value alone, or the slot",
                 suggest_phrase(&near, r->collect->arena));
    else {
        const struct mark mark = {wording, slot, at, m->value.size};
        add_mark(r, &mark);
    }
}

/* The example without its marks, which are noted. */
static const char *unmarked(struct intent_reader *r, const struct yaml_value *v, int wording)
{
    const char *at = v->text;
    struct marked m;
    char *text = arena_alloc(r->collect->arena, strlen(v->text) + 1);
    size_t size = 0;
    while (text != NULL && next_mark(at, &m)) {
        memcpy(text + size, at, (size_t)(m.open - at));
        size += (size_t)(m.open - at);
        read_mark(r, v, &m, wording, size);
        memcpy(text + size, m.value.text, m.value.size);
        size += m.value.size;
        at = m.end;
    }
    if (text != NULL)
        memcpy(text + size, at, strlen(at) + 1);
    return text;
}

void intent_examples(struct intent_reader *r, const struct yaml_value *v)
{
    if (v->kind != YAML_LIST || v->count > SITE_WORDINGS) {
        intent_complain(r, v, "“examples” must be a list of at most %d texts", SITE_WORDINGS);
        return;
    }
    struct wording *list = arena_array(r->collect->arena, v->count, sizeof *list);
    size_t count = 0;
    for (const struct yaml_value *e = v->child; e != NULL && list != NULL; e = e->next) {
        if (!intent_text(r, e, SITE_TEXT_BYTES))
            continue;
        const char *text = unmarked(r, e, (int)count);
        if (text != NULL)
            list[count++] = (struct wording){text, intent_place(r, e)};
    }
    r->intent.examples = list;
    r->intent.example_count = count;
}
