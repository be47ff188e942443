/* Front_matter: what a knowledge file says about itself, between two lines of `---` at its top. */
#ifndef CONTENT_FRONT_MATTER_H
#define CONTENT_FRONT_MATTER_H

#include "content/collect.h"
#include "content/lines.h"

struct front_matter {
    const char *topic;  /* default: the file's name */
    const char *review; /* a date, or NULL */
    const char *mood;   /* of its answers, where they name none (mood.h); or NULL */
};

/* Takes the front matter, if any, off the front of `text` and adds its lines to *line. */
struct front_matter front_matter_read(struct collect *, const char *file, struct span *text, int *line);

#endif
