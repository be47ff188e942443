/* Markdown_entry: one entry of a knowledge file, from its H2 to the next. Used by markdown.c only. */
#ifndef CONTENT_MARKDOWN_ENTRY_H
#define CONTENT_MARKDOWN_ENTRY_H

#include "content/answer.h"
#include "content/front_matter.h"

/* Reads the entry of `heading`, which ends before `end` (NULL = with the document), and gives it to
 * the source's collector. Changes the tree: what only marks the parts of an entry is taken out. */
void markdown_entry(const struct answer_source *, const struct front_matter *, cmark_node *heading, cmark_node *end);

#endif
