/* Pronounce: what an answer's text becomes before a voice reads it.
 *
 * The site's own pronunciations are put in (whole words, as they are written); telephone numbers become digits in
 * pairs, e-mail and web addresses words ("info chiocciola olmo punto it"); each line ends like a sentence. All else is
 * the voice's to know. Threads: any. */
#ifndef CONTENT_PRONOUNCE_H
#define CONTENT_PRONOUNCE_H

#include "base/buf.h"
#include "content/settings.h"

/* Appends it. -1 past the buffer's ceiling. */
int pronounce(const struct settings *, const char *lang, const char *text, struct buf *out);

#endif
