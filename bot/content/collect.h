/* Collect: what the readers of a site's files find, gathered for the checks across files.
 *
 * Memory: all in the arena. Errors: without memory a thing is dropped, and arena_failed tells. */
#ifndef CONTENT_COLLECT_H
#define CONTENT_COLLECT_H

#include "content/site.h"

struct flow;

/* A name in an intent's flow. */
enum name_use {
    NAME_READ, /* mentioned in a text, template or condition */
    NAME_SET,
    NAME_INTO, /* results of a call are below it */
    NAME_WEBHOOK
};

struct used_name {
    const struct flow *flow;
    const char *lang, *name;
    enum name_use use;
    struct place place;
};

/* A link to something in the site: #id, intent:ID or agent:DEPARTMENT. */
struct inner_link {
    const char *lang;
    enum option_kind kind;
    const char *target;
    struct place place;
};

struct collect {
    struct arena *arena;
    struct problems *problems;
    const char *today; /* "2026-11-22": review dates before it are past */
    struct article *articles;
    struct intent *intents;
    struct inner_link *links;
    struct used_name *names;
    size_t article_count, intent_count, link_count, name_count;
    size_t article_room, intent_room, link_room, name_room;
};

void collect_article(struct collect *, const struct article *);
void collect_intent(struct collect *, const struct intent *);
void collect_link(struct collect *, const struct inner_link *);
void collect_name(struct collect *, const struct used_name *);

#endif
