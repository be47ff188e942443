/* Patterns of a site compared: see site_patterns.h. */
#include "content/site_patterns.h"

#include "content/pattern_cover.h"

#include <string.h>

enum { LOOKS_MAX = 200000 }; /* close looks at pairs: some seconds at the very most */

struct one {
    const struct intent *intent;
    struct pattern_of pattern;
    const struct place *place;
    uint64_t needed, all;
};

#define AT(place) (place)->file, (place)->line, (place)->column

static void warn(const struct collect *site, const struct one *first, const struct one *second)
{
    bool same = (second->needed & ~first->all) == 0 && pattern_covers(&second->pattern, &first->pattern);
    if (same && first->intent == second->intent)
        problem_add(site->problems, SEVERITY_WARNING, AT(second->place),
                    "the same pattern as in line %d; remove one of them", first->place->line);
    else if (same) {
        problem_add(site->problems, SEVERITY_WARNING, AT(first->place),
                    "the intent “%s” in %s:%d has the same pattern; remove it in one of the two", second->intent->id,
                    second->place->file, second->place->line);
        problem_add(site->problems, SEVERITY_WARNING, AT(second->place),
                    "the intent “%s” in %s:%d has the same pattern, and comes first; remove it in one of the two",
                    first->intent->id, first->place->file, first->place->line);
    } else
        problem_add(site->problems, SEVERITY_WARNING, AT(second->place),
                    "this pattern can never win: the one in %s:%d comes before it and matches all that it matches; %s",
                    first->place->file, first->place->line,
                    first->intent == second->intent ? "remove this one, or put it above"
                                                    : "remove this one, or make the other narrower");
}

/* Each is told of the first that covers it. */
static void compare(const struct collect *site, const struct one *list, size_t count)
{
    size_t looks = 0;
    for (size_t second = 1; second < count; second++)
        for (size_t first = 0; first < second; first++) {
            if ((list[first].needed & ~list[second].all) != 0 ||
                strcmp(list[first].intent->lang, list[second].intent->lang) != 0 || looks++ >= LOOKS_MAX ||
                !pattern_covers(&list[first].pattern, &list[second].pattern))
                continue;
            warn(site, &list[first], &list[second]);
            break;
        }
}

void site_patterns(const struct collect *site)
{
    struct one *list = arena_array(site->arena, SITE_PATTERNS_MAX, sizeof *list);
    size_t count = 0;
    for (size_t i = 0; i < site->intent_count && list != NULL; i++) {
        const struct flow *flow = site->intents[i].flow;
        for (size_t k = 0; flow != NULL && k < flow->pattern_count && count < SITE_PATTERNS_MAX; k++) {
            struct one *o = &list[count++];
            *o = (struct one){&site->intents[i], {flow->patterns[k], flow}, &flow->pattern_places[k], 0, 0};
            pattern_words(flow->patterns[k], &o->needed, &o->all);
        }
    }
    if (list != NULL)
        compare(site, list, count);
}
