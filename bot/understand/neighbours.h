/* Neighbours: of each word of the questions the words most like it, so that a look-up need not find
 * them anew by their rows of letters. Private to this floor. */
#ifndef UNDERSTAND_NEIGHBOURS_H
#define UNDERSTAND_NEIGHBOURS_H

#include "understand/weigh.h"

/* At most so many a word, and none less alike than this share of the word's likeness to itself. */
enum { NEIGHBOURS_MAX = 24 };

/* After the lists of the parts are made: fills like_at, likes and like_values. -1 without memory. */
int neighbours_find(struct weigh_build *);

#endif
