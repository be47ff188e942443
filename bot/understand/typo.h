/* Typo: words of the vocabulary that a misspelt word was meant to be.
 *
 * A delete-neighbourhood index: two words a slip apart (a letter more, less, another, or two
 * swapped) share a form when a letter is taken from one or both, two slips apart when two are;
 * so a look-up is a few searches in a sorted list. Words of a few letters have too many
 * neighbours, so the shorter a word, the surer its slip must be. Private to this floor. */
#ifndef UNDERSTAND_TYPO_H
#define UNDERSTAND_TYPO_H

#include "understand/image.h"

enum {
    TYPO_LEAST = 3,            /* words of fewer letters are neither mended nor mended to */
    TYPO_MOST = 24,            /* longer ones are not mended */
    TYPO_TWICE = 8,            /* from so many letters on two slips are mended, if one word is in reach … */
    TYPO_TWICE_MOST = 20,      /* … up to so many … */
    TYPO_TWICE_WORDS = 200000, /* … in a vocabulary of at most so many words: the list would grow too long */
};

/* Calls `found` with the hash of each form under which a word is found: itself, each form that
 * lacks one letter, and with `twice` each that lacks two. */
void typo_forms(const char *word, size_t size, bool twice, void (*found)(void *context, uint32_t hash), void *context);
/* At most so many calls. */
size_t typo_form_count(size_t size, bool twice);
/* Whether a word of the vocabulary is to be found across two slips: long words of questions. */
bool typo_twice(const struct image_word *);

/* How a word may have come from another by one slip, likelier ones greater. */
enum typo_slip {
    TYPO_NONE,    /* it is the same, or not by one slip */
    TYPO_STRANGE, /* another letter, or one more, without a reason */
    TYPO_KEY,     /* a neighbour on the keyboard instead, or as well */
    TYPO_PLAIN,   /* a letter forgotten, written twice or once, two swapped */
};
enum typo_slip typo_slip(const char *written, size_t size, const char *meant, size_t meant_size);

struct typo_how {
    bool hide_lonely;     /* words that one entry alone has do not count */
    enum typo_slip least; /* no slip stranger than this; TYPO_NONE = any that suits the word's length */
};
/* The one word of the vocabulary that a folded word was meant to be by one slip, or IMAGE_NONE
 * where there is none or it might be several. Forms of one stem count as one. */
uint32_t typo_mend(const struct index *, const char *word, size_t size, struct typo_how);
/* The same by two slips, for words of TYPO_TWICE letters on: dearer by far. */
uint32_t typo_mend_twice(const struct index *, const char *word, size_t size, struct typo_how);

#endif
