/* Talk: what a conversation holds besides its questions: variables, and the flow that is running.
 *
 * Kept between turns as lines of text in dialogue_memory.talk. What does not fit (DIALOGUE_TALK_BYTES) is refused when
 * it is set, so that nothing is lost silently: talk_set says so, and the flow takes its way out.
 * Memory: strings in the turn's arena. Threads: any. */
#ifndef DIALOGUE_TALK_H
#define DIALOGUE_TALK_H

#include "dialogue/dialogue.h"

/* Before the names of slots: no variable's name can begin so. */
#define TALK_SLOT_PREFIX ":"

enum { TALK_VARIABLES_MAX = 128, TALK_VALUE_BYTES = 4096 };

enum talk_waiting {
    TALK_NOTHING, /* no flow runs */
    TALK_SLOT,    /* for the value of `slot` */
    TALK_CONFIRM, /* for yes or no */
    TALK_CALL     /* for a webhook */
};

struct talk {
    struct arena *arena;
    /* The flow under way. */
    enum talk_waiting waiting;
    const char *intent, *lang; /* NULL = none; with TALK_NOTHING: of the flow that was left for a person */
    uint64_t hash;             /* of the flow it began in */
    int step;                  /* at which it waits */
    const char *slot;          /* TALK_SLOT: by name */
    int tries;                 /* how often it was asked */
    int64_t since;             /* UTC seconds of the last thing said in it */
    /* Slots of the flow (":NAME") and variables of the conversation. */
    struct variable variables[TALK_VARIABLES_MAX];
    size_t variable_count;
};

/* Unknown or broken text is an empty talk. -1 only without memory. */
int talk_read(const char *text, struct arena *, struct talk *ret);
/* -1 where it does not fit. */
int talk_write(const struct talk *, char *ret, size_t room);
/* NULL where it was not set. */
const char *talk_get(const struct talk *, const char *name);
/* Sets, or with NULL unsets. -1 over a ceiling (then it is as before), or without memory. */
int talk_set(struct talk *, const char *name, const char *value);
/* Unsets all whose names begin with `name` and a dot. */
void talk_unset_below(struct talk *, const char *name);
/* Ends the flow: its slots go, variables stay. */
void talk_end(struct talk *);
/* Ends the flow but keeps what it has collected, for a person who may take over. */
void talk_leave(struct talk *);

#endif
