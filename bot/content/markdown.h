/* Markdown: the reader of knowledge files.
 *
 *     ---
 *     topic: spedizioni
 *     review: 2027-03-31
 *     ---
 *     ## Quanto costa la spedizione? {#costo-spedizione}
 *     - quanto pago di spedizione
 *
 *     In Italia costa **6,50 €**.
 *
 *     - [In quanto tempo arriva?](#tempi-consegna)
 *
 * H2 = a question with an optional id (without one it is made from the question). A bullet list
 * right under it = other wordings. Then the answer, in which H3 and deeper are headings. A list at
 * the end made only of links = buttons. A `---` between the question (with its wordings) and the
 * answer says that what follows is answer, even if it begins with a list; a `---` right before the
 * last list, or as the very last thing, says that this list is answer and not buttons. Those
 * rules are no part of the answer; any other one is. Without any other answer a list of links is
 * the answer. An H1 above the first question is a title for the editor's eyes; HTML comments are
 * for editors too.
 * Memory: in the collector's arena. Threads: one at a time for an arena. */
#ifndef CONTENT_MARKDOWN_H
#define CONTENT_MARKDOWN_H

#include "content/collect.h"
#include "content/lines.h"

/* Reads the articles of one file, whose text passed lines_check. */
void markdown_read(struct collect *, const char *file, const char *lang, struct span text);

#endif
