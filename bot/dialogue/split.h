/* Split: where one message may hold several questions.
 *
 * Good for: finding the places where "dove siete e a che ora aprite?" could be cut. Not for:
 * deciding whether it should be: that takes the entries (dialogue/several.h). A sentence that
 * ends and a new line part any two questions; the words of joints.LANG.txt do where what follows
 * begins like one of its own, and a comma where what stands before it does too. A language without that file is cut at
 * sentences only. Nothing is allocated. Threads: any. */
#ifndef DIALOGUE_SPLIT_H
#define DIALOGUE_SPLIT_H

#include <stdbool.h>
#include <stddef.h>

/* A message with more parts, or longer, is a story rather than questions: it is not cut. */
enum { SPLIT_PARTS_MAX = 4, SPLIT_TEXT_BYTES = 800 };

struct split_part {
    size_t at, size; /* in the text, in bytes: from the first word of the part to its last */
};

/* The parts of a text in order: 0 where it is not to be cut, otherwise 2 … SPLIT_PARTS_MAX.
 * *ret_joined tells that a comma or a joining word parts some (also where that makes too many);
 * with `sentences_only` they do not. A text without any such place costs a glance at its bytes. */
size_t split_text(const char *lang, const char *text, bool sentences_only, struct split_part ret[SPLIT_PARTS_MAX],
                  bool *ret_joined);

#endif
