/* Html_blocks: a piece of HTML as blocks, or as the Markdown that says the same.
 *
 * Paragraphs, headings, lists, quotes, code, emphasis, links (made absolute), images that have a text; a table as
 * lines, its cells with “ · ” between. What is not for reading is dropped: scripts, styles, forms, navigation,
 * footers, pictures without a text, what is hidden from screen readers. Deeper nesting than blocks have is flattened.
 * Memory: the arena. Threads: any, one at a time for a tree. */
#ifndef CONTENT_HTML_BLOCKS_H
#define CONTENT_HTML_BLOCKS_H

#include "content/block.h"
#include "content/markup.h"

/* What stands in the node; `from` to `end` of its children where they are given (NULL = all). NULL = nothing. */
struct block *html_blocks(struct arena *, const xmlNode *from, const xmlNode *end, const char *base);
/* The same of a whole page, to be cut at its headings: those on no list or quote are level 1 to 6 as they stand, with
 * their words in `text` and their id, or NULL, in `target`. */
struct block *html_sections(struct arena *, const xmlNode *root, const char *base);
/* The children of the node as Markdown; "" where it says nothing. */
const char *html_markdown(struct arena *, const xmlNode *parent, const char *base);
const char *html_markdown_between(struct arena *, const xmlNode *from, const xmlNode *end, const char *base);
/* The same of a text that has HTML in it, or none: then its line breaks are kept. "" where it cannot be read. */
const char *html_markdown_of(struct arena *, const char *html, const char *base);

/* Blocks of html_sections, up to `end` (NULL = all), as Markdown; changes them. "" where they say nothing. */
const char *html_section_markdown(struct arena *, struct block *from, const struct block *end);

/* The words of a node as one line: of a question, of a title. */
const char *html_words(struct arena *, const xmlNode *);
const char *html_words_of(struct arena *, const char *html);
/* Whether a page has it for programs only, or for finding one's way about. */
bool html_is_chrome(struct arena *, const xmlNode *);
/* Whether it begins a new line by itself and is nothing more special. */
bool html_begins_line(const xmlNode *);
/* Takes rules off both ends: they part nothing there. */
void html_drop_rules(struct block **first);

#endif
