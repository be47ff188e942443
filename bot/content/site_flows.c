/* Checks of flows across files: see site_flows.h. Circles of `goto` are in site_circles.c, patterns in
 * site_patterns.c. */
#include "content/site_flows.h"

#include "base/map.h"
#include "content/flow.h"
#include "content/gesture.h"
#include "content/site_circles.h"
#include "content/site_patterns.h"
#include "content/suggest.h"
#include "content/variable.h"

#include <string.h>

enum { NAMES_MAX = 1 << 24, SUGGESTIONS_MAX = 50 };

#define AT(place) (place)->file, (place)->line, (place)->column

/* --- names --------------------------------------------------------------------------------- */

struct names {
    const struct collect *site;
    struct map *known; /* "lang name" of variables and results → used_name */
    int suggestions;
};

static const struct used_name *find_known(const struct names *n, const char *lang, const char *name, size_t size)
{
    char key[600];
    size_t prefix = strlen(lang) + 1;
    if (prefix + size >= sizeof key)
        return NULL;
    memcpy(key, lang, prefix);
    memcpy(key + prefix, name, size);
    return map_get(n->known, key, prefix + size);
}

static int note_known(struct names *n, const struct used_name *u)
{
    char key[600];
    size_t prefix = strlen(u->lang) + 1, size = strlen(u->name);
    if (prefix + size >= sizeof key)
        return 0;
    memcpy(key, u->lang, prefix);
    memcpy(key + prefix, u->name, size);
    return map_put(n->known, key, prefix + size, (void *)u);
}

static bool is_known(const struct names *n, const struct used_name *u)
{
    if (variable_is_built_in(u->name) || flow_slot(u->flow, u->name) >= 0)
        return true;
    const struct used_name *whole = find_known(n, u->lang, u->name, strlen(u->name));
    const struct used_name *first = find_known(n, u->lang, u->name, strcspn(u->name, "."));
    return whole != NULL || (first != NULL && first->use == NAME_INTO);
}

static const char *nearest(struct names *n, const struct used_name *u)
{
    struct suggest near = suggest_start(u->name);
    if (n->suggestions++ >= SUGGESTIONS_MAX)
        return "";
    for (size_t i = 0; i < u->flow->slot_count; i++)
        suggest_offer(&near, u->flow->slots[i].name);
    gesture_suggest(&near);
    for (size_t i = 0; u->flow->step_count > 0 && variable_built_in(i) != NULL; i++)
        suggest_offer(&near, variable_built_in(i));
    for (size_t i = 0; i < n->site->name_count; i++) {
        const struct used_name *other = &n->site->names[i];
        if ((other->use == NAME_SET || other->use == NAME_INTO) && strcmp(other->lang, u->lang) == 0)
            suggest_offer(&near, other->name);
    }
    return suggest_phrase(&near, n->site->arena);
}

static int check_names(const struct collect *site)
{
    struct names n = {.site = site, .known = map_new(NAMES_MAX)};
    int result = n.known != NULL ? 0 : -1;
    for (size_t i = 0; i < site->name_count && result == 0; i++)
        if (site->names[i].use == NAME_SET || site->names[i].use == NAME_INTO)
            result = note_known(&n, &site->names[i]);
    for (size_t i = 0; i < site->name_count && result == 0; i++) {
        const struct used_name *u = &site->names[i];
        if (u->use == NAME_READ && u->flow->step_count == 0)
            problem_add(site->problems, SEVERITY_WARNING, AT(&u->place),
                        "“{%.96s}” is shown as text: it is no gesture, and an intent without slots and steps has no "
                        "values%s",
                        u->name, nearest(&n, u));
        if (u->use == NAME_READ && u->flow->step_count > 0 && !is_known(&n, u))
            problem_add(site->problems, SEVERITY_ERROR, AT(&u->place),
                        "nothing is called “%.96s”: no slot, no variable that is set, no result of a call%s", u->name,
                        nearest(&n, u));
    }
    map_free(n.known);
    return result;
}

static void check_webhooks(const struct collect *site, const struct settings *settings)
{
    for (size_t i = 0; i < site->name_count; i++) {
        const struct used_name *u = &site->names[i];
        struct suggest near = suggest_start(u->name);
        for (size_t k = 0; k < settings->webhook_count; k++)
            suggest_offer(&near, settings->webhooks[k].name);
        if (u->use == NAME_WEBHOOK && settings_webhook(settings, u->name) == NULL)
            problem_add(site->problems, SEVERITY_ERROR, AT(&u->place),
                        "there is no webhook “%.80s” in sportello.yaml; name it under “webhooks”%s", u->name,
                        suggest_phrase(&near, site->arena));
    }
}

/* --- twins --------------------------------------------------------------------------------- */

static const struct slot *find_slot(const struct flow *flow, const char *name)
{
    int slot = flow != NULL ? flow_slot(flow, name) : -1;
    return slot >= 0 ? &flow->slots[slot] : NULL;
}

static bool has_steps(const struct intent *n)
{
    return n->flow != NULL && n->flow->steps != NULL;
}

static void check_twin(const struct collect *site, const struct intent *n, const struct intent *twin)
{
    for (size_t i = 0; n->flow != NULL && i < n->flow->slot_count; i++) {
        const struct slot *slot = &n->flow->slots[i], *other = find_slot(twin->flow, slot->name);
        if (other == NULL)
            problem_add(site->problems, SEVERITY_WARNING, AT(&slot->place),
                        "the slot “%s” is missing in the twin of this intent in %s (%s:%d); add it there", slot->name,
                        twin->lang, twin->place.file, twin->place.line);
        else if (other->type != slot->type)
            problem_add(site->problems, SEVERITY_WARNING, AT(&slot->place),
                        "the slot “%s” is of the type %s here and %s in %s:%d; make them the same", slot->name,
                        slot_type_name(slot->type), slot_type_name(other->type), other->place.file, other->place.line);
    }
    if (has_steps(n) && !has_steps(twin))
        problem_add(site->problems, SEVERITY_WARNING, AT(&n->place),
                    "this intent has steps and its twin in %s (%s:%d) has none; write them there too", twin->lang,
                    twin->place.file, twin->place.line);
}

/* Intents by id, each the first of a chain of twins. */
static int check_twins(const struct collect *site)
{
    struct map *first = map_new(NAMES_MAX);
    const struct intent **next = arena_array(site->arena, site->intent_count + 1, sizeof *next);
    int result = first != NULL && next != NULL ? 0 : -1;
    for (size_t i = 0; i < site->intent_count && result == 0; i++) {
        const struct intent *n = &site->intents[i];
        next[i] = map_get_str(first, n->id);
        result = map_put_str(first, n->id, (void *)n);
        for (const struct intent *t = next[i]; t != NULL; t = next[t - site->intents])
            if (strcmp(t->lang, n->lang) != 0) {
                check_twin(site, n, t);
                check_twin(site, t, n);
            }
    }
    map_free(first);
    return result;
}

/* --- beginnings ---------------------------------------------------------------------------- */

static int check_beginnings(const struct collect *site, const struct settings *settings)
{
    struct map *linked = map_new(NAMES_MAX);
    int result = linked != NULL ? 0 : -1;
    for (size_t i = 0; i < site->link_count && result == 0; i++)
        if (site->links[i].kind == OPTION_INTENT)
            result = map_put_str(linked, site->links[i].target, (void *)site);
    for (size_t i = 0; i < settings->starters.count && result == 0; i++)
        result = map_put_str(linked, settings->starters.items[i], (void *)site);
    for (size_t i = 0; i < site->intent_count && result == 0; i++) {
        const struct intent *n = &site->intents[i];
        bool begins = n->example_count > 0 || (n->flow != NULL && n->flow->pattern_count > 0);
        if (!begins && map_get_str(linked, n->id) == NULL)
            problem_add(site->problems, SEVERITY_WARNING, AT(&n->place),
                        "nothing begins this intent: give it examples or patterns, or lead to it by a button intent:%s "
                        "or a “goto”",
                        n->id);
    }
    map_free(linked);
    return result;
}

int site_flows_errors(const struct collect *site, const struct settings *settings)
{
    check_webhooks(site, settings);
    return check_names(site) < 0 ? -1 : site_circles(site);
}

int site_flows_warnings(const struct collect *site, const struct settings *settings)
{
    if (check_twins(site) < 0 || check_beginnings(site, settings) < 0)
        return -1;
    site_patterns(site);
    return 0;
}
