/* Blocks: what is said, as a typed tree; never HTML.
 *
 * A message is a list of blocks (`next`), each with children (`child`). Everything from
 * Markdown that is not in this list is refused or shown as text, so a page that renders
 * blocks cannot be made to run anything. Plain values in an arena; strings are UTF-8. */
#ifndef CONTENT_BLOCK_H
#define CONTENT_BLOCK_H

#include "base/arena.h"
#include "base/buf.h"

#include <stdbool.h>
#include <stdint.h>

enum block_kind {
    /* Blocks that stand on their own lines. */
    BLOCK_PARAGRAPH,
    BLOCK_HEADING,    /* level 3–6 */
    BLOCK_LIST,       /* children: BLOCK_ITEM; level 1 = ordered, 0 = bullets */
    BLOCK_ITEM,       /* children: blocks */
    BLOCK_QUOTE,      /* children: blocks */
    BLOCK_CODE_LINES, /* text */
    BLOCK_RULE,
    BLOCK_CARD, /* text: its title; target: an image's address, http or https, or NULL; children: blocks */
    /* Parts of a line. */
    BLOCK_TEXT,     /* text */
    BLOCK_STRONG,   /* children: parts */
    BLOCK_EMPHASIS, /* children: parts */
    BLOCK_CODE,     /* text */
    BLOCK_LINK,     /* target: http, https, mailto or tel; children: parts */
    BLOCK_IMAGE,    /* target: http or https; text: the alternative text */
    BLOCK_BREAK,
    BLOCK_GESTURE, /* text: its name (content/gesture.h), which is not shown */
    BLOCK_FILE,    /* file; on its own line */
    BLOCK_KINDS
};

/* Something that a visitor or an agent sent. */
struct block_file {
    const char *id, *name, *media; /* media: "image/png" */
    int64_t size;
    int width, height; /* of a picture, in pixels; else 0 */
};

struct block {
    enum block_kind kind;
    int level;
    const char *text;              /* NULL where the kind has none */
    const char *target;            /* NULL where the kind has none */
    const struct block_file *file; /* BLOCK_FILE */
    struct block *child, *next;
};

/* Depth that readers build at most; deeper Markdown is flattened into its parent. */
enum { BLOCK_DEPTH_MAX = 6 };

/* The name used on the wire: "paragraph", "heading", "list", "item", "quote", "code_lines",
 * "rule", "card", "text", "strong", "emphasis", "code", "link", "image", "break", "gesture",
 * "file". */
const char *block_kind_name(enum block_kind);
/* A paragraph with this text in it, copied. NULL without memory. */
struct block *block_paragraph(struct arena *, const char *text);
/* True if somebody who reads sees something of it: words, a picture, a line. */
bool block_shows(const struct block *);
/* The words of a tree as plain text, paragraphs separated by a blank line, items of a list each
 * on a line after "- " or "1. ". */
void block_to_text(const struct block *, struct buf *out);
/* The same, with the address of a link in brackets behind its words, where they do not say it. */
void block_to_text_and_links(const struct block *, struct buf *out);
/* Cards in a tree. */
int block_cards(const struct block *);
/* True if both trees say the same in the same shape. */
bool block_equal(const struct block *, const struct block *);

#endif
