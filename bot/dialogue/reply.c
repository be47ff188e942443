/* Filling in outcomes: see reply.h. */
#include "dialogue/reply.h"

#include <stdio.h>
#include <string.h>

/* "Did you mean" shows so many; one with less than this share of the best's confidence is noise,
 * unless there would be no choice at all. */
enum { CANDIDATES_LEAST = 2, CANDIDATES_MOST = 3 };
static const float candidate_share = 0.12f;

static const char *const option_prefixes[] = {[OPTION_ENTRY] = "entry:",
                                              [OPTION_INTENT] = "intent:",
                                              [OPTION_AGENT] = "agent:",
                                              [OPTION_URL] = "url:",
                                              [OPTION_SAY] = "say:"};

const char *reply_option_id(struct arena *arena, enum option_kind kind, const char *target)
{
    return arena_join(arena, option_prefixes[kind], target);
}

void reply_remember_shown(struct dialogue_memory *m, const char *id)
{
    for (int i = 0; i < m->shown_count; i++)
        if (strcmp(m->shown[i], id) == 0)
            return;
    if (m->shown_count < DIALOGUE_SHOWN_MAX)
        snprintf(m->shown[m->shown_count++], DIALOGUE_ID_BYTES, "%s", id);
}

bool reply_was_shown(const struct dialogue_memory *m, const char *id)
{
    for (int i = 0; i < m->shown_count; i++)
        if (strncmp(m->shown[i], id, DIALOGUE_ID_BYTES - 1) == 0)
            return true;
    return false;
}

static int add_option(struct step *s, struct outcome_option option)
{
    if (option.id == NULL)
        return -1;
    if (s->out->option_count < DIALOGUE_OPTIONS_MAX)
        s->options[s->out->option_count++] = option;
    return 0;
}

int reply_add_option(struct step *s, const char *id, const char *title, float confidence)
{
    return add_option(s, (struct outcome_option){.id = id, .title = title, .confidence = confidence});
}

int reply_add_button(struct step *s, const char *id, const char *title, int card)
{
    return add_option(s, (struct outcome_option){.id = id, .title = title, .card = card});
}

static int add_person(struct step *s)
{
    return reply_add_option(s, "agent:", dialogue_text("person_option", s->lang), 0);
}

static int add_message(struct step *s)
{
    return reply_add_option(s, "message:", dialogue_text("message_option", s->lang), 0);
}

int reply_say_blocks(struct step *s, const struct block *blocks)
{
    if (blocks == NULL)
        return -1;
    /* What is already there was built in this turn's arena, so it may be linked. */
    struct block *last = (struct block *)s->out->blocks;
    while (last != NULL && last->next != NULL)
        last = last->next;
    if (last == NULL)
        s->out->blocks = blocks;
    else
        last->next = (struct block *)blocks;
    return 0;
}

static int say(struct step *s, const char *text)
{
    return reply_say_blocks(s, block_paragraph(s->arena, text));
}

/* A title on its line, so that each of several answers shows what it answers. */
static int say_title(struct step *s, const char *title)
{
    struct block *line = block_paragraph(s->arena, title);
    struct block *strong = arena_alloc(s->arena, sizeof *strong);
    if (line == NULL || strong == NULL)
        return -1;
    *strong = (struct block){.kind = BLOCK_STRONG, .child = line->child};
    line->child = strong;
    return reply_say_blocks(s, line);
}

int reply_say_key(struct step *s, const char *key)
{
    return say(s, dialogue_text(key, s->lang));
}

int reply_silent(struct step *s)
{
    s->out->kind = OUTCOME_SILENT;
    s->out->blocks = NULL;
    return 0;
}

int reply_text(struct step *s, enum outcome_kind kind, const char *key, bool fallback)
{
    s->out->kind = kind;
    s->out->fallback = fallback;
    s->out->mood = fallback ? "sorry" : "neutral";
    return reply_say_key(s, key);
}

static int add_entry_options(struct step *s, uint32_t entry, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct view_option o = view_option(s->view, entry, i);
        if (reply_add_option(s, reply_option_id(s->arena, o.kind, o.target), o.title, 0) < 0)
            return -1;
    }
    return 0;
}

int reply_entry(struct step *s, uint32_t entry, double confidence)
{
    struct view_entry e = view_entry(s->view, entry);
    struct outcome *o = s->out;
    o->kind = e.kind == VIEW_INTENT ? OUTCOME_RULE : OUTCOME_ANSWER;
    o->lang = s->lang = e.lang;
    o->entry = entry;
    o->confidence = confidence;
    o->mood = e.mood;
    if (e.say_count > 0 &&
        reply_say_blocks(s, view_say(s->view, entry, (size_t)o->memory.turns % e.say_count, s->arena)) < 0)
        return -1;
    if (add_entry_options(s, entry, e.option_count) < 0)
        return -1;
    if (e.kind == VIEW_ARTICLE) {
        o->memory.rephrased = 0;
        snprintf(o->memory.last_entry, sizeof o->memory.last_entry, "%s", e.id);
    }
    if (e.handoff == NULL)
        return 0;
    if (s->heard->who != WHO_WAITING)
        return reply_hand_over(s, e.handoff, "rule", o->blocks);
    o->blocks = NULL;
    o->option_count = 0;
    return reply_text(s, OUTCOME_HANDOFF, "already_waiting", false);
}

/* Whether an option is there already, or leads to what is answered here anyway. */
static bool is_needless(const struct step *s, const char *id)
{
    const struct outcome *o = s->out;
    for (size_t i = 0; i < o->option_count; i++)
        if (strcmp(s->options[i].id, id) == 0)
            return true;
    const char *prefix = option_prefixes[OPTION_ENTRY];
    for (size_t i = 0; i < o->entry_count; i++)
        if (strncmp(id, prefix, strlen(prefix)) == 0 &&
            strcmp(id + strlen(prefix), view_entry(s->view, o->entries[i]).id) == 0)
            return true;
    return false;
}

static int add_needed_options(struct step *s, uint32_t entry, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct view_option o = view_option(s->view, entry, i);
        const char *id = reply_option_id(s->arena, o.kind, o.target);
        if (id == NULL || (!is_needless(s, id) && reply_add_option(s, id, o.title, 0) < 0))
            return -1;
    }
    return 0;
}

int reply_entries(struct step *s, const uint32_t *entries, size_t count, double confidence)
{
    struct outcome *o = s->out;
    o->kind = OUTCOME_ANSWER;
    o->entry = entries[0];
    o->confidence = confidence;
    memcpy(o->entries, entries, count * sizeof *entries);
    o->entry_count = count;
    for (size_t i = 0; i < count; i++) {
        struct view_entry e = view_entry(s->view, entries[i]);
        /* The first mood that is one. */
        o->mood = o->mood == NULL || strcmp(o->mood, "neutral") == 0 ? e.mood : o->mood;
        if (say_title(s, e.title) < 0 || reply_say_blocks(s, view_say(s->view, entries[i], 0, s->arena)) < 0 ||
            add_needed_options(s, entries[i], e.option_count) < 0)
            return -1;
        const char *id = reply_option_id(s->arena, OPTION_ENTRY, e.id);
        if (id == NULL)
            return -1;
        reply_remember_shown(&o->memory, id);
    }
    o->memory.rephrased = 0;
    snprintf(o->memory.last_entry, sizeof o->memory.last_entry, "%s", view_entry(s->view, entries[0]).id);
    return 0;
}

/* Whether a title stands among the options: twin entries would look like one choice twice. */
static bool is_offered(const struct step *s, const char *title)
{
    for (size_t i = 0; i < s->out->option_count; i++)
        if (strcmp(s->options[i].title, title) == 0)
            return true;
    return false;
}

static int add_candidates(struct step *s)
{
    const struct understanding *u = &s->out->understood;
    float best = 0;
    for (size_t i = 0; i < u->count && s->out->option_count < CANDIDATES_MOST; i++) {
        struct view_entry e = view_entry(s->view, u->candidates[i].entry);
        float confidence = u->candidates[i].confidence;
        const char *id = reply_option_id(s->arena, e.kind == VIEW_INTENT ? OPTION_INTENT : OPTION_ENTRY, e.id);
        if (id == NULL)
            return -1;
        if (reply_was_shown(&s->out->memory, id) || is_offered(s, e.title))
            continue;
        best = s->out->option_count == 0 ? confidence : best;
        if (confidence < best * candidate_share && s->out->option_count >= CANDIDATES_LEAST)
            break;
        if (reply_add_option(s, id, e.title, confidence) < 0)
            return -1;
        s->lang = s->out->lang = e.lang;
    }
    return 0;
}

int reply_candidates(struct step *s, const char *key, bool with_person, size_t *ret_shown)
{
    if (add_candidates(s) < 0)
        return -1;
    *ret_shown = s->out->option_count;
    if (*ret_shown == 0)
        return 0;
    for (size_t i = 0; i < *ret_shown; i++)
        reply_remember_shown(&s->out->memory, s->options[i].id);
    s->out->confidence = s->options[0].confidence;
    s->out->kind = OUTCOME_OFFER;
    s->out->mood = "neutral";
    if (reply_say_key(s, key) < 0 || reply_add_option(s, "none", dialogue_text("none_of_these", s->lang), 0) < 0)
        return -1;
    return with_person ? add_person(s) : 0;
}

static struct help help_in(const struct step *s, const char *department)
{
    bool other = department != NULL && *department != '\0' && s->heard->help_of != NULL;
    return other ? s->heard->help_of(s->heard->help_context, department) : s->heard->help;
}

static const char *closed_key(const struct help *h, const char *otherwise)
{
    return h->beyond ? "beyond_closing" : otherwise;
}

/* Nothing is promised that closing time may take back: then a message is offered as well. */
static int say_wait(struct step *s, const struct help *h)
{
    if (h->beyond)
        return reply_say_key(s, "near_closing") < 0 || add_message(s) < 0 ? -1 : 0;
    if (!h->ranged)
        return reply_say_key(s, "wait_unknown");
    int low = h->wait_low / 60, high = (h->wait_high + 59) / 60;
    const char *key = high <= 2 ? "wait_short" : low < 1 || low >= high ? "wait_about" : "wait_range";
    struct buf text;
    buf_init(&text, 4096);
    for (const char *p = dialogue_text(key, s->lang); *p != '\0'; p++) {
        const char *end = *p == '{' ? strchr(p, '}') : NULL;
        if (end != NULL) {
            buf_printf(&text, "%d", strncmp(p, "{low}", 5) == 0 ? low : high);
            p = end;
        } else {
            buf_putc(&text, *p);
        }
    }
    int result = text.failed ? -1 : say(s, text.data);
    buf_free(&text);
    return result;
}

int reply_offer_person(struct step *s, const char *key, const char *why)
{
    const struct help *h = &s->heard->help;
    bool somebody = h->open && h->online > 0;
    s->out->kind = OUTCOME_HANDOFF;
    s->out->fallback = true;
    s->out->mood = "sorry";
    s->out->why = why;
    if (somebody && s->settings->handoff_auto)
        return reply_hand_over(s, "", why, NULL);
    if (reply_say_key(s, key) < 0)
        return -1;
    if (!somebody)
        return reply_say_key(s, h->open ? "nobody_online" : closed_key(h, "outside_hours")) < 0 || add_message(s) < 0
                   ? -1
                   : 0;
    return say_wait(s, h) < 0 || add_person(s) < 0 ? -1 : 0;
}

int reply_hand_over(struct step *s, const char *department, const char *why, const struct block *before)
{
    const struct help help = help_in(s, department), *h = &help;
    struct outcome *o = s->out;
    o->kind = OUTCOME_HANDOFF;
    o->department = department;
    o->why = why;
    o->enqueue = h->open; /* outside hours nobody would ever come: a message is what helps */
    o->mood = o->mood != NULL ? o->mood : "warm";
    if (!h->open)
        return reply_say_key(s, closed_key(h, "handing_over_closed")) < 0 || add_message(s) < 0 ? -1 : 0;
    /* "I'm calling a person" would be a false hope where nobody is there. */
    if (h->online > 0)
        return (before == NULL && reply_say_key(s, "handing_over") < 0) || say_wait(s, h) < 0 ? -1 : 0;
    return reply_say_key(s, "handing_over_nobody") < 0 || add_message(s) < 0 ? -1 : 0;
}
