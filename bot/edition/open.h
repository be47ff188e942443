/* Open: a view over an image that was found good. Private to this floor. */
#ifndef EDITION_OPEN_H
#define EDITION_OPEN_H

#include "edition/flows.h"
#include "edition/image.h"
#include "edition/view.h"
#include "understand/vectors.h"

struct view {
    struct edition_image image;
    struct settings *settings;
    struct arena *arena; /* of the settings */
    struct index *indexes[EDITION_LANGS_MAX];
    struct flows *flows;
    struct vectors *vectors; /* shared, NULL = none */
    struct aiml *aiml;       /* NULL = the site has none */
};

/* Checks the bytes, reads the settings and the flows, and opens the indexes. The bytes must outlive the view.
 * -1 with the reason in words. */
int view_open(const void *bytes, size_t size, struct view *ret, const char **ret_why);
void view_close(struct view *);

#endif
