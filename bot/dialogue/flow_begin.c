/* Beginning a flow, taking it up again, and ending it: see flow.h. */
#include "dialogue/input.h"
#include "dialogue/slots.h"

#include <string.h>

bool flow_is(const struct view *v, uint32_t entry)
{
    const struct flow *f = view_flow(v, entry);
    return f != NULL && flow_has_steps(f);
}

bool flow_runs(const struct talk *t)
{
    return t->waiting != TALK_NOTHING;
}

/* The flow of an entry, with nothing in it yet. */
static void set_run(struct step *s, struct talk *t, uint32_t entry, struct run *ret)
{
    struct view_entry e = view_entry(s->view, entry);
    *ret = (struct run){.step = s,
                        .talk = t,
                        .flow = view_flow(s->view, entry),
                        .entry = entry,
                        .next = VIEW_NONE,
                        .left = FLOW_RUN_MAX};
    ret->names = (struct names){s, t, ret->flow};
    s->out->kind = OUTCOME_FLOW;
    s->out->entry = entry;
    s->lang = s->out->lang = e.lang;
    s->out->mood = e.mood;
}

/* --- taking up ---------------------------------------------------------------------------------- */

/* A talk is text from the store: nothing in it is believed. */
static bool is_sound(const struct talk *t, const struct flow *f)
{
    if (t->step < 0 || (size_t)t->step > f->step_count)
        return false;
    const struct flow_step *at = t->step > 0 ? f->by_number[t->step] : NULL;
    switch (t->waiting) {
    case TALK_SLOT:
        return flow_slot(f, t->slot) >= 0 && (at == NULL || at->kind == STEP_ASK || at->kind == STEP_CONFIRM);
    case TALK_CONFIRM:
        return at != NULL && at->kind == STEP_CONFIRM;
    case TALK_CALL:
        return at != NULL && at->kind == STEP_CALL;
    default:
        return false;
    }
}

bool flow_resume(struct step *s, struct talk *t, struct run *ret)
{
    uint32_t entry = flow_runs(t) ? view_find(s->view, VIEW_INTENT, t->lang, t->intent) : VIEW_NONE;
    const struct flow *f = entry != VIEW_NONE ? view_flow(s->view, entry) : NULL;
    if (f == NULL || !flow_has_steps(f))
        return false;
    if (f->hash != t->hash || !is_sound(t, f) || s->heard->now.seconds - t->since > 60 * (int64_t)f->expires_minutes) {
        s->lapsed = entry;
        return false;
    }
    set_run(s, t, entry, ret);
    t->since = s->heard->now.seconds;
    return true;
}

/* --- who may ------------------------------------------------------------------------------------ */

static bool is_signed_in(const struct step *s)
{
    for (size_t i = 0; i < s->heard->fact_count; i++)
        if (strcmp(s->heard->facts[i].name, "visitor.signed_in") == 0)
            return strcmp(s->heard->facts[i].value, "true") == 0;
    return false;
}

/* Whether the step lies in these, however deep. */
static bool is_within(const struct flow_step *at, const struct flow_steps *steps)
{
    while (at != NULL && at->parent != NULL)
        at = at->parent;
    for (const struct flow_step *s = steps != NULL ? steps->first : NULL; s != NULL && at != NULL; s = s->next)
        if (s == at)
            return true;
    return false;
}

bool flow_admits(const struct run *r)
{
    const struct flow_step *at = r->talk->step > 0 ? r->flow->by_number[r->talk->step] : NULL;
    return !r->flow->identity || is_signed_in(r->step) || is_within(at, r->flow->stranger);
}

int flow_refuse_stranger(struct step *s, struct talk *t)
{
    talk_end(t);
    return reply_say_key(s, "flow_identity") < 0 || reply_add_option(s, reply_option_id(s->arena, OPTION_AGENT, ""),
                                                                     dialogue_text("person_option", s->lang), 0) < 0
               ? -1
               : 0;
}

/* --- beginning ---------------------------------------------------------------------------------- */

static int begin(struct step *s, struct talk *t, const struct flow *from, uint32_t entry, const char *text,
                 const struct match *match, struct run *ret)
{
    struct view_entry e = view_entry(s->view, entry);
    const char *mood = s->out->mood;
    set_run(s, t, entry, ret);
    /* A flow that begins again goes on in the mood of what it has just said. */
    if (from == ret->flow)
        s->out->mood = mood;
    s->left = false;
    t->intent = e.id;
    t->lang = e.lang;
    t->hash = ret->flow->hash;
    t->since = s->heard->now.seconds;
    t->step = 0;
    t->waiting = TALK_NOTHING;
    return slots_begin(ret, from, text, match);
}

/* The last of the intents that went on to another one says something and that is all. */
static int finish_with(struct step *s, struct talk *t, uint32_t entry)
{
    if (flow_report(s, t) < 0)
        return -1;
    talk_end(t);
    return reply_entry(s, entry, s->out->confidence);
}

/* Begins an intent, and those that it goes on to. `from` = the flow whose slots are handed on. */
static int start(struct step *s, struct talk *t, const struct flow *from, uint32_t entry, const char *text,
                 const struct match *match, int left)
{
    while (flow_is(s->view, entry)) {
        struct run r;
        int result;
        if (begin(s, t, from, entry, text, match, &r) < 0)
            return -1;
        r.left = left;
        if (flow_admits(&r))
            result = flow_go_on(&r);
        else if (r.flow->stranger != NULL)
            result = flow_run(&r, r.flow->stranger->first);
        else
            result = flow_refuse_stranger(s, t);
        if (result < 0 || r.next == VIEW_NONE)
            return result;
        from = r.flow;
        entry = r.next;
        text = NULL;
        match = NULL;
        left = r.left;
    }
    return finish_with(s, t, entry);
}

int flow_start(struct step *s, struct talk *t, uint32_t entry, const char *text, const struct match *match,
               double confidence)
{
    talk_end(t);
    s->out->confidence = confidence;
    s->out->memory.rephrased = 0;
    return start(s, t, NULL, entry, text, match, FLOW_RUN_MAX);
}

int flow_follow(struct run *r, int result)
{
    return result < 0 || r->next == VIEW_NONE ? result : start(r->step, r->talk, r->flow, r->next, NULL, NULL, r->left);
}

/* --- a webhook's answer ------------------------------------------------------------------------- */

/* What an earlier call left must not be taken for this one's. */
static bool keep_results(struct step *s, struct talk *t, const char *into)
{
    bool kept = true;
    talk_unset_below(t, into);
    for (size_t i = 0; kept && i < s->heard->called_count; i++) {
        const char *name = arena_printf(s->arena, "%s.%s", into, s->heard->called[i].name);
        kept = name != NULL && talk_set(t, name, s->heard->called[i].value) == 0;
    }
    if (!kept || !s->heard->called_ok)
        talk_unset_below(t, into);
    return kept;
}

int flow_called(struct step *s, struct talk *t)
{
    struct run r;
    /* An answer that comes late: the visitor is somewhere else by now. */
    if (flow_runs(t) && t->waiting != TALK_CALL)
        return reply_silent(s);
    if (!flow_resume(s, t, &r))
        return flow_offer_person(s, t, "flow_trouble");
    const struct flow_call *call = r.flow->by_number[t->step]->call;
    bool good = (call->into == NULL || keep_results(s, t, call->into)) && s->heard->called_ok;
    s->out->confidence = 1;
    return flow_follow(&r, good ? flow_go_behind(&r) : flow_way_out(&r, call->otherwise));
}

/* --- ending ------------------------------------------------------------------------------------- */

int flow_offer_person(struct step *s, struct talk *t, const char *key)
{
    if (flow_report(s, t) < 0)
        return -1;
    talk_leave(t);
    s->left = false;
    return s->heard->who == WHO_WAITING ? reply_text(s, OUTCOME_HANDOFF, "already_waiting", false)
                                        : reply_offer_person(s, key, "rule");
}

int flow_report(struct step *s, const struct talk *t)
{
    struct outcome *o = s->out;
    uint32_t entry = t->intent != NULL ? view_find(s->view, VIEW_INTENT, t->lang, t->intent) : VIEW_NONE;
    const struct flow *f = entry != VIEW_NONE ? view_flow(s->view, entry) : NULL;
    if (f == NULL)
        return 0;
    struct variable *slots = arena_array(s->arena, 2 * f->slot_count + 1, sizeof *slots);
    struct variable *values = slots + f->slot_count;
    const struct names names = {s, t, f};
    if (slots == NULL)
        return -1;
    o->slots = slots;
    o->slot_values = values;
    o->slot_count = 0;
    for (size_t i = 0; i < f->slot_count; i++) {
        const char *name = f->slots[i].name, *key = arena_printf(s->arena, TALK_SLOT_PREFIX "%s", name);
        const char *value = key != NULL ? talk_get(t, key) : NULL;
        if (value == NULL)
            continue;
        slots[o->slot_count] = (struct variable){name, names_said(&names, name)};
        values[o->slot_count++] = (struct variable){name, value};
    }
    int asked = t->waiting == TALK_SLOT ? flow_slot(f, t->slot) : -1;
    o->input = asked >= 0 ? input_for(&f->slots[asked], t->lang, &s->heard->now, s->arena) : NULL;
    return arena_failed(s->arena) ? -1 : 0;
}
