/* A small company with flows, and conversations with it as lists of lines: for tests of what runs flows.
 *
 * A line is a sign and what belongs to it:
 *   > words      the visitor writes           ^ id       picks a button           @ 30     minutes go by
 *   * ok k=v;k=v a webhook answers            * fails    it does not              % 3      chance
 *   # name=value a fact                       w waiting  with whom the visitor is
 * and of the last reply:
 *   < part       it says this                 ~ part     it does not              ! kind   the outcome's kind
 *   ? slot       what is asked (? alone: nothing)         = slot:value             a slot's value as people say it
 *   i type     the input for the answer (i alone: none)
 *   - slot       that has no value            + id       a button                 _ id     no such button
 *   $ name k=v;k=v  the webhook called        & dept|note  handed over            k name=value  kept for the visitor
 *   f            a fallback                                                                                         */
#ifndef TESTS_FLOW_SITE_H
#define TESTS_FLOW_SITE_H

#include "content/flow.h"
#include "unit/dialogue/world.h"

#define TEXT(path, text)                                                                                               \
    {                                                                                                                  \
        path, text, sizeof text - 1                                                                                    \
    }

struct flow_world {
    struct world world;
    struct variable facts[8], called[128];
    char held[16][128];
    size_t held_count;
};

/* An edition of these sources, which must hold settings, with so many errors in them. */
static inline struct edition *flow_edition(const struct source *sources, size_t count, size_t errors)
{
    struct arena *arena = arena_new((size_t)64 << 20);
    struct problems *problems = problems_new();
    struct site *site = site_from_sources(arena, sources, count, "2026-11-22", problems);
    struct buf image;
    const char *why = "";
    buf_init(&image, EDITION_IMAGE_BYTES);
    assert_non_null(site);
    assert_int_equal(edition_compile(site, &image, problems, NULL), 0);
    if (problems_count(problems, SEVERITY_ERROR) != errors)
        problems_print(problems, stderr);
    assert_int_equal(problems_count(problems, SEVERITY_ERROR), errors);
    struct edition *e = edition_from_image(&image, &why);
    if (e == NULL)
        fail_msg("%s", why);
    buf_free(&image);
    problems_free(problems);
    arena_free(arena);
    return e;
}

static inline void flow_world_open(struct flow_world *w, struct edition *edition)
{
    *w = (struct flow_world){.world = {.arena = arena_new(TURN_BYTES), .turn = arena_new(TURN_BYTES)}};
    w->world.edition = edition;
    w->world.heard = (struct heard){.lang = "it", .help = {.open = true, .online = 2}};
    w->world.heard.now = heard_time_at(1803895200, 0); /* Monday, 2027-03-01 10:00 */
}

static inline void flow_world_close(struct flow_world *w)
{
    arena_free(w->world.arena);
    arena_free(w->world.turn);
}

/* --- lines -------------------------------------------------------------------------------------- */

static inline char *held(struct flow_world *w, const char *text)
{
    char *copy = arena_strdup(w->world.arena, text);
    assert_non_null(copy);
    return copy;
}

static inline void fact(struct flow_world *w, const char *line)
{
    char *name = held(w, line), *equals = strchr(name, '=');
    assert_non_null(equals);
    *equals = '\0';
    struct heard *h = &w->world.heard;
    size_t i = 0;
    while (i < h->fact_count && strcmp(w->facts[i].name, name) != 0)
        i++;
    assert_true(i < sizeof w->facts / sizeof *w->facts);
    w->facts[i] = (struct variable){name, equals + 1};
    h->fact_count += i == h->fact_count;
    h->facts = w->facts;
}

static inline void answer_call(struct flow_world *w, const char *line)
{
    struct heard *h = &w->world.heard;
    char *text = held(w, line), *at = NULL;
    h->called_ok = strncmp(text, "ok", 2) == 0;
    h->called = w->called;
    h->called_count = 0;
    char *pairs = strchr(text, ' ');
    for (char *pair = pairs != NULL ? strtok_r(pairs + 1, ";", &at) : NULL; pair != NULL;
         pair = strtok_r(NULL, ";", &at)) {
        char *equals = strchr(pair, '=');
        assert_non_null(equals);
        *equals = '\0';
        w->called[h->called_count++] = (struct variable){pair, equals + 1};
    }
    hear(&w->world, HEARD_CALLED, NULL);
}

static inline const char *value_of(const struct variable *list, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(list[i].name, name) == 0)
            return list[i].value;
    return NULL;
}

static inline bool has_pair(const struct variable *list, size_t count, const char *pair, char sign)
{
    char name[128];
    const char *equals = strchr(pair, sign);
    assert_non_null(equals);
    snprintf(name, sizeof name, "%.*s", (int)(equals - pair), pair);
    const char *value = value_of(list, count, name);
    return value != NULL && strcmp(value, equals + 1) == 0;
}

static inline bool has_button(const struct outcome *o, const char *id)
{
    for (size_t i = 0; i < o->option_count; i++)
        if (strcmp(o->options[i].id, id) == 0)
            return true;
    return false;
}

static inline bool called(const struct outcome *o, const char *line)
{
    char text[256], *at = NULL;
    snprintf(text, sizeof text, "%s", line);
    char *name = strtok_r(text, " ", &at);
    bool good = o->call != NULL && strcmp(o->call->webhook, name) == 0;
    for (char *pair; good && (pair = strtok_r(NULL, ";", &at)) != NULL;)
        good = has_pair(o->call->sends, o->call->send_count, pair, '=');
    return good;
}

static inline bool handed_over(const struct outcome *o, const char *line)
{
    const char *bar = strchr(line, '|');
    size_t size = bar != NULL ? (size_t)(bar - line) : strlen(line);
    return o->enqueue && strlen(o->department) == size && strncmp(o->department, line, size) == 0 &&
           (bar == NULL || (o->note != NULL && strcmp(o->note, bar + 1) == 0));
}

static inline bool says_part(const struct outcome *o, const char *part)
{
    struct buf text;
    buf_init(&text, 1 << 20);
    block_to_text(o->blocks, &text);
    bool found = strstr(text.data, part) != NULL;
    buf_free(&text);
    return found;
}

static inline bool does(struct flow_world *w, char sign, const char *rest)
{
    static const char *const whos[] = {"bot", "waiting", "agent", "closed"};
    struct heard *h = &w->world.heard;
    switch (sign) {
    case '>':
        hear(&w->world, HEARD_TEXT, rest);
        return true;
    case '^':
        hear(&w->world, HEARD_PICK, rest);
        return true;
    case '*':
        answer_call(w, rest);
        return true;
    case '@':
        h->now = heard_time_at(h->now.seconds + 60 * atoi(rest), 0);
        return true;
    case '%':
        h->chance = (uint32_t)atoi(rest);
        return true;
    case '#':
        fact(w, rest);
        return true;
    case 'w':
        for (size_t i = 0; i < 4; i++)
            if (strcmp(whos[i], rest) == 0)
                h->who = (enum who)i;
        return true;
    case 'h':
        hear(&w->world, HEARD_HUMAN, NULL);
        return true;
    default:
        return false;
    }
}

static inline bool holds(const struct outcome *o, char sign, const char *rest)
{
    switch (sign) {
    case '<':
        return says_part(o, rest);
    case '~':
        return !says_part(o, rest);
    case '!':
        return strcmp(outcome_kind_name(o->kind), rest) == 0;
    case '?':
        return rest[0] == '\0' ? o->asking == NULL : o->asking != NULL && strcmp(o->asking, rest) == 0;
    case '=':
        return has_pair(o->slots, o->slot_count, rest, ':');
    case '-':
        return value_of(o->slots, o->slot_count, rest) == NULL;
    case '+':
        return has_button(o, rest);
    case '_':
        return !has_button(o, rest);
    case '$':
        return called(o, rest);
    case '&':
        return handed_over(o, rest);
    case 'k':
        return has_pair(o->keeps, o->keep_count, rest, '=');
    case 'i':
        return rest[0] == '\0' ? o->input == NULL : o->input != NULL && strcmp(o->input->type, rest) == 0;
    case 'f':
        return o->fallback;
    default:
        return false;
    }
}

static inline void explain(const struct flow_world *w, const char *goal, size_t line, const char *text)
{
    const struct outcome *o = &w->world.out;
    struct buf said;
    buf_init(&said, 1 << 16);
    block_to_text(o->blocks, &said);
    fprintf(stderr, "%s, line %zu: “%s”: %s, asks %s, says “%s”", goal, line, text, outcome_kind_name(o->kind),
            o->asking != NULL ? o->asking : "nothing", said.data);
    for (size_t i = 0; i < o->slot_count; i++)
        fprintf(stderr, ", %s = %s", o->slots[i].name, o->slots[i].value);
    for (size_t i = 0; i < o->option_count; i++)
        fprintf(stderr, " [%s]", o->options[i].id);
    fputc('\n', stderr);
    buf_free(&said);
}

/* Plays the lines, to the first that is NULL. What the visitor writes always gets a sentence, but beside a person or
 * where a webhook is called. */
static inline size_t converse(struct edition *edition, const char *goal, const char *const *lines)
{
    struct flow_world w;
    size_t wrong = 0;
    flow_world_open(&w, edition);
    for (size_t i = 0; lines[i] != NULL; i++) {
        char sign = lines[i][0];
        const char *rest = lines[i][1] == ' ' ? lines[i] + 2 : lines[i] + 1;
        bool acted = does(&w, sign, rest), good = acted || holds(&w.world.out, sign, rest);
        if (acted && strchr(">^*h", sign) != NULL && w.world.heard.who != WHO_AGENT)
            good = w.world.out.blocks != NULL || w.world.out.call != NULL || lines[i + 1] == NULL ||
                   strcmp(lines[i + 1], "! silent") == 0;
        if (!good) {
            explain(&w, goal, i + 1, lines[i]);
            wrong++;
        }
    }
    flow_world_close(&w);
    return wrong;
}

#endif
