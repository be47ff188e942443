/* Flow: runs the steps of an intent (content/flow.h), a turn at a time. Private to this floor.
 *
 * A turn enters with something heard and leaves with something said: flow_hear for what is said in a running flow,
 * flow_start where an intent begins, flow_called when a webhook has answered. Each runs steps until one has to wait
 * (a question, a webhook) or the flow ends; at most FLOW_RUN_MAX steps in a turn: a flow that goes on for longer is
 * ended, and the visitor offered a person.
 *
 * What is said in a running flow, in order: a wish for a person · cancelling · an answer to what was asked, with values
 * for other slots in the same sentence · a correction of a slot filled earlier · a question that the FAQ is sure of,
 * answered with a reminder below it · a value for another slot · the retry text, until the tries are used up. Words
 * with a question mark that the FAQ is sure of are a question also where a value stands in them. A question may be put
 * aside of the flow's way, for a slot that is told anew: then talk.slot is not what talk.step asks for, and the step is
 * taken up again behind the answer. All return -1 only without memory. */
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
    int left;      /* steps that may still be run in this turn */
    bool gives_up; /* on a way out: the flow did not do what it was for */
};

/* Whether an entry is an intent that begins a flow. */
bool flow_is(const struct view *, uint32_t entry);
/* True where a flow is under way, also one whose time is over. */
bool flow_runs(const struct talk *);
/* What was said goes to the running flow. *ret_taken false: it has nothing to do with it (the flow ended before its
 * turn, or it never was there): the policy goes on as without a flow. */
int flow_hear(struct step *, struct talk *, const char *text, bool *ret_taken);
/* Begins an intent, with the slots that the text and the captures of its pattern fill; both may be NULL. */
int flow_start(struct step *, struct talk *, uint32_t entry, const char *text, const struct match *, double confidence);
int flow_called(struct step *, struct talk *);
/* Gives an entry in the middle of a running flow, which then goes on; an intent with steps takes its place, one that
 * hands over to a person ends it. */
int flow_beside(struct step *, struct talk *, uint32_t entry, double confidence);
/* What the flow under way, the one that ends now or was left for a person, has collected: outcome.slots. */
int flow_report(struct step *, const struct talk *);

/* --- for the files of this floor that run flows --- */

/* The running flow in the turn's edition; false where it is gone, has changed or its time is over. */
bool flow_resume(struct step *, struct talk *, struct run *ret);
/* Runs from a step on; NULL = the flow's end. */
int flow_run(struct run *, const struct flow_step *);
/* After running: goes on with the intent of a goto, if there was one. `result` is what running gave. */
int flow_follow(struct run *, int result);
/* Goes on behind the question that was just answered; from the beginning where none was put. */
int flow_go_on(struct run *);
/* Goes on behind the step that talk.step is. */
int flow_go_behind(struct run *);
/* Puts a question: a slot's, at a step `ask` (NULL = before the first step); a step's for yes or no. */
int flow_ask_slot(struct run *, int slot, const struct flow_step *at);
int flow_ask_confirm(struct run *, const struct flow_step *at);
/* Whether the question that the flow waits for was put aside of its way. */
bool flow_is_aside(const struct run *);
/* Puts the question again that the flow waits for. */
int flow_ask_again(struct run *);
/* Empties a slot that was filled on the way here and asks for it; then the flow goes on from here. */
int flow_ask_aside(struct run *, int slot);
/* Goes back to the question before this one; *ret_done false: there is none. What a webhook was called with stays. */
int flow_step_back(struct run *, bool *ret_done);
/* What is said, with its buttons and mood. */
int flow_say(struct run *, const struct saying *);
/* The buttons that go with a slot's question: the editor's own, or those of its answers. */
int flow_add_answers(struct run *, int slot);
/* Runs steps that are a way out (`else`), or what `otherwise` NULL stands for: a person is offered. */
int flow_way_out(struct run *, const struct flow_steps *otherwise);
/* Ends the flow and offers a person, who would find what was collected; whoever waits for one already is told so. */
int flow_offer_person(struct step *, struct talk *, const char *key);
/* Ends the flow and gives an entry that hands over to a person. */
int flow_leave_to(struct step *, struct talk *, uint32_t entry, double confidence);
/* As flow_beside, of a run; `text` = the words that asked for it, or NULL. */
int flow_answer_beside(struct run *, uint32_t entry, const char *text, double confidence);
/* Whoever must be signed in is not. */
int flow_refuse_stranger(struct step *, struct talk *);
bool flow_admits(const struct run *);
struct entity_now flow_now(const struct heard_time *);

#endif
