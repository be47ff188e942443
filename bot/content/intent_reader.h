/* Intent_reader: what the parts that read one intent's file share. Private to content/intent*.c and content/flow*.c.
 *
 * Each reads a value of the YAML tree into a plain struct, and tells every mistake at its place. Memory: in the
 * collector's arena; without it what was to be read is left out. */
#ifndef CONTENT_INTENT_READER_H
#define CONTENT_INTENT_READER_H

#include "content/collect.h"
#include "content/flow.h"
#include "content/yaml.h"

struct intent_reader {
    struct collect *collect;
    const char *file, *lang;
    struct intent intent;
    struct flow *flow;        /* in the making, in the arena */
    struct flow_step **steps; /* by number, from 1 */
    size_t step_room;
    struct mark *marks;
    size_t mark_room;
    int depth;  /* of the steps being read: 1 = the flow's own */
    bool shaky; /* a mistake took something away, so that what is missing is no news */
};

/* An error at a value, or at its key. */
void intent_complain(struct intent_reader *, const struct yaml_value *, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
void intent_complain_key(struct intent_reader *, const struct yaml_value *, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* True if it is a text of 1 to `most` bytes that no comment cuts. */
bool intent_text(struct intent_reader *, const struct yaml_value *, size_t most);
/* True with a whole number from `low` to `high`. */
bool intent_number(struct intent_reader *, const struct yaml_value *, int low, int high, int *ret);
/* True with `true` or `false`. */
bool intent_switch(struct intent_reader *, const struct yaml_value *, bool *ret);
struct place intent_place(const struct intent_reader *, const struct yaml_value *);
/* The column of the first character of a text, behind its quote. */
int intent_column(const struct yaml_value *);

/* Names that texts, templates and conditions mention, set or use, noted for the check across files. */
void intent_note_name(struct intent_reader *, enum name_use, const char *name, struct place);
void intent_note_template(struct intent_reader *, const struct yaml_value *);
/* The same in what is said, where some names are gestures. */
void intent_note_said(struct intent_reader *, const struct yaml_value *);
/* A condition, or what stands behind `=`: `skip` characters of the text are not part of it. */
const struct expression *intent_expression(struct intent_reader *, const struct yaml_value *, size_t skip);

/* A map's keys by a table; what is not in it is refused with the nearest one. `what` begins the message: "a slot has
 * type, ask …". */
struct intent_key {
    const char *name;
    void (*read)(struct intent_reader *, const struct yaml_value *, void *into);
};
void intent_keys(struct intent_reader *, const struct yaml_value *map, const struct intent_key *keys, size_t count,
                 void *into, const char *what);
void intent_refuse_key(struct intent_reader *, const struct yaml_value *, const struct intent_key *keys, size_t count,
                       const char *what);

/* Parts of what is said, in this order: image and card go behind each text. */
void saying_texts(struct intent_reader *, const struct yaml_value *, struct saying *);
void saying_image(struct intent_reader *, const struct yaml_value *, struct saying *);
void saying_card(struct intent_reader *, const struct yaml_value *, struct saying *);
void saying_buttons(struct intent_reader *, const struct yaml_value *, struct saying *);
void saying_mood(struct intent_reader *, const struct yaml_value *, struct saying *);

/* "handoff": *ret is NULL for `false`, "" for the default department. */
void intent_handoff(struct intent_reader *, const struct yaml_value *, const char **ret);
void intent_patterns(struct intent_reader *, const struct yaml_value *);
void intent_examples(struct intent_reader *, const struct yaml_value *);

void flow_read_slots(struct intent_reader *, const struct yaml_value *);
/* A list of steps, or a map that is one. NULL after a mistake that left none. */
const struct flow_steps *flow_read_steps(struct intent_reader *, const struct yaml_value *, struct flow_step *parent);
/* A step of this kind with the next number, not yet in a list. NULL past the ceiling, with an error. */
struct flow_step *flow_new_step(struct intent_reader *, enum flow_step_kind, const struct yaml_value *at,
                                const struct flow_step *parent);
void flow_read_call(struct intent_reader *, const struct yaml_value *, struct flow_step *);
/* The pair of one key: a template, or `= …`. */
bool flow_read_pair(struct intent_reader *, const struct yaml_value *, struct flow_pair *ret);
/* What only shows when the flow is whole: ways out of calls, questions, steps that nothing reaches. */
void flow_check(struct intent_reader *);

#endif
