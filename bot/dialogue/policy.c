/* The policy: what to do with what was said. See policy.h. */
#include "dialogue/policy.h"

#include "dialogue/categories.h"
#include "dialogue/context.h"
#include "dialogue/flow.h"
#include "dialogue/lookup.h"
#include "dialogue/notice.h"
#include "dialogue/picks.h"
#include "dialogue/rules.h"
#include "dialogue/several.h"

#include <stdio.h>
#include <string.h>

/* Requests to rephrase are counted in halves: a whole sentence that was not understood uses
 * them up, a fragment ("help", "and then?") half of them. */
enum { REPHRASE_WHOLE = 2, REPHRASE_FRAGMENT = 1 };

/* Two candidates too near to choose, of a question that is as surely in scope as an answer must be. */
static bool is_torn(const struct step *s)
{
    const struct understanding *u = &s->out->understood;
    return u->count > 1 && u->in_scope >= s->settings->answer &&
           (u->close || (double)(u->candidates[0].confidence - u->candidates[1].confidence) < s->settings->close);
}

static bool is_fragment(const struct understanding *u, const char *text)
{
    return u->word_count <= 1 || (u->word_count == 2 && strlen(text) <= 8);
}

/* A new question: what was shown for the last one does not matter any more. */
void policy_remember(struct dialogue_memory *m, const char *text)
{
    snprintf(m->question, sizeof m->question, "%s", text);
    /* A character cut in half would not be text any more. */
    size_t size = strlen(m->question);
    while (size > 0 && size == sizeof m->question - 1 && ((unsigned char)text[size] & 0xc0) == 0x80)
        m->question[--size] = '\0';
    m->shown_count = 0;
}

int policy_entry(struct step *s, uint32_t entry, const char *text, double confidence)
{
    if (!flow_is(s->view, entry))
        return reply_entry(s, entry, confidence);
    if (text != NULL)
        policy_remember(&s->out->memory, text);
    return flow_start(s, &s->talk, entry, text, NULL, confidence);
}

/* A flow was left too long ago, or is not what it was: it may be begun again. */
static int offer_again(struct step *s)
{
    struct view_entry e = view_entry(s->view, s->lapsed);
    return reply_text(s, OUTCOME_REPHRASE, "flow_lapsed", true) < 0 ||
                   reply_add_option(s, reply_option_id(s->arena, OPTION_INTENT, e.id), e.title, 0) < 0 ||
                   reply_add_option(s, reply_option_id(s->arena, OPTION_AGENT, ""),
                                    dialogue_text("person_option", s->lang), 0) < 0
               ? -1
               : 0;
}

static int not_understood(struct step *s, const char *text)
{
    struct dialogue_memory *m = &s->out->memory;
    if (s->lapsed != VIEW_NONE)
        return offer_again(s);
    bool fragment = is_fragment(&s->out->understood, text);
    if (m->rephrased >= REPHRASE_WHOLE)
        return reply_offer_person(s, "offer_person", "not_understood");
    m->rephrased += fragment ? REPHRASE_FRAGMENT : REPHRASE_WHOLE;
    return reply_text(s, OUTCOME_REPHRASE, fragment ? "fragment" : "rephrase", true);
}

/* What could be found out about a text that the words alone do not answer. */
static void wish_second_look(struct step *s, const char *text)
{
    const struct understanding *u = &s->out->understood;
    struct second_look *look = &s->out->second_look;
    if (s->heard->second != NULL || u->word_count == 0)
        return;
    *look = (struct second_look){.text = text,
                                 .lang = s->lang,
                                 .meaning = view_has_meanings(s->view, MEANING_EMBEDDED),
                                 .misspelt_count = u->misspelt_count};
    memcpy(look->misspelt, u->misspelt, u->misspelt_count * sizeof *u->misspelt);
    s->out->wants_second_look = look->meaning || look->misspelt_count > 0;
}

/* While a person is on the way: only what is certain, otherwise one word that it is passed on. */
static int pass_on(struct step *s)
{
    if (s->out->memory.told_passing)
        return reply_silent(s);
    s->out->memory.told_passing = true;
    return reply_text(s, OUTCOME_HANDOFF, "passing_on", false);
}

/* Several things asked at once, all of them sure; or the one that was, behind a greeting. */
static int answer_several(struct step *s, const char *text, const struct several *asked)
{
    s->out->in_scope = asked->in_scope;
    policy_remember(&s->out->memory, text);
    return asked->count == 1 ? policy_entry(s, asked->entries[0], text, asked->confidence)
                             : reply_entries(s, asked->entries, asked->count, asked->confidence);
}

/* Rules: see rules.h. */
static int follow_rule(struct step *s, const char *text, bool *ret_done)
{
    struct rule rule;
    if (rules_find(s, text, false, &rule) < 0)
        return -1;
    *ret_done = rule.entry != VIEW_NONE;
    if (!*ret_done)
        return 0;
    s->out->in_scope = 1;
    if (!flow_is(s->view, rule.entry))
        return reply_entry(s, rule.entry, 1);
    policy_remember(&s->out->memory, text);
    return flow_start(s, &s->talk, rule.entry, text, &rule.match, 1);
}

/* What comes before understanding: the running flow, the last reply's buttons, notices, rules. */
static int hear_rules(struct step *s, const char *text, bool *ret_done)
{
    const char *option = NULL;
    if (flow_hear(s, &s->talk, text, ret_done) < 0)
        return -1;
    if (*ret_done)
        return 0;
    if (s->answers_lapsed) {
        *ret_done = true;
        return offer_again(s);
    }
    /* A button may say the very words that it shows: they choose it once. */
    if (!s->picked && context_pick(s, text, &option) < 0)
        return -1;
    *ret_done = s->picked = option != NULL;
    if (option != NULL)
        return picks_hear(s, option);
    if (notice_hear(s, text, ret_done) < 0)
        return -1;
    return *ret_done ? 0 : follow_rule(s, text, ret_done);
}

int policy_text(struct step *s, const char *text)
{
    struct dialogue_memory *m = &s->out->memory;
    struct several asked;
    bool done = false;
    if (hear_rules(s, text, &done) < 0)
        return -1;
    if (done)
        return 0;
    if (lookup_text(s, text, true) < 0 || several_read(s, text, &asked) < 0)
        return -1;
    const struct aiml_reply *said;
    double share;
    if (categories_read(s, text, &said, &share) < 0)
        return -1;
    if (said != NULL && share >= 1)
        return categories_say(s, said, share);
    if (asked.count > 0)
        return answer_several(s, text, &asked);
    const struct understanding *u = &s->out->understood;
    if (u->count > 0 && lookup_best(u) >= s->settings->answer) {
        uint32_t entry = u->candidates[0].entry;
        /* Thanks or a greeting is not what a person would be called for. */
        if (view_entry(s->view, entry).kind == VIEW_ARTICLE)
            policy_remember(m, text);
        return policy_entry(s, entry, text, lookup_best(u));
    }
    uint32_t next = VIEW_NONE;
    double confidence = 0;
    if (context_follow(s, text, &next, &confidence) < 0)
        return -1;
    policy_remember(m, text);
    if (next != VIEW_NONE && confidence >= s->settings->answer)
        return reply_entry(s, next, confidence);
    if (said != NULL && s->heard->who != WHO_WAITING)
        return categories_say(s, said, share);
    wish_second_look(s, text);
    if (s->heard->who == WHO_WAITING)
        return pass_on(s);
    size_t shown = 0;
    bool found = lookup_best(u) >= s->settings->offer || is_torn(s);
    if (!found && lookup_doubting(s, text, &found) < 0)
        return -1;
    if (found) {
        if (reply_candidates(s, "did_you_mean", false, &shown) < 0)
            return -1;
        if (shown > 0)
            return 0;
    }
    return not_understood(s, text);
}

/* None of these, or a thumb down: the next candidates and a person, or a person alone. */
int policy_next(struct step *s, const char *key, const char *person_key, const char *why)
{
    struct dialogue_memory *m = &s->out->memory;
    bool waiting = s->heard->who == WHO_WAITING;
    size_t shown = 0;
    s->out->why = why;
    if (m->question[0] != '\0' && lookup_text(s, m->question, false) < 0)
        return -1;
    if (s->out->in_scope >= s->settings->offer && reply_candidates(s, key, !waiting, &shown) < 0)
        return -1;
    if (shown > 0) {
        s->out->fallback = true;
        return 0;
    }
    return waiting ? pass_on(s) : reply_offer_person(s, person_key, why);
}
