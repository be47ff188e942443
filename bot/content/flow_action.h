/* Flow_action: what a step does, one row a key. Private to flow_step.c. */
#ifndef CONTENT_FLOW_ACTION_H
#define CONTENT_FLOW_ACTION_H

#include "content/intent_reader.h"

/* A list of steps in the making. */
struct flow_list {
    struct flow_step *last;
    const struct flow_step **tail;
    struct flow_step *parent;
    bool lone; /* it is one step, not in a list: what follows it in the file is something else */
};

/* Puts a new step at the end. NULL past the ceiling, with an error. */
struct flow_step *flow_add_step(struct intent_reader *, struct flow_list *, enum flow_step_kind,
                                const struct yaml_value *at);

struct flow_action {
    const char *key;
    void (*read)(struct intent_reader *, const struct yaml_value *, struct flow_list *);
    bool after_say;     /* a `say` may stand beside it, which is then said before */
    const char *beside; /* keys that belong to it, between blanks */
};

enum { FLOW_ACTIONS = 8 };
extern const struct flow_action flow_actions[FLOW_ACTIONS];

#endif
