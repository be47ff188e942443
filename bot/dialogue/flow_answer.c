/* What is said in a running flow: see flow.h for the order. */
#include "dialogue/context.h"
#include "dialogue/lookup.h"
#include "dialogue/picks.h"
#include "dialogue/rules.h"
#include "dialogue/slots.h"
#include "entity/answer.h"

#include <string.h>

enum { WISH_WORDS = 8, CONFIRM_TRIES = 3 };

/* Something said to a running flow. */
struct said_to {
    struct run *run;
    const char *text;
    struct answer signal;
};

static const char *rest_of(const struct said_to *a)
{
    bool marked = a->signal.kind == ANSWER_CORRECTION || a->signal.kind == ANSWER_NO || a->signal.kind == ANSWER_YES;
    return marked ? a->text + a->signal.rest : a->text;
}

static bool is_whole(const struct said_to *a, enum answer_kind kind)
{
    return a->signal.kind == kind && a->signal.whole;
}

/* --- what it would be outside the flow ----------------------------------------------------------- */

/* In the flow's language, and in the site's others where that is not sure. */
static int understand_said(struct step *s, const char *text)
{
    struct understanding *u = &s->out->understood;
    const struct string_list *langs = &s->settings->languages;
    if (view_understand(s->view, s->lang, text, &s->reading, s->arena, u) < 0)
        return -1;
    for (size_t i = 0; i < langs->count && lookup_best(u) < s->settings->answer; i++) {
        struct understanding other;
        if (strcmp(langs->items[i], s->lang) == 0)
            continue;
        if (view_understand(s->view, langs->items[i], text, &s->reading, s->arena, &other) < 0)
            return -1;
        if (lookup_best(&other) >= s->settings->answer)
            *u = other;
    }
    return 0;
}

/* The entry that the words alone are sure of, or VIEW_NONE. */
static uint32_t sure_entry(const struct step *s)
{
    const struct understanding *u = &s->out->understood;
    return lookup_best(u) >= s->settings->answer ? u->candidates[0].entry : VIEW_NONE;
}

/* The entry that a wish for a person is, in short words or by a pattern; or VIEW_NONE. */
static int find_wish(const struct said_to *a, uint32_t *ret_entry)
{
    struct step *s = a->run->step;
    struct rule rule;
    *ret_entry = VIEW_NONE;
    if (rules_find(s, a->text, true, &rule) < 0)
        return -1;
    uint32_t entry = rule.entry != VIEW_NONE                       ? rule.entry
                     : s->out->understood.word_count <= WISH_WORDS ? sure_entry(s)
                                                                   : VIEW_NONE;
    if (entry != VIEW_NONE && view_entry(s->view, entry).handoff != NULL && !flow_is(s->view, entry))
        *ret_entry = entry;
    return 0;
}

static bool ends_in_a_question(const char *text)
{
    size_t size = strlen(text);
    while (size > 0 && text[size - 1] == ' ')
        size--;
    return size > 0 && text[size - 1] == '?';
}

/* Whoever asks what the FAQ is sure of has not answered, even where a value stands in the question. */
static bool is_question(const struct said_to *a)
{
    const struct step *s = a->run->step;
    uint32_t entry = sure_entry(s);
    return ends_in_a_question(a->text) && entry != VIEW_NONE && view_entry(s->view, entry).kind == VIEW_ARTICLE;
}

/* A question in the middle that the words are sure of. */
static int digress(const struct said_to *a, bool *ret_done)
{
    struct step *s = a->run->step;
    uint32_t entry = sure_entry(s);
    *ret_done = entry != VIEW_NONE && entry != a->run->entry;
    if (!*ret_done)
        return 0;
    s->out->in_scope = s->out->understood.in_scope;
    return flow_answer_beside(a->run, entry, a->text, lookup_best(&s->out->understood));
}

static int cancel(struct run *r)
{
    talk_end(r->talk);
    return reply_say_key(r->step, "flow_cancelled");
}

/* --- told anew, and not fitting ------------------------------------------------------------------- */

/* "No, the number is …": what was told earlier, told anew; what it says beyond that may be new. */
static int correct(const struct said_to *a, bool *ret_done)
{
    struct run *r = a->run;
    struct taken taken = {.count = 0};
    const char *rest = rest_of(a);
    bool marked = a->signal.kind == ANSWER_CORRECTION || a->signal.kind == ANSWER_NO;
    int changed = slots_fill(r, rest, &taken, true);
    if (changed == 0 && !ends_in_a_question(a->text))
        changed = slots_correct_moments(r, rest, &taken);
    int fresh = slots_fill(r, rest, &taken, false);
    *ret_done = true;
    const char *key = changed > 0 ? "flow_corrected" : fresh > 0 ? "flow_noted" : NULL;
    if (key != NULL && reply_say_key(r->step, key) < 0)
        return -1;
    if (changed + fresh > 0) {
        /* The value that was asked for may have been among it. */
        int slot = r->talk->waiting == TALK_SLOT ? flow_slot(r->flow, r->talk->slot) : -1;
        return slot >= 0 && slots_value(r, slot) != NULL ? flow_go_on(r) : flow_ask_again(r);
    }
    /* Free text cannot be found in a sentence: it is asked for again. */
    int named = marked ? slots_named(r, rest) : -1;
    *ret_done = named >= 0;
    return named >= 0 ? flow_ask_aside(r, named) : 0;
}

static int say_why(struct step *s, const char *why)
{
    const char *key = why != NULL ? arena_printf(s->arena, "flow_%s", why) : "";
    return key == NULL || (dialogue_text(key, s->lang)[0] != '\0' && reply_say_key(s, key) < 0) ? -1 : 0;
}

/* It does not fit: why, the retry text or the question again; or the way out, when it was asked often enough.
 * `slot` < 0: a yes or no. */
static int retry(struct run *r, int slot, const char *why)
{
    const struct slot *wanted = slot >= 0 ? &r->flow->slots[slot] : NULL;
    if (r->talk->tries >= (wanted != NULL ? wanted->tries : CONFIRM_TRIES))
        return flow_way_out(r, wanted != NULL ? wanted->otherwise : NULL);
    r->talk->tries++;
    r->step->out->fallback = true;
    if (say_why(r->step, why) < 0)
        return -1;
    if (wanted != NULL && wanted->retry.say_count > 0)
        return flow_say(r, &wanted->retry) < 0 || (wanted->retry.option_count == 0 && flow_add_answers(r, slot) < 0)
                   ? -1
                   : 0;
    return r->step->out->blocks == NULL && reply_say_key(r->step, "flow_retry") < 0 ? -1 : flow_ask_again(r);
}

/* --- the answer to a question ------------------------------------------------------------------- */

static bool is_digits(const char *text)
{
    return text[strspn(text, "0123456789 ")] == '\0';
}

/* "The second one", of the choices or of the buttons: the words that it stands for, or NULL. */
static const char *words_at(const struct said_to *a, const struct slot *slot)
{
    static const char say[] = "say:";
    int n = a->signal.ordinal, count = slot != NULL && slot->type == SLOT_CHOICE ? (int)slot->choice_count : 0;
    if (!is_whole(a, ANSWER_ORDINAL) || a->run->step->picked)
        return NULL;
    const char *option = context_at(a->run->step, n);
    if (option != NULL)
        return strncmp(option, say, strlen(say)) == 0 ? option + strlen(say) : NULL;
    n = n < 0 ? count + n : n - 1;
    return n >= 0 && n < count ? slot->choices[n].value : NULL;
}

static int take_answer(const struct said_to *a, int slot, const struct entity_found *found)
{
    struct run *r = a->run;
    struct taken taken = {.count = 0};
    if (slots_set(r, slot, found->value) < 0)
        return flow_offer_person(r->step, r->talk, "flow_trouble");
    slots_take(&taken, found->at, found->size);
    if (r->flow->slots[slot].type != SLOT_TEXT)
        slots_fill(r, a->text, &taken, false);
    else
        slots_fill_from_story(r, a->text);
    return flow_go_on(r);
}

static int hear_words(struct run *r, const char *words);

/* "The second one" is a place where there are buttons, also where it might be read as a day. */
static bool is_place(const struct said_to *a, const struct slot *slot)
{
    return !is_digits(a->text) && words_at(a, slot) != NULL;
}

static int hear_answer(const struct said_to *a)
{
    struct run *r = a->run;
    int slot = flow_slot(r->flow, r->talk->slot), result = 0;
    const struct slot *wanted = &r->flow->slots[slot];
    struct entity_found found;
    const char *why = NULL;
    bool done = false, question = is_question(a);
    if (is_whole(a, ANSWER_REPEAT))
        return flow_ask_again(r);
    if (is_whole(a, ANSWER_BACK))
        result = flow_step_back(r, &done);
    else if (a->signal.kind == ANSWER_CORRECTION)
        result = correct(a, &done);
    if (done || result < 0)
        return result;
    enum entity_outcome read =
        question || is_place(a, wanted) ? ENTITY_NONE : slots_read(r, slot, a->text, &found, &why);
    if (read == ENTITY_FOUND)
        return take_answer(a, slot, &found);
    const char *words = read == ENTITY_NONE ? words_at(a, wanted) : NULL;
    if (words != NULL)
        return hear_words(r, words);
    if (read == ENTITY_NONE && !question)
        result = correct(a, &done);
    if (!done && result == 0)
        result = digress(a, &done);
    return done || result < 0 ? result : retry(r, slot, why);
}

static int hear_confirm(const struct said_to *a)
{
    struct run *r = a->run;
    const struct flow_step *at = r->flow->by_number[r->talk->step];
    bool done = false;
    int result = 0;
    if (is_whole(a, ANSWER_REPEAT))
        return flow_ask_again(r);
    if (is_whole(a, ANSWER_BACK))
        result = flow_step_back(r, &done);
    if (!done && !a->signal.whole && result == 0)
        result = is_question(a) ? digress(a, &done) : correct(a, &done);
    if (!done && !a->signal.whole && result == 0)
        result = digress(a, &done);
    if (done || result < 0)
        return result;
    if (a->signal.kind == ANSWER_YES)
        return flow_go_on(r);
    const char *words = words_at(a, NULL);
    if (words != NULL)
        return hear_words(r, words);
    if (a->signal.kind != ANSWER_NO)
        return retry(r, -1, NULL);
    return at->branch_count > 0 ? flow_run(r, at->branches[0].steps->first) : cancel(r);
}

/* The words that a button stands for. */
static int hear_words(struct run *r, const char *words)
{
    const struct said_to a = {r, words, answer_signal(r->step->lang, words)};
    r->step->picked = true;
    return r->talk->waiting == TALK_CONFIRM ? hear_confirm(&a) : hear_answer(&a);
}

/* --- in ------------------------------------------------------------------------------------------ */

static int hear(const struct said_to *a)
{
    struct run *r = a->run;
    uint32_t wish;
    if (understand_said(r->step, a->text) < 0 || find_wish(a, &wish) < 0)
        return -1;
    if (wish != VIEW_NONE)
        return flow_leave_to(r->step, r->talk, wish, 1);
    if (is_whole(a, ANSWER_CANCEL))
        return cancel(r);
    /* What is said waits for a webhook's answer: whoever is heard here waits for one that nobody calls any more. */
    if (r->talk->waiting == TALK_CALL)
        return flow_way_out(r, r->flow->by_number[r->talk->step]->call->otherwise);
    if (!flow_admits(r))
        return flow_refuse_stranger(r->step, r->talk);
    return r->talk->waiting == TALK_CONFIRM ? hear_confirm(a) : hear_answer(a);
}

/* Whether what was said is little else than the value that a flow, whose time is over, was waiting for. */
static bool answers_lapsed(struct step *s, const struct talk *t, const char *text)
{
    const struct flow *f = s->lapsed != VIEW_NONE ? view_flow(s->view, s->lapsed) : NULL;
    int slot = f != NULL && t->waiting == TALK_SLOT ? flow_slot(f, t->slot) : -1;
    const struct entity *reader = slot >= 0 ? view_slot(s->view, s->lapsed, slot) : NULL;
    struct entity_now now = flow_now(&s->heard->now);
    struct entity_found found;
    const char *why;
    return reader != NULL && f->slots[slot].type != SLOT_TEXT &&
           entity_read(reader, text, &now, s->arena, &found, &why) == ENTITY_FOUND && 2 * found.size >= strlen(text);
}

/* The button whose words or, said in words, whose place the text is ("2" may be a number that was asked for). */
static const char *chosen(const struct step *s, const char *text)
{
    const char *option = context_titled(s, text);
    if (option != NULL || s->out->memory.option_count == 0 || is_digits(text))
        return option;
    const struct answer a = answer_signal(s->lang, text);
    return a.kind == ANSWER_ORDINAL && a.whole ? context_at(s, a.ordinal) : NULL;
}

int flow_hear(struct step *s, struct talk *t, const char *text, bool *ret_taken)
{
    static const char say[] = "say:";
    struct run r;
    *ret_taken = flow_resume(s, t, &r);
    if (!*ret_taken) {
        s->answers_lapsed = answers_lapsed(s, t, text);
        if (flow_runs(t))
            talk_end(t);
        return 0;
    }
    s->out->in_scope = s->out->confidence = 1;
    const char *option = s->picked ? NULL : chosen(s, text);
    s->picked = s->picked || option != NULL;
    if (option != NULL && strncmp(option, say, strlen(say)) != 0)
        return picks_hear(s, option);
    if (option != NULL)
        text = arena_strdup(s->arena, option + strlen(say));
    if (text == NULL)
        return -1;
    const struct said_to a = {&r, text, answer_signal(s->lang, text)};
    return flow_follow(&r, hear(&a));
}
