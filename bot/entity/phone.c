/* Telephone numbers, to E.164. */
#include "entity/kinds.h"

#include "text/mask.h"
#include "text/secret.h"

#include <string.h>

enum {
    DIGITS_LEAST = 6, /* of a national number: a short Italian landline */
    DIGITS_MOST = 15, /* E.164, with the country's code */
    ITALIAN_MOST = 11,
    FOUND_LEAST = 8, /* what nobody asked for must be long */
    ROOM = 32
};

struct dialled {
    char digits[ROOM];
    size_t count, used;
    bool international, groups_of_date;
};

static void add_digits(struct dialled *d, const struct piece *p)
{
    for (size_t i = 0; i < p->size && d->count + 1 < ROOM; i++)
        d->digits[d->count++] = p->word[i];
    d->digits[d->count] = '\0';
}

static bool is_between(const struct pieces *p, size_t i)
{
    return pieces_sign(p, i, '.') || pieces_sign(p, i, '-') || pieces_sign(p, i, '/') || pieces_sign(p, i, ')') ||
           pieces_sign(p, i, '(');
}

/* Digits with spaces and up to two signs between groups, from piece i on. */
static bool read_digits(const struct pieces *p, size_t i, struct dialled *d)
{
    size_t at = i, groups = 0;
    if (pieces_sign(p, at, '(') && (pieces_sign(p, at + 1, '+') || pieces_digits(p, at + 1, 1, 5) >= 0))
        at++;
    if (pieces_sign(p, at, '+')) {
        d->international = true;
        at++;
    }
    while (at < p->count && p->all[at].kind == PIECE_DIGITS && d->count + p->all[at].size < ROOM) {
        bool trunk = pieces_sign(p, at - 1, '(') && at > i && p->all[at].size == 1 && *p->all[at].word == '0' &&
                     pieces_sign(p, at + 1, ')') && groups > 0;
        if (!trunk) /* +44 (0)20 */
            add_digits(d, &p->all[at]);
        groups++;
        d->used = ++at - i;
        while (at < p->count && is_between(p, at) && at - i < d->used + 2)
            at++;
    }
    d->groups_of_date = groups == 3 && d->count <= 8 &&
                        (pieces_sign(p, i + 1, '/') || pieces_sign(p, i + 1, '.') || pieces_sign(p, i + 1, '-')) &&
                        pieces_digits(p, i, 1, 4) >= 0 && p->all[i].size != 3;
    return d->count > 0;
}

/* Where the country is not said: 00 stands for +, and the code of the spec's country may have lost its +. */
static void find_country(struct dialled *d, const char *country)
{
    size_t code = strlen(country);
    if (d->international)
        return;
    if (strncmp(d->digits, "00", 2) == 0 && d->count > DIGITS_LEAST + 2) {
        d->international = true;
        memmove(d->digits, d->digits + 2, d->count - 1);
        d->count -= 2;
    } else if (strncmp(d->digits, country, code) == 0 && d->count >= code + 10 - (strcmp(country, "39") != 0)) {
        d->international = true;
    }
}

/* National digits that Italian numbers have: mobile 3…, landline 0…, free 8…. */
static bool is_italian(const char *digits, size_t count)
{
    switch (*digits) {
    case '3':
        return count == 9 || count == 10;
    case '0':
        return count >= DIGITS_LEAST && count <= ITALIAN_MOST;
    case '8':
    case '1':
        return count >= DIGITS_LEAST && count <= 10;
    default:
        return false;
    }
}

/* Whether these are digits that somebody can dial; *ret_national is where the national part begins. */
static bool is_number(const struct dialled *d, const char *country)
{
    size_t code = d->international ? 0 : strlen(country);
    if (d->count + code > DIGITS_MOST)
        return false;
    if (d->international)
        return d->digits[0] != '0' && d->count >= DIGITS_LEAST + 2 &&
               (strncmp(d->digits, "39", 2) != 0 || is_italian(d->digits + 2, d->count - 2));
    return strcmp(country, "39") == 0 ? is_italian(d->digits, d->count) : d->count >= DIGITS_LEAST;
}

/* What nobody asked for is a telephone number only if it looks like one. */
static bool is_evident(const struct dialled *d, const char *country)
{
    bool begins = d->digits[0] == '0' || (strcmp(country, "39") == 0 && d->digits[0] == '3' && d->count >= 9);
    return !d->groups_of_date && d->count >= FOUND_LEAST && (d->international || begins);
}

/* A card's number or an IBAN that these pieces are part of, or what masking has left of one. */
static bool is_secret(const struct pieces *p, size_t i, size_t end)
{
    static const char mask[] = MASK_SIGN;
    size_t at = p->all[i].at, before = sizeof mask - 1;
    if (at >= before && memcmp(p->text + at - before, mask, before) == 0)
        return true;
    for (size_t k = i;; k--) {
        size_t size;
        if (p->all[k].kind != PIECE_SIGN && secret_at(p->text, p->all[k].at, &size) != SECRET_NONE)
            return p->all[k].at + size > p->all[i].at && p->all[k].at < end;
        if (k == 0 || p->all[k - 1].kind == PIECE_SIGN || i - k > 8)
            return false;
    }
}

bool phone_at(const struct reading *r, size_t i, struct hit *ret)
{
    const struct pieces *p = &r->pieces;
    const char *country = r->spec->country;
    struct dialled d = {.count = 0};
    size_t size;
    if (r->asked && p->all[i].kind == PIECE_WORD && secret_at(p->text, p->all[i].at, &size) != SECRET_NONE) {
        *ret = (struct hit){.at = p->all[i].at, .size = size, .value = "", .certainty = 0.9, .why = "secret"};
        return true;
    }
    bool part = i > 0 && (p->all[i - 1].kind == PIECE_DIGITS || pieces_sign(p, i - 1, '+') ||
                          (p->all[i].glued && (p->all[i - 1].kind == PIECE_WORD ||
                                               (i > 1 && p->all[i - 1].glued && pieces_sign(p, i - 1, '-')))));
    if (part || (p->all[i].kind != PIECE_DIGITS && !pieces_sign(p, i, '+') && !pieces_sign(p, i, '(')) ||
        !read_digits(p, i, &d))
        return false;
    size_t end = pieces_end(p, i, d.used);
    *ret = (struct hit){.used = d.used, .value = "", .certainty = 0.9};
    if (is_secret(p, i, end)) {
        ret->why = "secret";
        return true;
    }
    find_country(&d, country);
    bool good = is_number(&d, country);
    if (!r->asked && !(good && is_evident(&d, country)))
        return false;
    ret->certainty = d.international                   ? 1
                     : good && is_evident(&d, country) ? 0.95
                     : good                            ? 0.7
                                                       : 0.1 + (double)d.count / 100;
    ret->why = good ? NULL : "impossible";
    const char *digits = d.digits;
    if (!d.international && strcmp(country, "39") != 0 && *digits == '0')
        digits++; /* the trunk's 0, which Italian numbers keep */
    ret->value = arena_printf(r->arena, "+%s%s", d.international ? "" : country, digits);
    return ret->value != NULL;
}
