/* Checksums of card numbers, IBANs and fiscal codes: see secret.h. */
#include "text/secret.h"

#include <stdbool.h>
#include <string.h>

enum {
    CARD_LEAST = 13,
    CARD_MOST = 19,
    IBAN_LEAST = 15,
    IBAN_MOST = 34,
    FISCAL_SIGNS = 16,
    SIGNS_MOST = IBAN_MOST,
    FIRST_SIGNS = 8
};

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

static char upper(char c)
{
    return c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
}

static bool is_run(char c)
{
    return is_digit(c) || is_letter(c) || (c & 0x80) != 0;
}

/* The bytes of a single sign between: a space (also one that does not break), a hyphen, a full stop. */
static size_t gap(const char *at)
{
    if (*at == ' ' || *at == '-' || *at == '.')
        return 1;
    if (strncmp(at, "\xc2\xa0", 2) == 0)
        return 2;
    return strncmp(at, "\xe2\x80", 2) == 0 && at[2] != '\0' && strchr("\x91\x93\xaf", at[2]) != NULL ? 3 : 0;
}

/* Signs in capitals without what stands between, and where each ends in the text. */
struct signs {
    char all[SIGNS_MOST + 1];
    size_t end[SIGNS_MOST + 1], count;
};

static void read_signs(const char *text, bool letters, size_t most, struct signs *s)
{
    size_t at = 0;
    s->count = 0;
    while (s->count < most && (is_digit(text[at]) || (letters && is_letter(text[at])))) {
        s->all[s->count] = upper(text[at]);
        s->end[s->count++] = ++at;
        size_t between = gap(text + at);
        if (between > 0 && (is_digit(text[at + between]) || (letters && is_letter(text[at + between]))))
            at += between;
    }
}

/* Whether the first `count` signs stand by themselves: nothing of a word goes on behind them. */
static bool ends(const char *text, const struct signs *s, size_t count)
{
    return !is_run(text[s->end[count - 1]]);
}

static bool is_card(const struct signs *s, size_t count)
{
    int sum = 0;
    bool same = true;
    for (size_t i = 0; i < count; i++) {
        int digit = s->all[count - 1 - i] - '0';
        if (i % 2 == 1)
            digit = digit * 2 > 9 ? digit * 2 - 9 : digit * 2;
        sum += digit;
        same = same && s->all[i] == s->all[0];
    }
    return sum % 10 == 0 && !same;
}

/* ISO 13616: the first four signs behind the others, letters as 10–35, the rest by 97 is 1. */
static bool is_iban(const struct signs *s, size_t count)
{
    if (!is_letter(s->all[0]) || !is_letter(s->all[1]) || !is_digit(s->all[2]) || !is_digit(s->all[3]))
        return false;
    int rest = 0;
    for (size_t i = 0; i < count; i++) {
        char c = s->all[(i + 4) % count];
        rest = is_digit(c) ? (rest * 10 + c - '0') % 97 : (rest * 100 + c - 'A' + 10) % 97;
    }
    return rest == 1;
}

/* Whether the sign may stand at this place of a fiscal code. */
static bool fits_fiscal(size_t i, char c)
{
    static const char form[] =
        "LLLLLLDDLDDLDDDL"; /* D: a digit, or the letter that stands for one where codes collide */
    return form[i] == 'L' ? is_letter(c) : is_digit(c) || strchr("LMNPQRSTUV", c) != NULL;
}

/* Most words are told from both by their first signs. */
static bool begins_secret(const char *text)
{
    struct signs s;
    read_signs(text, true, FIRST_SIGNS, &s);
    if (s.count < FIRST_SIGNS)
        return false;
    bool fiscal = true;
    for (size_t i = 0; i < FIRST_SIGNS && fiscal; i++)
        fiscal = fits_fiscal(i, s.all[i]);
    return fiscal || (is_letter(s.all[1]) && is_digit(s.all[2]) && is_digit(s.all[3]));
}

/* Decree of 23 December 1976: the sixteenth sign is a sum of the others, each with a weight by its place. */
static bool is_fiscal_code(const struct signs *s)
{
    static const unsigned char odd[] = {1,  0,  5, 7, 9, 13, 15, 17, 19, 21, 2,  4,  18,
                                        20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23};
    int sum = 0;
    for (size_t i = 0; i < FISCAL_SIGNS; i++) {
        char c = s->all[i];
        if (!fits_fiscal(i, c))
            return false;
        int value = is_digit(c) ? c - '0' : c - 'A';
        if (i < FISCAL_SIGNS - 1)
            sum += i % 2 == 0 ? odd[value] : value;
    }
    return strchr("ABCDEHLMPRST", s->all[8]) != NULL && s->all[15] == 'A' + sum % 26;
}

enum secret_kind secret_at(const char *text, size_t at, size_t *ret_size)
{
    struct signs s;
    if (!(is_digit(text[at]) || is_letter(text[at])) || (at > 0 && is_run(text[at - 1])))
        return SECRET_NONE;
    if (is_letter(text[at]) && !begins_secret(text + at))
        return SECRET_NONE;
    read_signs(text + at, is_letter(text[at]), SIGNS_MOST, &s);
    if (is_digit(text[at])) {
        for (size_t count = s.count < CARD_MOST ? s.count : CARD_MOST; count >= CARD_LEAST; count--)
            if (ends(text + at, &s, count) && is_card(&s, count)) {
                *ret_size = s.end[count - 1];
                return SECRET_CARD;
            }
        return SECRET_NONE;
    }
    for (size_t count = s.count; count >= IBAN_LEAST; count--) {
        if (!ends(text + at, &s, count))
            continue;
        bool iban = is_iban(&s, count), fiscal = !iban && count == FISCAL_SIGNS && is_fiscal_code(&s);
        if (iban || fiscal) {
            *ret_size = s.end[count - 1];
            return iban ? SECRET_IBAN : SECRET_FISCAL_CODE;
        }
    }
    return SECRET_NONE;
}
