/* Import_list: what a source of questions gives, item by item, made into entries.
 *
 * Every reader of a source (tables, pages, feeds, other assistants' files) hands its items over in their order; ids,
 * languages, ceilings and doubles are judged here, once for all. A strict list takes a fault of an item as an error,
 * since somebody wrote that table for us; a tolerant one, for what was written for others, leaves the item out with a
 * warning, makes another id where the given one is none or is taken, and takes a double once.
 * Memory: the arena, also what an item points to. Errors: problems; without memory arena_failed tells.
 * Threads: one at a time. */
#ifndef CONTENT_IMPORT_LIST_H
#define CONTENT_IMPORT_LIST_H

#include "content/markdown_write.h"

enum { IMPORT_ENTRIES = 1000000 };

/* As a source gives it; "" or NULL where it says nothing. Its texts live as long as the list. */
struct import_item {
    int line; /* of the source; 0 = not known */
    const char *id, *topic, *lang, *review;
    const char *question; /* plain text; white space becomes single spaces */
    const char *answer;   /* Markdown */
    const char *const *wordings;
    size_t wording_count;
    const struct option *options;
    size_t option_count;
    const char *const *follows; /* ids of entries that it follows */
    size_t follow_count;
    const char *mood;
};

struct import_entry {
    int line;
    const char *topic, *lang;
    const char *review; /* a date, or "" */
    struct markdown_entry entry;
};

struct import_list {
    struct arena *arena;
    struct problems *problems;
    const char *source; /* its name in messages */
    const char *lang;   /* items of this language only; NULL = all, which must be of one */
    bool tolerant;
    struct import_entry *entries; /* `count` of them: the result */
    size_t count;
    /* its own */
    size_t room;
    struct map *ids;
    const char *first_lang;
    bool mixed; /* several languages were seen */
};

/* -1 without memory. */
int import_list_open(struct import_list *, struct arena *, const char *source, const char *lang, bool tolerant,
                     struct problems *);
void import_list_close(struct import_list *);

void import_list_add(struct import_list *, const struct import_item *);

/* One line, white space and control signs single spaces, of at most `size` bytes of the text; in the arena. */
const char *import_list_line(struct arena *, const char *text, size_t size);

#endif
