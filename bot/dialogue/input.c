/* One row a type of slot: see input.h. */
#include "dialogue/input.h"

#include "entity/entity.h"

#include <string.h>

static const struct {
    const char *type, *step, *autocomplete;
} kinds[SLOT_TYPES] = {
    [SLOT_TEXT] = {"text", NULL, NULL},
    [SLOT_NUMBER] = {"number", NULL, NULL},
    [SLOT_DATE] = {"date", NULL, NULL},
    [SLOT_TIME] = {"time", NULL, NULL},
    [SLOT_MOMENT] = {"moment", NULL, NULL},
    [SLOT_MONEY] = {"number", "0.01", NULL},
    [SLOT_EMAIL] = {"email", NULL, "email"},
    [SLOT_PHONE] = {"tel", NULL, "tel"},
    /* Editors' expressions are PCRE2 and forgive spaces and hyphens: no pattern of a browser's is the same. */
    [SLOT_REGEX] = {"text", NULL, NULL},
    [SLOT_CHOICE] = {"choice", NULL, NULL},
    [SLOT_YES_NO] = {"choice", NULL, NULL},
};

/* The sign that a number has in this language. */
static const char *decimal_sign(const char *lang, struct arena *arena)
{
    const char *half = entity_say(ENTITY_NUMBER, "0.5", lang, arena);
    return half != NULL && strchr(half, ',') != NULL ? "," : ".";
}

/* Choices that are too many for buttons. */
static int add_choices(struct outcome_input *in, const struct slot *slot, struct arena *arena)
{
    if (slot->choice_count <= DIALOGUE_OPTIONS_MAX)
        return 0;
    const char **titles = arena_array(arena, slot->choice_count, sizeof *titles);
    for (size_t i = 0; i < slot->choice_count && titles != NULL; i++)
        titles[i] = slot->choices[i].title;
    in->choices = titles;
    in->choice_count = slot->choice_count;
    return titles != NULL ? 0 : -1;
}

const struct outcome_input *input_for(const struct slot *slot, const char *lang, const struct heard_time *now,
                                      struct arena *arena)
{
    struct outcome_input *in = arena_alloc(arena, sizeof *in);
    bool dated = slot->type == SLOT_DATE || slot->type == SLOT_MOMENT;
    bool bounded = slot->type == SLOT_NUMBER || slot->type == SLOT_MONEY || slot->type == SLOT_TEXT;
    if (in == NULL)
        return NULL;
    *in = (struct outcome_input){
        .type = kinds[slot->type].type, .step = kinds[slot->type].step, .autocomplete = kinds[slot->type].autocomplete};
    const char *today = arena_printf(arena, "%04d-%02d-%02d", now->year, now->month, now->day);
    if (dated && slot->when > 0)
        in->min = today;
    if (dated && slot->when < 0)
        in->max = today;
    if (bounded && slot->has_least)
        in->min = arena_printf(arena, "%.10g", slot->least);
    if (bounded && slot->has_most)
        in->max = arena_printf(arena, "%.10g", slot->most);
    if (slot->type == SLOT_NUMBER || slot->type == SLOT_MONEY)
        in->decimal = decimal_sign(lang, arena);
    return add_choices(in, slot, arena) < 0 || arena_failed(arena) ? NULL : in;
}
