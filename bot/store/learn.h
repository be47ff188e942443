/* Learn: questions that were not answered well, kept until an editor says what becomes of them.
 *
 * What visitors (and, later, agents and others) did is *noted*: an outcome for a question, by a source.
 * Equal questions (same language and `fold`) are one row whose notes are counted; the row outlives the
 * conversation and does not name it. Nothing expires: past LEARN_OPEN_MAX open ones a new question
 * is not kept and counted as missed, which the listing says. A settled question is counted on, and is
 * open again when it is noted in an edition made after it was accepted.
 * Errors, memory, threads: as in store.h, which includes this. */
#ifndef STORE_LEARN_H
#define STORE_LEARN_H

#include "store/job.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    LEARN_TEXT_BYTES = 1024,   /* a question's text and fold; longer is refused */
    LEARN_OPEN_MAX = 100000,   /* open questions */
    LEARN_PAGE_MAX = 2000,     /* rows of one read */
    LEARN_ANSWER_BYTES = 8192, /* a draft's */
    LEARN_TAUGHT_MAX = 20,     /* agents' words on one question that are read, the latest */
};

enum learn_outcome {
    LEARN_ANSWERED,   /* with `entry`: only a trace, for the thumb that may follow */
    LEARN_UNANSWERED, /* asked to rephrase, or a person was offered */
    LEARN_OFFERED,    /* did you mean; `entry` = the first one offered */
    LEARN_REFUSED,    /* none of these; with `entry`: it was picked and then found unhelpful */
    LEARN_THUMB_DOWN, /* answered with `entry`, which did not help */
    LEARN_PICKED,     /* `entry` was picked in did you mean */
    LEARN_HELPFUL,    /* … and rated up */
    LEARN_TAUGHT,     /* an agent proposes an answer to it as a new entry: see taught.h */
    LEARN_OUTCOMES
};
/* "answered", "unanswered", "offered", "refused", "thumb_down", "picked", "helpful", "taught". */
const char *learn_outcome_name(enum learn_outcome);

enum learn_source { LEARN_BY_VISITOR, LEARN_BY_AGENT, LEARN_BY_EDITOR, LEARN_SOURCES };
/* "visitor", "agent", "editor". */
const char *learn_source_name(enum learn_source);

/* Something to note. Strings may be NULL = "". */
struct learn_note {
    enum learn_outcome outcome;
    enum learn_source source;
    const char *text;  /* the question; NULL = the one that the conversation's last trace is about */
    const char *fold;  /* the same without case, accents and signs; NULL with text */
    const char *lang;  /* of the question */
    const char *entry; /* "entry:ID", "intent:ID", "" = none */
    double confidence;
    int64_t edition;
    int event; /* in a turn: the event (its index) that is about this question; -1 = none */
};

enum learn_state { LEARN_OPEN, LEARN_ACCEPTED, LEARN_REFUSED_BY_EDITOR };

struct learn_count {
    enum learn_outcome outcome;
    enum learn_source source;
    const char *entry;
    int64_t count, last_ms, edition;
    double confidence;
};

/* What an agent said of a question. */
struct learn_taught {
    const char *user;   /* name */
    const char *entry;  /* as in learn_note; "" = a draft of a new one */
    const char *answer; /* of a draft */
    int64_t at_ms;
};

struct learn_question {
    int64_t id, leader; /* leader: its group's number, 0 = not grouped yet */
    const char *lang, *text, *fold;
    enum learn_state state;
    const char *entry, *wording, *why;
    int64_t first_ms, last_ms, settled_ms, edition;
    struct learn_count *counts;
    size_t count_count;
    struct learn_taught *taught; /* latest first */
    size_t taught_count;
};

/* --- jobs ----------------------------------------------------------------------------------- */

/* Notes something outside a turn. With `conversation` (0 = none) a text of NULL means its last question;
 * STORE_MISSING = there is none. */
struct store_learn_note {
    struct store_job job;
    struct learn_note note;
    int64_t conversation;
    int64_t ret_question; /* 0 = missed: there are LEARN_OPEN_MAX */
};
extern const struct store_job_kind store_learn_note_kind;

/* Questions that something was noted for, by number. With `id` that one (in any state), STORE_MISSING. */
struct store_learn_list {
    struct store_job job;
    int64_t id;     /* 0 = many */
    int64_t leader; /* not 0: those of this group, in any state */
    int64_t after;  /* number to begin behind */
    size_t limit;   /* at most LEARN_PAGE_MAX */
    bool settled;   /* in any state, not only open ones */
    struct learn_question *rows;
    size_t count;
    int64_t ret_last;   /* pass as `after` for the next page; 0 = that was all */
    int64_t ret_open;   /* open questions there are */
    int64_t ret_missed; /* askings that were not kept, and when the last one came */
    int64_t ret_missed_ms;
};
extern const struct store_job_kind store_learn_list_kind;

struct learn_membership {
    int64_t question, leader;
};

/* Puts questions that are in no group yet into groups. */
struct store_learn_group {
    struct store_job job;
    const struct learn_membership *rows;
    size_t count;
};
extern const struct store_job_kind store_learn_group_kind;

/* What an editor decided: settles the question and the open ones of its group. STORE_REFUSED = it is
 * settled already (and, accepting, has a wording of its own); STORE_MISSING. */
struct store_learn_settle {
    struct store_job job;
    int64_t id;
    enum learn_state state;      /* ACCEPTED or REFUSED_BY_EDITOR */
    const char *entry, *wording; /* accepted */
    const char *why;             /* refused */
    int64_t edition;
    size_t ret_count; /* questions that are settled by it */
};
extern const struct store_job_kind store_learn_settle_kind;

struct learn_file {
    const char *path; /* relative to the site */
    uint64_t hash;
};

/* Remembers the files as they are seen now, or (count 0) reads one back; STORE_MISSING. */
struct store_learn_files {
    struct store_job job;
    const struct learn_file *files;
    size_t count;
    struct learn_file file; /* in: path; out: hash */
};
extern const struct store_job_kind store_learn_files_kind;

#endif
