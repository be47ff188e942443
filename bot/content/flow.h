/* Flow: an intent that takes more than one step: slots to fill, steps to go, webhooks to call.
 *
 * What an editor writes in `intents/<lang>/NAME.yaml` under `patterns`, `slots`, `steps`, as plain values;
 * docs/flows.md is the reference. Read by intent_read, which gives every mistake as file:line:column; run by
 * dialogue/flow.h. A step knows its parent, so that a flow can be taken up at any step by its number alone.
 *
 * Texts for visitors are blocks in which `{name}` stands for a value; plain texts (notes, what is sent) are templates
 * of the same kind; variable.h finds the names. A value is put in as text, never read as Markdown. Memory: in the
 * collector's arena. Threads: read-only once made. */
#ifndef CONTENT_FLOW_H
#define CONTENT_FLOW_H

#include "content/expression.h"
#include "content/pattern.h"
#include "content/site.h"

enum {
    FLOW_SLOTS_MAX = 32,
    FLOW_STEPS_MAX = 500, /* of one flow, counting those inside others */
    FLOW_DEPTH_MAX = 6,   /* of steps inside steps */
    FLOW_PATTERNS_MAX = 50,
    FLOW_CHOICES_MAX = 50,
    FLOW_SENDS_MAX = 32,
    FLOW_NAME_BYTES = 64, /* of slots and variables */
    FLOW_TRIES_MAX = 10,
    FLOW_CALL_MS_MIN = 100,
    FLOW_CALL_MS_MAX = 15000,
    FLOW_EXPIRES_MIN = 1, /* minutes */
    FLOW_EXPIRES_MAX = 7 * 24 * 60,
    FLOW_EXPIRES_DEFAULT = 60
};

enum slot_type {
    SLOT_TEXT,
    SLOT_NUMBER,
    SLOT_DATE,
    SLOT_TIME,
    SLOT_MOMENT, /* date and time */
    SLOT_MONEY,
    SLOT_EMAIL,
    SLOT_PHONE,
    SLOT_REGEX,
    SLOT_CHOICE,
    SLOT_YES_NO,
    SLOT_TYPES
};
/* "text", "number", "date", "time", "moment", "money", "email", "phone", "regex", "choice", "yes_no". */
const char *slot_type_name(enum slot_type);

struct slot_choice {
    const char *value; /* what conditions and webhooks see */
    const char *title; /* what its button shows */
    const char *const *synonyms;
    size_t synonym_count;
};

/* What is said: one of several texts by turn, with buttons and a mood. */
struct saying {
    const struct block *const *say;
    size_t say_count;
    const struct option *options;
    size_t option_count;
    const char *mood; /* NULL = the intent's */
};

struct flow_steps;

struct slot {
    const char *name;
    struct place place;
    enum slot_type type;
    const char *match; /* SLOT_REGEX */
    const struct slot_choice *choices;
    size_t choice_count;
    bool has_least, has_most; /* numbers and money: the value; texts: letters */
    double least, most;
    int when;                           /* dates and moments: 1 = only in the future, -1 = only in the past, 0 = any */
    struct saying ask, retry;           /* ask.say_count 0: it is never asked for, only taken from what was said */
    int tries;                          /* how often it is asked for, 1 … FLOW_TRIES_MAX; default 3 */
    const struct flow_steps *otherwise; /* when the tries are used up; NULL = a person is offered */
    bool visitor;                       /* kept as visitor.NAME too, and taken from there */
    bool by_step;                       /* some step asks for it: it is not asked for before the first step */
};

enum flow_step_kind {
    STEP_SAY,     /* saying */
    STEP_ASK,     /* slot: unless it is filled; with saying.say_count > 0 in these words */
    STEP_SET,     /* set: its name is a variable's, "visitor.NAME" or a slot's, which it fills or, with "", empties */
    STEP_CHOOSE,  /* branches: the first that holds */
    STEP_CALL,    /* call */
    STEP_CONFIRM, /* saying: a question for yes or no; branches[0].steps = what to do on no (then the flow
                     goes on behind it only if they do not end it); a correction of a slot asks again */
    STEP_RANDOM,  /* branches: one of them, by chance */
    STEP_HANDOFF, /* department, note */
    STEP_GOTO,    /* target: an intent; the flow ends and that one begins, with slots of the same name filled */
    STEP_END,     /* cancelled: with the word that it was cancelled */
    STEP_KINDS
};

struct flow_step;

/* Steps one after another, at least one. */
struct flow_steps {
    const struct flow_step *first;
};

struct branch {
    const struct expression *when; /* NULL = always ("else") */
    const struct flow_steps *steps;
    struct place place;
};

/* A name and the template of its value. */
struct flow_pair {
    const char *name, *value;
    const struct expression *expression; /* instead of `value` where the editor wrote `= …`; NULL = a template */
    struct place place;
};

struct flow_call {
    const char *webhook;           /* its name in sportello.yaml */
    const struct flow_pair *sends; /* none = all slots that are filled */
    size_t send_count;
    int timeout_ms;                     /* 0 = the webhook's own */
    const char *into;                   /* results are variables below this name; NULL = not kept */
    bool safe;                          /* it may be tried again */
    const struct flow_steps *otherwise; /* when it fails: never NULL in a flow without errors */
};

struct flow_step {
    enum flow_step_kind kind;
    int number; /* 1 …, in the order of the file; the same for the same file */
    struct place place;
    const struct flow_step *next, *parent; /* NULL = none; `next` is NULL behind the last of a list */
    struct saying saying;
    int slot; /* STEP_ASK: index */
    struct flow_pair set;
    const struct branch *branches;
    size_t branch_count;
    const struct flow_call *call;
    const char *department; /* "" = the default one */
    const char *note;       /* a template; NULL = none */
    const char *target;
    bool cancelled;
};

/* An example with marked values: "a che punto è l'ordine [AB-1234](numero)" is the wording "a che punto è l'ordine
 * AB-1234" with this. */
struct mark {
    int wording; /* index among the intent's examples */
    int slot;
    size_t at, size; /* bytes of the wording */
};

struct flow {
    const struct pattern_node *const *patterns;
    const struct place *pattern_places;
    size_t pattern_count;
    const struct slot *slots;
    size_t slot_count;
    const struct mark *marks;
    size_t mark_count;
    const struct flow_steps *steps; /* NULL = only patterns: the intent's `say` and `handoff` are what it does; where it
                                       has slots or asks for an identity they are steps instead */
    const struct flow_step *const *by_number; /* [1 … step_count] */
    size_t step_count;
    int expires_minutes;               /* of silence */
    bool identity;                     /* only for visitors that the company's site has signed in */
    const struct flow_steps *stranger; /* what is done for others; NULL = the assistant's own words */
    uint64_t hash; /* of all that steps depend on: equal in two editions = a conversation may go on in either */
};

/* True where it has slots or steps (kind `flow`), not patterns alone. */
bool flow_has_steps(const struct flow *);
/* The slot's index, or -1. */
int flow_slot(const struct flow *, const char *name);

#endif
