/* Notices as answers: see notice.h. */
#include "dialogue/notice.h"

#include "dialogue/lookup.h"
#include "dialogue/policy.h"
#include "dialogue/reply.h"
#include "dialogue/rules.h"
#include "text/token.h"
#include "understand/alike.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LANGS_MAX = 16, LANG_BYTES = 16 };

/* How alike a question must be. Over the demo's own dialogues and wordings (1,800 texts) with ten notices about the
 * same things, what is under the first is about something else; between the two are other questions with the same
 * words. */
static const double like_enough = 0.62, like_word_for_word = 0.8;

/* The phrasings of one language, numbered by the notice's place + 1. */
struct tongue {
    char lang[LANG_BYTES];
    struct alike *phrasings;
};

struct notice_board {
    struct notice_said *said;
    size_t count, tongue_count;
    struct tongue tongues[LANGS_MAX];
};

struct notice_board *notice_board_new(void)
{
    struct notice_board *b = calloc(1, sizeof *b);
    struct notice_said *said = calloc(NOTICE_BOARD_MAX, sizeof *said);
    if (b == NULL || said == NULL) {
        free(b);
        free(said);
        return NULL;
    }
    b->said = said;
    return b;
}

void notice_board_free(struct notice_board *b)
{
    if (b == NULL)
        return;
    for (size_t i = 0; i < b->tongue_count; i++)
        alike_free(b->tongues[i].phrasings);
    free(b->said);
    free(b);
}

static struct tongue *tongue_of(struct notice_board *b, const char *lang)
{
    for (size_t i = 0; i < b->tongue_count; i++)
        if (strcmp(b->tongues[i].lang, lang) == 0)
            return &b->tongues[i];
    struct tongue *t = &b->tongues[b->tongue_count];
    if (b->tongue_count == LANGS_MAX || strlen(lang) >= sizeof t->lang)
        return NULL;
    memcpy(t->lang, lang, strlen(lang) + 1);
    t->phrasings = alike_new(t->lang);
    b->tongue_count += t->phrasings != NULL;
    return t->phrasings != NULL ? t : NULL;
}

int notice_board_add(struct notice_board *b, const struct notice_said *said)
{
    struct tongue *t = b->count < NOTICE_BOARD_MAX ? tongue_of(b, said->lang) : NULL;
    if (t == NULL)
        return -1;
    b->said[b->count++] = *said;
    int64_t number = (int64_t)b->count;
    int result = alike_add(t->phrasings, said->line, number);
    for (const char *at = said->wordings; *at != '\0' && result == 0;) {
        size_t size = strcspn(at, "\n");
        char *wording = size > 0 ? strndup(at, size) : NULL;
        if (size > 0)
            result = wording != NULL ? alike_add(t->phrasings, wording, number) : -1;
        free(wording);
        at += size + (at[size] == '\n');
    }
    return result;
}

const struct notice_said *notice_board_find(struct notice_board *b, const char *text, double *ret_likeness)
{
    const struct notice_said *best = NULL;
    double most = 0;
    for (size_t i = 0; i < b->tongue_count; i++) {
        double alike = 0;
        int64_t number = alike_find(b->tongues[i].phrasings, text, like_enough, &alike);
        if (number == 0 || alike <= most)
            continue;
        most = alike;
        best = &b->said[number - 1];
    }
    *ret_likeness = most;
    return best;
}

/* Whether the site has an answer of its own that it is sure of: a pattern, or an entry. */
static int site_is_sure(struct step *s, const char *text, bool *ret_sure)
{
    struct rule rule;
    if (rules_find(s, text, false, &rule) < 0 || (rule.entry == VIEW_NONE && lookup_text(s, text, true) < 0))
        return -1;
    *ret_sure = rule.entry != VIEW_NONE || lookup_best(&s->out->understood) >= s->settings->answer;
    return 0;
}

/* The text's paragraphs. Only words: whoever wrote them, nothing in them is a mark. */
static int say_text(struct step *s, const char *text)
{
    while (*text != '\0') {
        size_t size = strcspn(text, "\n");
        char *line = arena_strndup(s->arena, text, size);
        if (line == NULL || (size > 0 && reply_say_blocks(s, block_paragraph(s->arena, line)) < 0))
            return -1;
        text += size + (text[size] == '\n');
    }
    return 0;
}

static int answer(struct step *s, const struct notice_said *n, const char *name, const char *text, double likeness)
{
    struct outcome *o = s->out;
    const struct understanding *u = &o->understood;
    policy_remember(&o->memory, text);
    o->kind = OUTCOME_ANSWER;
    o->lang = s->lang = settings_language(s->settings, n->lang) >= 0 ? arena_strdup(s->arena, n->lang) : s->lang;
    o->confidence = likeness;
    o->in_scope = 1;
    o->mood = "neutral";
    o->memory.rephrased = 0;
    o->source = name;
    snprintf(o->memory.last_entry, sizeof o->memory.last_entry, "%s", name);
    if (s->lang == NULL || say_text(s, n->text[0] != '\0' ? n->text : n->line) < 0)
        return -1;
    /* What the site has to say about it is one press away. */
    if (u->count > 0 && lookup_best(u) >= s->settings->offer) {
        struct view_entry e = view_entry(s->view, u->candidates[0].entry);
        enum option_kind kind = e.kind == VIEW_ARTICLE ? OPTION_ENTRY : OPTION_INTENT;
        if (reply_add_option(s, reply_option_id(s->arena, kind, e.id), e.title, u->candidates[0].confidence) < 0)
            return -1;
    }
    return n->department[0] == '\0' ? 0
                                    : reply_add_option(s, reply_option_id(s->arena, OPTION_AGENT, n->department),
                                                       dialogue_text("person_option", s->lang), 0);
}

/* "Tomorrow" alone answers something, or begins it; it is about nothing yet. */
static bool is_one_word(const char *text)
{
    struct token_reader reader = token_reader(text, strlen(text));
    struct token t;
    return !token_next(&reader, &t) || !token_next(&reader, &t);
}

int notice_hear(struct step *s, const char *text, bool *ret_done)
{
    double likeness = 0;
    struct rule person;
    bool sure = false;
    *ret_done = false;
    const struct notice_said *n =
        s->heard->notices != NULL ? notice_board_find(s->heard->notices, text, &likeness) : NULL;
    if (n == NULL || (likeness < like_word_for_word && is_one_word(text)))
        return 0;
    const char *name = arena_printf(s->arena, "notice:%lld", (long long)n->id);
    if (name == NULL || rules_find(s, text, true, &person) < 0 || site_is_sure(s, text, &sure) < 0)
        return -1;
    if (strcmp(s->out->memory.last_entry, name) == 0 || person.entry != VIEW_NONE ||
        (sure && likeness < like_word_for_word))
        return 0;
    *ret_done = true;
    return answer(s, n, name, text, likeness);
}
