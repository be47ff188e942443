/* A look at the syntax of an expression: see regex_digit.h. */
#include "entity/regex_digit.h"

#include <string.h>

enum { DEPTH_MOST = 20 };

struct reader {
    const char *at;
    int depth;
    bool strange; /* something that is not looked into: nothing is known any more */
};

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Behind a backslash: whether it is always a digit. Classes of characters, bounds and signs are plain. */
static bool read_escape(struct reader *r)
{
    char c = *r->at;
    r->strange = r->strange || c == '\0' || is_digit(c) || (is_letter(c) && strchr("dDwWsSbB", c) == NULL);
    r->at += c != '\0';
    return c == 'd';
}

/* Behind "[": whether all of it are digits. */
static bool read_class(struct reader *r)
{
    bool only = *r->at != '^', any = false;
    r->at += *r->at == '^';
    for (bool first = true; *r->at != '\0' && (first || *r->at != ']'); first = false, any = true) {
        char c = *r->at++;
        if (c == '[')
            r->strange = true; /* [:alpha:] and its like */
        if (c == '\\')
            only = read_escape(r) && only;
        else if (c != '-' || !is_digit(*r->at) || !is_digit(r->at[-2]))
            only = only && is_digit(c);
    }
    r->strange = r->strange || *r->at == '\0';
    r->at += *r->at == ']';
    return only && any;
}

/* Whether what stands before has to be there at least once. */
static bool read_quantifier(struct reader *r)
{
    bool needed = true;
    while (*r->at != '\0' && strchr("?*+{", *r->at) != NULL) {
        char c = *r->at++;
        bool once = c == '+' || (c == '{' && *r->at >= '1' && *r->at <= '9');
        if (c == '{') {
            r->at += strspn(r->at, "0123456789, ");
            r->at += *r->at == '}';
        }
        needed = needed && once;
    }
    return needed;
}

static bool read_choices(struct reader *r);

/* "(?:" is plain, any other "(?" and "(*" is not. */
static bool read_group(struct reader *r)
{
    if (*r->at == '*' || (*r->at == '?' && r->at[1] != ':') || ++r->depth > DEPTH_MOST) {
        r->strange = true;
        return false;
    }
    r->at += *r->at == '?' ? 2 : 0;
    bool has = read_choices(r);
    r->strange = r->strange || *r->at != ')';
    r->at += *r->at == ')';
    r->depth--;
    return has;
}

static bool read_one(struct reader *r)
{
    char c = *r->at++;
    if (c == '\\')
        return read_escape(r);
    if (c == '[')
        return read_class(r);
    if (c == '(')
        return read_group(r);
    return is_digit(c);
}

/* Up to the end of the group: whether every choice has one. */
static bool read_choices(struct reader *r)
{
    bool all = true, one = false;
    while (!r->strange && *r->at != '\0' && *r->at != ')') {
        if (*r->at == '|') {
            all = all && one;
            one = false;
            r->at++;
            continue;
        }
        bool has = read_one(r);
        one = (read_quantifier(r) && has) || one;
    }
    return all && one;
}

bool regex_needs_digit(const char *match)
{
    struct reader r = {.at = match};
    bool needs = read_choices(&r);
    return needs && !r.strange && *r.at == '\0';
}
