/* Dialogue: what to say next. Pure: sees the edition's view and the memory of the
 * conversation; no socket, store or clock. Same input, same outcome.
 *
 * The policy, in order: rules and the running flow → FAQ answer when sure enough → did you mean → one request to
 * rephrase → a person is offered. "Talk to a person" always enqueues, but outside hours, when
 * nobody would come: then a message is offered, as wherever nobody is online. While the visitor waits
 * the assistant helps only when it is sure; while a person is in the chat it says nothing.
 * Memory: outcomes lie in the turn's arena. Threads: any. */
#ifndef DIALOGUE_DIALOGUE_H
#define DIALOGUE_DIALOGUE_H

#include "base/arena.h"
#include "content/block.h"
#include "dialogue/notice.h"
#include "edition/view.h"
#include "text/mask.h"

#include <stdbool.h>

enum {
    DIALOGUE_ID_BYTES = 96,
    DIALOGUE_SHOWN_MAX = 16,
    DIALOGUE_OPTIONS_MAX = 8,
    DIALOGUE_TITLE_BYTES = 160,
    DIALOGUE_TALK_BYTES = 8 << 10,  /* a running flow with its slots and variables */
    DIALOGUE_AIML_BYTES = 16 << 10, /* what AIML remembers */
    OUTCOME_ENTRIES_MAX = 3
};

/* With whom the visitor is. */
enum who { WHO_BOT, WHO_WAITING, WHO_AGENT, WHO_CLOSED };
/* "bot", "waiting", "agent", "closed". */
const char *who_name(enum who);

/* What the conversation remembers between turns. All zero at the start; a plain value, kept
 * by dialogue_memory_write and _read as one line of text. */
struct dialogue_memory {
    int rephrased;     /* requests to rephrase since the last thing understood, in halves: a fragment's is one half */
    bool told_passing; /* while waiting: "I'll pass it on" was said */
    int turns;
    char last_entry[DIALOGUE_ID_BYTES];                /* id of the last answer, "" = none */
    char shown[DIALOGUE_SHOWN_MAX][DIALOGUE_ID_BYTES]; /* already offered for this question */
    int shown_count;
    char question[1024]; /* the last one, for "none of these", a thumb down and the hand-off */
    char lang[8];        /* of the last reply, "" = none yet */
    /* Buttons of the last reply, for "the second one". */
    struct {
        char id[DIALOGUE_ID_BYTES], title[DIALOGUE_TITLE_BYTES];
    } options[DIALOGUE_OPTIONS_MAX];
    int option_count;
    bool asked;                     /* that reply asked something: "yes" may be an answer */
    char aiml[DIALOGUE_AIML_BYTES]; /* as aiml_memory_write makes it; "" = none */
    char talk[DIALOGUE_TALK_BYTES]; /* variables and the running flow, as talk_write makes it; "" = none */
};

void dialogue_memory_write(const struct dialogue_memory *, struct buf *out);
/* Copies what is in use: what lies behind a text or a count is left as it was. `from` may be `to`. */
void dialogue_memory_copy(struct dialogue_memory *to, const struct dialogue_memory *from);
/* Unknown or broken text gives the memory of a start. What lies behind a text or a count is left as it was. */
void dialogue_memory_read(const char *text, struct dialogue_memory *ret);
/* Whether a flow is under way, which wants the edition it began with. */
bool dialogue_in_flow(const struct dialogue_memory *, struct arena *);

/* Whether people can help now, and when. */
struct help {
    bool open;   /* within hours, and there is a chance before they end */
    bool beyond; /* within hours, but the wait may last beyond them */
    int online;  /* compatible agents */
    bool ranged; /* enough data for a range; seconds below */
    int wait_low, wait_high;
};

/* A name with its value, such as "visitor.name" or "o.stato". */
struct variable {
    const char *name, *value;
};

/* Local time of the site. */
struct heard_time {
    int64_t seconds; /* UTC, since 1970 */
    int year, month, day, hour, minute;
    int weekday; /* 0 = Monday */
};

/* The local time at a moment, with what the zone adds to UTC there. */
struct heard_time heard_time_at(int64_t utc_seconds, int offset_seconds);

/* A webhook to be called: stored with the turn, called after its commit, and answered by a turn of HEARD_CALLED. */
struct wanted_call {
    const char *webhook, *intent;
    const struct variable *sends;
    size_t send_count;
    int timeout_ms; /* 0 = the webhook's own */
    bool safe;      /* it may be tried again */
};

enum heard_kind {
    HEARD_TEXT,       /* text */
    HEARD_PICK,       /* option: "entry:ID", "intent:ID", "agent:DEPARTMENT" or "none" */
    HEARD_HUMAN,      /* the always visible "talk to a person" */
    HEARD_THUMB_DOWN, /* the last answer did not help */
    HEARD_FILES,      /* files, and no words with them */
    HEARD_CALLED      /* a webhook answered, or did not: called */
};

/* What might make a text clearer that the words alone do not answer. Strings as the outcome's. */
struct second_look {
    const char *text, *lang;            /* lang: in which it was read */
    bool meaning;                       /* the text's own meaning: the edition has embeddings to compare it with */
    const char *misspelt[MISSPELT_MAX]; /* words that a dictionary might know better */
    size_t misspelt_count;
};

struct heard {
    enum heard_kind kind;
    const char *text; /* HEARD_TEXT: what was said; HEARD_PICK: the option */
    const char *lang; /* of the page */
    enum who who;
    struct help help; /* of the default department */
    /* Of another one, for who is handed over there; NULL = as of the default one. */
    struct help (*help_of)(const void *context, const char *department);
    const void *help_context;
    bool explain;
    const struct settings *policy; /* thresholds to try instead of the site's own; NULL = its own */
    /* What a second look found, also if that is nothing; NULL = none was taken. HEARD_TEXT only. */
    const struct understand_options *second;
    struct heard_time now;
    uint32_t chance;              /* for `random`: another number, another choice */
    struct notice_board *notices; /* that hold now; NULL = none. It is as it was afterwards */
    /* Facts: "visitor.…" as stored, "visitor.signed_in", "visitor.id", "page". */
    const struct variable *facts;
    size_t fact_count;
    /* HEARD_CALLED: what a webhook gave, names without `into`; called_ok false = it failed. */
    bool called_ok;
    const struct variable *called;
    size_t called_count;
};

/* Which parts of a text the running flow asked for, so that numbers in them are not masked (text/mask.h) before
 * anything is stored: what its slots' codes take, and an answer in free words that is nothing
 * but such a number. How many; 0 where no flow waits for the visitor. */
enum { DIALOGUE_SPARES_MAX = 16 };
size_t dialogue_spares(const struct view *, const struct dialogue_memory *, const char *text,
                       const struct heard_time *now, struct arena *, struct mask_span ret[DIALOGUE_SPARES_MAX]);

enum outcome_kind {
    OUTCOME_SILENT,
    OUTCOME_ANSWER,
    OUTCOME_OFFER,
    OUTCOME_REPHRASE,
    OUTCOME_HANDOFF,
    OUTCOME_RULE,
    OUTCOME_FLOW
};
/* "silent", "answer", "offer", "rephrase", "handoff", "rule", "flow". */
const char *outcome_kind_name(enum outcome_kind);

struct outcome_option {
    const char *id;    /* what a pick sends back */
    const char *title; /* the editors' own words */
    float confidence;  /* of a candidate; 0 for others */
    int card;          /* in which of the reply's cards it stands, in their order; 0 = in none */
};

/* What may be shown for the answer to a flow's question (input.h). What a type does not use is NULL. */
struct outcome_input {
    const char *type;      /* "text", "number", "date", "time", "moment", "email", "tel" or "choice" */
    const char *min, *max; /* of a number or a date; of a text its letters */
    const char *step;      /* of a number; NULL = any */
    const char *decimal;   /* of a number: the sign that what is sent must have, "," or "." */
    const char *autocomplete;
    const char *const *choices; /* titles, where they are too many for buttons */
    size_t choice_count;
};

struct outcome {
    enum outcome_kind kind;
    const char *lang;           /* the reply's */
    const struct block *blocks; /* NULL = says nothing */
    const struct outcome_option *options;
    size_t option_count;
    const char *mood;
    uint32_t entry;     /* the entry answered with, or VIEW_NONE */
    const char *source; /* "file:line" of what was said where it is no entry; NULL = the entry's */
    /* All entries answered with, where the message asked several things: `entry` first. Otherwise none. */
    uint32_t entries[OUTCOME_ENTRIES_MAX];
    size_t entry_count;
    double confidence, in_scope; /* of several entries the least */
    bool fallback;               /* it was not understood */
    bool in_flow;                /* a flow is under way: its next turn wants the same edition */
    bool enqueue;                /* hand off now (otherwise OUTCOME_HANDOFF only offers a person) */
    const char *department;      /* of the hand-off, "" = default */
    const char *question;        /* the hand-off card: what the visitor wanted */
    const char *why;             /* … and why the assistant gave up: "asked", "not_understood", "none_of_these",
                                    "thumb_down", "rule" */
    /* The text was not sure to be understood, and this may help: the caller may find it out and make the same
     * turn again with heard.second, or go on with this outcome. Never asked for a second time. */
    bool wants_second_look;
    struct second_look second_look;
    /* Of a running flow. */
    const char *asking;                 /* the slot that was asked for; "confirm" for a yes or no; NULL = nothing was */
    const struct outcome_input *input;  /* for its answer; NULL where no slot was asked for */
    const struct wanted_call *call;     /* NULL = none */
    const char *note;                   /* for the hand-off card, NULL = none */
    const struct variable *slots;       /* what the flow has collected: for the hand-off card and tests */
    const struct variable *slot_values; /* the same, canonical */
    size_t slot_count;
    const struct variable *keeps; /* variables of the visitor that were set: "visitor.…" */
    size_t keep_count;
    struct understanding understood; /* count 0 where nothing was analysed */
    struct dialogue_memory memory;   /* for the next turn; it stays the last member */
};

/* One turn. -1 only without memory: then *ret is of no use. */
int dialogue_step(const struct view *, const struct dialogue_memory *, const struct heard *, struct arena *,
                  struct outcome *ret);

/* Puts a conversation into the middle of a flow, as if `asking` (a slot, or "confirm") had just been asked, with slots
 * filled by canonical values or by words. -1 where there is no such flow, question or slot: *ret_why says which in
 * words. For tests of dialogues. */
int dialogue_place(const struct view *, const char *lang, const char *intent, const char *asking,
                   const struct variable *slots, size_t count, const struct heard_time *now, struct arena *,
                   struct dialogue_memory *, const char **ret_why);

/* Options of an outcome: "entry:ID", "intent:ID", "agent:DEPARTMENT", "url:…" (opened by the page),
 * "none" (none of these), "say:WORDS" (as if the visitor had written them) and "message:" (the form for leaving
 * a message). */

/* Sentences of the assistant's own, by key and language ("it" and "en"; others get English):
 * the keys are listed in dialogue/data/texts.txt. "" for an unknown key. */
const char *dialogue_text(const char *key, const char *lang);

#endif
