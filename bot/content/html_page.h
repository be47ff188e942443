/* Html_page: the questions and answers of a web page.
 *
 * The first of these that finds any: schema.org questions as JSON-LD, as microdata or as RDFa; `details` with their
 * `summary`; headings with the text below them (of the level at which most headings end in a question mark, else at
 * which most have a text). A question's id is its anchor in the page where it has one. Its topic is the heading above
 * it, else the page's.
 * JSON is read by whoever may (bot/wire): a function of the caller's.
 * Memory: the list's arena. Threads: one at a time for a list. */
#ifndef CONTENT_HTML_PAGE_H
#define CONTENT_HTML_PAGE_H

#include "content/import_list.h"
#include "content/lines.h"

struct html_context {
    const char *topic; /* the page's */
    const char *base;  /* the address that links are relative to; "" = none */
};

/* Adds the questions of a piece of JSON-LD; what cannot be read is a warning. */
typedef void html_json_ld(struct import_list *, const struct html_context *, struct span json);

/* `text` is UTF-8 (charset.h). In words which reader was used, a constant; NULL where there was nothing to find, or an
 * error that is told. */
const char *html_page_read(struct import_list *, struct span text, const char *address, html_json_ld *);

#endif
