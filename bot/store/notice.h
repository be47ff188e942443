/* Notice: dated notices of the notice board, as they are kept.
 *
 * Who reads which, and when, is for the floors above; nothing is forgotten here but by `remove`, and what ended longest
 * ago where there are NOTICES_KEPT. Errors, memory, threads: as in store.h. */
#ifndef STORE_NOTICE_H
#define STORE_NOTICE_H

#include "store/store.h"

/* Ceilings; what is over them is STORE_REFUSED. */
enum {
    NOTICES_MAX = 50,   /* that have not ended */
    NOTICES_KEPT = 200, /* in all */
    NOTICE_LANGS_MAX = 8,
    NOTICE_LINE_BYTES = 200,
    NOTICE_TEXT_BYTES = 2000,
    NOTICE_WORDINGS_MAX = 20,
    NOTICE_WORDINGS_BYTES = 4000 /* all of a language together */
};

/* What it says in one language. */
struct notice_text {
    const char *lang, *line, *text; /* text: of the answer, "" = the line */
    const char *wordings;           /* one a line, "" = none */
};

struct notice_row {
    int64_t id, from_ms, until_ms, changed_ms; /* wall clock */
    int64_t user;                              /* who wrote it last */
    const char *user_name, *department;        /* department "" = the whole site */
    const struct notice_text *texts;           /* 1 to NOTICE_LANGS_MAX */
    size_t text_count;
};

/* All of them, those that end last first. `live` = only those that have not ended. */
struct store_notices {
    struct store_job job;
    bool live;
    struct notice_row *rows;
    size_t count;
};
extern const struct store_job_kind store_notices_kind;

/* Adds one (row.id 0, the id comes back there) or changes one; with `remove` it goes. STORE_MISSING = there is none of
 * this id; STORE_REFUSED = over a ceiling, without a line, or it ends before it begins. `departments` as a user's:
 * one of another department is STORE_MISSING; "" = all. What concerns the whole site is everybody's. */
struct store_notice_save {
    struct store_job job;
    struct notice_row row;
    const char *departments;
    bool remove;
};
extern const struct store_job_kind store_notice_save_kind;

#endif
