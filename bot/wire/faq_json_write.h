/* Faq_json_write: a site's entries as JSON for other programs.
 *
 * The list: one object an entry,
 *     {"id", "lang", "topic", "review"?, "mood"?, "question", "wordings": [], "follows": [], "answer", "html",
 * "buttons":
 * [{"title", "to"}]} with the answer as Markdown and as HTML; `to` is #ID, intent:ID, agent:DEPARTMENT or an address.
 * The page: schema.org's FAQPage as JSON-LD, which may stand in a `<script type="application/ld+json">` as it is: `<`,
 * `>` and `&` are written as escapes. Errors: the buffer remembers them. Threads: any. */
#ifndef WIRE_FAQ_JSON_WRITE_H
#define WIRE_FAQ_JSON_WRITE_H

#include "content/export.h"

void faq_json_list(const struct export_row *, size_t count, struct buf *out);
/* Of one language. */
void faq_json_page(const struct export_row *, size_t count, const char *lang, struct buf *out);

#endif
