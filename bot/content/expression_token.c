/* Words and signs of conditions: see expression_token.h. */
#include "content/expression_token.h"

#include "content/variable.h"

#include <string.h>

static const char *const words[] = {"and", "or", "not", "in", "contains", "true", "false", "length", "count", "empty"};

bool expression_is_word(const char *name)
{
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(words[i], name) == 0)
            return true;
    return false;
}

void expression_complain(struct expression_parser *p, const char *at, const char *message, const char *more)
{
    int column = p->column;
    for (const char *c = p->text; c < at; c++)
        column += ((unsigned char)*c & 0xC0) != 0x80;
    if (!p->failed)
        problem_add(p->problems, SEVERITY_ERROR, p->file, p->line, column, "%s%s", message, more);
    p->failed = true;
}

/* What other languages write, and what is written here. */
static const struct {
    const char *sign, *advice;
} foreign[] = {
    {"=", "“=” does not compare; write “==”"},
    {"&&", "write “and” for “&&”"},
    {"||", "write “or” for “||”"},
    {"!", "write “not” for “!”"},
    {"“", "write straight quotes: \"…\" or '…'"},
    {"”", "write straight quotes: \"…\" or '…'"},
    {"«", "write straight quotes: \"…\" or '…'"},
    {"‘", "write straight quotes: \"…\" or '…'"},
    {"’", "write straight quotes: \"…\" or '…'"},
    {"{", "a name stands without braces in a condition"},
};

static bool bad_sign(struct expression_parser *p, const char *at)
{
    for (size_t i = 0; i < sizeof foreign / sizeof *foreign; i++)
        if (strncmp(at, foreign[i].sign, strlen(foreign[i].sign)) == 0) {
            expression_complain(p, at, foreign[i].advice, "");
            return true;
        }
    expression_complain(p, at, "this sign has no meaning in a condition; texts stand in quotes", "");
    return true;
}

static void read_number(struct expression_token *t)
{
    double scale = 1;
    bool point = false;
    for (; t->size < EXPRESSION_BYTES; t->size++) {
        char c = t->at[t->size];
        if (c == '.' && !point && t->at[t->size + 1] >= '0' && t->at[t->size + 1] <= '9') {
            point = true;
            continue;
        }
        if (c < '0' || c > '9')
            break;
        t->number = t->number * 10 + (c - '0');
        scale *= point ? 10 : 1;
    }
    t->number /= scale;
    t->kind = TOKEN_NUMBER;
}

static void read_text(struct expression_parser *p, struct expression_token *t)
{
    const char *end = strchr(t->at + 1, t->at[0]);
    if (end == NULL) {
        expression_complain(p, t->at, "the quotes are not closed", "");
        t->kind = TOKEN_BAD;
        return;
    }
    t->kind = TOKEN_TEXT;
    t->size = (size_t)(end - t->at) + 1;
    t->text = arena_strndup(p->arena, t->at + 1, t->size - 2);
}

static void read_sign(struct expression_parser *p, struct expression_token *t)
{
    static const char *const signs[] = {"==", "!=", "<=", ">=", "<", ">", "+", "-",
                                        "*",  "/",  "(",  ")",  "[", "]", ",", NULL};
    for (const char *const *s = signs; *s != NULL; s++)
        if (strncmp(t->at, *s, strlen(*s)) == 0) {
            t->kind = TOKEN_SIGN;
            t->size = strlen(*s);
            return;
        }
    t->kind = bad_sign(p, t->at) ? TOKEN_BAD : TOKEN_END;
}

void expression_advance(struct expression_parser *p)
{
    const char *at = p->token.at + p->token.size;
    at += strspn(at, " \t\r\n");
    struct expression_token t = {.at = at};
    if (*at == '\0' || p->failed)
        t.kind = TOKEN_END;
    else if (*at >= '0' && *at <= '9')
        read_number(&t);
    else if (*at == '"' || *at == '\'')
        read_text(p, &t);
    else if ((t.size = variable_size(at)) > 0) {
        t.kind = TOKEN_NAME;
        t.text = arena_strndup(p->arena, at, t.size);
        if (t.size >= EXPRESSION_NAME_BYTES)
            expression_complain(p, at, "a name that is too long", "");
    } else
        read_sign(p, &t);
    if ((t.kind == TOKEN_TEXT || t.kind == TOKEN_NAME) && t.text == NULL)
        p->failed = true;
    p->token = t;
}
