/* Answer: Markdown, as cmark reads it, made into blocks.
 *
 * Everything comes out as blocks or as text: raw HTML and links of schemes that a page must not
 * open are text (HTML comments are nothing), headings are levels 3–6, what nests deeper than
 * BLOCK_DEPTH_MAX is flattened. A line break within a paragraph is a space, as in Markdown. `{nod}` is a gesture
 * (gesture.h), with one of the spaces around it taken away; other names in braces are text, with a warning.
 * Limits: ANSWER_BYTES of Markdown. Memory: the arena; cmark's own is freed, and cmark abort()s
 * when the machine has none. Threads: one at a time for an arena. */
#ifndef CONTENT_ANSWER_H
#define CONTENT_ANSWER_H

#include "content/collect.h"
#include "content/lines.h"

#include <cmark.h>

enum { ANSWER_BYTES = 64 << 10 };

/* A text in Markdown and where it stands. */
struct answer_source {
    struct collect *collect; /* links to other things of the site go there to be checked */
    const char *file, *lang;
    struct span text;
    int line;         /* of its first line */
    int fixed_column; /* > 0: every problem is at (line, fixed_column) */
    bool line_breaks; /* a line break within a paragraph is a break */
    bool values;      /* `{name}` stands for a value of a flow where it is no gesture */
};

/* The whole text. NULL if it says nothing (or without memory). */
struct block *answer_read(const struct answer_source *);
/* The document of the text; cmark_node_free it. */
cmark_node *answer_parse(struct span text);
/* The blocks of `first` and what follows it up to `end` (not with it; NULL = all). */
struct block *answer_blocks(const struct answer_source *, cmark_node *first, cmark_node *end);
/* The words of a node as one line, spaces single. */
char *answer_words(struct arena *, cmark_node *);
/* The plain text of blocks. NULL without memory. */
char *answer_text(struct arena *, const struct block *);
/* The line of the source with this number in cmark's count. */
struct span answer_line(const struct answer_source *, int line);
/* Where `needle` first stands in the source lines of the block `node`; else where it begins. */
struct place answer_place(const struct answer_source *, cmark_node *node, const char *needle);

bool answer_is_comment(cmark_node *);
/* True if every item of the list is one link that a button can open. */
bool answer_is_options(cmark_node *list);
/* Those buttons; past SITE_OPTIONS an error. */
const struct option *answer_options(const struct answer_source *, cmark_node *list, size_t *ret_count);

#endif
