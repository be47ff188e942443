/* Finding the pattern that fits: see rules.h. */
#include "dialogue/rules.h"

#include "dialogue/flow.h"

#include <string.h>

static bool hands_over(const struct view *v, uint32_t entry)
{
    return view_entry(v, entry).handoff != NULL && !flow_has_steps(view_flow(v, entry));
}

/* An intent whose patterns are tried. */
struct begun_by {
    const struct step *step;
    uint32_t entry;
};

/* Little else than a value of the slot, or meant to be one ("31/2"): half of the words at least, "il tosaerba". */
static bool is_value(void *context, const char *text, const struct match_capture *c)
{
    const struct begun_by *of = context;
    const struct step *s = of->step;
    struct entity_now now = flow_now(&s->heard->now);
    struct entity_found found = {.size = c->size};
    const char *words = arena_strndup(s->arena, text + c->at, c->size), *why = NULL;
    int slot = flow_slot(view_flow(s->view, of->entry), c->slot);
    const struct entity *reader = slot >= 0 ? view_slot(s->view, of->entry, slot) : NULL;
    return words != NULL && reader != NULL && entity_read(reader, words, &now, s->arena, &found, &why) != ENTITY_NONE &&
           2 * found.size >= c->size;
}

static bool find_in(const struct step *s, uint32_t entry, struct match_text *words, struct rule *ret)
{
    struct begun_by of = {s, entry};
    const struct match_values values = {is_value, &of};
    const struct flow *f = view_flow(s->view, entry);
    const struct needed *needs = view_needs(s->view, entry);
    for (size_t i = 0; i < f->pattern_count; i++) {
        if (!need_met(&needs[i], words->bits) || !match_pattern(f->patterns[i], words, &values, &ret->match))
            continue;
        ret->entry = entry;
        return true;
    }
    return false;
}

int rules_find(struct step *s, const char *text, bool only_people, struct rule *ret)
{
    const struct string_list *langs = &s->settings->languages;
    struct match_text words = {.words = NULL};
    ret->entry = VIEW_NONE;
    ret->match.count = 0;
    for (size_t l = 0; l <= langs->count; l++) {
        const char *lang = l == 0 ? s->lang : langs->items[l - 1];
        const uint32_t *entries;
        size_t count = l > 0 && strcmp(lang, s->lang) == 0 ? 0 : view_patterned(s->view, lang, &entries);
        if (count > 0 && words.words == NULL && match_text(lang, text, s->arena, &words) < 0)
            return -1;
        if (count > 0)
            match_text_in(&words, lang);
        for (size_t i = 0; i < count; i++)
            if ((!only_people || hands_over(s->view, entries[i])) && find_in(s, entries[i], &words, ret))
                return 0;
    }
    return 0;
}
