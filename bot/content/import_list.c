/* Items judged and kept: see import_list.h. */
#include "content/import_list.h"

#include "base/map.h"
#include "base/utf8.h"
#include "content/answer.h"
#include "content/dates.h"
#include "content/ident.h"
#include "content/mood.h"
#include "content/site.h"

#include <stdint.h>
#include <string.h>

enum { TOPIC_BYTES = 200, SHOWN_BYTES = 60 };

int import_list_open(struct import_list *l, struct arena *arena, const char *source, const char *lang, bool tolerant,
                     struct problems *problems)
{
    *l = (struct import_list){
        .arena = arena, .problems = problems, .source = source, .lang = lang, .tolerant = tolerant};
    l->ids = map_new(IMPORT_ENTRIES);
    return l->ids != NULL ? 0 : -1;
}

void import_list_close(struct import_list *l)
{
    map_free(l->ids);
    l->ids = NULL;
}

const char *import_list_line(struct arena *arena, const char *text, size_t size)
{
    char *copy = arena_strndup(arena, text, size);
    if (copy == NULL)
        return "";
    char *out = copy;
    for (const char *p = copy; *p != '\0'; p++) {
        bool space = (unsigned char)*p <= ' ' || *p == 0x7F; /* control signs, too */
        if (!space)
            *out++ = *p;
        else if (out > copy && out[-1] != ' ')
            *out++ = ' ';
    }
    if (out > copy && out[-1] == ' ')
        out--;
    *out = '\0';
    return copy;
}

/* Lines end with LF, and other control signs are spaces, as in tables. */
static const char *without_controls(struct arena *arena, const char *text)
{
    char *copy = arena_strdup(arena, text), *out = copy;
    for (const char *p = copy; p != NULL && *p != '\0'; p++) {
        if (p[0] == '\r' && p[1] == '\n')
            continue;
        bool control = ((unsigned char)*p < ' ' && *p != '\n' && *p != '\t') || *p == 0x7F;
        *out++ = *p == '\r' ? '\n' : control ? ' ' : *p;
    }
    if (out != NULL)
        *out = '\0';
    return copy != NULL ? copy : "";
}

static const char *line_of(const struct import_list *l, const char *text)
{
    return text != NULL ? import_list_line(l->arena, text, strlen(text)) : "";
}

/* The beginning of a text, without half a character. */
static const char *shortened(const struct import_list *l, const char *text, size_t most)
{
    size_t size = 0, bytes;
    while (text[size] != '\0' && (bytes = utf8_length(text + size, strlen(text + size))) > 0 && size + bytes <= most)
        size += bytes;
    const char *copy = text[size] != '\0' ? arena_strndup(l->arena, text, size) : text;
    return copy != NULL ? copy : "";
}

/* --- languages ----------------------------------------------------------------------------- */

static bool is_wanted(struct import_list *l, const struct import_item *item)
{
    const char *lang = item->lang != NULL ? item->lang : "";
    if (l->lang != NULL)
        return lang[0] == '\0' || strcasecmp(lang, l->lang) == 0;
    if (lang[0] != '\0' && l->first_lang == NULL)
        l->first_lang = lang;
    if (lang[0] == '\0' || strcasecmp(lang, l->first_lang) == 0)
        return true;
    if (!l->mixed)
        problem_add(l->problems, SEVERITY_ERROR, l->source, item->line, 0,
                    "%s in several languages (%.20s, %.20s); choose one with --lang",
                    l->tolerant ? "the questions are" : "the rows are", l->first_lang, lang);
    l->mixed = true;
    return false;
}

/* --- ids ------------------------------------------------------------------------------------- */

static const struct import_entry *find(const struct import_list *l, const char *id)
{
    uintptr_t number = (uintptr_t)map_get_str(l->ids, id);
    return number > 0 ? &l->entries[number - 1] : NULL;
}

static bool same_entry(const struct import_entry *a, const struct import_entry *b)
{
    return strcmp(a->entry.question, b->entry.question) == 0 && strcmp(a->entry.answer, b->entry.answer) == 0;
}

/* An id made from the question that nothing has yet. NULL, here and below, for a double in a tolerant list. */
static const char *make_id(const struct import_list *l, const struct import_entry *e)
{
    const char *slug = ident_slug(l->arena, e->entry.question), *id = slug;
    const struct import_entry *taken;
    for (int n = 2; id != NULL && (taken = find(l, id)) != NULL; n++) {
        if (l->tolerant && same_entry(taken, e))
            return NULL;
        id = arena_printf(l->arena, "%s-%d", slug, n);
    }
    return id;
}

static const char *choose_id(const struct import_list *l, const char *given, const struct import_entry *e)
{
    if (given == NULL || given[0] == '\0')
        return make_id(l, e);
    const struct import_entry *taken = l->tolerant ? find(l, given) : NULL;
    if (taken != NULL && same_entry(taken, e))
        return NULL;
    return taken != NULL || (l->tolerant && !ident_valid(given, strlen(given))) ? make_id(l, e) : given;
}

/* --- faults ---------------------------------------------------------------------------------- */

static const char *fault_of_follows(const struct markdown_entry *m)
{
    if (m->follow_count > SITE_FOLLOWS)
        return "it follows more than 32 entries; leave some out";
    for (size_t i = 0; i < m->follow_count; i++)
        if (!ident_valid(m->follows[i], strlen(m->follows[i])))
            return "what it follows are ids of entries, with commas between";
    return NULL;
}

static const char *fault_of_wordings(const struct import_entry *e)
{
    if (e->entry.wording_count > SITE_WORDINGS)
        return "more than 500 wordings";
    for (size_t i = 0; i < e->entry.wording_count; i++)
        if (strlen(e->entry.wordings[i]) > SITE_TEXT_BYTES)
            return "a wording of more than 4096 bytes";
    return NULL;
}

/* What is wrong with an entry, or NULL. */
static const char *fault_of(const struct import_entry *e)
{
    const struct markdown_entry *m = &e->entry;
    if (m->question[0] == '\0')
        return "the question is empty";
    if (strlen(m->question) > SITE_TEXT_BYTES)
        return "a question of more than 4096 bytes";
    if (m->answer[strspn(m->answer, " \t\r\n")] == '\0')
        return "the answer is empty";
    if (strlen(m->answer) > ANSWER_BYTES / 4)
        return "an answer of more than 16 KiB; split it";
    if (strlen(e->topic) > TOPIC_BYTES)
        return "a topic of more than 200 bytes";
    if (e->review[0] != '\0' && !dates_valid(e->review))
        return "the review must be a day that exists, such as 2027-03-31";
    if (m->mood != NULL && !mood_is(m->mood))
        return "the mood must be one of " MOOD_NAMES;
    if (m->option_count > SITE_OPTIONS)
        return "more than 8 buttons; leave some out";
    const char *fault = fault_of_follows(m);
    return fault != NULL ? fault : fault_of_wordings(e);
}

static void refuse(const struct import_list *l, const struct import_entry *e, const char *fault)
{
    if (!l->tolerant)
        problem_add(l->problems, SEVERITY_ERROR, l->source, e->line, 0, "%s", fault);
    else
        problem_add(l->problems, SEVERITY_WARNING, l->source, e->line, 0, "“%s” is left out: %s",
                    shortened(l, e->entry.question, SHOWN_BYTES), fault);
}

/* --- adding ---------------------------------------------------------------------------------- */

static const char *const *lines_of(const struct import_list *l, const struct import_item *item, size_t *ret_count)
{
    const char **lines = arena_array(l->arena, item->wording_count + 1, sizeof *lines);
    size_t count = 0;
    for (size_t i = 0; lines != NULL && i < item->wording_count; i++) {
        const char *line = line_of(l, item->wordings[i]);
        if (line[0] != '\0')
            lines[count++] = line;
    }
    *ret_count = count;
    return lines;
}

/* Buttons with titles of one line; those without a title go. */
static const struct option *options_of(const struct import_list *l, const struct import_item *item, size_t *ret_count)
{
    struct option *options = arena_array(l->arena, item->option_count + 1, sizeof *options);
    size_t count = 0;
    for (size_t i = 0; options != NULL && i < item->option_count; i++) {
        options[count] = item->options[i];
        options[count].title = line_of(l, item->options[i].title);
        count += options[count].title[0] != '\0';
    }
    *ret_count = count;
    return options;
}

static void keep(struct import_list *l, const struct import_entry *e)
{
    if (l->count == l->room) {
        size_t room = l->room > 0 ? l->room * 2 : 64;
        void *wider = arena_grow(l->arena, l->entries, l->count * sizeof *e, room * sizeof *e);
        if (wider == NULL)
            return;
        l->entries = wider;
        l->room = room;
    }
    l->entries[l->count++] = *e;
    map_put_str(l->ids, e->entry.id, (void *)(uintptr_t)l->count);
}

/* With an id nothing else has. */
static void add_with_id(struct import_list *l, const char *given, struct import_entry *e)
{
    e->entry.id = choose_id(l, given, e);
    if (e->entry.id == NULL)
        return;
    if (!ident_valid(e->entry.id, strlen(e->entry.id))) {
        refuse(l, e, "the id cannot be one: " IDENT_RULE);
        return;
    }
    const struct import_entry *first = find(l, e->entry.id);
    if (first != NULL)
        problem_add(l->problems, SEVERITY_ERROR, l->source, e->line, 0,
                    "the id “%s” is already that of the row in line %d", e->entry.id, first->line);
    else
        keep(l, e);
}

void import_list_add(struct import_list *l, const struct import_item *item)
{
    if (l->count == IMPORT_ENTRIES || !is_wanted(l, item))
        return;
    struct import_entry e = {.line = item->line,
                             .lang = item->lang != NULL ? item->lang : "",
                             .review = item->review != NULL ? item->review : "",
                             .topic = line_of(l, item->topic)};
    e.entry.question = line_of(l, item->question);
    e.entry.answer = item->answer != NULL ? without_controls(l->arena, item->answer) : "";
    e.entry.wordings = lines_of(l, item, &e.entry.wording_count);
    e.entry.options = options_of(l, item, &e.entry.option_count);
    e.entry.follows = item->follows;
    e.entry.follow_count = item->follow_count;
    e.entry.mood = item->mood != NULL && item->mood[0] != '\0' ? item->mood : NULL;
    if (l->tolerant) {
        e.topic = shortened(l, e.topic, TOPIC_BYTES);
        if (e.entry.wording_count > SITE_WORDINGS)
            e.entry.wording_count = SITE_WORDINGS;
        if (e.entry.option_count > SITE_OPTIONS)
            e.entry.option_count = SITE_OPTIONS;
    }
    const char *fault = fault_of(&e);
    if (fault != NULL)
        refuse(l, &e, fault);
    else
        add_with_id(l, item->id, &e);
}
