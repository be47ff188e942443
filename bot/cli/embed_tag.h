/* Embed_tag: what a company pastes into its pages to have the assistant there, as text.
 *
 * Pure: from wishes to HTML and to directives of a Content-Security-Policy. Values are escaped; whether they make
 * sense is asked before. Threads: any. */
#ifndef CLI_EMBED_TAG_H
#define CLI_EMBED_TAG_H

#include "base/buf.h"

#include <stddef.h>

/* An attribute of <sportello-chat>, which is a parameter of /frame too. */
struct embed_attribute {
    const char *name, *value; /* NULL = not wished */
};

struct embed {
    const char *base; /* address of the server, without a slash at its end */
    const char *hash; /* of the loader, as in w/HASH/sportello.js; NULL = the stable address */
    const char *integrity;
    const struct embed_attribute *attributes;
    size_t count;
    const char *title; /* of the frame */
};

/* The address of the loader, or of the frame's page with its parameters. */
void embed_loader(const struct embed *, struct buf *out);
void embed_frame_address(const struct embed *, struct buf *out);
/* HTML, with a newline at its end. */
void embed_tag(const struct embed *, struct buf *out);
void embed_frame(const struct embed *, struct buf *out);

/* What the policy of the page must allow: a directive, and the sources that it needs. */
struct embed_directive {
    const char *name;
    void (*sources)(const struct embed *, struct buf *out);
};
/* Ended by a row without a name. */
extern const struct embed_directive embed_tag_policy[], embed_frame_policy[];

#endif
