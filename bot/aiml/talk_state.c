/* What is remembered: predicates, properties, conditions, maps, what was said before. See talk.h. */
#include "aiml/build_sets.h"
#include "aiml/talk.h"
#include "aiml/words.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { KEY_BYTES = 1024, NUMBER_DIGITS = 15 };

/* --- names --- */

const char *talk_named(const struct talk *t, int table, const char *name)
{
    char key[AIML_NAME_BYTES * 2];
    size_t n = 0;
    for (; name[n] != '\0' && n + 1 < sizeof key; n++)
        key[n] = (char)tolower((unsigned char)name[n]);
    key[n] = '\0';
    return image_find(t->a, &t->a->named[table], key);
}

/* A property by either spelling that is in use, or what is said where nothing is known. */
static const char *said_instead(const struct talk *t, const char *one, const char *other)
{
    const char *value = talk_named(t, TABLE_PROPERTIES, one);
    value = value != NULL ? value : talk_named(t, TABLE_PROPERTIES, other);
    return value != NULL ? value : "unknown";
}

const char *talk_predicate(const struct talk *t, const char *name)
{
    for (size_t i = t->predicate_count; i-- > 0;)
        if (strcasecmp(t->predicates[i].name, name) == 0)
            return t->predicates[i].value;
    return talk_named(t, TABLE_DEFAULTS, name);
}

static void forget(struct talk *t, const char *name)
{
    for (size_t i = 0; i < t->predicate_count; i++)
        if (strcasecmp(t->predicates[i].name, name) == 0) {
            memmove(&t->predicates[i], &t->predicates[i + 1], (t->predicate_count - i - 1) * sizeof *t->predicates);
            t->predicate_count--;
            return;
        }
}

void talk_set_predicate(struct talk *t, const char *name, const char *value)
{
    if (!talk_spend(t, AIML_NAME_BYTES + strlen(value)))
        return;
    struct aiml_pair made = {memory_cut(t->arena, name, AIML_NAME_BYTES),
                             memory_cut(t->arena, value, AIML_VALUE_BYTES)};
    if (made.name == NULL || made.value == NULL) {
        t->no_memory = true;
        return;
    }
    bool topic = strcasecmp(made.name, "topic") == 0;
    forget(t, made.name);
    if (topic)
        t->topic_known = false;
    if (*made.name == '\0' || (topic && *made.value == '\0'))
        return;
    if (t->predicate_count == AIML_PREDICATES) {
        memmove(t->predicates, t->predicates + 1, (AIML_PREDICATES - 1) * sizeof *t->predicates);
        t->predicate_count--;
    }
    t->predicates[t->predicate_count++] = made;
}

static const char *local_value(const struct scene *s, const char *name)
{
    for (const struct local *l = s->locals; l != NULL; l = l->next)
        if (strcasecmp(l->name, name) == 0)
            return l->value;
    return NULL;
}

static void set_local(struct talk *t, struct scene *s, const char *name, const char *value)
{
    struct local *l = talk_spend(t, 2 * sizeof *l) ? arena_alloc(t->arena, sizeof *l) : NULL;
    if (l == NULL && t->fault != AIML_FAULT_NONE)
        return;
    if (l == NULL) {
        t->no_memory = true;
        return;
    }
    *l = (struct local){name, value, s->locals};
    s->locals = l;
}

/* --- elements --- */

void talk_get(struct talk *t, struct scene *s, const struct image_op *op)
{
    const char *var = talk_param(t, s, op, PARAM_VAR), *name = var == NULL ? talk_param(t, s, op, PARAM_NAME) : NULL;
    const char *value = var != NULL ? local_value(s, var) : name != NULL ? talk_predicate(t, name) : NULL;
    talk_puts(t, value != NULL ? value : said_instead(t, "default-get", "default_get"));
}

void talk_set(struct talk *t, struct scene *s, const struct image_op *op)
{
    const char *var = talk_param(t, s, op, PARAM_VAR), *name = var == NULL ? talk_param(t, s, op, PARAM_NAME) : NULL;
    const char *value = talk_content(t, s, op);
    if (t->fault != AIML_FAULT_NONE || t->no_memory)
        return;
    if (var != NULL)
        set_local(t, s, var, value);
    else if (name != NULL)
        talk_set_predicate(t, name, value);
    talk_puts(t, value);
}

void talk_bot(struct talk *t, struct scene *s, const struct image_op *op)
{
    const char *name = talk_param(t, s, op, PARAM_NAME);
    const char *value = talk_named(t, TABLE_PROPERTIES, name != NULL ? name : talk_content(t, s, op));
    talk_puts(t, value != NULL ? value : said_instead(t, "default-property", "default_property"));
}

/* --- conditions --- */

/* What a condition or one of its li asks about. */
struct question {
    const char *name, *var, *value;
};

static struct question question_of(struct talk *t, struct scene *s, const struct image_op *op)
{
    return (struct question){.name = talk_param(t, s, op, PARAM_NAME),
                             .var = talk_param(t, s, op, PARAM_VAR),
                             .value = talk_param(t, s, op, PARAM_VALUE)};
}

static bool same_words(const char *a, const char *b)
{
    char x[KEY_BYTES], y[KEY_BYTES];
    size_t m = words_key(a, strlen(a), x, sizeof x), n = words_key(b, strlen(b), y, sizeof y);
    return m == 0 && n == 0 ? strcasecmp(a, b) == 0 : strcmp(x, y) == 0;
}

static bool holds(const struct talk *t, const struct scene *s, struct question q)
{
    const char *value = q.var != NULL ? local_value(s, q.var) : q.name != NULL ? talk_predicate(t, q.name) : NULL;
    if (strcmp(q.value, "*") == 0)
        return value != NULL && *value != '\0';
    return same_words(value != NULL ? value : said_instead(t, "default-get", "default_get"), q.value);
}

/* The first li that holds, or the one without a value. NULL = none. */
static const struct image_op *choose(struct talk *t, struct scene *s, const struct image_op *op, struct question outer)
{
    const struct aiml *a = t->a;
    for (uint32_t i = op->child; i != 0 && t->fault == AIML_FAULT_NONE; i = a->ops[i].next) {
        if (a->ops[i].tag != TAG_LI)
            continue;
        struct question q = question_of(t, s, &a->ops[i]);
        if (q.value == NULL)
            return &a->ops[i];
        if (q.name == NULL && q.var == NULL) {
            q.name = outer.name;
            q.var = outer.var;
        }
        if (holds(t, s, q))
            return &a->ops[i];
    }
    return NULL;
}

void talk_condition(struct talk *t, struct scene *s, const struct image_op *op)
{
    struct question q = question_of(t, s, op);
    if (q.value != NULL && (q.name != NULL || q.var != NULL)) {
        if (holds(t, s, q))
            talk_inner(t, s, op);
        return;
    }
    bool outer = t->loop;
    int rounds = 0;
    do {
        const struct image_op *li = choose(t, s, op, q);
        if (rounds > 0)
            talk_puts(t, " ");
        t->loop = false;
        if (li != NULL)
            talk_inner(t, s, li);
        if (++rounds > AIML_LOOPS)
            talk_fault(t, AIML_FAULT_LOOP);
    } while (t->loop && t->fault == AIML_FAULT_NONE && !t->no_memory);
    t->loop = outer;
}

/* --- maps --- */

static bool ends_in(const char *word, size_t size, const char *end)
{
    size_t n = strlen(end);
    return size > n && strncasecmp(word + size - n, end, n) == 0;
}

static void say_plural(struct talk *t, const char *word)
{
    size_t n = strlen(word);
    bool vowel = n > 1 && strchr("aeiouAEIOU", word[n - 2]) != NULL;
    if (ends_in(word, n, "y") && !vowel) {
        talk_say(t, word, n - 1);
        talk_puts(t, "ies");
    } else {
        talk_say(t, word, n);
        bool hiss = ends_in(word, n, "s") || ends_in(word, n, "x") || ends_in(word, n, "ch") || ends_in(word, n, "sh");
        talk_puts(t, hiss ? "es" : "s");
    }
}

static void say_singular(struct talk *t, const char *word)
{
    size_t n = strlen(word);
    if (ends_in(word, n, "ies") && n > 4) {
        talk_say(t, word, n - 3);
        talk_puts(t, "y");
    } else if (ends_in(word, n, "ches") || ends_in(word, n, "shes") || ends_in(word, n, "xes") ||
               ends_in(word, n, "sses")) {
        talk_say(t, word, n - 2);
    } else if (ends_in(word, n, "s") && !ends_in(word, n, "ss")) {
        talk_say(t, word, n - 1);
    } else {
        talk_say(t, word, n);
    }
}

static void say_neighbour(struct talk *t, const char *number, int step)
{
    char *end, text[32];
    long long n = strtoll(number, &end, 10);
    if (end == number || *end != '\0' || end - number > NUMBER_DIGITS) {
        talk_puts(t, said_instead(t, "default-map", "default_map"));
        return;
    }
    snprintf(text, sizeof text, "%lld", n + step);
    talk_puts(t, text);
}

void talk_map(struct talk *t, struct scene *s, const struct image_op *op)
{
    const char *name = talk_param(t, s, op, PARAM_NAME), *key = talk_content(t, s, op);
    const struct aiml *a = t->a;
    const struct image_table *map = NULL;
    for (size_t i = 0; name != NULL && i < image_count(a, SECTION_MAPS) && map == NULL; i++)
        if (strcasecmp(a->text + a->maps[i].name, name) == 0)
            map = &a->maps[i];
    switch (map != NULL ? map->built_in : BUILT_NONE) {
    case BUILT_SUCCESSOR:
        say_neighbour(t, key, 1);
        return;
    case BUILT_PREDECESSOR:
        say_neighbour(t, key, -1);
        return;
    case BUILT_PLURAL:
        say_plural(t, key);
        return;
    case BUILT_SINGULAR:
        say_singular(t, key);
        return;
    default:
        break;
    }
    char folded[KEY_BYTES];
    words_key(key, strlen(key), folded, sizeof folded);
    const char *value = map != NULL ? image_find(a, map, folded) : NULL;
    talk_puts(t, value != NULL ? value : said_instead(t, "default-map", "default_map"));
}

/* --- what was said before --- */

/* Two numbers `nx,ny`; what is missing is 1. */
static void indexes(struct talk *t, struct scene *s, const struct image_op *op, long *ret_x, long *ret_y)
{
    const char *index = talk_param(t, s, op, PARAM_INDEX), *comma = index != NULL ? strchr(index, ',') : NULL;
    *ret_x = index != NULL ? strtol(index, NULL, 10) : 1;
    *ret_y = comma != NULL ? strtol(comma + 1, NULL, 10) : 1;
}

/* The n-th sentence of a text from its end; false where it has fewer. *n is counted down by those passed. */
static bool say_from_end(struct talk *t, const char *text, long *n)
{
    size_t starts[AIML_SENTENCES * 4], count = 0, size = strlen(text);
    for (size_t at = 0; at < size && count < sizeof starts / sizeof *starts;) {
        struct words_reader r = {text, words_sentence(text, size, at), at};
        struct word w;
        if (words_next(&r, &w))
            starts[count++] = at;
        at = r.size;
    }
    if (*n < 1 || (size_t)*n > count) {
        *n -= (long)count;
        return false;
    }
    size_t from = starts[count - (size_t)*n], end = words_sentence(text, size, from);
    while (isspace((unsigned char)text[from]))
        from++;
    talk_say(t, text + from, end - from);
    return true;
}

void talk_that(struct talk *t, struct scene *s, const struct image_op *op)
{
    long x, y;
    indexes(t, s, op, &x, &y);
    if (x >= 1 && (size_t)x <= t->past_count)
        say_from_end(t, t->past[x - 1].response, &y);
}

/* Without an index the sentence that is being answered, else the n-th before it. */
void talk_input(struct talk *t, struct scene *s, const struct image_op *op)
{
    const char *index = talk_param(t, s, op, PARAM_INDEX);
    long n = index != NULL ? strtol(index, NULL, 10) : 0;
    if (n == 0)
        talk_puts(t, t->sentence);
    if (n <= 0 || say_from_end(t, t->earlier, &n))
        return;
    for (size_t i = 0; i < t->past_count; i++)
        if (say_from_end(t, t->past[i].request, &n))
            return;
}

void talk_request(struct talk *t, struct scene *s, const struct image_op *op)
{
    long x, y;
    indexes(t, s, op, &x, &y);
    if (x >= 1 && (size_t)x <= t->past_count)
        talk_puts(t, t->past[x - 1].request);
}

void talk_response(struct talk *t, struct scene *s, const struct image_op *op)
{
    long x, y;
    indexes(t, s, op, &x, &y);
    if (x >= 1 && (size_t)x <= t->past_count)
        talk_puts(t, t->past[x - 1].response);
}
