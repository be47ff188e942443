/* Mention: where a `{name}` of a text that cmark has read stands in the editor's lines.
 *
 * cmark takes the backslash of `\{name}` away, so only the source tells what is meant as text. Texts must be
 * asked about in the order in which they are written. Plain values; the source must outlive them. */
#ifndef CONTENT_MENTION_H
#define CONTENT_MENTION_H

#include "content/answer.h"

struct mentions {
    const struct answer_source *source;
    const char *at, *end; /* lines not yet looked at; NULL = none is known */
};

/* The lines of the block `leaf`. */
struct mentions mentions_of(const struct answer_source *, cmark_node *leaf);
/* Steps behind the next `{name}`. Where it stands, or NULL if it is escaped, or written in another way. */
const char *mentions_next(struct mentions *, const char *name, size_t size);
/* Steps behind all that such a text mentions: code, addresses. */
void mentions_skip(struct mentions *, const char *text);
/* The place of what mentions_next gave. */
struct place mentions_place(const struct answer_source *, const char *where);

#endif
