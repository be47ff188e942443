/* Corpus: labelled questions from tab-separated files, to learn from and to be tested on.
 *
 * A line is a text, one tab, its label; `oos` and `None` are the labels of what is out of scope. Files
 * are UTF-8 with or without a byte order mark, lines end as on any system. Every mistake becomes a problem
 * with file and line: a missing tab or label is an error, an empty line is skipped with a warning.
 * Limits: CORPUS_* below, past which reading stops with an error.
 * Memory: everything belongs to the corpus. Threads: one at a time. */
#ifndef CLI_CORPUS_H
#define CLI_CORPUS_H

#include "base/problem.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    CORPUS_FILE_BYTES = 512 << 20, /* one file */
    CORPUS_FILES = 64,             /* named in one list */
    CORPUS_LINES = 2000000,        /* of one list of files together */
    CORPUS_LABELS = 1000000,
};

struct corpus_label {
    const char *name;
    bool out_of_scope;    /* it is `oos` or `None` */
    const char *question; /* of its entry, NULL = none was given */
    const char *answer;   /* "" = none */
    const char *file;     /* where its entry stands, … */
    int line;             /* … if there is one */
};

struct corpus_line {
    const char *text;
    uint32_t label; /* in corpus.labels */
};

/* What one list of files says, in order. */
struct corpus_part {
    struct corpus_line *lines;
    size_t count, room;
};

struct corpus {
    struct corpus_label *labels; /* of all parts together */
    size_t label_count, label_room;
    struct corpus_part train, test;
    struct corpus_store *store; /* private */
};

/* NULL without memory. */
struct corpus *corpus_new(void);
void corpus_free(struct corpus *);

/* Reads one file, or several with commas between, into a part. -1 without memory or where there are errors. */
int corpus_read(struct corpus *, struct corpus_part *, const char *paths, struct problems *);
/* Reads entries (id, question, answer; further columns are not read; a first line whose first two cells are
 * `id` and `question` names the columns) and gives each label its own. */
int corpus_read_answers(struct corpus *, const char *paths, struct problems *);

/* The name in words: `_`, `-` and `.` as spaces, no space at the ends. Owned by the corpus; NULL without memory. */
const char *corpus_words(struct corpus *, const char *name);

#endif
