/* Checks across files: see site_check.h. */
#include "content/site_check.h"

#include "base/map.h"
#include "content/honest.h"
#include "content/ident.h"
#include "content/lines.h"
#include "content/site_flows.h"
#include "content/suggest.h"
#include "content/yaml.h"

#include <string.h>

enum { SUGGESTIONS_MAX = 50, THINGS_MAX = 1 << 27 };

/* What has an id: where it stands, and its kind in words. */
struct thing {
    const char *id, *kind;
    const struct place *place;
};

struct check {
    const struct collect *site;
    const struct settings *settings;
    struct map *articles[SETTINGS_LANGUAGES_MAX]; /* id → thing */
    struct map *intents[SETTINGS_LANGUAGES_MAX];
    struct map *said[SETTINGS_LANGUAGES_MAX]; /* folded question, wording or example → thing */
    int suggestions;                          /* made so far; each walks over all ids */
};

#define AT(place) (place)->file, (place)->line, (place)->column

static void note_id(struct check *c, struct map *map, const struct thing *thing)
{
    const struct thing *first = map_get_str(map, thing->id);
    if (first != NULL) {
        problem_add(c->site->problems, SEVERITY_ERROR, AT(thing->place),
                    "the id “%s” is already that of the %s in %s:%d; choose another", thing->id, thing->kind,
                    first->place->file, first->place->line);
        return;
    }
    struct thing *kept = arena_alloc(c->site->arena, sizeof *kept);
    if (kept == NULL)
        return;
    *kept = *thing;
    map_put_str(map, thing->id, kept);
}

static void note_ids(struct check *c)
{
    for (size_t i = 0; i < c->site->article_count; i++) {
        const struct article *a = &c->site->articles[i];
        const struct thing thing = {a->id, "entry", &a->place};
        note_id(c, c->articles[settings_language(c->settings, a->lang)], &thing);
    }
    for (size_t i = 0; i < c->site->intent_count; i++) {
        const struct intent *n = &c->site->intents[i];
        const struct thing thing = {n->id, "intent", &n->place};
        note_id(c, c->intents[settings_language(c->settings, n->lang)], &thing);
    }
}

/* --- links --------------------------------------------------------------------------------- */

static const char *nearest(struct check *c, const struct map *map, const char *id)
{
    struct suggest near = suggest_start(id);
    size_t at = 0;
    const struct thing *thing;
    if (c->suggestions++ < SUGGESTIONS_MAX)
        while ((thing = map_next(map, &at, NULL, NULL)) != NULL)
            suggest_offer(&near, thing->id);
    return suggest_phrase(&near, c->site->arena);
}

static const char *nearest_department(struct check *c, const char *id)
{
    struct suggest near = suggest_start(id);
    for (size_t i = 0; i < c->settings->department_count; i++)
        suggest_offer(&near, c->settings->departments[i].id);
    return suggest_phrase(&near, c->site->arena);
}

static void check_link(struct check *c, const struct inner_link *link)
{
    struct problems *problems = c->site->problems;
    if (link->kind == OPTION_SAY)
        return;
    if (link->kind == OPTION_AGENT) {
        if (settings_department(c->settings, link->target) == NULL)
            problem_add(problems, SEVERITY_ERROR, AT(&link->place), "there is no department “%s” in sportello.yaml%s",
                        link->target, nearest_department(c, link->target));
        return;
    }
    bool entry = link->kind == OPTION_ENTRY;
    struct map *map = (entry ? c->articles : c->intents)[settings_language(c->settings, link->lang)];
    struct map *other = (entry ? c->intents : c->articles)[settings_language(c->settings, link->lang)];
    if (map_get_str(map, link->target) != NULL)
        return;
    if (map_get_str(other, link->target) != NULL)
        problem_add(problems, SEVERITY_ERROR, AT(&link->place), "dead link: “%s” is the id of an %s; write %s%s",
                    link->target, entry ? "intent" : "entry", entry ? "intent:" : "#", link->target);
    else
        problem_add(problems, SEVERITY_ERROR, AT(&link->place), "dead link: there is no %s “%s” in %s%s",
                    entry ? "entry" : "intent", link->target, link->lang, nearest(c, map, link->target));
}

static bool exists(const struct check *c, size_t lang, const char *id)
{
    return map_get_str(c->articles[lang], id) != NULL || map_get_str(c->intents[lang], id) != NULL;
}

static bool has_content(const struct check *c, size_t lang)
{
    return map_count(c->articles[lang]) + map_count(c->intents[lang]) > 0;
}

static void check_starter(struct check *c, const struct yaml_value *v)
{
    static const char file[] = "sportello.yaml";
    const char *missing = NULL;
    size_t found = 0;
    for (size_t lang = 0; lang < c->settings->languages.count; lang++) {
        if (exists(c, lang, v->text))
            found++;
        else if (has_content(c, lang))
            missing = c->settings->languages.items[lang];
    }
    if (found == 0)
        problem_add(c->site->problems, SEVERITY_ERROR, file, v->line, v->column,
                    "the starter “%s” is no id of an entry or intent%s", v->text, nearest(c, c->articles[0], v->text));
    else if (missing != NULL)
        problem_add(c->site->problems, SEVERITY_WARNING, file, v->line, v->column,
                    "the starter “%s” does not exist in %s, where it will not be shown", v->text, missing);
}

/* The settings keep no places, so the file is looked at again for the lines of the starters. */
static void check_starters(struct check *c, const struct yaml_value *root)
{
    const struct yaml_value *starters = root != NULL ? yaml_find(root, "starters") : NULL;
    if (starters != NULL && starters->kind == YAML_LIST)
        for (const struct yaml_value *v = starters->child; v != NULL; v = v->next)
            if (v->kind == YAML_TEXT && ident_valid(v->text, strlen(v->text)))
                check_starter(c, v);
}

static void check_greeting_in(struct check *c, const char *lang, const struct yaml_value *v)
{
    if (v->kind == YAML_TEXT && !honest_greeting(lang, v->text))
        problem_add(c->site->problems, SEVERITY_WARNING, "sportello.yaml", v->line, v->column,
                    "the greeting (%s) does not say that the assistant is automatic; visitors have a right to know "
                    "that no person is writing",
                    lang);
}

/* One text for all languages is looked at in the first. */
static void check_greeting(struct check *c, const struct yaml_value *root)
{
    const struct yaml_value *greeting = root != NULL ? yaml_find(root, "greeting") : NULL;
    if (greeting != NULL && greeting->kind == YAML_TEXT && c->settings->languages.count > 0)
        check_greeting_in(c, c->settings->languages.items[0], greeting);
    for (const struct yaml_value *v = greeting != NULL && greeting->kind == YAML_MAP ? greeting->child : NULL;
         v != NULL; v = v->next)
        check_greeting_in(c, v->key, v);
}

/* The settings as they stand; NULL where there are none. What is wrong with them was told when they were read. */
static const struct yaml_value *settings_tree(const struct check *c, const struct source *source)
{
    struct problems *known = problems_new();
    struct span text;
    const struct yaml_value *root = NULL;
    if (known != NULL && source != NULL && lines_check(source->path, source->bytes, source->size, known, &text) == 0)
        root = yaml_tree(c->site->arena, source->path, 1, text.text, text.size, known);
    problems_free(known);
    return root;
}

static bool known_to_any(struct map *const *maps, size_t count, const char *id)
{
    for (size_t i = 0; i < count; i++)
        if (map_get_str(maps[i], id) != NULL)
            return true;
    return false;
}

static void check_chat_line(struct check *c, const struct chat *chat, const struct chat_line *line)
{
    size_t languages = c->settings->languages.count;
    bool article = known_to_any(c->articles, languages, line->text);
    bool intent = known_to_any(c->intents, languages, line->text);
    const char *what = NULL;
    if (line->kind != CHAT_EXPECT)
        return;
    if (line->check == CHECK_ARTICLE && !article)
        what = "entry";
    else if (line->check == CHECK_INTENT && !intent)
        what = "intent";
    else if (line->check == CHECK_OFFERS && !article && !intent)
        what = "entry or intent";
    else if (line->check == CHECK_HANDOFF && settings_department(c->settings, line->text) == NULL)
        what = "department";
    if (what == NULL)
        return;
    int lang = settings_language(c->settings, chat->lang);
    const char *near = line->check == CHECK_HANDOFF
                           ? nearest_department(c, line->text)
                           : nearest(c, (line->check == CHECK_INTENT ? c->intents : c->articles)[lang], line->text);
    problem_add(c->site->problems, SEVERITY_ERROR, chat->file, line->line, line->column,
                "there is no %s “%s”, so this can never be met%s", what, line->text, near);
}

/* --- warnings ------------------------------------------------------------------------------ */

static void note_said(struct check *c, struct map *map, const char *text, const struct thing *owner)
{
    char folded[SITE_TEXT_BYTES];
    size_t size = ident_fold(text, folded, sizeof folded);
    const struct thing *first = size > 0 ? map_get(map, folded, size) : NULL;
    if (first == NULL) {
        struct thing *kept = size > 0 ? arena_alloc(c->site->arena, sizeof *kept) : NULL;
        if (kept == NULL)
            return;
        *kept = *owner;
        map_put(map, folded, size, kept);
    } else if (strcmp(first->id, owner->id) == 0 && strcmp(first->kind, owner->kind) == 0) {
        problem_add(c->site->problems, SEVERITY_WARNING, AT(owner->place), "“%.60s” is said twice here; keep one",
                    text);
    } else {
        problem_add(c->site->problems, SEVERITY_WARNING, AT(owner->place),
                    "“%.60s” also stands in the %s “%s” in %s:%d; visitors who ask it may get either", text,
                    first->kind, first->id, first->place->file, first->place->line);
    }
}

static void note_all_said(struct check *c)
{
    for (size_t i = 0; i < c->site->article_count; i++) {
        const struct article *a = &c->site->articles[i];
        struct map *map = c->said[settings_language(c->settings, a->lang)];
        struct thing owner = {a->id, "entry", &a->place};
        note_said(c, map, a->question, &owner);
        for (size_t k = 0; k < a->wording_count; k++) {
            owner.place = &a->wordings[k].place;
            note_said(c, map, a->wordings[k].text, &owner);
        }
    }
    for (size_t i = 0; i < c->site->intent_count; i++) {
        const struct intent *n = &c->site->intents[i];
        struct map *map = c->said[settings_language(c->settings, n->lang)];
        for (size_t k = 0; k < n->example_count; k++) {
            const struct thing owner = {n->id, "intent", &n->examples[k].place};
            note_said(c, map, n->examples[k].text, &owner);
        }
    }
}

static void check_twins(struct check *c, struct map *const *maps, const char *lang, const struct thing *thing)
{
    for (size_t other = 0; other < c->settings->languages.count; other++) {
        const char *name = c->settings->languages.items[other];
        if (strcmp(name, lang) != 0 && map_count(maps[other]) > 0 && map_get_str(maps[other], thing->id) == NULL)
            problem_add(c->site->problems, SEVERITY_WARNING, AT(thing->place),
                        "the %s “%s” has no twin in %s; write one with the same id", thing->kind, thing->id, name);
    }
}

static void check_all_twins(struct check *c)
{
    /* With errors about, what is missing may just not have been read. */
    bool sure = problems_count(c->site->problems, SEVERITY_ERROR) == 0;
    for (size_t lang = 0; sure && lang < c->settings->languages.count; lang++)
        if (!has_content(c, lang))
            problem_add(
                c->site->problems, SEVERITY_WARNING, "sportello.yaml", 0, 0,
                "nothing is written in the language “%s”; add knowledge/%s/NAME.md or leave it out of “languages”",
                c->settings->languages.items[lang], c->settings->languages.items[lang]);
    for (size_t i = 0; i < c->site->article_count; i++) {
        const struct article *a = &c->site->articles[i];
        const struct thing thing = {a->id, "entry", &a->place};
        check_twins(c, c->articles, a->lang, &thing);
    }
    for (size_t i = 0; i < c->site->intent_count; i++) {
        const struct intent *n = &c->site->intents[i];
        const struct thing thing = {n->id, "intent", &n->place};
        check_twins(c, c->intents, n->lang, &thing);
    }
}

static int make_maps(struct check *c)
{
    for (size_t i = 0; i < c->settings->languages.count; i++) {
        c->articles[i] = map_new(THINGS_MAX);
        c->intents[i] = map_new(THINGS_MAX);
        c->said[i] = map_new(THINGS_MAX);
        if (c->articles[i] == NULL || c->intents[i] == NULL || c->said[i] == NULL)
            return -1;
    }
    return 0;
}

static void free_maps(struct check *c)
{
    for (size_t i = 0; i < SETTINGS_LANGUAGES_MAX; i++) {
        map_free(c->articles[i]);
        map_free(c->intents[i]);
        map_free(c->said[i]);
    }
}

/* Errors come first: a list of problems that is full only counts what follows. */
int site_check(const struct collect *site, const struct settings *settings, const struct source *settings_source,
               const struct chat *const *chats, size_t chat_count)
{
    struct check c = {.site = site, .settings = settings};
    const struct yaml_value *root = settings_tree(&c, settings_source);
    int result = make_maps(&c);
    if (result == 0) {
        note_ids(&c);
        for (size_t i = 0; i < site->link_count; i++)
            check_link(&c, &site->links[i]);
        check_starters(&c, root);
        for (size_t i = 0; i < chat_count; i++)
            for (size_t k = 0; k < chats[i]->count; k++)
                check_chat_line(&c, chats[i], &chats[i]->lines[k]);
        result = site_flows_errors(site, settings);
    }
    if (result == 0) {
        note_all_said(&c);
        check_all_twins(&c);
        check_greeting(&c, root);
        result = site_flows_warnings(site, settings);
    }
    free_maps(&c);
    return result;
}
