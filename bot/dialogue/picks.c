/* What a button that was picked does: see picks.h. */
#include "dialogue/picks.h"

#include "dialogue/flow.h"
#include "dialogue/policy.h"

#include <string.h>

/* A person takes over what a flow has collected so far. */
static int call_person(struct step *s, const char *department)
{
    if (flow_report(s, &s->talk) < 0)
        return -1;
    talk_end(&s->talk);
    if (s->heard->who == WHO_WAITING)
        return reply_text(s, OUTCOME_HANDOFF, "already_waiting", false);
    return reply_hand_over(s, department, "asked", NULL);
}

int picks_human(struct step *s)
{
    return call_person(s, "");
}

/* --- picks: one row a kind of option ---------------------------------------------------------- */

static int gone(struct step *s)
{
    return reply_text(s, OUTCOME_REPHRASE, "option_gone", true);
}

/* The words that "did you mean" was about: a flow finds its values in them. */
static const char *asked_words(const struct step *s, enum view_kind kind, const char *id)
{
    const struct dialogue_memory *m = &s->out->memory;
    const char *option = kind == VIEW_INTENT ? reply_option_id(s->arena, OPTION_INTENT, id) : NULL;
    return option != NULL && reply_was_shown(m, option) ? arena_strdup(s->arena, m->question) : NULL;
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
        policy_remember(&s->out->memory, e.title);
    s->out->in_scope = 1;
    return flow_runs(&s->talk) ? flow_beside(s, &s->talk, entry, 1)
                               : policy_entry(s, entry, asked_words(s, kind, id), 1);
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
    return call_person(s, settings_department(s->settings, department) != NULL ? department : "");
}

static int pick_none(struct step *s, const char *rest)
{
    return *rest != '\0' ? gone(s) : policy_next(s, "next_candidates", "offer_person", "none_of_these");
}

/* Pages open the form by themselves; another client is told what to do. */
static int pick_message(struct step *s, const char *rest)
{
    (void)rest;
    return reply_text(s, OUTCOME_HANDOFF, "leave_message", false);
}

static const struct {
    const char *prefix;
    int (*pick)(struct step *, const char *rest);
} picks[] = {
    {"entry:", pick_article}, {"intent:", pick_intent},   {"agent:", pick_agent},
    {"none", pick_none},      {"message:", pick_message}, {"say:", policy_text},
};

int picks_hear(struct step *s, const char *option)
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
