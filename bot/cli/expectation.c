/* What dialogues expect, one table row a kind: see expectation.h. */
#include "cli/expectation.h"

#include "base/buf.h"
#include "content/gesture.h"

#include <string.h>

/* Several answers may be given at once, each with its own. */
enum { GESTURES_SHOWN = 16 };

static bool entry_is(const struct play *p, uint32_t entry, enum view_kind kind, const char *id)
{
    if (entry == VIEW_NONE)
        return false;
    struct view_entry e = view_entry(p->view, entry);
    return e.kind == kind && strcmp(e.id, id) == 0;
}

static bool is_article(const struct play *p, const struct chat_line *l)
{
    const struct outcome *o = &p->last;
    bool found = o->kind == OUTCOME_ANSWER && entry_is(p, o->entry, VIEW_ARTICLE, l->text);
    for (size_t i = 1; i < o->entry_count && !found; i++)
        found = entry_is(p, o->entries[i], VIEW_ARTICLE, l->text);
    return found;
}

static bool is_intent(const struct play *p, const struct chat_line *l)
{
    return entry_is(p, p->last.entry, VIEW_INTENT, l->text);
}

static bool is_flow(const struct play *p, const struct chat_line *l)
{
    return p->last.kind == OUTCOME_FLOW && is_intent(p, l);
}

static bool asks(const struct play *p, const struct chat_line *l)
{
    return p->last.asking != NULL && strcmp(p->last.asking, l->text) == 0;
}

/* As it is said to people, or as conditions and webhooks see it. */
static bool has_slot(const struct play *p, const struct chat_line *l)
{
    const struct outcome *o = &p->last;
    for (size_t i = 0; i < o->slot_count; i++)
        if (strcmp(o->slots[i].name, l->text) == 0)
            return l->argument == NULL || chat_glob(l->argument, o->slots[i].value) ||
                   chat_glob(l->argument, o->slot_values[i].value);
    return false;
}

static bool calls(const struct play *p, const struct chat_line *l)
{
    for (size_t i = 0; i < p->call_count; i++)
        if (strcmp(p->calls[i], l->text) == 0)
            return true;
    return false;
}

static bool is_handoff(const struct play *p, const struct chat_line *l)
{
    if (p->last.kind != OUTCOME_HANDOFF)
        return false;
    if (l->text[0] == '\0')
        return true;
    const struct department *wanted = settings_department(view_settings(p->view), l->text);
    return wanted != NULL && wanted == settings_department(view_settings(p->view), p->last.department);
}

static bool is_fallback(const struct play *p, const struct chat_line *l)
{
    (void)l;
    return p->last.fallback;
}

static bool is_kind(const struct play *p, const struct chat_line *l)
{
    return strcmp(outcome_kind_name(p->last.kind), l->text) == 0;
}

static bool offers(const struct play *p, const struct chat_line *l)
{
    for (size_t i = 0; i < p->last.option_count; i++) {
        const char *colon = strchr(p->last.options[i].id, ':');
        if (colon != NULL && strcmp(colon + 1, l->text) == 0)
            return true;
    }
    return false;
}

static bool is_confident(const struct play *p, const struct chat_line *l)
{
    double c = p->last.confidence, n = l->number;
    switch (l->comparison) {
    case -2:
        return c < n;
    case -1:
        return c <= n;
    case 1:
        return c >= n;
    default:
        return c > n;
    }
}

static bool is_mood(const struct play *p, const struct chat_line *l)
{
    return p->last.mood != NULL && strcmp(p->last.mood, l->text) == 0;
}

/* The gestures in the tree, in their order; at most `room`. */
static size_t gestures_in(const struct block *b, const char **list, size_t count, size_t room)
{
    for (; b != NULL; b = b->next) {
        if (b->kind == BLOCK_GESTURE && count < room)
            list[count++] = b->text;
        count = gestures_in(b->child, list, count, room);
    }
    return count;
}

static bool has_gesture(const struct play *p, const struct chat_line *l)
{
    const char *made[GESTURES_SHOWN], *wanted = gesture_named(l->text, strlen(l->text));
    size_t count = gestures_in(p->last.blocks, made, 0, GESTURES_SHOWN);
    for (size_t i = 0; i < count && wanted != NULL; i++)
        if (strcmp(made[i], wanted) == 0)
            return true;
    return false;
}

static bool says(const struct play *p, const struct chat_line *l)
{
    return chat_glob(l->text, p->reply.data);
}

/* --- in words ------------------------------------------------------------------------------------ */

static const char *kept(struct play *p, struct buf *text)
{
    const char *copy = arena_strdup(p->arena, text->data);
    buf_free(text);
    return copy != NULL ? copy : "";
}

const char *expectation_outcome(struct play *p)
{
    const struct outcome *o = &p->last;
    const char *id = o->entry != VIEW_NONE ? view_entry(p->view, o->entry).id : "";
    struct buf text;
    buf_init(&text, 4096);
    buf_printf(&text, "%s%s%s", outcome_kind_name(o->kind), id[0] != '\0' ? " " : "", id);
    for (size_t i = 1; i < o->entry_count; i++)
        buf_printf(&text, " %s", view_entry(p->view, o->entries[i]).id);
    buf_printf(&text, " (confidence %.2f)", o->confidence);
    if (o->enqueue)
        buf_printf(&text, ", department %s", settings_department(view_settings(p->view), o->department)->id);
    if (o->asking != NULL)
        buf_printf(&text, ", asks %s", o->asking);
    for (size_t i = 0; i < o->option_count && i < 4; i++)
        buf_printf(&text, "%s%s", i == 0 ? ", options " : " ", o->options[i].id);
    return kept(p, &text);
}

const char *expectation_reply(struct play *p)
{
    struct buf text;
    bool gap = false;
    buf_init(&text, 64 << 10);
    for (const char *c = p->reply.data; *c != '\0'; c++) {
        gap = gap || *c == '\n' || *c == ' ';
        if (*c == '\n' || *c == ' ')
            continue;
        if (gap && text.size > 0)
            buf_putc(&text, ' ');
        gap = false;
        buf_putc(&text, *c);
    }
    return text.size > 0 ? kept(p, &text) : (buf_free(&text), "nothing");
}

static const char *got_asking(struct play *p)
{
    return p->last.asking != NULL ? p->last.asking : "no question of a flow's";
}

static const char *got_slots(struct play *p)
{
    const struct outcome *o = &p->last;
    struct buf text;
    buf_init(&text, 8192);
    for (size_t i = 0; i < o->slot_count; i++) {
        const char *value = o->slot_values[i].value;
        buf_printf(&text, "%s%s = %s", i > 0 ? ", " : "", o->slots[i].name, o->slots[i].value);
        if (strcmp(value, o->slots[i].value) != 0)
            buf_printf(&text, " (%s)", value);
    }
    return text.size > 0 ? kept(p, &text) : (buf_free(&text), "no slot filled");
}

static const char *got_calls(struct play *p)
{
    struct buf text;
    buf_init(&text, 4096);
    for (size_t i = 0; i < p->call_count; i++)
        buf_printf(&text, "%s%s", i > 0 ? ", " : "", p->calls[i]);
    return text.size > 0 ? kept(p, &text) : (buf_free(&text), "no call");
}

static const char *got_mood(struct play *p)
{
    return p->last.mood != NULL ? p->last.mood : "none";
}

static const char *got_gestures(struct play *p)
{
    const char *made[GESTURES_SHOWN], *text = "";
    size_t count = gestures_in(p->last.blocks, made, 0, GESTURES_SHOWN);
    for (size_t i = 0; i < count && text != NULL; i++)
        text = arena_printf(p->arena, "%s%s%s", text, i > 0 ? ", " : "", made[i]);
    return count > 0 && text != NULL ? text : "no gesture";
}

static const char *got_confidence(struct play *p)
{
    const char *text = arena_printf(p->arena, "%.2f", p->last.confidence);
    return text != NULL ? text : "";
}

static const struct {
    const char *name;
    bool (*holds)(const struct play *, const struct chat_line *);
    const char *(*got)(struct play *);
} checks[] = {
    [CHECK_ARTICLE] = {"article", is_article, expectation_outcome},
    [CHECK_INTENT] = {"intent", is_intent, expectation_outcome},
    [CHECK_FLOW] = {"flow", is_flow, expectation_outcome},
    [CHECK_ASKS] = {"asks", asks, got_asking},
    [CHECK_SLOT] = {"slot", has_slot, got_slots},
    [CHECK_CALLS] = {"calls", calls, got_calls},
    [CHECK_HANDOFF] = {"handoff", is_handoff, expectation_outcome},
    [CHECK_FALLBACK] = {"fallback", is_fallback, expectation_outcome},
    [CHECK_KIND] = {"kind", is_kind, expectation_outcome},
    [CHECK_OFFERS] = {"offers", offers, expectation_outcome},
    [CHECK_CONFIDENCE] = {"confidence", is_confident, got_confidence},
    [CHECK_MOOD] = {"mood", is_mood, got_mood},
    [CHECK_GESTURE] = {"gesture", has_gesture, got_gestures},
    [CHECK_SAYS] = {"says", says, expectation_reply},
};

bool expectation_holds(const struct play *p, const struct chat_line *l)
{
    return checks[l->check].holds(p, l);
}

const char *expectation_got(struct play *p, const struct chat_line *l)
{
    return checks[l->check].got(p);
}

const char *expectation_text(struct play *p, const struct chat_line *l)
{
    static const char *const signs[] = {"<", "<=", "", ">=", ">"};
    const char *name = checks[l->check].name, *text;
    if (l->check == CHECK_CONFIDENCE)
        text = arena_printf(p->arena, "%s %s %.2f", name, signs[l->comparison + 2], l->number);
    else if (l->check == CHECK_SLOT && l->argument != NULL)
        text = arena_printf(p->arena, "%s %s = %s", name, l->text, l->argument);
    else
        text = arena_printf(p->arena, "%s%s%s", name, l->text[0] != '\0' ? " " : "", l->text);
    return text != NULL ? text : name;
}
