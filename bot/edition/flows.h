/* Flows: those of an edition, read from its image once it is opened. Private to this floor.
 *
 * An image carries the files of intents with a flow as they were; they are read again by the reader that checked them
 * when the edition was made, and the readers of their slots' values are built. Intents of one step without patterns
 * cost nothing here. Threads: open and close on any; what is read does not change. */
#ifndef EDITION_FLOWS_H
#define EDITION_FLOWS_H

#include "content/flow.h"
#include "edition/image.h"

struct entity;
struct flows;
struct needed;

/* NULL with the reason in words: a flow that cannot be read, or memory. */
struct flows *flows_open(const struct edition_image *, const char **ret_why);
void flows_close(struct flows *);

/* NULL where the entry has none. */
const struct flow *flows_find(const struct flows *, uint32_t entry);
const struct entity *flows_slot(const struct flows *, uint32_t entry, int slot);
/* What each of its patterns needs (need.h), or NULL where it has no flow. */
const struct needed *flows_needs(const struct flows *, uint32_t entry);
/* Entries of a language with patterns, in their order. */
size_t flows_patterned(const struct flows *, const char *lang, const uint32_t **ret_entries);

/* The reader of a slot's values; NULL with the reason (ENTITY_WHY_BYTES). */
struct entity *flows_entity(const struct slot *, const char *lang, char *ret_why);

#endif
