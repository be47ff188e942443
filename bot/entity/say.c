/* Values as they are said to visitors: entity_say. */
#include "entity/calendar.h"
#include "entity/kinds.h"

#include <stdlib.h>
#include <string.h>

enum {
    GROUP = 3,
    GROUPED_FROM = 5,
    AMOUNT_GROUPED_FROM = 4 /* digits: 1234 pieces, but 1.234,00 € */,
    MOBILE_PREFIX = 3
};

/* What a language puts between: in the table's order, the last row is any other language. */
static const struct language {
    const char *lang;
    const char *at, *at_one; /* before an hour */
    const char *yes, *no;
    bool symbol_first;
} languages[] = {
    {"it", " alle ", " all'", "sì", "no", false},
    {"en", " at ", " at ", "yes", "no", true},
    {NULL, " ", " ", "yes", "no", false},
};

static const struct language *language_of(const char *lang)
{
    const struct language *l = languages;
    while (l->lang != NULL && strcmp(l->lang, lang) != 0)
        l++;
    return l;
}

/* The numbers of a canonical value ("2026-12-24T15:00"): each run of digits. False where the signs differ. */
static bool read_form(const char *value, const char *form, int *ret)
{
    for (; *form != '\0'; form++, value++) {
        if (*form != '0') {
            if (*value != *form)
                return false;
            ret += 1;
            *ret = 0;
            continue;
        }
        if (*value < '0' || *value > '9')
            return false;
        *ret = *ret * 10 + (*value - '0');
    }
    return *value == '\0';
}

static const char *say_date(const struct grammar *g, const char *value, struct arena *arena)
{
    int n[3] = {0};
    size_t day = 0, month = 0;
    if (!read_form(value, "0000-00-00", n) || !calendar_exists(n[0], n[1], n[2]))
        return value;
    const char *weekday = grammar_name(g, CLASS_WEEKDAY, calendar_weekday(calendar_days(n[0], n[1], n[2])), &day);
    const char *name = grammar_name(g, CLASS_MONTH, n[1], &month);
    if (weekday == NULL || name == NULL)
        return value;
    return arena_printf(arena, "%.*s %d %.*s %d", (int)day, weekday, n[2], (int)month, name, n[0]);
}

static const char *say_moment(const struct grammar *g, const struct language *l, const char *value, struct arena *arena)
{
    int n[5] = {0};
    if (!read_form(value, "0000-00-00T00:00", n) || !calendar_exists(n[0], n[1], n[2]))
        return value;
    char *date = arena_strndup(arena, value, strlen("0000-00-00"));
    const char *day = date != NULL ? say_date(g, date, arena) : NULL;
    if (day == NULL)
        return NULL;
    bool italian = l->at != l->at_one && n[3] == 1;
    if (n[4] == 0 && strcmp(l->at, " alle ") == 0)
        return arena_printf(arena, "%s%s%d", day, italian ? l->at_one : l->at, n[3]);
    return arena_printf(arena, "%s%s%d:%02d", day, italian ? l->at_one : l->at, n[3], n[4]);
}

/* Digits with thousands apart and the language's decimal sign. */
static char *say_digits(const struct grammar *g, const char *value, size_t grouped_from, struct arena *arena)
{
    char *out = arena_alloc(arena, 2 * strlen(value) + 1), *to = out;
    const char *digits = *value == '-' ? value + 1 : value;
    size_t whole = strspn(digits, "0123456789");
    if (out == NULL || whole == 0)
        return out != NULL ? arena_strdup(arena, value) : NULL;
    if (digits > value)
        *to++ = '-';
    for (size_t i = 0; i < whole; i++) {
        if (i > 0 && whole >= grouped_from && (whole - i) % GROUP == 0)
            *to++ = grammar_decimal(g) == ',' ? '.' : ',';
        *to++ = digits[i];
    }
    if (digits[whole] == '.') {
        *to++ = grammar_decimal(g);
        memcpy(to, digits + whole + 1, strlen(digits + whole + 1));
    }
    return out;
}

static const char *say_money(const struct grammar *g, const struct language *l, const char *value, struct arena *arena)
{
    const char *space = strchr(value, ' ');
    size_t size = 0;
    if (space == NULL || strlen(space) != 4)
        return value;
    char *amount = arena_strndup(arena, value, (size_t)(space - value));
    char *said = amount != NULL ? say_digits(g, amount, AMOUNT_GROUPED_FROM, arena) : NULL;
    const char *symbol = grammar_name(g, CLASS_CURRENCY, grammar_pack(space + 1), &size);
    if (said == NULL)
        return NULL;
    bool sign = symbol != NULL && (*symbol == '$' || (unsigned char)*symbol >= 0x80);
    if (!sign)
        return arena_printf(arena, "%s %s", said, space + 1);
    if (l->symbol_first)
        return arena_printf(arena, "%.*s%s", (int)size, symbol, said);
    return arena_printf(arena, "%s %.*s", said, (int)size, symbol);
}

/* "+39 333 1234567": the country apart, and the prefix of Italian mobiles. */
static const char *say_phone(const char *value, struct arena *arena)
{
    if (strncmp(value, "+39", 3) != 0 || strlen(value) < 3 + MOBILE_PREFIX + 3)
        return value;
    if (value[3] != '3')
        return arena_printf(arena, "+39 %s", value + 3);
    return arena_printf(arena, "+39 %.*s %s", MOBILE_PREFIX, value + 3, value + 3 + MOBILE_PREFIX);
}

const char *entity_say(enum entity_type type, const char *value, const char *lang, struct arena *arena)
{
    const struct grammar *g = grammar_of(lang);
    const struct language *l = language_of(lang);
    if (g == NULL)
        return value;
    switch (type) {
    case ENTITY_DATE:
        return say_date(g, value, arena);
    case ENTITY_MOMENT:
        return say_moment(g, l, value, arena);
    case ENTITY_NUMBER:
        return say_digits(g, value, GROUPED_FROM, arena);
    case ENTITY_MONEY:
        return say_money(g, l, value, arena);
    case ENTITY_PHONE:
        return say_phone(value, arena);
    case ENTITY_YES_NO:
        return strcmp(value, "yes") == 0 ? l->yes : strcmp(value, "no") == 0 ? l->no : value;
    default:
        return value;
    }
}
