/* Matching rules and classes against pieces: see grammar.h. */
#include "entity/grammar.h"

#include "base/embed.h"
#include "entity/grammar_class.h"
#include "entity/grammar_file.h"

#include <pthread.h>
#include <string.h>

enum { LANGS_MAX = 16 };

static struct grammar *grammars[LANGS_MAX];
static size_t grammar_count;
static struct grammar *wordless;

static void read_all(void)
{
    static const char prefix[] = "entity/data/";
    const struct embedded *file;
    for (size_t i = 0; (file = embed_at(i)) != NULL && grammar_count < LANGS_MAX; i++) {
        if (strncmp(file->path, prefix, strlen(prefix)) != 0)
            continue;
        char lang[8] = "";
        const char *name = file->path + strlen(prefix);
        memcpy(lang, name, strcspn(name, ".") < sizeof lang ? strcspn(name, ".") : 0);
        if ((grammars[grammar_count] = grammar_read(lang, file->data)) != NULL)
            grammar_count++;
    }
    wordless = grammar_read(
        "", "[rules date]\non = {date}\n? on = {day_month}\n[rules time]\nhour = {clock}\n? hour = {point}\n"
            "? hour = {hour}\n");
}

const struct grammar *grammar_of(const char *lang)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, read_all);
    for (size_t i = 0; i < grammar_count; i++)
        if (strcmp(grammars[i]->lang, lang) == 0)
            return grammars[i];
    return wordless;
}

const char *grammar_mistake(const char *lang)
{
    const struct grammar *g = grammar_of(lang);
    return g != NULL ? g->mistake : "no memory";
}

char grammar_decimal(const struct grammar *g)
{
    return g->decimal;
}

int grammar_pack(const char *code)
{
    return code[0] << 16 | code[1] << 8 | code[2];
}

void grammar_unpack(int packed, char *ret)
{
    ret[0] = (char)(packed >> 16);
    ret[1] = (char)(packed >> 8);
    ret[2] = (char)packed;
    ret[3] = '\0';
}

const char *grammar_name(const struct grammar *g, enum grammar_class class, int value, size_t *ret_size)
{
    for (size_t i = 0; i < g->phrase_count; i++)
        if (g->phrases[i].class == (int)class && g->phrases[i].value == value) {
            *ret_size = g->phrases[i].name_size;
            return g->phrases[i].name;
        }
    return NULL;
}

size_t grammar_class_at(const struct grammar *g, enum grammar_class class, const struct pieces *p, size_t i,
                        int *ret_value)
{
    size_t found = 0;
    uint64_t hash = 0;
    for (size_t k = 0; k < GRAMMAR_PHRASE && i + k < p->count; k++) {
        hash = k == 0 ? p->all[i].hash : grammar_join(hash, p->all[i + k].hash);
        if (k == 0 && !grammar_begins(g, class, &p->all[i]))
            return 0;
        const struct grammar_phrase *phrase = grammar_phrase_of(g, (int)class, hash);
        if (phrase != NULL) {
            found = k + 1;
            *ret_value = phrase->value;
        }
    }
    return found;
}

/* --- rules ----------------------------------------------------------------------------------- */

struct matcher {
    const struct grammar *g;
    const struct pieces *p;
    const struct grammar_rule *rule;
};

/* The pieces that an element takes up at i, or 0. */
static size_t element_at(const struct matcher *m, const struct grammar_element *e, size_t i, struct capture *c)
{
    if (i >= m->p->count)
        return 0;
    if (e->class >= CLASS_LISTS)
        return grammar_read_class(m->g, (enum grammar_class)e->class, m->p, i, c);
    if (e->class >= 0)
        return grammar_list_class(m->g, (enum grammar_class)e->class, m->p, i, c);
    for (size_t w = 0; w < e->count; w++)
        if (m->g->pool[e->first + w] == m->p->all[i].hash)
            return 1;
    return 0;
}

/* Matches the elements from `e` on at piece i. Returns the piece behind the match, or 0. */
static size_t match_from(const struct matcher *m, size_t e, size_t i, struct capture *c, size_t *rest)
{
    if (e == m->rule->count)
        return i;
    const struct grammar_element *element = &m->rule->elements[e];
    if (element->mark) {
        *rest = i;
        return match_from(m, e + 1, i, c, rest);
    }
    if (element->class < 0) { /* words leave nothing behind that would have to be taken back */
        size_t word = element_at(m, element, i, c), behind = word > 0 ? match_from(m, e + 1, i + word, c, rest) : 0;
        return behind > 0 || !element->optional ? behind : match_from(m, e + 1, i, c, rest);
    }
    struct capture tried = *c;
    size_t used = element_at(m, element, i, &tried), end = 0;
    if (used > 0)
        end = match_from(m, e + 1, i + used, &tried, rest);
    if (end > 0) {
        *c = tried;
        return end;
    }
    return element->optional ? match_from(m, e + 1, i, c, rest) : 0;
}

bool grammar_inside(const struct grammar *g, enum grammar_section section)
{
    return g->inside[section];
}

bool grammar_match(const struct grammar *g, enum grammar_section section, const struct pieces *p, size_t i, bool weak,
                   struct grammar_match *ret)
{
    if (i >= p->count)
        return false;
    uint64_t mask = grammar_start_rules(g, section, &p->all[i]);
    struct numeral number = {0};
    if ((g->number_rules[section] & ~mask) != 0 && p->all[i].kind == PIECE_WORD &&
        (grammar_begins(g, CLASS_ORDINAL, &p->all[i]) || grammar_numeral(g, p, i, &number) > 0))
        mask |= g->number_rules[section];
    bool found = false;
    for (; mask != 0; mask &= mask - 1) {
        struct matcher m = {g, p, &g->rules[g->first_rule[section] + (size_t)__builtin_ctzll(mask)]};
        struct capture c = {.hour = -1, .minute = -1};
        size_t rest = (size_t)-1;
        if (m.rule->weak && !weak)
            continue;
        size_t end = match_from(&m, 0, i, &c, &rest);
        if (end <= i || (found && end - i <= ret->used))
            continue;
        *ret = (struct grammar_match){.op = m.rule->op, .argument = m.rule->argument, .weak = m.rule->weak, .c = c};
        ret->used = end - i;
        ret->rest = rest != (size_t)-1 ? rest - i : ret->used;
        found = true;
    }
    return found;
}
