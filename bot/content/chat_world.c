/* The lines that say what the world is like: see chat_world.h. */
#include "content/chat_world.h"

#include "content/ident.h"
#include "content/yaml.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NAME_BYTES = 200 };

/* --- pairs -------------------------------------------------------------------------------------- */

struct pairs {
    const struct world_source *source;
    struct chat_pair *list;
    size_t count;
    bool full;
};

/* A tree as names with dots; elements of lists are counted from 1. */
static void add_pairs(struct pairs *p, const char *prefix, const struct yaml_value *v)
{
    size_t number = 0;
    for (const struct yaml_value *c = v->child; c != NULL; c = c->next) {
        char name[NAME_BYTES];
        const char *dot = prefix[0] != '\0' ? "." : "";
        if (c->key != NULL)
            snprintf(name, sizeof name, "%s%s%s", prefix, dot, c->key);
        else
            snprintf(name, sizeof name, "%s%s%zu", prefix, dot, ++number);
        if (c->kind != YAML_TEXT) {
            add_pairs(p, name, c);
            continue;
        }
        p->full = p->full || p->count == CHAT_PAIRS_MAX;
        const char *copy = p->full ? NULL : arena_strdup(p->source->arena, name);
        if (copy != NULL)
            p->list[p->count++] = (struct chat_pair){copy, c->text};
    }
}

static const char *read_pairs(const struct world_source *s, struct span rest, struct chat_line *line)
{
    /* The reader of a line of its own: its places count from the line's begin. */
    const char *padded = arena_printf(s->arena, "%*s%.*s", s->column - 1, "", (int)rest.size, rest.text);
    struct pairs pairs = {.source = s, .list = arena_array(s->arena, CHAT_PAIRS_MAX, sizeof *pairs.list)};
    if (padded == NULL || pairs.list == NULL)
        return "";
    const struct yaml_value *tree = yaml_tree(s->arena, s->file, s->line, padded, strlen(padded), s->problems);
    if (tree == NULL)
        return "";
    if (tree->kind != YAML_MAP)
        return "write “{key: value, key: value}”";
    add_pairs(&pairs, "", tree);
    if (pairs.full)
        return "more than 100 values; leave out what the flow does not use";
    line->pairs = pairs.list;
    line->pair_count = pairs.count;
    return NULL;
}

/* --- a line each -------------------------------------------------------------------------------- */

static const char *read_from(const struct world_source *s, struct span rest, struct chat_line *line)
{
    static const char remedy[] = "write for example “from: {intent: stato-ordine, asking: numero}”";
    bool intent = false, asking = false;
    if (rest.size == 0)
        return remedy;
    const char *wrong = read_pairs(s, rest, line);
    for (size_t i = 0; wrong == NULL && i < line->pair_count; i++) {
        intent = intent || strcmp(line->pairs[i].name, "intent") == 0;
        asking = asking || strcmp(line->pairs[i].name, "asking") == 0;
    }
    return wrong != NULL ? wrong : intent && asking ? NULL : remedy;
}

static const char *read_clock(const struct world_source *s, struct span rest, struct chat_line *line)
{
    static const char remedy[] = "write a day and a time, such as “clock: 2027-03-01 10:00”";
    struct chat_moment *m = &line->moment;
    const char *text = arena_strndup(s->arena, rest.text, rest.size);
    int used = 0;
    if (text == NULL)
        return "";
    int read = sscanf(text, "%4d-%2d-%2d %2d:%2d%n", &m->year, &m->month, &m->day, &m->hour, &m->minute, &used);
    bool good = read == 5 && text[used] == '\0' && m->year >= 1970 && m->month >= 1 && m->month <= 12 && m->day >= 1 &&
                m->day <= 31 && m->hour >= 0 && m->hour <= 23 && m->minute >= 0 && m->minute <= 59;
    return good ? NULL : remedy;
}

static const char *read_later(const struct world_source *s, struct span rest, struct chat_line *line)
{
    static const struct {
        const char *word;
        int seconds;
    } units[] = {{"minutes", 60}, {"minute", 60}, {"hours", 3600}, {"hour", 3600}, {"days", 86400}, {"day", 86400}};
    const char *text = arena_strndup(s->arena, rest.text, rest.size);
    char *end;
    if (text == NULL)
        return "";
    long count = strtol(text, &end, 10);
    while (*end == ' ')
        end++;
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        if (strcmp(end, units[i].word) != 0 || count < 1 || count > 10000)
            continue;
        line->seconds = (int64_t)count * units[i].seconds;
        return NULL;
    }
    return "write how much time goes by: “later: 90 minutes”, “later: 2 days”";
}

static const char *read_chance(const struct world_source *s, struct span rest, struct chat_line *line)
{
    const char *text = arena_strndup(s->arena, rest.text, rest.size);
    char *end = NULL;
    if (text == NULL)
        return "";
    long number = strtol(text, &end, 10);
    line->number = (double)number;
    return end != text && *end == '\0' && number >= 0 && number <= 1000000 ? NULL
                                                                           : "write a number, such as “chance: 3”";
}

static const char *read_signed_in(const struct world_source *s, struct span rest, struct chat_line *line)
{
    line->text = arena_strndup(s->arena, rest.text, rest.size);
    return rest.size > 0 ? NULL : "write who it is: “signed-in: maria-rossi”";
}

static const char *read_webhook(const struct world_source *s, struct span rest, struct chat_line *line)
{
    static const char remedy[] = "write “webhook NAME: {key: value}” or “webhook NAME: fails”";
    const char *colon = memchr(rest.text, ':', rest.size);
    struct world_source answer = *s;
    if (colon == NULL || !ident_valid(rest.text, (size_t)(colon - rest.text)))
        return remedy;
    line->text = arena_strndup(s->arena, rest.text, (size_t)(colon - rest.text));
    struct span value = lines_trim((struct span){colon + 1, rest.size - (size_t)(colon + 1 - rest.text)});
    line->fails = value.size == strlen("fails") && memcmp(value.text, "fails", value.size) == 0;
    answer.column = s->column + (int)(value.text - rest.text);
    return line->fails ? NULL : value.size > 0 && value.text[0] == '{' ? read_pairs(&answer, value, line) : remedy;
}

const struct world_line chat_world_lines[CHAT_WORLD_LINES] = {
    {"from:", CHAT_FROM, read_from},
    {"clock:", CHAT_CLOCK, read_clock},
    {"later:", CHAT_LATER, read_later},
    {"chance:", CHAT_CHANCE, read_chance},
    {"signed-in:", CHAT_SIGNED_IN, read_signed_in},
    {"webhook ", CHAT_WEBHOOK, read_webhook},
};
