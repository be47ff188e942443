/* Flow: runs the steps of an intent (content/flow.h), a turn at a time. Private to this floor.
 *
 * A turn enters with something heard and leaves with something said: flow_hear for what is said in a running flow,
 * flow_start where an intent begins, flow_called when a webhook has answered. Each runs steps until one has to wait
 * (a question, a webhook) or the flow ends; at most FLOW_RUN_MAX steps in a turn: a flow that goes on for longer is
 * ended, and the visitor offered a person.
 *
 * What is said in a running flow, in order: a wish for a person · cancelling · an answer to what was asked, with values
 * for other slots in the same sentence · a correction of a slot filled earlier · a question that the FAQ is sure of,
 * answered with a reminder below it · a value for another slot · the retry text, until the tries are used up.
 * All return -1 only without memory. */
#ifndef DIALOGUE_FLOW_H
#define DIALOGUE_FLOW_H

#include "dialogue/fill.h"
#include "dialogue/match.h"
#include "entity/entity.h"

enum { FLOW_RUN_MAX = 200 };

/* What asks for a yes or no, as outcome.asking and `from:` of dialogues name it. */
#define FLOW_CONFIRM "confirm"

/* A flow under way. */
struct run {
    struct step *step;
    struct talk *talk;
    const struct flow *flow;
    uint32_t entry; /* its intent */
    struct names names;
    /* A goto within this turn: the intent to go on with, else VIEW_NONE. */
    uint32_t next;
    int left; /* steps that may still be run in this turn */
};

/* True where a flow is under way, also one whose time is over. */
bool flow_runs(const struct talk *);
/* What was said goes to the running flow. *ret_taken false: it has nothing to do with it (the flow ended before its
 * turn, or it never was there): the policy goes on as without a flow. */
int flow_hear(struct step *, struct talk *, const char *text, bool *ret_taken);
/* Begins an intent, with the slots that the text and the captures of its pattern fill; both may be NULL. */
int flow_start(struct step *, struct talk *, uint32_t entry, const char *text, const struct match *, double confidence);
/* Whether a pattern of an intent fits; its slots catch what are values of them, or meant to be ("31/2"). */
bool flow_match(struct step *, uint32_t entry, const struct pattern_node *, const struct match_text *,
                struct match *ret);
int flow_called(struct step *, struct talk *);
/* Gives an entry in the middle of a running flow, which then goes on; an intent with steps takes its place. */
int flow_beside(struct step *, struct talk *, uint32_t entry, double confidence);
/* What the running flow is for agents and tests: outcome.asking, slots. */
int flow_report(struct step *, const struct talk *);

/* --- for the files of this floor that run flows --- */

/* The running flow in the turn's edition; false where it is gone, has changed or its time is over. */
bool flow_resume(struct step *, struct talk *, struct run *ret);
/* Runs from a step on; NULL = the flow's end. */
int flow_run(struct run *, const struct flow_step *);
/* After running: goes on with the intent of a goto, if there was one. `result` is what running gave. */
int flow_follow(struct run *, int result);
/* Goes on behind the question that was just answered. */
int flow_go_on(struct run *);
/* Puts the question again that the flow waits for. */
int flow_ask_again(struct run *);
/* What is said, with its buttons and mood. */
int flow_say(struct run *, const struct saying *);
/* Runs steps that are a way out (`else`), or what `otherwise` NULL stands for: a person is offered. */
int flow_way_out(struct run *, const struct flow_steps *otherwise, const char *why);
/* Fills free slots from what was said; `spared` is a slot that is left alone, -1 = none. Sets *ret_filled. */
int flow_fill_slots(struct run *, const char *text, int spared, int *ret_filled);
/* A slot's value, remembered. -1 also where there is no room for it. */
int flow_set_slot(struct run *, int slot, const char *value);
const char *flow_slot_value(const struct run *, int slot);
struct entity_now flow_now(const struct step *);

#endif
