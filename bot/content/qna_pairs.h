/* Qna_pairs: questions of a .qna file or a QnA Maker table while they are read. Used by qna*.c only.
 *
 * Memory: the list's arena. */
#ifndef CONTENT_QNA_PAIRS_H
#define CONTENT_QNA_PAIRS_H

#include "content/import_list.h"
#include "content/lines.h"

/* A button that leads to another pair, by its id or by its question. */
struct qna_prompt {
    const char *title, *target;
    struct qna_prompt *next;
};

struct qna_wording {
    const char *text;
    struct qna_wording *next;
};

struct qna_pair {
    struct import_item item;
    struct qna_wording *wordings, **wordings_tail;
    struct qna_prompt *prompts, **prompts_tail;
    struct qna_pair *next;
};

struct qna_pairs {
    struct import_list *list;
    struct qna_pair *first, **tail;
    struct map *targets; /* of prompts: pairs by id and by question */
};

/* -1 without memory. */
int qna_pairs_open(struct qna_pairs *, struct import_list *);
void qna_pairs_close(struct qna_pairs *);

/* NULL without memory. */
struct qna_pair *qna_pairs_add(struct qna_pairs *, int line, const char *question);
void qna_pairs_add_wording(struct qna_pairs *, struct qna_pair *, const char *text);
void qna_pairs_add_prompt(struct qna_pairs *, struct qna_pair *, const char *title, const char *target);
/* Gives all of them to the list, prompts as buttons. */
void qna_pairs_hand_over(struct qna_pairs *);

/* A span in the arena, "" without memory. */
const char *qna_copy(const struct qna_pairs *, struct span);
/* Whether it begins so, case-blind. */
bool qna_begins(struct span, const char *with);
/* What stands behind its first bytes, without blanks at the ends. */
struct span qna_behind(struct span, size_t bytes);
/* Whether a filter or piece of metadata of this name is the topic. */
bool qna_is_topic(const char *name);

/* The table that QnA Maker exports. */
void qna_table_read(struct qna_pairs *, struct span text);

#endif
