/* What a running flow asked for of a text, so that it is not masked: see dialogue.h. */
#include "dialogue/flow.h"
#include "text/secret.h"

#include <string.h>

/* A text without the spaces around it. */
static struct mask_span trimmed(const char *text)
{
    struct mask_span s = {.at = strspn(text, " \t\r\n"), .size = strlen(text)};
    while (s.size > s.at && strchr(" \t\r\n", text[s.size - 1]) != NULL)
        s.size--;
    s.size -= s.at;
    return s;
}

/* Free words may hold a number that nobody asked for: it was asked for where it is all that is said. */
static bool is_one_number(const char *text)
{
    struct mask_span s = trimmed(text);
    size_t size = 0;
    return secret_at(text, s.at, &size) != SECRET_NONE && size == s.size;
}

size_t dialogue_spares(const struct view *view, const struct dialogue_memory *memory, const char *text,
                       const struct heard_time *now, struct arena *arena, struct mask_span ret[DIALOGUE_SPARES_MAX])
{
    struct talk t;
    const struct entity_now day = {now->year, now->month, now->day, now->hour, now->minute};
    if (memory->talk[0] == '\0' || talk_read(memory->talk, arena, &t) < 0 ||
        (t.waiting != TALK_SLOT && t.waiting != TALK_CONFIRM))
        return 0;
    uint32_t entry = view_find(view, VIEW_INTENT, t.lang, t.intent);
    const struct flow *f = entry != VIEW_NONE ? view_flow(view, entry) : NULL;
    if (f == NULL || f->hash != t.hash || now->seconds - t.since > 60 * (int64_t)f->expires_minutes)
        return 0;
    size_t count = 0;
    for (size_t i = 0; i < f->slot_count && count < DIALOGUE_SPARES_MAX; i++) {
        struct entity_found found[DIALOGUE_SPARES_MAX];
        bool asked = t.waiting == TALK_SLOT && t.slot != NULL && strcmp(t.slot, f->slots[i].name) == 0;
        if (asked && f->slots[i].type == SLOT_TEXT && is_one_number(text))
            ret[count++] = trimmed(text);
        const struct entity *reader = f->slots[i].type == SLOT_REGEX ? view_slot(view, entry, (int)i) : NULL;
        size_t got = reader != NULL ? entity_find(reader, text, &day, arena, found, DIALOGUE_SPARES_MAX - count) : 0;
        for (size_t k = 0; k < got; k++)
            ret[count++] = (struct mask_span){found[k].at, found[k].size};
    }
    return count;
}
