/* Beginning in the middle of a flow: see dialogue_place. */
#include "dialogue/flow.h"

#include <string.h>

/* The step that asks for the slot, 0 = it is asked for before the first step. */
static int asking_step(const struct flow *f, int slot)
{
    for (size_t i = 1; i <= f->step_count; i++)
        if (f->by_number[i]->kind == STEP_ASK && f->by_number[i]->slot == slot)
            return (int)i;
    return 0;
}

static int confirming_step(const struct flow *f)
{
    for (size_t i = 1; i <= f->step_count; i++)
        if (f->by_number[i]->kind == STEP_CONFIRM)
            return (int)i;
    return -1;
}

/* The value as a flow keeps it: read as an answer would be, else as it stands. */
static const char *slot_value(const struct view *v, uint32_t entry, int slot, const char *words,
                              const struct heard_time *t, struct arena *arena)
{
    const struct entity_now now = {t->year, t->month, t->day, t->hour, t->minute};
    struct entity_found found;
    const char *why = NULL;
    return entity_read(view_slot(v, entry, slot), words, &now, arena, &found, &why) == ENTITY_FOUND ? found.value
                                                                                                    : words;
}

static int place(const struct view *v, uint32_t entry, const char *asking, const struct variable *slots, size_t count,
                 const struct heard_time *now, struct talk *t, const char **ret_why)
{
    const struct flow *f = view_flow(v, entry);
    *ret_why = "the intent has no steps";
    if (f == NULL || !flow_has_steps(f))
        return -1;
    int slot = flow_slot(f, asking);
    t->hash = f->hash;
    t->tries = 1;
    t->since = now->seconds;
    t->waiting = slot >= 0 ? TALK_SLOT : TALK_CONFIRM;
    t->slot = slot >= 0 ? f->slots[slot].name : NULL;
    t->step = slot >= 0 ? asking_step(f, slot) : strcmp(asking, FLOW_CONFIRM) == 0 ? confirming_step(f) : -1;
    *ret_why = "the intent does not ask for that";
    if (t->step < 0)
        return -1;
    *ret_why = "the intent has no slot of that name";
    for (size_t i = 0; i < count; i++) {
        int at = flow_slot(f, slots[i].name);
        const char *key = arena_printf(t->arena, TALK_SLOT_PREFIX "%s", slots[i].name);
        if (at < 0 || key == NULL || talk_set(t, key, slot_value(v, entry, at, slots[i].value, now, t->arena)) < 0)
            return -1;
    }
    return 0;
}

int dialogue_place(const struct view *v, const char *lang, const char *intent, const char *asking,
                   const struct variable *slots, size_t count, const struct heard_time *now, struct arena *arena,
                   struct dialogue_memory *memory, const char **ret_why)
{
    struct talk t = {.arena = arena, .intent = intent, .lang = lang};
    uint32_t entry = view_find(v, VIEW_INTENT, lang, intent);
    *ret_why = "there is no such intent";
    if (entry == VIEW_NONE || place(v, entry, asking, slots, count, now, &t, ret_why) < 0)
        return -1;
    *ret_why = "the slots' values are too long";
    return talk_write(&t, memory->talk, sizeof memory->talk);
}
