/* Fold: what two spellings of the same word have in common.
 *
 * Lower case, compatibility forms undone (NFKD), accents and other marks taken away. An
 * apostrophe of any kind parts words; zero-width characters and soft hyphens vanish.
 * Good for: comparing. Not for: showing. Broken UTF-8 parts words. No locale. Threads: any. */
#ifndef TEXT_FOLD_H
#define TEXT_FOLD_H

#include "base/buf.h"

#include <stddef.h>

/* The most bytes that one code point folds into. */
enum { FOLD_POINT_BYTES = 80 };

enum fold_kind {
    FOLD_LETTERS, /* letters or digits of a word */
    FOLD_NOTHING, /* a mark or an invisible character: neither part of a word nor between two */
    FOLD_GAP      /* anything else: words end here */
};

/* Reads the code point at `text` (`size` > 0 bytes left). Returns how many bytes it takes up;
 * its folded letters go to `out` (FOLD_POINT_BYTES of room), *ret_size of them. */
size_t fold_point(const char *text, size_t size, char *out, size_t *ret_size, enum fold_kind *ret_kind);

/* Appends the words of a text, folded, with one space between. -1 past the buffer's ceiling. */
int fold_text(const char *text, size_t size, struct buf *out);

#endif
