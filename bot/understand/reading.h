/* Reading: the words of a visitor's text, each as it was meant.
 *
 * Good for: seeing through slips of the finger before anything is looked up. Not for: what the
 * words weigh (question.h). A good word is not changed: one that the entries or the dictionary
 * have stays as it is, unless the dictionary's are doubted. Private to this floor. Memory: in the arena. Threads: any.
 */
#ifndef UNDERSTAND_READING_H
#define UNDERSTAND_READING_H

#include "text/token.h"
#include "understand/image.h"

/* Words behind these are not read: nobody's question needs more. */
enum { READING_WORDS_MAX = 96 };

struct reading_word {
    size_t at, size;     /* in the text, in bytes */
    const char *letters; /* folded, after mending; not NUL-terminated */
    uint32_t length;     /* of them, in bytes */
    uint32_t id;         /* in the vocabulary, or IMAGE_NONE */
    bool stop;           /* a function word */
    bool mended;         /* not what was written */
    bool in_dictionary;  /* not in the vocabulary, but the language has it */
    bool extra;          /* another reading of the words before it, which stay too */
};

struct reading {
    const char *text;
    size_t size; /* of it, what is read */
    struct reading_word *words;
    size_t count;
    /* As written: words that neither the dictionary nor the entries have, and no mending. */
    const char *misspelt[MISSPELT_MAX];
    size_t misspelt_count;
};

struct reading_options {
    const struct respelling *respellings;
    size_t respelling_count;
    bool hide_lonely; /* words that one entry alone has are as if they had never been written */
    bool doubt;       /* words that the dictionary alone has are mended where a slip leads to an entry's */
};

/* Reads a text (valid UTF-8; what is behind SITE_TEXT_BYTES is cut). -1 without memory. */
int reading_of(const struct index *, const char *text, const struct reading_options *, struct arena *,
               struct reading *ret);
/* The text with its words mended, in the arena; the text itself where none was. NULL without memory. */
const char *reading_corrected(const struct reading *, struct arena *);

#endif
