/* The policy: what to do with what was heard. One table row a kind of thing heard; the replies
 * themselves are made in reply.c. See dialogue.h. */
#include "dialogue/context.h"
#include "dialogue/flow.h"
#include "dialogue/picks.h"
#include "dialogue/policy.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>

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

static int hear_thumb_down(struct step *s)
{
    struct dialogue_memory *m = &s->out->memory;
    const char *id = reply_option_id(s->arena, OPTION_ENTRY, m->last_entry);
    if (id == NULL)
        return -1;
    if (m->last_entry[0] != '\0')
        reply_remember_shown(m, id);
    return policy_next(s, "not_helpful", "offer_person_thumb", "thumb_down");
}

static const char *heard_text(const struct step *s)
{
    return s->heard->text != NULL ? s->heard->text : "";
}

static int hear_said(struct step *s)
{
    return policy_text(s, heard_text(s));
}

static int hear_pick(struct step *s)
{
    return picks_hear(s, heard_text(s));
}

/* What it cannot look at is for people; a flow goes on waiting for its answer. */
static int hear_files(struct step *s)
{
    if (s->heard->who == WHO_WAITING)
        return reply_silent(s);
    return reply_offer_person(s, "files_received", "not_understood");
}

static int hear_called(struct step *s)
{
    return flow_called(s, &s->talk);
}

static int (*const hear[])(struct step *) = {
    [HEARD_TEXT] = hear_said,     [HEARD_PICK] = hear_pick,
    [HEARD_HUMAN] = picks_human,  [HEARD_THUMB_DOWN] = hear_thumb_down,
    [HEARD_CALLED] = hear_called, [HEARD_FILES] = hear_files,
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
    struct talk *t = &s->talk;
    struct variable *keeps = arena_array(s->arena, s->keep_count + 1, sizeof *keeps);
    if (keeps == NULL || ((flow_runs(t) || o->enqueue) && t->intent != NULL && flow_report(s, t) < 0))
        return -1;
    if (!flow_runs(t) && (s->left || o->enqueue))
        talk_end(t);
    memcpy(keeps, s->keeps, s->keep_count * sizeof *keeps);
    o->keeps = keeps;
    o->keep_count = s->keep_count;
    o->in_flow = flow_runs(t);
    o->asking = t->waiting == TALK_SLOT ? t->slot : t->waiting == TALK_CONFIRM ? FLOW_CONFIRM : NULL;
    if (t->waiting != TALK_SLOT)
        o->input = NULL;
    return talk_write(t, o->memory.talk, sizeof o->memory.talk);
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

bool dialogue_in_flow(const struct dialogue_memory *memory, struct arena *arena)
{
    struct talk talk;
    return memory->talk[0] != '\0' && talk_read(memory->talk, arena, &talk) == 0 && flow_runs(&talk);
}

int dialogue_step(const struct view *view, const struct dialogue_memory *memory, const struct heard *heard,
                  struct arena *arena, struct outcome *ret)
{
    struct step s = {
        .view = view, .settings = view_settings(view), .heard = heard, .arena = arena, .out = ret, .lapsed = VIEW_NONE};
    /* The memory is large and mostly empty: it is neither cleared nor copied as a whole. */
    memset(ret, 0, offsetof(struct outcome, memory));
    dialogue_memory_copy(&ret->memory, memory);
    ret->entry = VIEW_NONE;
    ret->department = ret->why = "";
    if (heard->second != NULL)
        s.reading = *heard->second;
    s.reading.explain = heard->explain;
    if (heard->policy != NULL)
        s.settings = heard->policy;
    ret->lang = s.lang = usual_lang(&s, memory);
    if (talk_read(memory->talk, arena, &s.talk) < 0)
        return -1;
    s.left = s.talk.intent != NULL && !flow_runs(&s.talk);
    int result = heard->who == WHO_AGENT ? leave_to_person(&s) : hear[heard->kind](&s);
    return result < 0 || card(&s) < 0 || finish(&s) < 0 ? -1 : 0;
}
