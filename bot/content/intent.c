/* The reader of one-step intents: see intent.h. */
#include "content/intent.h"

#include "content/answer.h"
#include "content/ident.h"
#include "content/suggest.h"
#include "content/yaml.h"

#include <string.h>

static const char *const moods[] = {"neutral", "warm", "glad", "sorry", "serious"};

struct reader {
    struct collect *collect;
    const char *file, *lang;
    struct intent intent;
    bool shaky; /* a mistake took something away, so that what is missing is no news */
};

static void complain(struct reader *r, const struct yaml_value *v, const char *message)
{
    r->shaky = true;
    problem_add(r->collect->problems, SEVERITY_ERROR, r->file, v->line, v->column, "%s", message);
}

/* True if it is a text of 1 to SITE_TEXT_BYTES bytes that no comment cuts. */
static bool good_text(struct reader *r, const struct yaml_value *v, size_t most)
{
    if (v->kind != YAML_TEXT || v->text[0] == '\0')
        complain(r, v, "a text must stand here");
    else if (strlen(v->text) > most)
        complain(r, v, "a text that is too long");
    else if (yaml_text_uncut(r->file, v, r->collect->problems))
        return true;
    r->shaky = true;
    return false;
}

static void read_id(struct reader *r, const struct yaml_value *v)
{
    if (v->kind != YAML_TEXT || !ident_valid(v->text, strlen(v->text)))
        complain(r, v, "“intent” must be an id: " IDENT_RULE);
    else
        r->intent.id = v->text;
}

static void read_title(struct reader *r, const struct yaml_value *v)
{
    if (good_text(r, v, SITE_TEXT_BYTES))
        r->intent.title = v->text;
}

static void read_examples(struct reader *r, const struct yaml_value *v)
{
    if (v->kind != YAML_LIST || v->count > SITE_WORDINGS) {
        complain(r, v, "“examples” must be a list of at most 500 texts");
        return;
    }
    struct wording *list = arena_array(r->collect->arena, v->count, sizeof *list);
    size_t count = 0;
    for (const struct yaml_value *e = v->child; e != NULL && list != NULL; e = e->next) {
        if (!good_text(r, e, SITE_TEXT_BYTES))
            continue;
        if (strstr(e->text, "](") != NULL)
            complain(r, e, "an example is plain text: “[value](slot)” is not supported; write the value alone");
        else
            list[count++] = (struct wording){e->text, {r->file, e->line, e->column}};
    }
    r->intent.examples = list;
    r->intent.example_count = count;
}

static struct answer_source source_of(const struct reader *r, const struct yaml_value *v)
{
    return (struct answer_source){.collect = r->collect,
                                  .file = r->file,
                                  .lang = r->lang,
                                  .text = {v->text, strlen(v->text)},
                                  .line = v->line,
                                  .fixed_column = v->column};
}

static void read_say(struct reader *r, const struct yaml_value *v)
{
    const struct yaml_value *first = v->kind == YAML_LIST ? v->child : v;
    size_t room = v->kind == YAML_LIST ? v->count : 1, count = 0;
    if (v->kind == YAML_MAP || room == 0 || room > INTENT_SAY_MAX) {
        complain(r, v, "“say” must be a text, or a list of at most 20 texts of which one is chosen by turn");
        return;
    }
    const struct block **say = arena_array(r->collect->arena, room, sizeof *say);
    for (const struct yaml_value *s = first; s != NULL && say != NULL; s = v->kind == YAML_LIST ? s->next : NULL) {
        if (!good_text(r, s, ANSWER_BYTES))
            continue;
        struct answer_source source = source_of(r, s);
        say[count] = answer_read(&source);
        if (say[count] != NULL)
            count++;
        else
            complain(r, s, "says nothing");
    }
    r->intent.say = say;
    r->intent.say_count = count;
}

/* The texts of the list as one Markdown list, so that buttons are read as in knowledge files. */
static void read_button(struct reader *r, const struct yaml_value *v, struct option *options, size_t *count)
{
    if (!good_text(r, v, SITE_TEXT_BYTES))
        return;
    struct answer_source source = source_of(r, v);
    const char *item = arena_printf(r->collect->arena, "- %s", v->text);
    if (item == NULL)
        return;
    cmark_node *document = answer_parse((struct span){item, strlen(item)});
    cmark_node *list = cmark_node_first_child(document);
    bool one = list != NULL && cmark_node_next(list) == NULL && cmark_node_get_type(list) == CMARK_NODE_LIST &&
               answer_is_options(list);
    size_t found = 0;
    const struct option *option = one ? answer_options(&source, list, &found) : NULL;
    if (!one)
        complain(r, v,
                 "a button is a link in quotes: \"[words](#id)\", with intent:ID, agent:DEPARTMENT or an address");
    else if (found == 1)
        options[(*count)++] = option[0];
    cmark_node_free(document);
}

static void read_buttons(struct reader *r, const struct yaml_value *v)
{
    if (v->kind != YAML_LIST || v->count > SITE_OPTIONS) {
        complain(r, v, "“buttons” must be a list of at most 8 links such as \"[words](#id)\"");
        return;
    }
    struct option *options = arena_array(r->collect->arena, v->count, sizeof *options);
    size_t count = 0;
    for (const struct yaml_value *b = v->child; b != NULL && options != NULL; b = b->next)
        read_button(r, b, options, &count);
    r->intent.options = options;
    r->intent.option_count = count;
}

static void read_handoff(struct reader *r, const struct yaml_value *v)
{
    bool yes = v->kind == YAML_TEXT && !v->quoted && strcmp(v->text, "true") == 0;
    bool no = v->kind == YAML_TEXT && !v->quoted && strcmp(v->text, "false") == 0;
    if (no)
        return;
    if (!yes && (v->kind != YAML_TEXT || !ident_valid(v->text, strlen(v->text)))) {
        complain(r, v, "“handoff” must be the id of a department, or true for the default one");
        return;
    }
    r->intent.handoff = yes ? "" : v->text;
    const struct inner_link link = {r->lang, OPTION_AGENT, r->intent.handoff, {r->file, v->line, v->column}};
    collect_link(r->collect, &link);
}

bool intent_is_mood(const char *text)
{
    for (size_t i = 0; i < sizeof moods / sizeof *moods; i++)
        if (strcmp(moods[i], text) == 0)
            return true;
    return false;
}

static void read_mood(struct reader *r, const struct yaml_value *v)
{
    if (v->kind != YAML_TEXT || !intent_is_mood(v->text))
        complain(r, v, "“mood” must be one of neutral, warm, glad, sorry, serious");
    else
        r->intent.mood = v->text;
}

static const struct {
    const char *key;
    void (*read)(struct reader *, const struct yaml_value *);
} keys[] = {
    {"intent", read_id},       {"title", read_title},     {"examples", read_examples}, {"say", read_say},
    {"buttons", read_buttons}, {"handoff", read_handoff}, {"mood", read_mood},
};
enum { KEYS = sizeof keys / sizeof *keys };

static void refuse_key(struct reader *r, const struct yaml_value *v)
{
    static const char *const later[] = {"slots", "steps", "patterns"};
    r->shaky = true;
    if (yaml_is_secret(r->file, v, r->collect->problems))
        return;
    struct suggest near = suggest_start(v->key);
    for (size_t k = 0; k < KEYS; k++)
        suggest_offer(&near, keys[k].key);
    const char *what = "unknown key";
    for (size_t i = 0; i < sizeof later / sizeof *later; i++)
        what = strcmp(later[i], v->key) == 0 ? "not supported: an intent is of one step, so there is no" : what;
    problem_add(r->collect->problems, SEVERITY_ERROR, r->file, v->key_line, v->key_column,
                "%s “%.60s”; an intent has intent, title, examples, say, buttons, handoff and mood%s", what, v->key,
                what[0] == 'u' ? suggest_phrase(&near, r->collect->arena) : "");
}

static void check_whole(struct reader *r, const struct yaml_value *root)
{
    const struct intent *i = &r->intent;
    if (i->id == NULL && yaml_find(root, "intent") == NULL)
        complain(r, root, "no “intent”; give it an id");
    if (i->example_count == 0 && yaml_find(root, "examples") == NULL)
        complain(r, root, "no “examples”; list what visitors say");
    else if (i->example_count == 0 && !r->shaky)
        complain(r, yaml_find(root, "examples"), "no “examples”; list what visitors say");
    if (i->say_count == 0 && i->handoff == NULL && !r->shaky)
        complain(r, root, "it neither says anything nor hands off; add “say” or “handoff”");
}

void intent_read(struct collect *collect, const char *file, const char *lang, struct span text)
{
    struct reader r = {.collect = collect, .file = file, .lang = lang};
    const struct yaml_value *root = yaml_tree(collect->arena, file, 1, text.text, text.size, collect->problems);
    if (root == NULL)
        return;
    if (root->kind != YAML_MAP) {
        complain(&r, root, "an intent is written as “key: value”, beginning with “intent: ID”");
        return;
    }
    r.intent.mood = "neutral";
    r.intent.lang = lang;
    for (const struct yaml_value *v = root->child; v != NULL; v = v->next) {
        size_t k = 0;
        while (k < KEYS && strcmp(keys[k].key, v->key) != 0)
            k++;
        k < KEYS ? keys[k].read(&r, v) : refuse_key(&r, v);
    }
    check_whole(&r, root);
    const struct yaml_value *id = yaml_find(root, "intent");
    if (r.intent.id == NULL || r.intent.example_count == 0)
        return;
    r.intent.place = (struct place){file, id->line, id->column};
    if (r.intent.title == NULL)
        r.intent.title = r.intent.examples[0].text;
    collect_intent(collect, &r.intent);
}
