/* Entities: the table of types, and the two ways of reading. See entity.h. */
#include "entity/entity.h"

#include "base/utf8.h"
#include "entity/answer.h"
#include "entity/kinds.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SPEC_BYTES = 1 << 20, HITS_MOST = 64, COVERED_BEFORE = 3, ALONE_MOST = 16 /* pieces around a lone value */ };

struct entity {
    struct entity_spec spec;
    char lang[8];
    const struct grammar *grammar;
    struct arena *arena; /* what the spec points to */
    struct regex *regex;
    struct choices *choices;
};

/* What is known of each type: its name in editors' files, and how it is read: at a place, or the text at once. */
static const struct {
    const char *name;
    kind_reader *at;
    bool (*whole)(const struct reading *, struct hit *);
    bool searches; /* `at` looks at the whole rest of the text */
} types[ENTITY_TYPES] = {
    [ENTITY_TEXT] = {.name = "text", .whole = text_read},
    [ENTITY_NUMBER] = {.name = "number", .at = number_at},
    [ENTITY_DATE] = {.name = "date", .at = date_at},
    [ENTITY_TIME] = {.name = "time", .at = time_at},
    [ENTITY_MOMENT] = {.name = "moment", .at = moment_at},
    [ENTITY_MONEY] = {.name = "money", .at = money_at},
    [ENTITY_EMAIL] = {.name = "email", .at = email_at},
    [ENTITY_PHONE] = {.name = "phone", .at = phone_at},
    [ENTITY_REGEX] = {.name = "regex", .at = regex_at, .searches = true},
    [ENTITY_CHOICE] = {.name = "choice", .at = choice_at},
    [ENTITY_YES_NO] = {.name = "yes_no", .whole = yes_no_read},
};

enum entity_type entity_type_named(const char *name)
{
    for (int t = 0; t < ENTITY_TYPES; t++)
        if (strcmp(types[t].name, name) == 0)
            return (enum entity_type)t;
    return ENTITY_TYPES;
}

const char *entity_type_name(enum entity_type type)
{
    return (unsigned)type < ENTITY_TYPES ? types[type].name : "";
}

enum entity_type entity_type_of(const struct entity *e)
{
    return e->spec.type;
}

const struct regex *entity_regex(const struct entity *e)
{
    return e->regex;
}

const struct choices *entity_choices(const struct entity *e)
{
    return e->choices;
}

/* --- making ------------------------------------------------------------------------------------ */

static void copy_choices(struct entity *e, const struct entity_spec *spec)
{
    struct entity_choice *choices = arena_array(e->arena, spec->choice_count, sizeof *choices);
    for (size_t i = 0; choices != NULL && i < spec->choice_count; i++) {
        const struct entity_choice *from = &spec->choices[i];
        const char **synonyms = arena_array(e->arena, from->synonym_count + 1, sizeof *synonyms);
        for (size_t s = 0; synonyms != NULL && s < from->synonym_count; s++)
            synonyms[s] = arena_strdup(e->arena, from->synonyms[s]);
        choices[i] = (struct entity_choice){arena_strdup(e->arena, from->value), synonyms, from->synonym_count};
    }
    e->spec.choices = choices;
}

static const char *choices_mistake(const struct entity_spec *spec)
{
    if (spec->choice_count == 0)
        return "there are no choices";
    if (spec->choice_count > ENTITY_CHOICES_MAX)
        return "there are more than 200 choices";
    for (size_t i = 0; i < spec->choice_count; i++)
        if (spec->choices[i].synonym_count > ENTITY_SYNONYMS_MAX)
            return "a choice has more than 100 synonyms";
    return NULL;
}

/* What is wrong with a spec, or NULL. */
static const char *mistake_of(const struct entity_spec *spec)
{
    if ((unsigned)spec->type >= ENTITY_TYPES)
        return "there is no such type";
    if (spec->has_low && spec->has_high && spec->low > spec->high)
        return "the lower bound is above the upper one";
    if (spec->future && spec->past)
        return "a day cannot be both in the future and in the past";
    if (spec->currency != NULL &&
        (strlen(spec->currency) != 3 || strspn(spec->currency, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != 3))
        return "a currency is three capital letters, like EUR";
    size_t code = spec->country != NULL ? strlen(spec->country) : 1;
    if (code == 0 || code > 3 || (spec->country != NULL && strspn(spec->country, "0123456789") != code))
        return "a country's calling code is one to three digits, like 39";
    return spec->type == ENTITY_CHOICE ? choices_mistake(spec) : NULL;
}

struct entity *entity_new(const struct entity_spec *spec, const char *lang, char *ret_why)
{
    const char *mistake = mistake_of(spec);
    struct entity *e = mistake == NULL ? calloc(1, sizeof *e) : NULL;
    snprintf(ret_why, ENTITY_WHY_BYTES, "%s", mistake != NULL ? mistake : "there is no memory");
    if (e == NULL || (e->arena = arena_new(SPEC_BYTES)) == NULL)
        goto fail;
    e->spec = *spec;
    memcpy(e->lang, lang, strnlen(lang, sizeof e->lang - 1));
    e->spec.match = NULL;
    e->spec.country = arena_strdup(e->arena, spec->country != NULL ? spec->country : "39");
    e->spec.currency = arena_strdup(e->arena, spec->currency != NULL ? spec->currency : "EUR");
    if (spec->type == ENTITY_CHOICE)
        copy_choices(e, spec);
    e->grammar = grammar_of(e->lang);
    if (arena_failed(e->arena) || e->grammar == NULL)
        goto fail;
    if (spec->type == ENTITY_REGEX && (e->regex = regex_new(spec->match, ret_why)) == NULL)
        goto fail;
    if (spec->type == ENTITY_CHOICE && (e->choices = choices_new(&e->spec, e->lang, ret_why)) == NULL)
        goto fail;
    *ret_why = '\0';
    return e;
fail:
    entity_free(e);
    return NULL;
}

void entity_free(struct entity *e)
{
    if (e == NULL)
        return;
    regex_free(e->regex);
    choices_free(e->choices);
    arena_free(e->arena);
    free(e);
}

/* --- reading ------------------------------------------------------------------------------------- */

/* At most ENTITY_TEXT_BYTES, not in the middle of a character. */
static size_t text_size(const char *text)
{
    size_t size = strnlen(text, ENTITY_TEXT_BYTES + 1);
    if (size <= ENTITY_TEXT_BYTES)
        return size;
    size = ENTITY_TEXT_BYTES;
    while (size > 0 && ((unsigned char)text[size] & 0xc0) == 0x80)
        size--;
    return size;
}

/* -1 where nothing can be found: what is needed is not there, or no memory. */
static int begin(const struct entity *e, const char *text, const struct entity_now *now, struct arena *arena,
                 bool asked, struct reading *ret)
{
    const size_t size = text_size(text);
    *ret = (struct reading){e, &e->spec, e->grammar, e->lang, {0}, now, arena, asked};
    if (e->regex != NULL && !regex_may(e->regex, text, size))
        return -1;
    return pieces_cut(text, size, arena, &ret->pieces);
}

bool kind_alone(const struct reading *r, size_t i, size_t used)
{
    int value;
    if (r->pieces.count - used > ALONE_MOST)
        return false;
    for (size_t k = 0; k < r->pieces.count;) {
        if (k == i) {
            k += used;
            continue;
        }
        bool glued = (k + 1 == i && r->pieces.all[i].glued) || (k == i + used && r->pieces.all[k].glued);
        size_t filler = grammar_class_at(r->grammar, CLASS_FILLER, &r->pieces, k, &value);
        if (filler > 0)
            k += filler;
        else if (r->pieces.all[k].kind == PIECE_SIGN && !(glued && r->pieces.all[k].sign != '.' &&
                                                          r->pieces.all[k].sign != ',' && r->pieces.all[k].sign != '!'))
            k++;
        else
            return false;
    }
    return true;
}

bool kind_covered(const struct reading *r, enum grammar_section section, size_t i)
{
    struct grammar_match m;
    for (size_t k = i > COVERED_BEFORE ? i - COVERED_BEFORE : 0; k <= i; k++)
        if (grammar_match(r->grammar, section, &r->pieces, k, false, &m) && k + m.used > i)
            return true;
    return false;
}

/* Where the pieces say the place, in bytes. */
static void place(const struct pieces *p, size_t i, struct hit *h)
{
    if (h->used == 0)
        return;
    h->at = p->all[i].at;
    h->size = pieces_end(p, i, h->used) - h->at;
}

static struct entity_found found_of(const struct hit *h)
{
    return (struct entity_found){h->at, h->size, h->value, h->certainty};
}

/* The first piece at or behind a byte. */
static size_t piece_at(const struct pieces *p, size_t i, size_t byte)
{
    while (i < p->count && p->all[i].at < byte)
        i++;
    return i;
}

/* The next value from piece *i on; *i is then behind it. */
static bool next_hit(const struct reading *r, size_t *i, struct hit *ret)
{
    for (; *i < r->pieces.count; ++*i) {
        *ret = (struct hit){0};
        if (!types[r->spec->type].at(r, *i, ret)) {
            if (types[r->spec->type].searches)
                return false;
            continue;
        }
        place(&r->pieces, *i, ret);
        size_t behind = piece_at(&r->pieces, *i, ret->at + ret->size);
        *i = behind > *i ? behind : *i + 1;
        return true;
    }
    return false;
}

size_t entity_find(const struct entity *e, const char *text, const struct entity_now *now, struct arena *arena,
                   struct entity_found *ret, size_t most)
{
    struct reading r;
    struct hit h;
    size_t count = 0, i = 0;
    if (types[e->spec.type].at == NULL || begin(e, text, now, arena, false, &r) < 0)
        return 0;
    while (count < most && next_hit(&r, &i, &h))
        if (h.why == NULL)
            ret[count++] = found_of(&h);
    return count;
}

/* Keeps the better of two hits: what will do before what will not, then the surer, then the first. */
static void keep_better(struct hit *best, bool *any, const struct hit *h)
{
    bool better = !*any || (best->why != NULL && h->why == NULL) ||
                  ((best->why == NULL) == (h->why == NULL) && h->certainty > best->certainty);
    if (better)
        *best = *h;
    *any = true;
}

enum entity_outcome entity_read(const struct entity *e, const char *text, const struct entity_now *now,
                                struct arena *arena, struct entity_found *ret, const char **ret_why)
{
    struct reading r;
    struct hit best = {0}, h;
    bool any = false;
    *ret_why = NULL;
    if (begin(e, text, now, arena, true, &r) < 0)
        return ENTITY_NONE;
    if (types[e->spec.type].whole != NULL) {
        any = types[e->spec.type].whole(&r, &best);
    } else {
        size_t i = 0;
        for (size_t k = 0; k < HITS_MOST && next_hit(&r, &i, &h); k++) {
            bool another = e->spec.type == ENTITY_CHOICE && any && best.certainty == h.certainty &&
                           strcmp(best.value, h.value) != 0;
            keep_better(&best, &any, &h);
            best.why = another ? "several" : best.why;
        }
    }
    if (!any)
        return ENTITY_NONE;
    *ret = found_of(&best);
    *ret_why = best.why;
    return best.why != NULL ? ENTITY_REFUSED : ENTITY_FOUND;
}

/* --- what is only ever an answer --------------------------------------------------------------- */

bool text_read(const struct reading *r, struct hit *ret)
{
    const struct pieces *p = &r->pieces;
    size_t from = 0, end = p->size, characters = 0;
    while (from < end && (unsigned char)p->text[from] <= ' ')
        from++;
    while (end > from && (unsigned char)p->text[end - 1] <= ' ')
        end--;
    for (size_t at = from, length; at < end; at += length, characters++)
        if ((length = utf8_length(p->text + at, end - at)) == 0)
            return false;
    *ret = (struct hit){.at = from, .size = end - from, .certainty = 1};
    ret->value = arena_strndup(r->arena, p->text + from, end - from);
    bool cut = p->text[p->size] != '\0';
    ret->why = cut || (r->spec->longest > 0 && characters > r->spec->longest) ? "long"
               : characters < r->spec->shortest                               ? "short"
                                                                              : NULL;
    return characters > 0 && ret->value != NULL;
}

bool yes_no_read(const struct reading *r, struct hit *ret)
{
    struct answer a = answer_signal(r->lang, r->pieces.text);
    if (a.kind != ANSWER_YES && a.kind != ANSWER_NO)
        return false;
    size_t end = a.rest < r->pieces.size ? a.rest : r->pieces.size;
    while (end > 0 && r->pieces.text[end - 1] == ' ')
        end--;
    *ret = (struct hit){.size = end, .value = a.kind == ANSWER_YES ? "yes" : "no", .certainty = a.whole ? 1 : 0.7};
    return end > 0;
}
