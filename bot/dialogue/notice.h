/* Notice: what holds for everybody just now ("the courier is late"), as a turn sees it: the first answer to questions
 * about it.
 *
 * A board is made anew whenever the notices that hold have changed, and handed to the turn as an input. A question is
 * about a notice when it says nearly what the notice's line or one of its wordings says (understand/alike.h); where the
 * site itself is sure of an answer it must say so almost word for word, so that a notice takes nothing that it is not
 * about. Asked the same again, the visitor gets the site's own answer.
 * Errors: -1 or NULL without memory. Threads: one at a time for a board. */
#ifndef DIALOGUE_NOTICE_H
#define DIALOGUE_NOTICE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct notice_board;
struct step;

enum { NOTICE_BOARD_MAX = 400 }; /* texts: a notice has one for each of its languages */

/* What a notice says in one language. */
struct notice_said {
    int64_t id;
    const char *lang, *line;
    const char *text;       /* "" = the line */
    const char *wordings;   /* one a line */
    const char *department; /* "" = the whole site */
};

struct notice_board *notice_board_new(void);
void notice_board_free(struct notice_board *);
/* Strings must outlive the board. -1 also past NOTICE_BOARD_MAX. */
int notice_board_add(struct notice_board *, const struct notice_said *);
/* The notice that the text is most like, and how much (0–1); NULL = it is like none. */
const struct notice_said *notice_board_find(struct notice_board *, const char *text, double *ret_likeness);

/* Answers with a notice, if the text is about one. *ret_done tells. Private to this floor. -1 only without memory. */
int notice_hear(struct step *, const char *text, bool *ret_done);

#endif
