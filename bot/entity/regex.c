/* Codes by an editor's expression: order numbers and the like, in the spellings that people type.
 *
 * The expression is compiled twice, with its own case and blind to it, between bounds of words. The
 * variants of a text keep a map back to its bytes. */
#define PCRE2_CODE_UNIT_WIDTH 8
#include "entity/kinds.h"
#include "entity/regex_digit.h"

#include <pcre2.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* MATCH_STEPS is counted from each place where a match may begin: enough for any code (a few dozen), and an
 * expression that explodes ends within a millisecond. */
enum { MATCH_STEPS = 3000, MATCH_HEAP_KB = 512, VARIANT_MOST = 1000, JOINED_MOST = 5, CODE_BYTES = 40 };

struct regex {
    pcre2_code *strict, *blind;
    pcre2_match_context *limits;
    bool needs_digit;
};

static const char before[] = "(?<![\\p{L}\\p{N}])(?:", behind[] = ")(?![\\p{L}\\p{N}])";

static pcre2_code *compile(const char *match, uint32_t options, int *ret_error, size_t *ret_offset)
{
    return pcre2_compile((PCRE2_SPTR)match, PCRE2_ZERO_TERMINATED,
                         PCRE2_UTF | PCRE2_NEVER_BACKSLASH_C | PCRE2_MATCH_INVALID_UTF | options, ret_error, ret_offset,
                         NULL);
}

/* The expression between bounds; a remark at its end (?x) must not swallow the bound. */
static pcre2_code *compile_bound(const char *match, uint32_t options)
{
    char text[ENTITY_MATCH_BYTES + sizeof before + sizeof behind + 2];
    int error;
    size_t offset, size = 0, length = strlen(match);
    for (int line = 0; line < 2; line++, size = 0) {
        memcpy(text, before, sizeof before - 1);
        size += sizeof before - 1;
        memcpy(text + size, match, length);
        size += length;
        if (line == 1)
            text[size++] = '\n';
        memcpy(text + size, behind, sizeof behind);
        pcre2_code *code = compile(text, options, &error, &offset);
        if (code != NULL)
            return code;
    }
    return NULL;
}

static size_t characters(const char *text, size_t bytes)
{
    size_t count = 0;
    for (size_t i = 0; i < bytes; i++)
        count += ((unsigned char)text[i] & 0xc0) != 0x80;
    return count;
}

/* In words for editors; false where the expression is good. */
static bool is_broken(const char *match, char *ret_why)
{
    int error;
    size_t offset;
    char words[120] = "";
    if (match == NULL || *match == '\0' || strlen(match) > ENTITY_MATCH_BYTES) {
        snprintf(ret_why, ENTITY_WHY_BYTES, "the expression has between 1 and %d characters", ENTITY_MATCH_BYTES);
        return true;
    }
    pcre2_code *alone = compile(match, 0, &error, &offset);
    if (alone == NULL) {
        pcre2_get_error_message(error, (PCRE2_UCHAR *)words, sizeof words);
        snprintf(ret_why, ENTITY_WHY_BYTES, "the expression is wrong at character %zu: %s",
                 characters(match, offset) + 1, words);
        return true;
    }
    pcre2_code_free(alone);
    return false;
}

void regex_free(struct regex *x)
{
    if (x == NULL)
        return;
    pcre2_code_free(x->strict);
    pcre2_code_free(x->blind);
    pcre2_match_context_free(x->limits);
    free(x);
}

struct regex *regex_new(const char *match, char *ret_why)
{
    if (is_broken(match, ret_why))
        return NULL;
    struct regex *x = calloc(1, sizeof *x);
    snprintf(ret_why, ENTITY_WHY_BYTES, "there is no memory");
    if (x == NULL || (x->limits = pcre2_match_context_create(NULL)) == NULL)
        goto fail;
    pcre2_set_match_limit(x->limits, MATCH_STEPS);
    pcre2_set_depth_limit(x->limits, MATCH_STEPS);
    pcre2_set_heap_limit(x->limits, MATCH_HEAP_KB);
    snprintf(ret_why, ENTITY_WHY_BYTES, "the expression must not begin with (*…)");
    x->strict = compile_bound(match, 0);
    x->blind = compile_bound(match, PCRE2_CASELESS);
    if (x->strict == NULL || x->blind == NULL)
        goto fail;
    x->needs_digit = regex_needs_digit(match);
    return x;
fail:
    regex_free(x);
    return NULL;
}

/* --- one search ------------------------------------------------------------------------------ */

struct search {
    const struct regex *x;
    pcre2_match_data *data;
};

static bool search(const struct search *s, bool strict, const char *text, size_t size, size_t from, uint32_t options,
                   size_t *ret_at, size_t *ret_size)
{
    int count = pcre2_match(strict ? s->x->strict : s->x->blind, (PCRE2_SPTR)text, size, from, options | PCRE2_NOTEMPTY,
                            s->data, s->x->limits);
    if (count <= 0 && count != 0)
        return false;
    const size_t *bounds = pcre2_get_ovector_pointer(s->data);
    if (bounds[0] > bounds[1] || bounds[1] > size)
        return false; /* \K may turn them round */
    *ret_at = bounds[0];
    *ret_size = bounds[1] - bounds[0];
    return true;
}

/* --- variants of a text ------------------------------------------------------------------------ */

/* A text written otherwise, and where each of its bytes came from. */
struct variant {
    char text[VARIANT_MOST + 1];
    uint16_t from[VARIANT_MOST + 1];
    size_t size;
};

static bool is_separator(char c)
{
    return c == ' ' || c == '-' || c == '.' || c == '/' || c == '_';
}

static char upper(char c)
{
    return c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
}

static void put(struct variant *v, char c, size_t from)
{
    if (v->size < VARIANT_MOST) {
        v->from[v->size] = (uint16_t)from;
        v->text[v->size++] = c;
    }
}

static bool is_word(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c & 0x80) != 0;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Capitals, and between signs a hyphen where there was a separator or letters meet digits; with `keep`, slashes and
 * full stops stay. */
static void make_hyphens(const char *text, size_t size, bool keep, struct variant *v)
{
    v->size = 0;
    for (size_t at = 0; at < size && v->size < VARIANT_MOST;) {
        size_t end = at;
        char joint = '-';
        while (end < size && is_separator(text[end])) {
            joint = keep && (text[end] == '/' || text[end] == '.') ? text[end] : joint;
            end++;
        }
        bool within = at > 0 && end < size && is_word(text[at - 1]) && is_word(text[end]);
        if (end > at && within) {
            put(v, joint, at);
        } else if (end > at) {
            put(v, ' ', at);
        } else {
            bool turn =
                at > 0 && is_word(text[at]) && is_word(text[at - 1]) && is_digit(text[at]) != is_digit(text[at - 1]);
            if (turn)
                put(v, '-', at);
            put(v, upper(text[at]), at);
            end = at + 1;
        }
        at = end;
    }
    v->text[v->size] = '\0';
}

static void make_capitals(const char *text, size_t size, struct variant *v)
{
    v->size = 0;
    for (size_t at = 0; at < size && at < VARIANT_MOST; at++)
        put(v, upper(text[at]), at);
    v->text[v->size] = '\0';
}

/* Searches a variant; the hit's place is where its bytes came from. */
static bool search_variant(const struct search *s, const struct variant *v, const struct reading *r, size_t from,
                           double certainty, struct hit *ret)
{
    size_t at, size, start = 0;
    while (start < v->size && v->from[start] < from)
        start++;
    if (start == v->size || !search(s, true, v->text, v->size, start, 0, &at, &size) || size == 0)
        return false;
    size_t last = v->from[at + size - 1] + 1u;
    while (last < r->pieces.size && ((unsigned char)r->pieces.text[last] & 0xc0) == 0x80)
        last++;
    ret->at = v->from[at];
    ret->size = last - ret->at;
    ret->certainty = certainty;
    ret->value = arena_strndup(r->arena, v->text + at, size);
    return ret->value != NULL;
}

/* "ab 12 34" where the code has nothing between: a few neighbours written together. */
static bool search_joined(const struct search *s, const struct reading *r, size_t from, struct hit *ret)
{
    const struct pieces *p = &r->pieces;
    for (size_t i = 0; i < p->count; i++) {
        char code[CODE_BYTES + 1];
        size_t size = 0, at, length;
        bool digit = false;
        if (p->all[i].at < from || p->all[i].kind == PIECE_SIGN)
            continue;
        for (size_t k = i, words = 0; k < p->count && words < JOINED_MOST; k++) {
            const struct piece *piece = &p->all[k];
            if (piece->kind == PIECE_SIGN && (piece->sign > 127 || !is_separator((char)piece->sign)))
                break;
            if (piece->kind == PIECE_SIGN)
                continue;
            if (size + piece->size > CODE_BYTES)
                break;
            for (size_t b = 0; b < piece->size; b++)
                code[size++] = upper(p->text[piece->at + b]);
            digit = digit || piece->kind == PIECE_DIGITS;
            bool joined = ++words > 1 && digit;
            if (joined && search(s, true, code, size, 0, PCRE2_ANCHORED | PCRE2_ENDANCHORED, &at, &length)) {
                *ret =
                    (struct hit){.at = p->all[i].at, .size = piece->at + piece->size - p->all[i].at, .certainty = 0.8};
                ret->value = arena_strndup(r->arena, code, size);
                return ret->value != NULL;
            }
        }
    }
    return false;
}

/* In the text's own letters or in capitals, whichever stands first; as it was written before in capitals. */
static bool search_written(const struct search *s, const struct reading *r, size_t from, struct variant *v,
                           struct hit *ret)
{
    const char *text = r->pieces.text;
    size_t at, size;
    struct hit capitals = {.at = 0};
    bool exact = search(s, true, text, r->pieces.size, from, 0, &at, &size);
    make_capitals(text, r->pieces.size, v);
    if (search_variant(s, v, r, from, 1, &capitals) && (!exact || capitals.at < at)) {
        *ret = capitals;
        return true;
    }
    if (!exact && !search(s, false, text, r->pieces.size, from, 0, &at, &size))
        return false;
    *ret = (struct hit){.at = at, .size = size, .certainty = 1, .value = arena_strndup(r->arena, text + at, size)};
    return ret->value != NULL;
}

static bool search_all(const struct search *s, const struct reading *r, size_t from, struct hit *ret)
{
    const size_t size = r->pieces.size < VARIANT_MOST / 2 ? r->pieces.size : VARIANT_MOST / 2;
    struct variant v;
    *ret = (struct hit){.certainty = 0};
    if (search_written(s, r, from, &v, ret))
        return true;
    make_hyphens(r->pieces.text, size, true, &v);
    if (search_variant(s, &v, r, from, 0.9, ret))
        return true;
    make_hyphens(r->pieces.text, size, false, &v);
    return search_variant(s, &v, r, from, 0.9, ret) || search_joined(s, r, from, ret);
}

bool regex_may(const struct regex *x, const char *text, size_t size)
{
    bool digit = !x->needs_digit;
    for (size_t i = 0; i < size && !digit; i++)
        digit = is_digit(text[i]);
    return digit;
}

/* The match that begins at piece i or, of the text before it, in between: each match is found once because the search
 * begins behind the piece before. */
bool regex_at(const struct reading *r, size_t i, struct hit *ret)
{
    struct search s = {.x = entity_regex(r->entity), .data = pcre2_match_data_create(1, NULL)};
    bool found = s.data != NULL && search_all(&s, r, i > 0 ? pieces_end(&r->pieces, i - 1, 1) : 0, ret);
    pcre2_match_data_free(s.data);
    return found;
}
