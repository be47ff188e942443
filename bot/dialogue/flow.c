/* Running the steps of a flow: see flow.h. One table row a kind of step. */
#include "dialogue/flow.h"

#include <string.h>

/* What running a step comes to. */
enum go {
    GO_FAILED = -1, /* without memory */
    GO_ON,          /* to the step in `to` (NULL = behind this one) */
    GO_WAIT,        /* a question was put, or a webhook called */
    GO_END          /* the flow is over */
};

/* --- what is said ------------------------------------------------------------------------------- */

int flow_say(struct run *r, const struct saying *what)
{
    struct step *s = r->step;
    if (what->say_count > 0) {
        const struct block *say = what->say[(size_t)s->out->memory.turns % what->say_count];
        if (reply_say_blocks(s, fill_blocks(&r->names, say)) < 0)
            return -1;
    }
    if (what->mood != NULL)
        s->out->mood = what->mood;
    for (size_t i = 0; i < what->option_count; i++) {
        const struct option *o = &what->options[i];
        const char *target = fill_text(&r->names, o->target, false), *title = fill_text(&r->names, o->title, true);
        const char *id = target != NULL ? reply_option_id(s->arena, o->kind, target) : NULL;
        if (title == NULL || reply_add_option(s, id, title, 0) < 0)
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

/* --- slots -------------------------------------------------------------------------------------- */

static const char *slot_key(const struct run *r, int slot)
{
    return arena_printf(r->step->arena, TALK_SLOT_PREFIX "%s", r->flow->slots[slot].name);
}

const char *flow_slot_value(const struct run *r, int slot)
{
    const char *key = slot_key(r, slot);
    return key != NULL ? talk_get(r->talk, key) : NULL;
}

static void keep(struct step *s, const char *name, const char *value)
{
    size_t i = 0;
    while (i < s->keep_count && strcmp(s->keeps[i].name, name) != 0)
        i++;
    if (i == STEP_KEEPS_MAX)
        return;
    s->keeps[i] = (struct variable){name, value};
    s->keep_count += i == s->keep_count;
}

int flow_set_slot(struct run *r, int slot, const char *value)
{
    const struct slot *wanted = &r->flow->slots[slot];
    const char *key = slot_key(r, slot);
    if (key == NULL || talk_set(r->talk, key, value) < 0)
        return -1;
    const char *name = wanted->visitor ? arena_printf(r->step->arena, "visitor.%s", wanted->name) : NULL;
    if (name != NULL && value != NULL)
        keep(r->step, name, value);
    return 0;
}

/* Buttons for the answers there are, where they are few. */
static int add_answers(struct run *r, const struct slot *slot)
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

/* Puts a slot's question; `in` = other words for it, or NULL. */
static int put_question(struct run *r, int slot, const struct saying *in)
{
    const struct slot *wanted = &r->flow->slots[slot];
    const struct saying *ask = in != NULL && in->say_count > 0 ? in : &wanted->ask;
    r->talk->waiting = TALK_SLOT;
    r->talk->slot = wanted->name;
    if (ask->say_count == 0)
        return reply_say_key(r->step, "flow_ask") < 0 ? -1 : add_answers(r, wanted);
    return flow_say(r, ask) < 0 || (ask->option_count == 0 && add_answers(r, wanted) < 0) ? -1 : 0;
}

static int ask_slot(struct run *r, int slot, const struct saying *in, int step)
{
    r->talk->step = step;
    r->talk->tries = 1;
    return put_question(r, slot, in);
}

/* Whether some step asks for the slot: then it is asked there, not at the beginning. */
static bool is_asked_by_step(const struct flow *f, int slot)
{
    for (size_t i = 1; i <= f->step_count; i++)
        if (f->by_number[i]->kind == STEP_ASK && f->by_number[i]->slot == slot)
            return true;
    return false;
}

/* The next slot to be asked for before the first step, or -1. */
static int opening_slot(const struct run *r)
{
    for (size_t i = 0; i < r->flow->slot_count; i++)
        if (r->flow->slots[i].ask.say_count > 0 && flow_slot_value(r, (int)i) == NULL &&
            !is_asked_by_step(r->flow, (int)i))
            return (int)i;
    return -1;
}

/* --- steps -------------------------------------------------------------------------------------- */

static enum go run_say(struct run *r, const struct flow_step *s, const struct flow_step **to)
{
    (void)to;
    return flow_say(r, &s->saying) < 0 ? GO_FAILED : GO_ON;
}

static enum go run_ask(struct run *r, const struct flow_step *s, const struct flow_step **to)
{
    (void)to;
    if (flow_slot_value(r, s->slot) != NULL)
        return GO_ON;
    return ask_slot(r, s->slot, &s->saying, s->number) < 0 ? GO_FAILED : GO_WAIT;
}

/* A variable that does not fit ends the flow: going on without it would say something wrong. */
static enum go give_up(struct run *r)
{
    talk_end(r->talk);
    return reply_offer_person(r->step, "flow_trouble", "rule") < 0 ? GO_FAILED : GO_END;
}

static enum go run_set(struct run *r, const struct flow_step *s, const struct flow_step **to)
{
    struct arena *arena = r->step->arena;
    const struct flow_pair *set = &s->set;
    const char *value = set->expression != NULL ? expression_value(set->expression, names_lookup, &r->names, arena)
                                                : fill_text(&r->names, set->value, false);
    (void)to;
    if (value == NULL)
        return GO_FAILED;
    if (strncmp(set->name, "visitor.", strlen("visitor.")) == 0)
        keep(r->step, set->name, value);
    int slot = flow_slot(r->flow, set->name);
    int result =
        slot >= 0 ? flow_set_slot(r, slot, value[0] != '\0' ? value : NULL) : talk_set(r->talk, set->name, value);
    return result < 0 ? give_up(r) : GO_ON;
}

static enum go run_choose(struct run *r, const struct flow_step *s, const struct flow_step **to)
{
    for (size_t i = 0; i < s->branch_count; i++) {
        const struct branch *b = &s->branches[i];
        if (b->when != NULL && !expression_holds(b->when, names_lookup, &r->names))
            continue;
        *to = b->steps->first;
        break;
    }
    return GO_ON;
}

static enum go run_random(struct run *r, const struct flow_step *s, const struct flow_step **to)
{
    if (s->branch_count > 0)
        *to = s->branches[r->step->heard->chance % s->branch_count].steps->first;
    return GO_ON;
}

/* What is sent: what the editor listed, else every slot that is filled. */
static int list_sends(const struct run *r, const struct flow_call *call, struct wanted_call *ret)
{
    size_t room = call->send_count > 0 ? call->send_count : r->flow->slot_count, count = 0;
    struct variable *sends = arena_array(r->step->arena, room + 1, sizeof *sends);
    if (sends == NULL)
        return -1;
    for (size_t i = 0; i < call->send_count; i++) {
        const struct flow_pair *p = &call->sends[i];
        const char *value = p->expression != NULL
                                ? expression_value(p->expression, names_lookup, (void *)&r->names, r->step->arena)
                                : fill_text(&r->names, p->value, false);
        if (value == NULL)
            return -1;
        sends[count++] = (struct variable){p->name, value};
    }
    for (size_t i = 0; call->send_count == 0 && i < r->flow->slot_count; i++) {
        const char *value = flow_slot_value(r, (int)i);
        if (value != NULL)
            sends[count++] = (struct variable){r->flow->slots[i].name, value};
    }
    ret->sends = sends;
    ret->send_count = count;
    return 0;
}

static enum go run_call(struct run *r, const struct flow_step *s, const struct flow_step **to)
{
    struct wanted_call *wanted = arena_alloc(r->step->arena, sizeof *wanted);
    (void)to;
    if (wanted == NULL || list_sends(r, s->call, wanted) < 0)
        return GO_FAILED;
    wanted->webhook = s->call->webhook;
    wanted->intent = r->talk->intent;
    wanted->timeout_ms = s->call->timeout_ms;
    wanted->safe = s->call->safe;
    r->step->out->call = wanted;
    r->talk->waiting = TALK_CALL;
    r->talk->step = s->number;
    return GO_WAIT;
}

static int put_confirm(struct run *r, const struct flow_step *s)
{
    r->talk->waiting = TALK_CONFIRM;
    r->talk->step = s->number;
    return flow_say(r, &s->saying) < 0 || (s->saying.option_count == 0 && add_yes_and_no(r->step) < 0) ? -1 : 0;
}

static enum go run_confirm(struct run *r, const struct flow_step *s, const struct flow_step **to)
{
    (void)to;
    r->talk->tries = 1;
    return put_confirm(r, s) < 0 ? GO_FAILED : GO_WAIT;
}

static enum go run_handoff(struct run *r, const struct flow_step *s, const struct flow_step **to)
{
    struct outcome *o = r->step->out;
    const struct block *said = o->blocks;
    (void)to;
    o->note = s->note != NULL ? fill_text(&r->names, s->note, true) : NULL;
    if ((s->note != NULL && o->note == NULL) || flow_report(r->step, r->talk) < 0)
        return GO_FAILED;
    talk_end(r->talk);
    int result = r->step->heard->who == WHO_WAITING
                     ? reply_text(r->step, OUTCOME_HANDOFF, "already_waiting", false)
                     : reply_hand_over(r->step, s->department != NULL ? s->department : "", "rule", said);
    return result < 0 ? GO_FAILED : GO_END;
}

static enum go run_goto(struct run *r, const struct flow_step *s, const struct flow_step **to)
{
    (void)to;
    r->next = view_find(r->step->view, VIEW_INTENT, r->talk->lang, s->target);
    return r->next != VIEW_NONE ? GO_END : give_up(r);
}

static enum go run_end(struct run *r, const struct flow_step *s, const struct flow_step **to)
{
    (void)r, (void)s, (void)to;
    return GO_END;
}

static enum go (*const runs[STEP_KINDS])(struct run *, const struct flow_step *, const struct flow_step **) = {
    [STEP_SAY] = run_say,   [STEP_ASK] = run_ask,         [STEP_SET] = run_set,       [STEP_CHOOSE] = run_choose,
    [STEP_CALL] = run_call, [STEP_CONFIRM] = run_confirm, [STEP_RANDOM] = run_random, [STEP_HANDOFF] = run_handoff,
    [STEP_GOTO] = run_goto, [STEP_END] = run_end,
};

/* --- from step to step -------------------------------------------------------------------------- */

/* The step behind this one, or behind the one it lies in. */
static const struct flow_step *behind(const struct flow_step *s)
{
    while (s != NULL && s->next == NULL)
        s = s->parent;
    return s != NULL ? s->next : NULL;
}

/* The flow is over; whoever was in it always hears something. */
static int finish_flow(struct run *r)
{
    if (r->next != VIEW_NONE)
        return 0;
    talk_end(r->talk);
    return r->step->out->blocks == NULL ? reply_say_key(r->step, "flow_done") : 0;
}

int flow_run(struct run *r, const struct flow_step *s)
{
    while (s != NULL) {
        const struct flow_step *to = NULL;
        if (r->left-- <= 0)
            return give_up(r) == GO_FAILED ? -1 : 0;
        enum go go = runs[s->kind](r, s, &to);
        if (go == GO_FAILED)
            return -1;
        if (go == GO_WAIT)
            return 0;
        if (go == GO_END)
            break;
        s = to != NULL ? to : behind(s);
    }
    return finish_flow(r);
}

int flow_go_on(struct run *r)
{
    const struct flow *f = r->flow;
    if (r->talk->step > 0)
        return flow_run(r, behind(f->by_number[r->talk->step]));
    int slot = opening_slot(r);
    return slot >= 0 ? ask_slot(r, slot, NULL, 0) : flow_run(r, f->steps->first);
}

int flow_ask_again(struct run *r)
{
    const struct flow_step *at = r->talk->step > 0 ? r->flow->by_number[r->talk->step] : NULL;
    if (r->talk->waiting == TALK_CONFIRM)
        return put_confirm(r, at);
    int slot = flow_slot(r->flow, r->talk->slot);
    return put_question(r, slot, at != NULL && at->kind == STEP_ASK ? &at->saying : NULL);
}

int flow_way_out(struct run *r, const struct flow_steps *otherwise, const char *why)
{
    if (otherwise == NULL) {
        if (flow_report(r->step, r->talk) < 0)
            return -1;
        talk_end(r->talk);
        return reply_offer_person(r->step, "flow_stuck", why);
    }
    if (otherwise->first != NULL && otherwise->first->kind == STEP_END && r->step->out->blocks == NULL &&
        reply_say_key(r->step, "flow_cancelled") < 0)
        return -1;
    return flow_run(r, otherwise->first);
}

/* --- beginning and resuming --------------------------------------------------------------------- */

bool flow_runs(const struct talk *t)
{
    return t->waiting != TALK_NOTHING;
}

static void set_run(struct step *s, struct talk *t, uint32_t entry, struct run *ret)
{
    *ret = (struct run){.step = s,
                        .talk = t,
                        .flow = view_flow(s->view, entry),
                        .entry = entry,
                        .next = VIEW_NONE,
                        .left = FLOW_RUN_MAX};
    ret->names = (struct names){s, t, ret->flow};
    s->out->kind = OUTCOME_FLOW;
    s->out->entry = entry;
    s->lang = s->out->lang = view_entry(s->view, entry).lang;
    s->out->mood = view_entry(s->view, entry).mood;
}

/* A talk is text from the store: nothing in it is believed. */
static bool is_sound(const struct talk *t, const struct flow *f)
{
    if (t->step < 0 || (size_t)t->step > f->step_count)
        return false;
    const struct flow_step *at = t->step > 0 ? f->by_number[t->step] : NULL;
    switch (t->waiting) {
    case TALK_SLOT:
        return flow_slot(f, t->slot) >= 0;
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
    uint32_t entry = view_find(s->view, VIEW_INTENT, t->lang, t->intent);
    const struct flow *f = entry != VIEW_NONE ? view_flow(s->view, entry) : NULL;
    if (f == NULL)
        return false;
    if (f->hash != t->hash || !is_sound(t, f) || s->heard->now.seconds - t->since > 60 * (int64_t)f->expires_minutes) {
        s->lapsed = entry;
        return false;
    }
    set_run(s, t, entry, ret);
    t->since = s->heard->now.seconds;
    return true;
}

/* Slots of an earlier flow stay where the new one has the same; all others go. */
static void hand_slots_on(struct talk *t, const struct flow *from, const struct flow *to)
{
    const size_t prefix = strlen(TALK_SLOT_PREFIX);
    for (size_t i = t->variable_count; i-- > 0;) {
        const char *name = t->variables[i].name;
        if (strncmp(name, TALK_SLOT_PREFIX, prefix) != 0)
            continue;
        int old = from != NULL ? flow_slot(from, name + prefix) : -1, now = flow_slot(to, name + prefix);
        if (old < 0 || now < 0 || from->slots[old].type != to->slots[now].type)
            talk_set(t, name, NULL);
    }
}

static bool is_signed_in(const struct step *s)
{
    for (size_t i = 0; i < s->heard->fact_count; i++)
        if (strcmp(s->heard->facts[i].name, "visitor.signed_in") == 0)
            return strcmp(s->heard->facts[i].value, "true") == 0;
    return false;
}

/* What the visitor told in an earlier conversation. */
static void take_known_slots(struct run *r)
{
    for (size_t i = 0; i < r->flow->slot_count; i++) {
        const struct slot *slot = &r->flow->slots[i];
        const char *name = slot->visitor ? arena_printf(r->step->arena, "visitor.%s", slot->name) : NULL;
        const char *known = name != NULL ? names_value(&r->names, name) : NULL;
        if (known != NULL && flow_slot_value(r, (int)i) == NULL)
            flow_set_slot(r, (int)i, known);
    }
}

/* Reads what a pattern caught for a slot; ENTITY_NONE where it is no value of it. */
static enum entity_outcome read_capture(struct step *s, uint32_t entry, const char *text, const struct match_capture *c,
                                        int *ret_slot, struct entity_found *ret)
{
    struct entity_now now = flow_now(s);
    const char *words = arena_strndup(s->arena, text + c->at, c->size), *why = NULL;
    *ret_slot = flow_slot(view_flow(s->view, entry), c->slot);
    const struct entity *reader = *ret_slot >= 0 ? view_slot(s->view, entry, *ret_slot) : NULL;
    return words != NULL && reader != NULL ? entity_read(reader, words, &now, s->arena, ret, &why) : ENTITY_NONE;
}

/* An intent whose pattern is tried. */
struct begun_by {
    struct step *step;
    uint32_t entry;
};

/* Little else than a value: half of the words at least, "il tosaerba". */
static bool is_value(void *context, const char *text, const struct match_capture *c)
{
    const struct begun_by *of = context;
    struct entity_found found = {.size = c->size};
    int slot;
    enum entity_outcome read = read_capture(of->step, of->entry, text, c, &slot, &found);
    return read != ENTITY_NONE && 2 * found.size >= c->size;
}

bool flow_match(struct step *s, uint32_t entry, const struct pattern_node *pattern, const struct match_text *text,
                struct match *ret)
{
    struct begun_by of = {s, entry};
    const struct match_values values = {is_value, &of};
    return match_values(pattern, text, &values, ret);
}

static int take_captures(struct run *r, const char *text, const struct match *match)
{
    for (size_t i = 0; i < match->count; i++) {
        struct entity_found found;
        int slot;
        if (read_capture(r->step, r->entry, text, &match->captures[i], &slot, &found) == ENTITY_FOUND)
            flow_set_slot(r, slot, found.value);
    }
    return arena_failed(r->step->arena) ? -1 : 0;
}

static int begin(struct step *s, struct talk *t, const struct flow *from, uint32_t entry, const char *text,
                 const struct match *match, struct run *ret)
{
    struct view_entry e = view_entry(s->view, entry);
    int filled = 0;
    const char *mood = s->out->mood;
    set_run(s, t, entry, ret);
    /* A flow that begins again goes on in the mood of what it has just said. */
    if (from == ret->flow)
        s->out->mood = mood;
    hand_slots_on(t, from, ret->flow);
    t->intent = e.id;
    t->lang = e.lang;
    t->hash = ret->flow->hash;
    t->since = s->heard->now.seconds;
    t->step = 0;
    t->waiting = TALK_NOTHING;
    take_known_slots(ret);
    if (match != NULL && take_captures(ret, text, match) < 0)
        return -1;
    return text != NULL ? flow_fill_slots(ret, text, -1, &filled) : 0;
}

/* Begins an intent, and those that it goes on to. `from` = the flow whose slots are handed on. */
static int start(struct step *s, struct talk *t, const struct flow *from, uint32_t entry, const char *text,
                 const struct match *match, int left)
{
    const struct flow *f = view_flow(s->view, entry);
    while (f != NULL && flow_has_steps(f)) {
        struct run r;
        int result;
        if (begin(s, t, from, entry, text, match, &r) < 0)
            return -1;
        r.left = left;
        if (!f->identity || is_signed_in(s))
            result = flow_go_on(&r);
        else if (f->stranger != NULL)
            result = flow_run(&r, f->stranger->first);
        else
            talk_end(t), result = reply_say_key(s, "flow_identity");
        if (result < 0 || r.next == VIEW_NONE)
            return result;
        from = f;
        entry = r.next;
        f = view_flow(s->view, entry);
        text = NULL;
        match = NULL;
        left = r.left;
    }
    talk_end(t);
    return reply_entry(s, entry, s->out->confidence);
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

/* Forgets what an earlier answer left below a call's `into`. */
static void forget_answer(struct talk *t, const char *into)
{
    const size_t size = strlen(into);
    for (size_t i = t->variable_count; i-- > 0;) {
        const char *name = t->variables[i].name;
        if (strncmp(name, into, size) == 0 && name[size] == '.')
            talk_set(t, name, NULL);
    }
}

/* Keeps an answer whole, or nothing of it. */
static bool keep_answer(const struct step *s, struct talk *t, const char *into)
{
    forget_answer(t, into);
    for (size_t i = 0; i < s->heard->called_count; i++) {
        const char *name = arena_printf(s->arena, "%s.%s", into, s->heard->called[i].name);
        if (name != NULL && talk_set(t, name, s->heard->called[i].value) == 0)
            continue;
        forget_answer(t, into);
        return false;
    }
    return true;
}

int flow_called(struct step *s, struct talk *t)
{
    struct run r;
    const struct heard *h = s->heard;
    if (t->waiting != TALK_CALL || !flow_resume(s, t, &r)) {
        talk_end(t);
        return reply_offer_person(s, "flow_trouble", "rule");
    }
    const struct flow_step *at = r.flow->by_number[t->step];
    bool kept = h->called_ok && (at->call->into == NULL || keep_answer(s, t, at->call->into));
    s->out->confidence = 1;
    return flow_follow(&r, kept ? flow_run(&r, behind(at)) : flow_way_out(&r, at->call->otherwise, "rule"));
}

int flow_report(struct step *s, const struct talk *t)
{
    struct outcome *o = s->out;
    uint32_t entry =
        flow_runs(t) || t->intent != NULL ? view_find(s->view, VIEW_INTENT, t->lang, t->intent) : VIEW_NONE;
    const struct flow *f = entry != VIEW_NONE ? view_flow(s->view, entry) : NULL;
    if (f == NULL)
        return 0;
    struct variable *slots = arena_array(s->arena, f->slot_count + 1, sizeof *slots);
    const struct names names = {s, t, f};
    if (slots == NULL)
        return -1;
    o->slots = slots;
    o->slot_count = 0;
    for (size_t i = 0; i < f->slot_count; i++) {
        const char *value = names_said(&names, f->slots[i].name);
        if (value != NULL)
            slots[o->slot_count++] = (struct variable){f->slots[i].name, value};
    }
    o->asking = t->waiting == TALK_SLOT ? t->slot : t->waiting == TALK_CONFIRM ? FLOW_CONFIRM : NULL;
    return 0;
}
