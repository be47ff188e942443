/* Growing lists in an arena: see collect.h. */
#include "content/collect.h"

#include <string.h>

/* Makes room for one more; each growth doubles, so all copies together cost one more list. */
static void *grown(struct arena *arena, void *list, size_t count, size_t *room, size_t size)
{
    if (count < *room)
        return list;
    size_t wider = *room > 0 ? *room * 2 : 32;
    void *copy = arena_grow(arena, list, count * size, wider * size);
    if (copy != NULL)
        *room = wider;
    return copy;
}

void collect_article(struct collect *c, const struct article *article)
{
    void *list = grown(c->arena, c->articles, c->article_count, &c->article_room, sizeof *article);
    if (list == NULL)
        return;
    c->articles = list;
    c->articles[c->article_count++] = *article;
}

void collect_intent(struct collect *c, const struct intent *intent)
{
    void *list = grown(c->arena, c->intents, c->intent_count, &c->intent_room, sizeof *intent);
    if (list == NULL)
        return;
    c->intents = list;
    c->intents[c->intent_count++] = *intent;
}

void collect_link(struct collect *c, const struct inner_link *link)
{
    void *list = grown(c->arena, c->links, c->link_count, &c->link_room, sizeof *link);
    if (list == NULL)
        return;
    c->links = list;
    c->links[c->link_count++] = *link;
}

void collect_name(struct collect *c, const struct used_name *name)
{
    void *list = grown(c->arena, c->names, c->name_count, &c->name_room, sizeof *name);
    if (list == NULL)
        return;
    c->names = list;
    c->names[c->name_count++] = *name;
}
