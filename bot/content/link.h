/* Link: what the target of a Markdown link is. Pure; threads: any. */
#ifndef CONTENT_LINK_H
#define CONTENT_LINK_H

#include "content/site.h"

enum link_kind {
    LINK_WEB,     /* http, https */
    LINK_CONTACT, /* mailto, tel */
    LINK_INNER,   /* #id, intent:ID, agent:DEPARTMENT, say:WORDS */
    LINK_OTHER,   /* an absolute URI of any other scheme: shown as text */
    LINK_DEAD     /* nothing that leads anywhere */
};

/* For LINK_INNER the option's kind and target, which lies within `url`. */
enum link_kind link_kind(const char *url, enum option_kind *ret_kind, const char **ret_target);

#endif
