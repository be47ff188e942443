/* Markup: somebody's HTML or XML as a tree of libxml2's, under our limits.
 *
 * Never: the network, entities of its own, a DTD, XInclude. XML with a DOCTYPE is refused; HTML is mended as browsers
 * do. Limits: MARKUP_*. Errors: NULL with a problem. Threads: any; a tree belongs to one at a time. */
#ifndef CONTENT_MARKUP_H
#define CONTENT_MARKUP_H

#include "base/arena.h"
#include "content/lines.h"

#include <libxml/tree.h>

enum {
    MARKUP_BYTES = 8 << 20,
    MARKUP_DEPTH = 200,   /* elements in one another */
    MARKUP_TAGS = 400000, /* `<` in all */
};

/* Of a text that charset_decode gave. xmlFreeDoc it. */
xmlDoc *markup_html(const char *source, struct span text, struct problems *);
xmlDoc *markup_xml(const char *source, struct span text, struct problems *);

/* The next node in the order of the text, below `root`; NULL at the end. */
xmlNode *markup_next(const xmlNode *root, xmlNode *);
/* The same, but not into the node. */
xmlNode *markup_skip(const xmlNode *root, xmlNode *);
/* Whether it is an element of this name, in whatever namespace. */
bool markup_is(const xmlNode *, const char *name);
/* The value of an attribute, in the arena; NULL = it has none. */
const char *markup_attribute(struct arena *, const xmlNode *, const char *name);
/* Whether one of the words of an attribute's value is `word`, also behind the last `/`, `#` or `:` of it. */
bool markup_has_word(struct arena *, const xmlNode *, const char *attribute, const char *word);
/* All the text in it as it stands. */
const char *markup_text(struct arena *, const xmlNode *);
/* An address against that of what it stands in; NULL where it leads nowhere that a link may (link.h). */
const char *markup_address(struct arena *, const char *address, const char *base);

#endif
