/* What is said in a running flow, and the slots it fills: see flow.h for the order. */
#include "dialogue/flow.h"

#include "entity/answer.h"
#include "text/token.h"

#include <string.h>

enum { FOUND_MOST = 8, WISH_WORDS = 8 };

struct entity_now flow_now(const struct step *s)
{
    const struct heard_time *t = &s->heard->now;
    return (struct entity_now){t->year, t->month, t->day, t->hour, t->minute};
}

/* --- slots from a sentence ---------------------------------------------------------------------- */

/* The most telling kinds first: a number is also part of a date, a date of a moment. */
static const enum slot_type by_evidence[] = {SLOT_EMAIL, SLOT_REGEX, SLOT_PHONE,  SLOT_MOMENT, SLOT_DATE,
                                             SLOT_TIME,  SLOT_MONEY, SLOT_CHOICE, SLOT_NUMBER};

/* Parts of a text that have become values. */
struct taken {
    size_t at[FLOW_SLOTS_MAX], end[FLOW_SLOTS_MAX];
    size_t count;
};

static bool is_taken(const struct taken *t, const struct entity_found *f)
{
    for (size_t i = 0; i < t->count; i++)
        if (f->at < t->end[i] && t->at[i] < f->at + f->size)
            return true;
    return false;
}

static void take(struct taken *t, const struct entity_found *f)
{
    if (t->count == FLOW_SLOTS_MAX)
        return;
    t->at[t->count] = f->at;
    t->end[t->count++] = f->at + f->size;
}

/* The first value in the text that is still free. */
static bool find_value(struct run *r, int slot, const char *text, const struct taken *taken, struct entity_found *ret)
{
    struct entity_found found[FOUND_MOST];
    struct entity_now now = flow_now(r->step);
    const struct entity *reader = view_slot(r->step->view, r->entry, slot);
    size_t count = reader != NULL ? entity_find(reader, text, &now, r->step->arena, found, FOUND_MOST) : 0;
    for (size_t i = 0; i < count; i++) {
        if (is_taken(taken, &found[i]))
            continue;
        *ret = found[i];
        return true;
    }
    return false;
}

/* Fills slots from a sentence: the free ones, or with `again` those that have a value already. */
static int fill_kind(struct run *r, enum slot_type type, const char *text, struct taken *taken, int spared, bool again)
{
    int filled = 0;
    for (size_t i = 0; i < r->flow->slot_count; i++) {
        struct entity_found found;
        const char *value = flow_slot_value(r, (int)i);
        if (r->flow->slots[i].type != type || (int)i == spared || (value != NULL) != again ||
            !find_value(r, (int)i, text, taken, &found) || (again && strcmp(value, found.value) == 0))
            continue;
        take(taken, &found);
        filled += flow_set_slot(r, (int)i, found.value) == 0;
    }
    return filled;
}

static int fill_slots(struct run *r, const char *text, struct taken *taken, int spared, bool again)
{
    int filled = 0;
    for (size_t k = 0; k < sizeof by_evidence / sizeof *by_evidence; k++)
        filled += fill_kind(r, by_evidence[k], text, taken, spared, again);
    return filled;
}

/* Of what was told at length only what is plainly meant: "ieri", a telephone number; not a word that a choice has. */
static void fill_from_story(struct run *r, const char *text)
{
    struct taken taken = {.count = 0};
    for (size_t k = 0; k < sizeof by_evidence / sizeof *by_evidence && by_evidence[k] != SLOT_TIME; k++)
        fill_kind(r, by_evidence[k], text, &taken, -1, false);
}

int flow_fill_slots(struct run *r, const char *text, int spared, int *ret_filled)
{
    struct taken taken = {.count = 0};
    *ret_filled = fill_slots(r, text, &taken, spared, false);
    return arena_failed(r->step->arena) ? -1 : 0;
}

/* --- what was said ------------------------------------------------------------------------------ */

/* Something said to a running flow. */
struct said_to {
    struct run *run;
    const char *text;
    struct answer signal;
    const struct understanding *understood;
};

static double surest(const struct said_to *a)
{
    return a->understood->count > 0 ? (double)a->understood->candidates[0].confidence : 0;
}

/* The entry that the words alone are sure of, or VIEW_NONE. */
static uint32_t sure_entry(const struct said_to *a)
{
    return surest(a) >= a->run->step->settings->answer ? a->understood->candidates[0].entry : VIEW_NONE;
}

static bool wants_person(const struct said_to *a)
{
    uint32_t entry = sure_entry(a);
    if (entry == VIEW_NONE || a->understood->word_count > WISH_WORDS)
        return false;
    struct view_entry e = view_entry(a->run->step->view, entry);
    return e.kind == VIEW_INTENT && e.handoff != NULL && view_flow(a->run->step->view, entry) == NULL;
}

static int cancel(struct run *r)
{
    talk_end(r->talk);
    return reply_say_key(r->step, "flow_cancelled");
}

/* The question again below what was said, without the buttons of that. */
static int remind(struct run *r)
{
    r->step->out->option_count = 0;
    return reply_say_key(r->step, "flow_back") < 0 ? -1 : flow_ask_again(r);
}

/* Answered, then the flow goes on; or another flow, which takes its place. */
static int beside(struct run *r, uint32_t entry, const char *text, double confidence)
{
    struct step *s = r->step;
    const struct flow *other = view_flow(s->view, entry);
    if (other != NULL && flow_has_steps(other))
        return flow_start(s, r->talk, entry, text, NULL, confidence);
    if (reply_entry(s, entry, confidence) < 0)
        return -1;
    if (!s->out->enqueue)
        return remind(r);
    int result = flow_report(s, r->talk);
    talk_end(r->talk);
    return result;
}

int flow_beside(struct step *s, struct talk *t, uint32_t entry, double confidence)
{
    struct run r;
    if (flow_resume(s, t, &r) && t->waiting != TALK_CALL)
        return beside(&r, entry, NULL, confidence);
    const struct flow *f = view_flow(s->view, entry);
    talk_end(t);
    return f != NULL && flow_has_steps(f) ? flow_start(s, t, entry, NULL, NULL, confidence)
                                          : reply_entry(s, entry, confidence);
}

/* A question in the middle that the words are sure of. */
static int digress(const struct said_to *a, bool *ret_done)
{
    uint32_t entry = sure_entry(a);
    *ret_done = entry != VIEW_NONE && entry != a->run->entry;
    return *ret_done ? beside(a->run, entry, a->text, surest(a)) : 0;
}

/* The first value of a kind in the text, NULL = none. */
static const char *value_of_kind(const struct run *r, enum entity_type type, const char *text)
{
    const struct entity_spec spec = {.type = type, .future = type == ENTITY_DATE};
    char why[ENTITY_WHY_BYTES];
    struct entity *reader = entity_new(&spec, r->step->lang, why);
    struct entity_now now = flow_now(r->step);
    struct entity_found found;
    const char *value = NULL;
    if (reader != NULL && entity_find(reader, text, &now, r->step->arena, &found, 1) == 1)
        value = arena_strdup(r->step->arena, found.value);
    entity_free(reader);
    return value;
}

/* "No, at five": of a day and hour told earlier, the one or the other anew. */
static int correct_moments(struct run *r, const char *text)
{
    int changed = 0;
    for (size_t i = 0; i < r->flow->slot_count; i++) {
        const char *told = r->flow->slots[i].type == SLOT_MOMENT ? flow_slot_value(r, (int)i) : NULL;
        const char *hour = told != NULL ? strchr(told, 'T') : NULL;
        const char *time = hour != NULL ? value_of_kind(r, ENTITY_TIME, text) : NULL;
        const char *date = hour != NULL ? value_of_kind(r, ENTITY_DATE, text) : NULL;
        if (time == NULL && date == NULL)
            continue;
        const char *value =
            arena_printf(r->step->arena, "%.*sT%s", date != NULL ? (int)strlen(date) : (int)(hour - told),
                         date != NULL ? date : told, time != NULL ? time : hour + 1);
        changed += value != NULL && strcmp(value, told) != 0 && flow_set_slot(r, (int)i, value) == 0;
    }
    return changed;
}

static bool ends_in_a_question(const char *text)
{
    size_t size = strlen(text);
    while (size > 0 && text[size - 1] == ' ')
        size--;
    return size > 0 && text[size - 1] == '?';
}

/* "No, the number is …": what was told earlier, told anew. */
static int correct(const struct said_to *a, bool *ret_done)
{
    struct run *r = a->run;
    struct taken taken = {.count = 0};
    const char *rest =
        a->signal.kind == ANSWER_CORRECTION || a->signal.kind == ANSWER_NO ? a->text + a->signal.rest : a->text;
    int changed = fill_slots(r, rest, &taken, -1, true);
    if (changed == 0 && !ends_in_a_question(a->text))
        changed = correct_moments(r, rest);
    *ret_done = changed > 0;
    if (changed == 0)
        return 0;
    /* What it says beyond that may be new. */
    fill_slots(r, rest, &taken, -1, false);
    if (reply_say_key(r->step, "flow_corrected") < 0)
        return -1;
    /* The value that was asked for may have been among it. */
    int slot = r->talk->waiting == TALK_SLOT ? flow_slot(r->flow, r->talk->slot) : -1;
    return slot >= 0 && flow_slot_value(r, slot) != NULL ? flow_go_on(r) : flow_ask_again(r);
}

/* It does not fit: why, the retry text or the question again; or the way out, when it was asked often enough. */
static int retry(struct run *r, const struct slot *slot, const char *why)
{
    enum { CONFIRM_TRIES = 3 };
    int most = slot != NULL ? slot->tries : CONFIRM_TRIES;
    if (r->talk->tries >= most)
        return flow_way_out(r, slot != NULL ? slot->otherwise : NULL, "rule");
    r->talk->tries++;
    r->step->out->fallback = true;
    if (why != NULL) {
        const char *key = arena_printf(r->step->arena, "flow_%s", why);
        if (key == NULL || (dialogue_text(key, r->step->lang)[0] != '\0' && reply_say_key(r->step, key) < 0))
            return -1;
    }
    if (slot != NULL && slot->retry.say_count > 0)
        return flow_say(r, &slot->retry);
    return (r->step->out->blocks == NULL && reply_say_key(r->step, "flow_retry") < 0) ? -1 : flow_ask_again(r);
}

/* --- the answer to a question ------------------------------------------------------------------- */

/* Free text takes everything; but whoever asks a question that the FAQ is sure of has not answered. */
static bool is_rather_a_question(const struct said_to *a, const struct slot *slot)
{
    uint32_t entry = slot->type == SLOT_TEXT ? sure_entry(a) : VIEW_NONE;
    return entry != VIEW_NONE && view_entry(a->run->step->view, entry).kind == VIEW_ARTICLE &&
           ends_in_a_question(a->text);
}

/* "The second one", of the choices' buttons. */
static const char *choice_by_place(const struct said_to *a, const struct slot *slot)
{
    int n = a->signal.ordinal, count = (int)slot->choice_count;
    if (slot->type != SLOT_CHOICE || a->signal.kind != ANSWER_ORDINAL || !a->signal.whole)
        return NULL;
    n = n < 0 ? count + n : n - 1;
    return n >= 0 && n < count ? slot->choices[n].value : NULL;
}

static int take_answer(const struct said_to *a, int slot, const struct entity_found *found)
{
    struct run *r = a->run;
    struct taken taken = {.count = 0};
    if (flow_set_slot(r, slot, found->value) < 0)
        return flow_way_out(r, NULL, "rule");
    take(&taken, found);
    if (r->flow->slots[slot].type != SLOT_TEXT)
        fill_slots(r, a->text, &taken, -1, false);
    else
        fill_from_story(r, a->text);
    return flow_go_on(r);
}

/* Takes back the slot that was filled before this one, and asks for it again. */
static int step_back(struct run *r, int slot, bool *ret_done)
{
    for (int i = slot - 1; i >= 0 && !*ret_done; i--) {
        if (r->flow->slots[i].ask.say_count == 0 || flow_slot_value(r, i) == NULL)
            continue;
        flow_set_slot(r, i, NULL);
        r->talk->step = 0;
        *ret_done = true;
    }
    return *ret_done ? flow_go_on(r) : 0;
}

static int hear_answer(const struct said_to *a)
{
    struct run *r = a->run;
    int slot = flow_slot(r->flow, r->talk->slot);
    const struct slot *wanted = &r->flow->slots[slot];
    const struct entity *reader = view_slot(r->step->view, r->entry, slot);
    struct entity_now now = flow_now(r->step);
    struct entity_found found = {.size = strlen(a->text), .value = choice_by_place(a, wanted)};
    const char *why = NULL;
    bool done = false;
    int result = 0;
    if (a->signal.kind == ANSWER_REPEAT && a->signal.whole)
        return flow_ask_again(r);
    if (a->signal.kind == ANSWER_BACK && a->signal.whole)
        result = step_back(r, slot, &done);
    else if (a->signal.kind == ANSWER_CORRECTION)
        result = correct(a, &done);
    if (done || result < 0)
        return result;
    enum entity_outcome read = ENTITY_FOUND;
    if (found.value == NULL)
        read = entity_read(reader, a->text, &now, r->step->arena, &found, &why);
    if (read == ENTITY_FOUND && !is_rather_a_question(a, wanted))
        return take_answer(a, slot, &found);
    result = digress(a, &done);
    if (done || result < 0)
        return result;
    struct taken taken = {.count = 0};
    if (read == ENTITY_NONE && fill_slots(r, a->text, &taken, slot, false) > 0)
        return reply_say_key(r->step, "flow_noted") < 0 ? -1 : flow_ask_again(r);
    return retry(r, wanted, why);
}

static int hear_confirm(const struct said_to *a)
{
    struct run *r = a->run;
    const struct flow_step *at = r->flow->by_number[r->talk->step];
    bool done = false;
    int result = 0;
    if (a->signal.kind == ANSWER_REPEAT)
        return flow_ask_again(r);
    if (a->signal.kind != ANSWER_YES)
        result = correct(a, &done);
    if (!done && !a->signal.whole && result == 0)
        result = digress(a, &done);
    if (done || result < 0)
        return result;
    if (a->signal.kind == ANSWER_YES)
        return flow_go_on(r);
    if (a->signal.kind != ANSWER_NO)
        return retry(r, NULL, NULL);
    return at->branch_count > 0 ? flow_run(r, at->branches[0].steps->first) : cancel(r);
}

/* --- in ------------------------------------------------------------------------------------------ */

static int hear(const struct said_to *a, bool *ret_taken)
{
    struct run *r = a->run;
    /* What is said waits for a webhook's answer: whoever is heard here waits for one that nobody calls any more. */
    if (r->talk->waiting == TALK_CALL)
        return flow_way_out(r, r->flow->by_number[r->talk->step]->call->otherwise, "rule");
    if (wants_person(a)) {
        *ret_taken = false;
        int result = flow_report(r->step, r->talk);
        talk_end(r->talk);
        r->step->out->entry = VIEW_NONE;
        r->step->out->mood = NULL;
        return result;
    }
    if (a->signal.kind == ANSWER_CANCEL && a->signal.whole)
        return cancel(r);
    return r->talk->waiting == TALK_CONFIRM ? hear_confirm(a) : hear_answer(a);
}

/* Whether what was said is little else than the value that a flow, whose time is over, was waiting for. */
static bool answers_lapsed(struct step *s, const struct talk *t, const char *text)
{
    const struct flow *f = s->lapsed != VIEW_NONE ? view_flow(s->view, s->lapsed) : NULL;
    int slot = f != NULL && t->waiting == TALK_SLOT ? flow_slot(f, t->slot) : -1;
    const struct entity *reader = slot >= 0 ? view_slot(s->view, s->lapsed, slot) : NULL;
    struct entity_now now = flow_now(s);
    struct entity_found found;
    const char *why;
    return reader != NULL && f->slots[slot].type != SLOT_TEXT &&
           entity_read(reader, text, &now, s->arena, &found, &why) == ENTITY_FOUND && 2 * found.size >= strlen(text);
}

int flow_hear(struct step *s, struct talk *t, const char *text, bool *ret_taken)
{
    struct run r;
    *ret_taken = false;
    if (!flow_runs(t))
        return 0;
    if (!flow_resume(s, t, &r)) {
        s->answers_lapsed = answers_lapsed(s, t, text);
        talk_end(t);
        return 0;
    }
    struct understanding *u = &s->out->understood;
    if (view_understand(s->view, s->lang, text, &s->reading, s->arena, u) < 0)
        return -1;
    const struct said_to a = {&r, text, answer_signal(s->lang, text), u};
    *ret_taken = true;
    s->out->in_scope = s->out->confidence = 1;
    return flow_follow(&r, hear(&a, ret_taken));
}
