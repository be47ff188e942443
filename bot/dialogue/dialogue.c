/* The policy: what to do with what was heard. One table row a kind of thing heard; the replies
 * themselves are made in reply.c. See dialogue.h. */
#include "dialogue/dialogue.h"
#include "dialogue/categories.h"
#include "dialogue/context.h"
#include "dialogue/flow.h"
#include "dialogue/reply.h"
#include "dialogue/several.h"

#include <stdio.h>
#include <string.h>

/* Requests to rephrase are counted in halves: a whole sentence that was not understood uses
 * them up, a fragment ("help", "and then?") half of them. */
enum { REPHRASE_WHOLE = 2, REPHRASE_FRAGMENT = 1 };

static const char *const who_names[] = {
    [WHO_BOT] = "bot", [WHO_WAITING] = "waiting", [WHO_AGENT] = "agent", [WHO_CLOSED] = "closed"};

static const char *const kind_names[] = {
    [OUTCOME_SILENT] = "silent",     [OUTCOME_ANSWER] = "answer",   [OUTCOME_OFFER] = "offer",
    [OUTCOME_REPHRASE] = "rephrase", [OUTCOME_HANDOFF] = "handoff", [OUTCOME_RULE] = "rule",
    [OUTCOME_FLOW] = "flow"};

const char *who_name(enum who who)
{
    return who_names[who];
}

const char *outcome_kind_name(enum outcome_kind kind)
{
    return kind_names[kind];
}

static double best_confidence(const struct understanding *u)
{
    return u->count > 0 ? (double)u->candidates[0].confidence : 0;
}

/* Where all its words are known in a language and the entry is as good as certain, nobody need ask which
 * language it is. */
static const double evident = 0.9;

static bool is_evident(const struct understanding *u)
{
    return best_confidence(u) >= evident && u->known_words == u->word_count;
}

/* Reads the text in a language that it seems to be in by its letters, and goes over to it where more of its words are
 * known there, or what is asked: nonsense resembles every language a little. */
static int try_language(struct step *s, const char *text, const char *seems)
{
    struct understanding *u = &s->out->understood, other;
    if (view_understand(s->view, seems, text, &s->reading, s->arena, &other) < 0)
        return -1;
    if (other.known_words > u->known_words || best_confidence(&other) >= s->settings->offer) {
        *u = other;
        s->lang = s->out->lang = seems;
    }
    return 0;
}

/* Reads the text in the usual language, then, unless that is evident, in the one it seems to be in, and in
 * the site's others where that finds nothing to be sure of and another does. */
static int read_text(struct step *s, const char *text, bool tell_language)
{
    struct understanding *u = &s->out->understood;
    if (view_understand(s->view, s->lang, text, &s->reading, s->arena, u) < 0)
        return -1;
    const char *seems = tell_language && !is_evident(u) ? view_language(s->view, text, s->lang) : s->lang;
    if (strcmp(seems, s->lang) != 0 && try_language(s, text, seems) < 0)
        return -1;
    for (size_t i = 0; i < s->settings->languages.count && best_confidence(u) < s->settings->answer; i++) {
        struct understanding other;
        const char *lang = s->settings->languages.items[i];
        if (strcmp(lang, s->lang) == 0)
            continue;
        if (view_understand(s->view, lang, text, &s->reading, s->arena, &other) < 0)
            return -1;
        if (best_confidence(&other) >= s->settings->answer) {
            *u = other;
            s->lang = s->out->lang = lang;
        }
    }
    s->out->in_scope = u->in_scope;
    s->out->confidence = best_confidence(u);
    return 0;
}

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
static void remember_question(struct dialogue_memory *m, const char *text)
{
    snprintf(m->question, sizeof m->question, "%s", text);
    /* A character cut in half would not be text any more. */
    size_t size = strlen(m->question);
    while (size > 0 && size == sizeof m->question - 1 && ((unsigned char)text[size] & 0xc0) == 0x80)
        m->question[--size] = '\0';
    m->shown_count = 0;
}

/* What an intent with steps begins, or what an entry says. */
static int give_entry(struct step *s, uint32_t entry, const char *text, double confidence)
{
    const struct flow *f = view_flow(s->view, entry);
    return f != NULL && flow_has_steps(f) ? flow_start(s, &s->talk, entry, text, NULL, confidence)
                                          : reply_entry(s, entry, confidence);
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
    remember_question(&s->out->memory, text);
    return asked->count == 1 ? give_entry(s, asked->entries[0], text, asked->confidence)
                             : reply_entries(s, asked->entries, asked->count, asked->confidence);
}

static int hear_option(struct step *s, const char *option);

/* Rules: the first pattern that fits, in the order of the files, in the usual language and then the site's others. */
static int follow_rule(struct step *s, const char *text, bool *ret_done)
{
    const struct string_list *langs = &s->settings->languages;
    *ret_done = false;
    for (size_t l = 0; l <= langs->count; l++) {
        const char *lang = l == 0 ? s->lang : langs->items[l - 1];
        const uint32_t *entries;
        size_t count = l > 0 && strcmp(lang, s->lang) == 0 ? 0 : view_patterned(s->view, lang, &entries);
        struct match_text words;
        if (count > 0 && match_text(lang, text, s->arena, &words) < 0)
            return -1;
        for (size_t i = 0; i < count; i++) {
            const struct flow *f = view_flow(s->view, entries[i]);
            for (size_t p = 0; p < f->pattern_count; p++) {
                struct match match;
                if (!match_pattern(f->patterns[p], &words, &match))
                    continue;
                *ret_done = true;
                s->out->in_scope = 1;
                return flow_has_steps(f) ? flow_start(s, &s->talk, entries[i], text, &match, 1)
                                         : reply_entry(s, entries[i], 1);
            }
        }
    }
    return 0;
}

/* What comes before understanding: the running flow, the last reply's buttons, rules. */
static int hear_rules(struct step *s, const char *text, bool *ret_done)
{
    const char *option = NULL;
    if (flow_hear(s, &s->talk, text, ret_done) < 0)
        return -1;
    if (*ret_done)
        return 0;
    if (context_pick(s, text, &option) < 0)
        return -1;
    *ret_done = option != NULL;
    return option != NULL ? hear_option(s, option) : follow_rule(s, text, ret_done);
}

static int hear_text(struct step *s, const char *text)
{
    struct dialogue_memory *m = &s->out->memory;
    struct several asked;
    bool done = false;
    if (hear_rules(s, text, &done) < 0)
        return -1;
    if (done)
        return 0;
    if (read_text(s, text, true) < 0 || several_read(s, text, &asked) < 0)
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
    if (u->count > 0 && best_confidence(u) >= s->settings->answer) {
        uint32_t entry = u->candidates[0].entry;
        /* Thanks or a greeting is not what a person would be called for. */
        if (view_entry(s->view, entry).kind == VIEW_ARTICLE)
            remember_question(m, text);
        return give_entry(s, entry, text, best_confidence(u));
    }
    uint32_t next = VIEW_NONE;
    double confidence = 0;
    if (context_follow(s, text, &next, &confidence) < 0)
        return -1;
    remember_question(m, text);
    if (next != VIEW_NONE && confidence >= s->settings->answer)
        return reply_entry(s, next, confidence);
    if (said != NULL && s->heard->who != WHO_WAITING)
        return categories_say(s, said, share);
    wish_second_look(s, text);
    if (s->heard->who == WHO_WAITING)
        return pass_on(s);
    size_t shown = 0;
    if (best_confidence(u) >= s->settings->offer || is_torn(s)) {
        if (reply_candidates(s, "did_you_mean", false, &shown) < 0)
            return -1;
        if (shown > 0)
            return 0;
    }
    return not_understood(s, text);
}

/* None of these, or a thumb down: the next candidates and a person, or a person alone. */
static int show_next(struct step *s, const char *key, const char *person_key, const char *why)
{
    struct dialogue_memory *m = &s->out->memory;
    bool waiting = s->heard->who == WHO_WAITING;
    size_t shown = 0;
    s->out->why = why;
    if (m->question[0] != '\0' && read_text(s, m->question, false) < 0)
        return -1;
    if (s->out->in_scope >= s->settings->offer && reply_candidates(s, key, !waiting, &shown) < 0)
        return -1;
    if (shown > 0) {
        s->out->fallback = true;
        return 0;
    }
    return waiting ? pass_on(s) : reply_offer_person(s, person_key, why);
}

static int hear_thumb_down(struct step *s)
{
    struct dialogue_memory *m = &s->out->memory;
    const char *id = reply_option_id(s->arena, OPTION_ENTRY, m->last_entry);
    if (id == NULL)
        return -1;
    if (m->last_entry[0] != '\0')
        reply_remember_shown(m, id);
    return show_next(s, "not_helpful", "offer_person_thumb", "thumb_down");
}

/* A person takes over what a flow has collected so far. */
static int hear_human(struct step *s)
{
    if (flow_report(s, &s->talk) < 0)
        return -1;
    talk_end(&s->talk);
    if (s->heard->who == WHO_WAITING)
        return reply_text(s, OUTCOME_HANDOFF, "already_waiting", false);
    return reply_hand_over(s, "", "asked", NULL);
}

/* --- picks: one row a kind of option ---------------------------------------------------------- */

static int gone(struct step *s)
{
    return reply_text(s, OUTCOME_REPHRASE, "option_gone", true);
}

/* Entries are the same in all languages by id: the reply's language first. */
static int pick_entry(struct step *s, enum view_kind kind, const char *id)
{
    uint32_t entry = view_find(s->view, kind, s->lang, id);
    for (size_t i = 0; i < s->settings->languages.count && entry == VIEW_NONE; i++)
        entry = view_find(s->view, kind, s->settings->languages.items[i], id);
    if (entry == VIEW_NONE)
        return gone(s);
    struct view_entry e = view_entry(s->view, entry);
    if (kind == VIEW_ARTICLE)
        remember_question(&s->out->memory, e.title);
    s->out->in_scope = 1;
    return flow_runs(&s->talk) ? flow_beside(s, &s->talk, entry, 1) : give_entry(s, entry, NULL, 1);
}

static int pick_article(struct step *s, const char *id)
{
    return pick_entry(s, VIEW_ARTICLE, id);
}

static int pick_intent(struct step *s, const char *id)
{
    return pick_entry(s, VIEW_INTENT, id);
}

static int pick_agent(struct step *s, const char *department)
{
    if (settings_department(s->settings, department) == NULL)
        department = "";
    if (s->heard->who == WHO_WAITING)
        return hear_human(s);
    if (flow_report(s, &s->talk) < 0)
        return -1;
    talk_end(&s->talk);
    return reply_hand_over(s, department, "asked", NULL);
}

static int pick_none(struct step *s, const char *rest)
{
    return *rest != '\0' ? gone(s) : show_next(s, "next_candidates", "offer_person", "none_of_these");
}

/* Pages open the form by themselves; another client is told what to do. */
static int pick_message(struct step *s, const char *rest)
{
    (void)rest;
    return reply_text(s, OUTCOME_HANDOFF, "leave_message", false);
}

/* As if the visitor had written the words. They choose no button any more: they would choose the same again. */
static int pick_words(struct step *s, const char *rest)
{
    s->out->memory.option_count = 0;
    return hear_text(s, rest);
}

static const struct {
    const char *prefix;
    int (*pick)(struct step *, const char *rest);
} picks[] = {
    {"entry:", pick_article}, {"intent:", pick_intent},   {"agent:", pick_agent},
    {"none", pick_none},      {"message:", pick_message}, {"say:", pick_words},
};

static int hear_option(struct step *s, const char *option)
{
    for (size_t i = 0; i < sizeof picks / sizeof *picks; i++) {
        size_t size = strlen(picks[i].prefix);
        if (strncmp(option, picks[i].prefix, size) == 0) {
            /* The id may be kept past the turn of the message it came in. */
            const char *rest = arena_strdup(s->arena, option + size);
            return rest != NULL ? picks[i].pick(s, rest) : -1;
        }
    }
    return gone(s);
}

static const char *heard_text(const struct step *s)
{
    return s->heard->text != NULL ? s->heard->text : "";
}

static int hear_said(struct step *s)
{
    return hear_text(s, heard_text(s));
}

static int hear_pick(struct step *s)
{
    return hear_option(s, heard_text(s));
}

static int hear_called(struct step *s)
{
    return flow_called(s, &s->talk);
}

static int (*const hear[])(struct step *) = {
    [HEARD_TEXT] = hear_said,     [HEARD_PICK] = hear_pick,
    [HEARD_HUMAN] = hear_human,   [HEARD_THUMB_DOWN] = hear_thumb_down,
    [HEARD_CALLED] = hear_called,
};

/* While a person is in the chat nothing is said, and no flow goes on. */
static int leave_to_person(struct step *s)
{
    talk_end(&s->talk);
    return reply_silent(s);
}

/* Who asks for a person is asking about something said before: the card shows what was tried for that. */
static int card(struct step *s)
{
    const char *question = s->out->memory.question;
    bool read = s->heard->kind == HEARD_TEXT && s->heard->text != NULL && strcmp(s->heard->text, question) == 0;
    if (!s->out->enqueue || read || question[0] == '\0')
        return 0;
    return view_understand(s->view, s->lang, question, NULL, s->arena, &s->out->understood);
}

/* What the flow has come to, and what is remembered of it. */
static int finish_talk(struct step *s)
{
    struct outcome *o = s->out;
    struct variable *keeps = arena_array(s->arena, s->keep_count + 1, sizeof *keeps);
    if (keeps == NULL || (flow_runs(&s->talk) && flow_report(s, &s->talk) < 0))
        return -1;
    memcpy(keeps, s->keeps, s->keep_count * sizeof *keeps);
    o->keeps = keeps;
    o->keep_count = s->keep_count;
    o->in_flow = flow_runs(&s->talk);
    /* Many line ends may make it larger than its parts let expect: then it is not kept. */
    if (talk_write(&s->talk, o->memory.talk, sizeof o->memory.talk) < 0)
        o->memory.talk[0] = '\0';
    return 0;
}

/* The reply's language and the hand-off card are the same for every outcome. */
static int finish(struct step *s)
{
    struct outcome *o = s->out;
    struct outcome_option *options = arena_array(s->arena, o->option_count, sizeof *options);
    o->question = arena_strdup(s->arena, o->memory.question);
    if (options == NULL || o->question == NULL)
        return -1;
    memcpy(options, s->options, o->option_count * sizeof *options);
    o->options = options;
    if (finish_talk(s) < 0)
        return -1;
    context_remember(s);
    if (o->mood == NULL)
        o->mood = "neutral";
    snprintf(o->memory.lang, sizeof o->memory.lang, "%s", o->lang);
    if (s->heard->who != WHO_WAITING)
        o->memory.told_passing = false;
    o->memory.turns = o->memory.turns < 1 << 29 ? o->memory.turns + 1 : 0;
    return 0;
}

/* The language of the last reply, else the page's, else the site's first. */
static const char *usual_lang(const struct step *s, const struct dialogue_memory *memory)
{
    const char *lang = memory->lang[0] != '\0' ? memory->lang : s->heard->lang;
    int known = settings_language(s->settings, lang);
    return known < 0 && s->settings->languages.count == 0 ? "en" : s->settings->languages.items[known < 0 ? 0 : known];
}

int dialogue_step(const struct view *view, const struct dialogue_memory *memory, const struct heard *heard,
                  struct arena *arena, struct outcome *ret)
{
    struct outcome out = {.entry = VIEW_NONE, .department = "", .why = "", .memory = *memory};
    struct step s = {.view = view,
                     .settings = view_settings(view),
                     .heard = heard,
                     .arena = arena,
                     .out = &out,
                     .lapsed = VIEW_NONE};
    if (heard->second != NULL)
        s.reading = *heard->second;
    s.reading.explain = heard->explain;
    if (heard->policy != NULL)
        s.settings = heard->policy;
    out.lang = s.lang = usual_lang(&s, memory);
    if (talk_read(memory->talk, arena, &s.talk) < 0)
        return -1;
    int result = heard->who == WHO_AGENT ? leave_to_person(&s) : hear[heard->kind](&s);
    if (result < 0 || card(&s) < 0 || finish(&s) < 0)
        return -1;
    *ret = out;
    return 0;
}
