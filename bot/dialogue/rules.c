/* Finding the pattern that fits: see rules.h. */
#include "dialogue/rules.h"

#include "content/flow.h"

#include <string.h>

static bool hands_over(const struct view *v, uint32_t entry)
{
    return view_entry(v, entry).handoff != NULL && !flow_has_steps(view_flow(v, entry));
}

static bool find_in(const struct view *v, uint32_t entry, struct match_text *words, struct rule *ret)
{
    const struct flow *f = view_flow(v, entry);
    for (size_t i = 0; i < f->pattern_count; i++) {
        if (!match_pattern(f->patterns[i], words, &ret->match))
            continue;
        ret->entry = entry;
        return true;
    }
    return false;
}

int rules_find(struct step *s, const char *text, bool only_people, struct rule *ret)
{
    const struct string_list *langs = &s->settings->languages;
    ret->entry = VIEW_NONE;
    ret->match.count = 0;
    for (size_t l = 0; l <= langs->count; l++) {
        const char *lang = l == 0 ? s->lang : langs->items[l - 1];
        const uint32_t *entries;
        size_t count = l > 0 && strcmp(lang, s->lang) == 0 ? 0 : view_patterned(s->view, lang, &entries);
        struct match_text words;
        if (count > 0 && match_text(lang, text, s->arena, &words) < 0)
            return -1;
        for (size_t i = 0; i < count; i++)
            if ((!only_people || hands_over(s->view, entries[i])) && find_in(s->view, entries[i], &words, ret))
                return 0;
    }
    return 0;
}
