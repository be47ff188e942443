/* Reading entity/data/LANG.txt: see grammar_file.h. */
#include "entity/grammar_file.h"

#include "base/hash.h"

#include <stdlib.h>
#include <string.h>

/* Enough to cut one line. */
enum { LINE_ARENA = 1 << 20 };

static const char *const class_names[CLASS_ALL] = {
    [CLASS_NUMBER] = "number",
    [CLASS_ORDINAL] = "ordinal",
    [CLASS_SUFFIX] = "suffix",
    [CLASS_WEEKDAY] = "weekday",
    [CLASS_MONTH] = "month",
    [CLASS_UNIT] = "unit",
    [CLASS_PART] = "part",
    [CLASS_CURRENCY] = "currency",
    [CLASS_CENTS] = "cents",
    [CLASS_SCALE] = "scale",
    [CLASS_AT] = "at",
    [CLASS_DOT] = "dot",
    [CLASS_FILLER] = "filler",
    [CLASS_N] = "n",
    [CLASS_COUNT] = "count",
    [CLASS_DAY] = "day",
    [CLASS_YEAR] = "year",
    [CLASS_HOUR] = "hour",
    [CLASS_MINUTE] = "minute",
    [CLASS_CLOCK] = "clock",
    [CLASS_POINT] = "point",
    [CLASS_DATE] = "date",
    [CLASS_DAY_MONTH] = "day_month",
    [CLASS_ELIDED] = "elided",
    [CLASS_DOUBT] = "doubt",
};

static const char *const section_names[RULES_ALL] = {
    [RULES_NUMBER] = "number",   [RULES_DATE] = "date",
    [RULES_TIME] = "time",       [RULES_MONEY] = "money",
    [RULES_YES] = "yes",         [RULES_NO] = "no",
    [RULES_CANCEL] = "cancel",   [RULES_CORRECTION] = "correction",
    [RULES_ORDINAL] = "ordinal", [RULES_NONE_OF] = "none of",
    [RULES_SKIP] = "skip",       [RULES_BACK] = "back",
    [RULES_REPEAT] = "repeat",   [RULES_POLITE] = "polite",
};

static const char *const op_names[OP_ALL] = {
    [OP_PLAIN] = "say",
    [OP_TIMES] = "times",
    [OP_PLUS] = "plus",
    [OP_MINUS] = "minus",
    [OP_OFFSET] = "offset",
    [OP_AHEAD] = "ahead",
    [OP_AGO] = "ago",
    [OP_WEEKDAY] = "weekday",
    [OP_WEEKDAY_LAST] = "weekday_last",
    [OP_WEEKDAY_THIS] = "weekday_this",
    [OP_WEEKDAY_NEXT] = "weekday_next",
    [OP_ON] = "on",
    [OP_MONTH_END] = "month_end",
    [OP_HOUR] = "hour",
    [OP_TO] = "to",
    [OP_CLOCK] = "clock",
    [OP_PART] = "part",
    [OP_AMOUNT] = "amount",
    [OP_CENTS] = "cents",
    [OP_ANYWHERE] = "anywhere",
    [OP_NTH] = "nth",
    [OP_FROM_END] = "from_end",
};

struct span {
    const char *at;
    size_t size;
};

struct reader {
    struct grammar *g;
    struct arena *arena;
    bool in_class;
    int class, section;
};

static struct span trimmed(const char *at, size_t size)
{
    while (size > 0 && *at == ' ') {
        at++;
        size--;
    }
    while (size > 0 && at[size - 1] == ' ')
        size--;
    return (struct span){at, size};
}

static int name_index(const char *const *names, size_t count, struct span name)
{
    for (size_t i = 0; i < count; i++)
        if (names[i] != NULL && strlen(names[i]) == name.size && memcmp(names[i], name.at, name.size) == 0)
            return (int)i;
    return -1;
}

uint64_t grammar_join(uint64_t hash, uint64_t next)
{
    return hash_mix(hash * 3 + next);
}

/* --- tables ---------------------------------------------------------------------------------- */

static size_t phrase_slot(const struct grammar *g, int class, uint64_t hash)
{
    size_t i = hash_mix(hash + (uint64_t) class) % GRAMMAR_SLOTS;
    while (g->slots[i] != 0) {
        const struct grammar_phrase *p = &g->phrases[g->slots[i] - 1];
        if (p->hash == hash && p->class == class)
            break;
        i = (i + 1) % GRAMMAR_SLOTS;
    }
    return i;
}

const struct grammar_phrase *grammar_phrase_of(const struct grammar *g, int class, uint64_t hash)
{
    size_t i = phrase_slot(g, class, hash);
    return g->slots[i] != 0 ? &g->phrases[g->slots[i] - 1] : NULL;
}

static size_t start_slot(const struct grammar *g, uint64_t hash)
{
    size_t i = hash % GRAMMAR_SLOTS;
    while (g->starts[i].hash != 0 && g->starts[i].hash != hash)
        i = (i + 1) % GRAMMAR_SLOTS;
    return i;
}

/* The row of a word, made where there is none; NULL when three quarters are taken. */
static void *start_row(struct grammar *g, uint64_t hash, uint64_t **ret_rules, uint32_t **ret_classes)
{
    size_t i = start_slot(g, hash);
    if (g->starts[i].hash == 0) {
        if (g->start_count >= GRAMMAR_SLOTS / 4 * 3)
            return NULL;
        g->start_count++;
        g->starts[i].hash = hash;
    }
    *ret_rules = g->starts[i].rules;
    *ret_classes = &g->starts[i].classes;
    return &g->starts[i];
}

uint64_t grammar_start_rules(const struct grammar *g, enum grammar_section section, const struct piece *p)
{
    if (p->kind == PIECE_DIGITS)
        return g->digit_rules[section] | g->starts[start_slot(g, p->hash)].rules[section];
    return g->starts[start_slot(g, p->hash)].rules[section];
}

/* --- classes --------------------------------------------------------------------------------- */

/* The hash of a phrase's words joined, and of the first. False where it has none or too many. */
static bool phrase_hash(struct reader *r, struct span phrase, uint64_t *ret_first, uint64_t *ret_hash)
{
    struct pieces p;
    arena_reset(r->arena);
    if (pieces_cut(phrase.at, phrase.size, r->arena, &p) < 0 || p.count == 0 || p.count > GRAMMAR_PHRASE)
        return false;
    *ret_first = *ret_hash = p.all[0].hash;
    for (size_t i = 1; i < p.count; i++)
        *ret_hash = grammar_join(*ret_hash, p.all[i].hash);
    return true;
}

static bool add_phrase(struct reader *r, int value, struct span phrase)
{
    uint64_t first, hash, *rules;
    uint32_t *classes;
    struct grammar *g = r->g;
    if (g->phrase_count == GRAMMAR_WORDS || !phrase_hash(r, phrase, &first, &hash) ||
        start_row(g, first, &rules, &classes) == NULL)
        return false;
    *classes |= 1u << r->class;
    if ((r->class == CLASS_NUMBER || r->class == CLASS_ELIDED) && phrase.size > 1)
        g->number_letters[(unsigned)(phrase.at[0] - 'a') % 26] |= 1u << ((phrase.at[1] - 'a') & 31);
    size_t slot = phrase_slot(g, r->class, hash);
    if (g->slots[slot] != 0)
        return true;
    g->phrases[g->phrase_count] = (struct grammar_phrase){hash, r->class, value, phrase.at, phrase.size};
    g->slots[slot] = (uint16_t)++g->phrase_count;
    return true;
}

/* "1 = lunedì, lun". */
static bool class_line(struct reader *r, struct span left, struct span right)
{
    bool code = left.size == 3 && left.at[0] >= 'A' && left.at[0] <= 'Z';
    int value = code ? grammar_pack(left.at) : (int)strtol(left.at, NULL, 10);
    while (right.size > 0) {
        const char *comma = memchr(right.at, ',', right.size);
        size_t size = comma != NULL ? (size_t)(comma - right.at) : right.size;
        if (!add_phrase(r, value, trimmed(right.at, size)))
            return false;
        size_t behind = size + (comma != NULL);
        right = (struct span){right.at + behind, right.size - behind};
    }
    return true;
}

/* --- rules ----------------------------------------------------------------------------------- */

/* The words of an element: each is one piece. */
static bool element_words(struct reader *r, struct span words, struct grammar_element *e)
{
    struct grammar *g = r->g;
    *e = (struct grammar_element){.class = -1, .optional = e->optional, .first = g->pool_count};
    while (words.size > 0) {
        const char *bar = memchr(words.at, '|', words.size);
        size_t size = bar != NULL && words.size > 1 ? (size_t)(bar - words.at) : words.size;
        struct pieces p;
        arena_reset(r->arena);
        if (pieces_cut(words.at, size, r->arena, &p) < 0 || p.count != 1 || g->pool_count == GRAMMAR_POOL)
            return false;
        g->pool[g->pool_count++] = p.all[0].hash;
        e->count++;
        size_t behind = size + (size < words.size);
        words = (struct span){words.at + behind, words.size - behind};
    }
    return e->count > 0;
}

static bool element_read(struct reader *r, struct span word, struct grammar_element *e)
{
    *e = (struct grammar_element){.class = -1};
    if (word.size == 1 && *word.at == '/') {
        e->mark = true;
        return true;
    }
    if (word.size > 2 && word.at[0] == '[' && word.at[word.size - 1] == ']') {
        e->optional = true;
        word = (struct span){word.at + 1, word.size - 2};
    }
    if (word.size > 2 && word.at[0] == '{' && word.at[word.size - 1] == '}') {
        e->class = name_index(class_names, CLASS_ALL, (struct span){word.at + 1, word.size - 2});
        return e->class >= 0;
    }
    return element_words(r, word, e);
}

/* Notes what may begin the rule: its elements up to the first that must be there. */
static bool note_starts(struct grammar *g, int section, size_t bit, const struct grammar_rule *rule)
{
    uint64_t mask = 1ull << bit, *rules;
    uint32_t *classes;
    for (size_t i = 0; i < rule->count; i++) {
        const struct grammar_element *e = &rule->elements[i];
        for (size_t w = 0; w < e->count; w++) {
            if (start_row(g, g->pool[e->first + w], &rules, &classes) == NULL)
                return false;
            rules[section] |= mask;
        }
        for (size_t s = 0; s < GRAMMAR_SLOTS && e->class >= 0 && e->class < CLASS_LISTS; s++)
            if (g->starts[s].hash != 0 && (g->starts[s].classes >> e->class & 1))
                g->starts[s].rules[section] |= mask;
        if (e->class >= CLASS_LISTS) {
            g->digit_rules[section] |= mask;
            if (e->class < CLASS_YEAR || e->class == CLASS_HOUR || e->class == CLASS_MINUTE)
                g->number_rules[section] |= mask;
        }
        if (!e->optional && !e->mark)
            return true;
    }
    return false;
}

/* "offset 1 = domani [{part}]". */
static bool rule_line(struct reader *r, struct span left, struct span right)
{
    struct grammar *g = r->g;
    if (g->rule_count == GRAMMAR_RULES || g->rule_count - g->first_rule[r->section] >= GRAMMAR_SECTION_RULES)
        return false;
    struct grammar_rule *rule = &g->rules[g->rule_count];
    rule->weak = left.size > 0 && *left.at == '?';
    if (rule->weak)
        left = trimmed(left.at + 1, left.size - 1);
    const char *space = memchr(left.at, ' ', left.size);
    size_t name = space != NULL ? (size_t)(space - left.at) : left.size;
    int op = name_index(op_names, OP_ALL, (struct span){left.at, name});
    if (op < 0)
        return false;
    rule->op = (enum grammar_op)op;
    rule->argument = space != NULL ? (int)strtol(space, NULL, 10) : 0;
    while (right.size > 0) {
        const char *end = memchr(right.at, ' ', right.size);
        size_t size = end != NULL ? (size_t)(end - right.at) : right.size;
        if (rule->count == GRAMMAR_ELEMENTS ||
            !element_read(r, (struct span){right.at, size}, &rule->elements[rule->count]))
            return false;
        rule->count++;
        right = trimmed(right.at + size, right.size - size);
    }
    size_t bit = g->rule_count - g->first_rule[r->section];
    g->rule_count++;
    g->inside[r->section] = g->inside[r->section] || rule->op == OP_ANYWHERE;
    return note_starts(g, r->section, bit, rule);
}

/* --- the file -------------------------------------------------------------------------------- */

/* "[class weekday]" or "[rules date]", these in the order of their enum. */
static bool head_line(struct reader *r, struct span line)
{
    if (line.size < 8 || line.at[line.size - 1] != ']')
        return false;
    struct span name = {line.at + 7, line.size - 8};
    r->in_class = memcmp(line.at, "[class ", 7) == 0;
    if (r->in_class) {
        r->class = name_index(class_names, CLASS_LISTS, name);
        return r->class >= 0;
    }
    int section = name_index(section_names, RULES_ALL, name);
    if (section < r->section)
        return false;
    for (int s = r->section + 1; s <= section; s++)
        r->g->first_rule[s] = r->g->rule_count;
    r->section = section;
    return true;
}

static bool read_line(struct reader *r, struct span line)
{
    if (line.size == 0 || *line.at == '#')
        return true;
    if (*line.at == '[')
        return head_line(r, line);
    const char *equals = memchr(line.at, '=', line.size);
    if (equals == NULL)
        return false;
    struct span left = trimmed(line.at, (size_t)(equals - line.at));
    struct span right = trimmed(equals + 1, line.size - (size_t)(equals + 1 - line.at));
    if (left.size == 7 && memcmp(left.at, "decimal", 7) == 0 && right.size == 1) {
        r->g->decimal = *right.at;
        return true;
    }
    if (left.size == 3 && memcmp(left.at, "and", 3) == 0) {
        uint64_t first;
        return phrase_hash(r, right, &first, &r->g->and);
    }
    if (r->in_class)
        return class_line(r, left, right);
    return r->section >= 0 && rule_line(r, left, right);
}

struct grammar *grammar_read(const char *lang, const char *text)
{
    struct grammar *g = calloc(1, sizeof *g);
    struct reader r = {.g = g, .arena = arena_new(LINE_ARENA), .section = -1, .class = -1};
    if (g == NULL || r.arena == NULL) {
        free(g);
        arena_free(r.arena);
        return NULL;
    }
    size_t length = strnlen(lang, sizeof g->lang - 1);
    memcpy(g->lang, lang, length);
    g->decimal = '.';
    while (*text != '\0') {
        size_t size = strcspn(text, "\n");
        if (!read_line(&r, trimmed(text, size)) && g->mistake == NULL)
            g->mistake = text;
        text += size + (text[size] == '\n');
    }
    for (int s = r.section + 1; s <= RULES_ALL; s++)
        g->first_rule[s] = g->rule_count;
    arena_free(r.arena);
    return g;
}
