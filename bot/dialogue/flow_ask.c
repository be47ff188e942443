/* Questions of a flow, and what is said on the way: see flow.h. */
#include "dialogue/slots.h"

#include <string.h>

/* --- what is said ------------------------------------------------------------------------------- */

static const char *filled_target(const struct run *r, const struct option *o)
{
    return o->kind == OPTION_URL ? fill_address(&r->names, o->target) : fill_text(&r->names, o->target, false);
}

int flow_say(struct run *r, const struct saying *what)
{
    struct step *s = r->step;
    const struct block *say = what->say_count > 0 ? what->say[(size_t)s->out->memory.turns % what->say_count] : NULL;
    if (say != NULL && reply_say_blocks(s, fill_blocks(&r->names, say)) < 0)
        return -1;
    if (what->mood != NULL)
        s->out->mood = what->mood;
    int card = block_cards(say) > 0 ? block_cards(s->out->blocks) : 0; /* its own is the last one */
    for (size_t i = 0; i < what->option_count; i++) {
        const struct option *o = &what->options[i];
        const char *target = filled_target(r, o), *title = fill_text(&r->names, o->title, true);
        const char *id = target != NULL ? reply_option_id(s->arena, o->kind, target) : NULL;
        if (title == NULL || reply_add_button(s, id, title, o->in_card ? card : 0) < 0)
            return -1;
    }
    return 0;
}

static int add_answer_button(struct step *s, const char *words)
{
    return reply_add_option(s, reply_option_id(s->arena, OPTION_SAY, words), words, 0);
}

static int add_yes_and_no(struct step *s)
{
    return add_answer_button(s, dialogue_text("yes_option", s->lang)) < 0 ||
                   add_answer_button(s, dialogue_text("no_option", s->lang)) < 0
               ? -1
               : 0;
}

/* Buttons for the answers there are, where they are few. */
static int add_known_answers(struct run *r, const struct slot *slot)
{
    if (slot->type == SLOT_YES_NO)
        return add_yes_and_no(r->step);
    if (slot->type != SLOT_CHOICE || slot->choice_count > DIALOGUE_OPTIONS_MAX)
        return 0;
    for (size_t i = 0; i < slot->choice_count; i++)
        if (add_answer_button(r->step, slot->choices[i].title) < 0)
            return -1;
    return 0;
}

int flow_add_answers(struct run *r, int slot)
{
    const struct slot *wanted = &r->flow->slots[slot];
    const struct saying buttons = {.options = wanted->ask.options, .option_count = wanted->ask.option_count};
    return buttons.option_count > 0 ? flow_say(r, &buttons) : add_known_answers(r, wanted);
}

/* --- questions ---------------------------------------------------------------------------------- */

/* Puts a slot's question; `in` = other words for it, or NULL. */
static int put_question(struct run *r, int slot, const struct saying *in)
{
    const struct slot *wanted = &r->flow->slots[slot];
    const struct saying *ask = in != NULL && in->say_count > 0 ? in : &wanted->ask;
    r->talk->waiting = TALK_SLOT;
    r->talk->slot = wanted->name;
    if (ask->say_count == 0)
        return reply_say_key(r->step, "flow_ask") < 0 ? -1 : flow_add_answers(r, slot);
    return flow_say(r, ask) < 0 || (ask->option_count == 0 && flow_add_answers(r, slot) < 0) ? -1 : 0;
}

int flow_ask_slot(struct run *r, int slot, const struct flow_step *at)
{
    r->talk->step = at != NULL ? at->number : 0;
    r->talk->tries = 1;
    return put_question(r, slot, at != NULL ? &at->saying : NULL);
}

int flow_ask_confirm(struct run *r, const struct flow_step *at)
{
    r->talk->waiting = TALK_CONFIRM;
    r->talk->step = at->number;
    return flow_say(r, &at->saying) < 0 || (at->saying.option_count == 0 && add_yes_and_no(r->step) < 0) ? -1 : 0;
}

static const struct flow_step *step_of(const struct run *r)
{
    return r->talk->step > 0 ? r->flow->by_number[r->talk->step] : NULL;
}

bool flow_is_aside(const struct run *r)
{
    const struct flow_step *at = step_of(r);
    return at != NULL && r->talk->waiting == TALK_SLOT &&
           (at->kind != STEP_ASK || at->slot != flow_slot(r->flow, r->talk->slot));
}

int flow_ask_again(struct run *r)
{
    const struct flow_step *at = step_of(r);
    if (r->talk->waiting == TALK_CONFIRM)
        return flow_ask_confirm(r, at);
    return put_question(r, flow_slot(r->flow, r->talk->slot), at != NULL && !flow_is_aside(r) ? &at->saying : NULL);
}

int flow_ask_aside(struct run *r, int slot)
{
    r->talk->tries = 1;
    return slots_set(r, slot, NULL) < 0 ? -1 : put_question(r, slot, NULL);
}

/* --- back --------------------------------------------------------------------------------------- */

/* Whether the way from one step to a later one leads over the list that the first is in: then the flow may be run again
 * from there. */
static bool leads_to(const struct flow_step *from, const struct flow_step *to)
{
    for (; to != NULL; to = to->parent)
        if (to->parent == from->parent)
            return true;
    return false;
}

/* The question before this one. */
struct back {
    int slot;
    const struct flow_step *at; /* NULL = before the first step */
    bool called;                /* a webhook has been called since */
};

static bool find_back(const struct run *r, struct back *ret)
{
    const struct flow *f = r->flow;
    int here = r->talk->waiting == TALK_SLOT ? flow_slot(f, r->talk->slot) : -1;
    int last = r->talk->step > 0 ? (int)f->slot_count : here;
    *ret = (struct back){.slot = -1};
    for (int n = r->talk->step - 1; n > 0; n--) {
        const struct flow_step *s = f->by_number[n];
        ret->called = ret->called || s->kind == STEP_CALL;
        if (s->kind != STEP_ASK || s->slot == here || slots_value(r, s->slot) == NULL)
            continue;
        ret->slot = s->slot;
        ret->at = s;
        return true;
    }
    for (int i = last - 1; i >= 0; i--) {
        if (i == here || f->slots[i].by_step || f->slots[i].ask.say_count == 0 || slots_value(r, i) == NULL)
            continue;
        ret->slot = i;
        return true;
    }
    return false;
}

int flow_step_back(struct run *r, bool *ret_done)
{
    struct back back;
    *ret_done = find_back(r, &back);
    if (!*ret_done)
        return 0;
    if (back.called || (back.at != NULL && !leads_to(back.at, step_of(r))))
        return flow_ask_aside(r, back.slot);
    return slots_set(r, back.slot, NULL) < 0 ? -1 : flow_ask_slot(r, back.slot, back.at);
}
