/* Flows of an edition: see flows.h. */
#include "edition/flows.h"

#include "content/intent.h"
#include "edition/need.h"
#include "entity/entity.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ARENA_BYTES = 1 << 30 }; /* a ceiling: what is not needed is not taken */

struct one {
    uint32_t entry;
    const char *lang;
    const struct flow *flow;
    struct entity **slots;
    struct needed *needs; /* of each pattern */
};

struct patterned {
    const char *lang;
    uint32_t *entries;
    size_t count;
};

struct flows {
    struct arena *arena;
    struct one *all; /* by entry */
    size_t count;
    struct patterned langs[EDITION_LANGS_MAX];
    size_t lang_count;
};

/* --- slots ---------------------------------------------------------------------------------- */

/* A choice's title counts like its synonyms. */
static bool copy_choices(struct arena *arena, const struct slot *slot, struct entity_spec *ret)
{
    struct entity_choice *choices = arena_array(arena, slot->choice_count, sizeof *choices);
    for (size_t i = 0; i < slot->choice_count && choices != NULL; i++) {
        const struct slot_choice *from = &slot->choices[i];
        const char **synonyms = arena_array(arena, from->synonym_count + 1, sizeof *synonyms);
        if (synonyms == NULL)
            return false;
        synonyms[0] = from->title;
        for (size_t k = 0; k < from->synonym_count; k++)
            synonyms[k + 1] = from->synonyms[k];
        choices[i] = (struct entity_choice){from->value, synonyms, from->synonym_count + 1};
    }
    ret->choices = choices;
    ret->choice_count = slot->choice_count;
    return choices != NULL;
}

struct entity *flows_entity(const struct slot *slot, const char *lang, char *ret_why)
{
    struct entity_spec spec = {.type = entity_type_named(slot_type_name(slot->type)),
                               .match = slot->match,
                               .future = slot->when > 0,
                               .past = slot->when < 0};
    bool bounded = slot->type == SLOT_NUMBER || slot->type == SLOT_MONEY;
    spec.has_low = bounded && slot->has_least;
    spec.has_high = bounded && slot->has_most;
    spec.low = slot->least;
    spec.high = slot->most;
    if (slot->type == SLOT_TEXT && slot->has_most)
        spec.longest = (size_t)slot->most;
    if (slot->type == SLOT_TEXT && slot->has_least)
        spec.shortest = (size_t)slot->least;
    struct arena *arena = arena_new((size_t)1 << 20);
    struct entity *entity = NULL;
    snprintf(ret_why, ENTITY_WHY_BYTES, "there is not enough memory");
    if (arena != NULL && (slot->choice_count == 0 || copy_choices(arena, slot, &spec)))
        entity = entity_new(&spec, lang, ret_why);
    arena_free(arena);
    return entity;
}

/* --- opening -------------------------------------------------------------------------------- */

/* The intent of one file, as the edition's entry says it is. */
static const char *read_one(struct flows *f, const struct edition_image *image, const struct image_flow *from,
                            struct problems *told)
{
    const struct image_entry *e = &image->entries[from->entry];
    const char *text = image->strings + from->text, *id = image->strings + e->id;
    struct collect c = {.arena = f->arena, .problems = told};
    intent_read(&c, image->strings + e->file, image->strings + e->lang, (struct span){text, strlen(text)});
    if (problems_count(told, SEVERITY_ERROR) > 0 || c.intent_count != 1 || c.intents[0].flow == NULL ||
        strcmp(c.intents[0].id, id) != 0)
        return "a flow in it cannot be read";
    struct one *one = &f->all[f->count++];
    *one = (struct one){.entry = from->entry, .lang = image->strings + e->lang, .flow = c.intents[0].flow};
    one->slots = arena_array(f->arena, one->flow->slot_count, sizeof *one->slots);
    one->needs = arena_array(f->arena, one->flow->pattern_count, sizeof *one->needs);
    for (size_t i = 0; i < one->flow->pattern_count && one->needs != NULL; i++)
        one->needs[i] = need_of(one->flow->patterns[i]);
    for (size_t s = 0; s < one->flow->slot_count; s++) {
        char why[ENTITY_WHY_BYTES];
        one->slots[s] = one->slots != NULL ? flows_entity(&one->flow->slots[s], one->lang, why) : NULL;
        if (one->slots[s] == NULL)
            return "a slot in it cannot be read";
    }
    return NULL;
}

static struct patterned *patterned_of(struct flows *f, const char *lang)
{
    for (size_t i = 0; i < f->lang_count; i++)
        if (strcmp(f->langs[i].lang, lang) == 0)
            return &f->langs[i];
    if (f->lang_count == EDITION_LANGS_MAX)
        return NULL;
    struct patterned *p = &f->langs[f->lang_count++];
    *p = (struct patterned){.lang = lang, .entries = arena_array(f->arena, f->count, sizeof *p->entries)};
    return p;
}

static void list_patterned(struct flows *f)
{
    for (size_t i = 0; i < f->count; i++) {
        struct patterned *p = f->all[i].flow->pattern_count > 0 ? patterned_of(f, f->all[i].lang) : NULL;
        if (p != NULL && p->entries != NULL)
            p->entries[p->count++] = f->all[i].entry;
    }
}

struct flows *flows_open(const struct edition_image *image, const char **ret_why)
{
    struct flows *f = calloc(1, sizeof *f);
    struct problems *told = problems_new(); /* warnings were told when the edition was made */
    size_t count = edition_count(image, EDITION_FLOWS);
    const char *why = NULL;
    if (f != NULL)
        f->arena = arena_new(ARENA_BYTES);
    if (f != NULL && f->arena != NULL)
        f->all = arena_array(f->arena, count, sizeof *f->all);
    if (told == NULL || f == NULL || f->all == NULL)
        why = "there is not enough memory";
    for (size_t i = 0; i < count && why == NULL; i++)
        why = read_one(f, image, &image->flows[i], told);
    if (why == NULL) {
        list_patterned(f);
        why = arena_failed(f->arena) ? "there is not enough memory" : NULL;
    }
    problems_free(told);
    if (why == NULL)
        return f;
    flows_close(f);
    *ret_why = why;
    return NULL;
}

void flows_close(struct flows *f)
{
    if (f == NULL)
        return;
    for (size_t i = 0; i < f->count; i++)
        for (size_t s = 0; f->all[i].slots != NULL && s < f->all[i].flow->slot_count; s++)
            entity_free(f->all[i].slots[s]);
    arena_free(f->arena);
    free(f);
}

/* --- asking --------------------------------------------------------------------------------- */

static const struct one *find(const struct flows *f, uint32_t entry)
{
    size_t low = 0, high = f->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (f->all[middle].entry == entry)
            return &f->all[middle];
        if (f->all[middle].entry < entry)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

const struct flow *flows_find(const struct flows *f, uint32_t entry)
{
    const struct one *one = find(f, entry);
    return one != NULL ? one->flow : NULL;
}

const struct entity *flows_slot(const struct flows *f, uint32_t entry, int slot)
{
    const struct one *one = find(f, entry);
    return one != NULL && slot >= 0 && (size_t)slot < one->flow->slot_count ? one->slots[slot] : NULL;
}

const struct needed *flows_needs(const struct flows *f, uint32_t entry)
{
    const struct one *one = find(f, entry);
    return one != NULL ? one->needs : NULL;
}

size_t flows_patterned(const struct flows *f, const char *lang, const uint32_t **ret_entries)
{
    for (size_t i = 0; i < f->lang_count; i++)
        if (strcmp(f->langs[i].lang, lang) == 0) {
            *ret_entries = f->langs[i].entries;
            return f->langs[i].count;
        }
    *ret_entries = NULL;
    return 0;
}
