/* Charset: the bytes of somebody's page, feed or text as UTF-8.
 *
 * What counts, in this order: a byte order mark; what the server said of it (`label`); what the text says of itself
 * (`<meta charset>`, `<?xml encoding>`); else UTF-8 where it is that, and Windows-1252 where it is not. A claim that
 * the bytes belie is put right with a warning. Never: UTF-7, in which a text can say other things than it seems to.
 * Errors: -1 with a problem. Memory: in the arena. Threads: any. */
#ifndef CONTENT_CHARSET_H
#define CONTENT_CHARSET_H

#include "base/arena.h"
#include "content/lines.h"

enum charset_kind { CHARSET_TEXT, CHARSET_HTML, CHARSET_XML };

struct charset_source {
    const char *name;  /* in messages */
    const char *label; /* from outside, such as "iso-8859-1"; NULL or "" = none */
    enum charset_kind kind;
    struct problems *problems;
};

/* The text without a mark, and without NUL bytes. */
int charset_decode(struct arena *, const struct charset_source *, struct span bytes, struct span *ret);

/* The charset that a Content-Type ("text/html; charset=utf-8") names; "" where none. */
const char *charset_of_type(struct arena *, const char *content_type);

#endif
