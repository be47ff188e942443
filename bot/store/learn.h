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

#endif
