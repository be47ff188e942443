/* Media: what a file that somebody sent really is, and the same file without what nobody should get.
 *
 * The kind is decided by the bytes alone, never by a name or a declared type. A picture is walked part by part and
 * written anew from the parts that show something: comments, texts, places (EXIF, XMP), previews, what stands behind
 * its end and everything unknown stay behind; of a JPEG's EXIF the orientation is kept, in a segment of our own. Pixels
 * are not decoded, and none need be: sizes come from the headers, before anything could decode them. A PDF is taken as
 * it is, if it is one from its first byte to its last. Not for: SVG, HTML, archives, office documents: they are
 * refused. Errors: a verdict. Threads: any. */
#ifndef CONTENT_MEDIA_H
#define CONTENT_MEDIA_H

#include "base/buf.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum media_kind { MEDIA_PNG, MEDIA_JPEG, MEDIA_WEBP, MEDIA_GIF, MEDIA_PDF, MEDIA_KINDS };

/* MEDIA_GROWTH: bytes by which a cleaned file may be larger than it was. */
enum { MEDIA_SIDE_MOST = 32767, MEDIA_FRAMES_MOST = 2000, MEDIA_GROWTH = 64 };

struct media {
    enum media_kind kind;
    int width, height; /* as it is shown; 0 = no picture */
};

enum media_verdict {
    MEDIA_GOOD,
    MEDIA_BAD_TYPE,  /* of no kind that is known, or of one that is not wanted */
    MEDIA_DAMAGED,   /* it begins as one, and is none */
    MEDIA_TOO_LARGE, /* more pixels than may be */
    MEDIA_NO_MEMORY
};

/* Writes the cleaned file to `out`, which is empty and has a ceiling of `size` + MEDIA_GROWTH. `kinds`: bits 1 << kind.
 * `pixels`: of one picture, at most. */
enum media_verdict media_clean(const void *bytes, size_t size, unsigned kinds, int64_t pixels, struct buf *out,
                               struct media *ret);

/* "image/png" … */
const char *media_type(enum media_kind);
/* "png", "jpeg", "webp", "gif", "pdf": as in the settings. */
const char *media_name(enum media_kind);
/* The kind of a media type or of a name, -1 = none. */
int media_of_type(const char *type);
int media_of_name(const char *name);
/* What names of the kind end in, without a dot: NULL at the end. The first is the usual one. */
const char *const *media_endings(enum media_kind);

#endif
