/* Edition: an immutable, numbered set of what the assistant knows.
 *
 * Life: edition_compile makes an image of a site's files; edition_write puts it into
 * DATA/editions/N.img (fsync, rename); edition_open maps it. The image is derived: missing,
 * damaged or of an older format it is made again from the sources that the store keeps.
 * A pinned edition stays mapped until its last edition_unpin.
 * Threads: compile, write and open on any; pin and unpin on the loop only. */
#ifndef EDITION_EDITION_H
#define EDITION_EDITION_H

#include "base/buf.h"
#include "base/problem.h"
#include "content/site.h"
#include "edition/view.h"
#include "understand/vectors.h"

#include <stdint.h>

enum { EDITION_IMAGE_BYTES = 1 << 30 }; /* ceiling of an image: about a million entries */

struct edition_options {
    const struct meaning_maker *makers[MEANING_KINDS]; /* NULL = without */
    /* Hears shares from 0 to 1 now and then, if given. */
    void (*progress)(void *context, double share);
    void *context;
};

/* Appends the image of a site to `out`: entries, settings, one index a language. Adds as warnings
 * what only the indexes show: nearly the same question in two entries. -1 with a problem where it
 * cannot be made. `options` may be NULL. */
int edition_compile(const struct site *, struct buf *out, struct problems *, const struct edition_options *options);

/* Writes and syncs an image as FOLDER/N.img. -1 with errno set. */
int edition_write(const char *folder, int64_t number, const struct buf *image);

struct edition;

/* Opens FOLDER/N.img: one pin is the caller's. NULL where it is missing, damaged or of another
 * format; *ret_why says which in words. */
struct edition *edition_open(const char *folder, int64_t number, const char **ret_why);
/* The same from bytes in memory (copied): number 0, "as the files stand". */
struct edition *edition_from_image(const struct buf *image, const char **ret_why);

/* Which maker of meanings the image was made with: its source, 0 = none. */
uint64_t edition_meaning_source(const struct edition *, enum meaning_kind);
/* Lets the edition's view use these word vectors, of which it becomes one more owner; others than the image was
 * made with are of no use to it and not taken. Before the edition serves, on any thread. */
void edition_use_vectors(struct edition *, struct vectors *);

struct edition *edition_pin(struct edition *);
void edition_unpin(struct edition *);
int64_t edition_number(const struct edition *);
/* Of one from an image, which has none (0). */
void edition_set_number(struct edition *, int64_t);
const struct view *edition_view(const struct edition *);

#endif
