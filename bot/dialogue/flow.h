/* Flow: runs the steps of an intent (content/flow.h), a turn at a time. Private to this floor.
 *
 * A turn enters with something heard and leaves with something said: flow_hear for what is said in a running flow,
 * flow_start where an intent begins, flow_called when a webhook has answered. Each runs steps until one has to wait
 * (a question, a webhook) or the flow ends; at most FLOW_RUN_MAX steps in a turn: a flow that goes on for longer is
 * ended, and the visitor offered a person.
 *
 * What is said in a running flow, in order: a wish for a person · cancelling · an answer to what was asked, with values
 * for other slots in the same sentence · a correction of a slot filled earlier · a question that the FAQ is sure of,
 * answered with a reminder below it · the retry text, until the tries are used up.
 * All return -1 only without memory. */
#ifndef DIALOGUE_FLOW_H
#define DIALOGUE_FLOW_H

#include "dialogue/reply.h"
#include "dialogue/talk.h"

enum { FLOW_RUN_MAX = 200 };

/* True where a flow is under way, also one whose time is over. */
bool flow_runs(const struct talk *);
/* What was said goes to the running flow. *ret_taken false: it has nothing to do with it (the flow ended before its
 * turn, or it never was there): the policy goes on as without a flow. */
int flow_hear(struct step *, struct talk *, bool *ret_taken);
/* Begins an intent, with the slots that the text fills; text NULL = none was said. */
int flow_start(struct step *, struct talk *, uint32_t entry, const char *text, double confidence);
int flow_called(struct step *, struct talk *);

#endif
