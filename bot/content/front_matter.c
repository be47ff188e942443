/* Topic, review date and mood: see front_matter.h. */
#include "content/front_matter.h"

#include "content/dates.h"
#include "content/mood.h"
#include "content/suggest.h"
#include "content/yaml.h"

#include <string.h>

enum { TOPIC_BYTES = 200 };

static bool is_dashes(struct span line)
{
    while (line.size > 0 && (line.text[line.size - 1] == ' ' || line.text[line.size - 1] == '\t'))
        line.size--;
    return line.size == 3 && memcmp(line.text, "---", 3) == 0;
}

static const char *file_stem(struct arena *arena, const char *file)
{
    const char *slash = strrchr(file, '/');
    const char *name = slash != NULL ? slash + 1 : file;
    const char *dot = strrchr(name, '.');
    const char *stem = arena_strndup(arena, name, dot != NULL ? (size_t)(dot - name) : strlen(name));
    return stem != NULL ? stem : "";
}

static void read_topic(struct collect *c, const char *file, const struct yaml_value *v, struct front_matter *ret)
{
    if (v->kind != YAML_TEXT || v->text[0] == '\0' || strlen(v->text) > TOPIC_BYTES)
        problem_add(c->problems, SEVERITY_ERROR, file, v->line, v->column, "“topic” must be a text of 1 to %d bytes",
                    TOPIC_BYTES);
    else if (yaml_text_uncut(file, v, c->problems))
        ret->topic = v->text;
}

static void read_review(struct collect *c, const char *file, const struct yaml_value *v, struct front_matter *ret)
{
    if (v->kind != YAML_TEXT || !dates_valid(v->text))
        problem_add(c->problems, SEVERITY_ERROR, file, v->line, v->column,
                    "“review” must be a day that exists, such as 2027-03-31");
    else
        ret->review = v->text;
    if (ret->review != NULL && c->today != NULL && strcmp(ret->review, c->today) < 0)
        problem_add(c->problems, SEVERITY_WARNING, file, v->line, v->column,
                    "the review was due on %s; read the answers again and set the next date", ret->review);
}

static void read_mood(struct collect *c, const char *file, const struct yaml_value *v, struct front_matter *ret)
{
    struct suggest near = suggest_start(v->kind == YAML_TEXT ? v->text : "");
    mood_suggest(&near);
    if (v->kind != YAML_TEXT || !mood_is(v->text))
        problem_add(c->problems, SEVERITY_ERROR, file, v->line, v->column, "“mood” must be one of " MOOD_NAMES "%s",
                    suggest_phrase(&near, c->arena));
    else
        ret->mood = v->text;
}

static void read_keys(struct collect *c, const char *file, const struct yaml_value *root, struct front_matter *ret)
{
    static const struct {
        const char *key;
        void (*read)(struct collect *, const char *, const struct yaml_value *, struct front_matter *);
    } keys[] = {{"topic", read_topic}, {"review", read_review}, {"mood", read_mood}};
    enum { KEYS = sizeof keys / sizeof *keys };
    for (const struct yaml_value *v = root->child; v != NULL; v = v->next) {
        struct suggest near = suggest_start(v->key);
        size_t k = 0;
        while (k < KEYS && strcmp(keys[k].key, v->key) != 0)
            suggest_offer(&near, keys[k++].key);
        if (k < KEYS)
            keys[k].read(c, file, v, ret);
        else if (!yaml_is_secret(file, v, c->problems))
            problem_add(c->problems, SEVERITY_ERROR, file, v->key_line, v->key_column,
                        "unknown key “%.60s”; a knowledge file has topic, review and mood%s", v->key,
                        suggest_phrase(&near, c->arena));
    }
}

struct front_matter front_matter_read(struct collect *c, const char *file, struct span *text, int *line)
{
    struct front_matter result = {.topic = file_stem(c->arena, file)};
    struct span rest = *text, at;
    if (!lines_next(&rest, &at) || !is_dashes(at))
        return result;
    const char *start = rest.text;
    int lines = 1;
    while (lines_next(&rest, &at)) {
        lines++;
        if (!is_dashes(at))
            continue;
        const struct yaml_value *root =
            yaml_tree(c->arena, file, *line + 1, start, (size_t)(at.text - start), c->problems);
        if (root != NULL && root->kind == YAML_MAP)
            read_keys(c, file, root, &result);
        else if (root != NULL)
            problem_add(c->problems, SEVERITY_ERROR, file, root->line, root->column,
                        "between the two “---” stand lines such as “topic: deliveries”");
        *text = rest;
        *line += lines;
        return result;
    }
    problem_add(c->problems, SEVERITY_ERROR, file, *line, 1,
                "“---” opens the front matter, but no second “---” closes it");
    /* What was meant as front matter is no text without a question. */
    for (rest = *text; lines_next(&rest, &at) && (at.size == 0 || at.text[0] != '#');) {
        *text = rest;
        ++*line;
    }
    return result;
}
