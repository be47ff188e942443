/* A site without a part of its wordings: see site_fold.h. */
#include "cli/site_fold.h"

#include "base/hash.h"

#include <string.h>

uint8_t site_fold_of(size_t entry, size_t phrase)
{
    return (uint8_t)((entry + phrase) % SITE_FOLDS);
}

/* The wordings of an entry, each text once, its question first. */
size_t site_fold_phrases(struct arena *arena, const char *title, struct place place, const struct wording *wordings,
                         size_t count, struct wording **ret)
{
    struct wording *list = arena_array(arena, count + 1, sizeof *list);
    size_t kept = 0;
    *ret = list;
    if (list == NULL)
        return 0;
    if (title != NULL)
        list[kept++] = (struct wording){title, place};
    for (size_t i = 0; i < count; i++) {
        bool again = false;
        for (size_t k = 0; k < kept && !again; k++)
            again = strcmp(list[k].text, wordings[i].text) == 0;
        if (!again)
            list[kept++] = wordings[i];
    }
    /* A title that is one of the wordings stands where the wording does. */
    for (size_t i = 0; i < count && kept > 0; i++)
        if (strcmp(list[0].text, wordings[i].text) == 0)
            list[0].place = wordings[i].place;
    return kept;
}

/* What is left of an entry's wordings; the first takes the title's place if that is hidden. */
static int leave(struct arena *arena, size_t number, uint8_t fold, const char **title, struct place place,
                 const struct wording **wordings, size_t *count)
{
    struct wording *phrases;
    size_t kept = site_fold_phrases(arena, *title, place, *wordings, *count, &phrases), left = 0;
    if (kept < 2)
        return arena_failed(arena) ? -1 : 0;
    struct wording *list = arena_array(arena, kept, sizeof *list);
    if (list == NULL)
        return -1;
    const char *new_title = NULL;
    for (size_t i = 0; i < kept; i++) {
        if (site_fold_of(number, i) == fold)
            continue;
        if (new_title == NULL)
            new_title = phrases[i].text;
        list[left++] = phrases[i];
    }
    *title = new_title;
    *wordings = list;
    *count = left;
    return 0;
}

/* The same site with room for as many articles and intents, still to be filled. NULL without memory. */
static struct site *with_own_lists(struct arena *arena, const struct site *from, struct article **ret_articles,
                                   struct intent **ret_intents)
{
    struct site *s = arena_alloc(arena, sizeof *s);
    *ret_articles = arena_array(arena, from->article_count + 1, sizeof **ret_articles);
    *ret_intents = arena_array(arena, from->intent_count + 1, sizeof **ret_intents);
    if (s == NULL || *ret_articles == NULL || *ret_intents == NULL)
        return NULL;
    *s = *from;
    s->articles = *ret_articles;
    s->intents = *ret_intents;
    return s;
}

struct site *site_fold_without(struct arena *arena, const struct site *from, uint8_t fold)
{
    struct article *articles;
    struct intent *intents;
    struct site *s = with_own_lists(arena, from, &articles, &intents);
    if (s == NULL)
        return NULL;
    for (size_t i = 0; i < from->article_count; i++) {
        struct article *a = &articles[i];
        *a = from->articles[i];
        if (leave(arena, i, fold, &a->question, a->place, &a->wordings, &a->wording_count) < 0)
            return NULL;
    }
    for (size_t i = 0; i < from->intent_count; i++) {
        struct intent *n = &intents[i];
        *n = from->intents[i];
        if (leave(arena, from->article_count + i, fold, &n->title, n->place, &n->examples, &n->example_count) < 0)
            return NULL;
    }
    return s;
}

uint8_t site_fold_of_entry(const char *id)
{
    return (uint8_t)(hash_bytes(id, strlen(id)) % SITE_FOLDS);
}

struct site *site_fold_without_entries(struct arena *arena, const struct site *from, uint8_t fold)
{
    struct article *articles;
    struct intent *intents;
    struct site *s = with_own_lists(arena, from, &articles, &intents);
    if (s == NULL)
        return NULL;
    s->article_count = s->intent_count = 0;
    for (size_t i = 0; i < from->article_count; i++)
        if (site_fold_of_entry(from->articles[i].id) != fold)
            articles[s->article_count++] = from->articles[i];
    for (size_t i = 0; i < from->intent_count; i++)
        if (site_fold_of_entry(from->intents[i].id) != fold)
            intents[s->intent_count++] = from->intents[i];
    return s;
}
