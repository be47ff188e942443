/* The reader of conditions: see expression.h. Their evaluation is in expression_value.c. */
#include "content/expression.h"

#include "content/expression_node.h"
#include "content/suggest.h"
#include "content/variable.h"

#include <string.h>

enum token_kind { TOKEN_END, TOKEN_NUMBER, TOKEN_TEXT, TOKEN_NAME, TOKEN_SIGN, TOKEN_BAD };

struct token {
    enum token_kind kind;
    const char *at; /* in the text */
    size_t size;
    const char *text; /* TOKEN_TEXT, TOKEN_NAME: in the arena */
    double number;
};

struct parser {
    struct arena *arena;
    struct problems *problems;
    const char *file, *text;
    int line, column, depth;
    struct token token; /* the one to be read next */
    bool failed;
};

static const char *const words[] = {"and", "or", "not", "in", "contains", "true", "false", "length", "count", "empty"};

bool expression_is_word(const char *name)
{
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(words[i], name) == 0)
            return true;
    return false;
}

/* One complaint an expression: what follows the first would be about its consequences. */
static void complain(struct parser *p, const char *at, const char *message, const char *more)
{
    int column = p->column;
    for (const char *c = p->text; c < at; c++)
        column += ((unsigned char)*c & 0xC0) != 0x80;
    if (!p->failed)
        problem_add(p->problems, SEVERITY_ERROR, p->file, p->line, column, "%s%s", message, more);
    p->failed = true;
}

/* --- tokens -------------------------------------------------------------------------------- */

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

static bool bad_sign(struct parser *p, const char *at)
{
    for (size_t i = 0; i < sizeof foreign / sizeof *foreign; i++)
        if (strncmp(at, foreign[i].sign, strlen(foreign[i].sign)) == 0) {
            complain(p, at, foreign[i].advice, "");
            return true;
        }
    complain(p, at, "this sign has no meaning in a condition; texts stand in quotes", "");
    return true;
}

static void read_number(struct token *t)
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

static void read_text(struct parser *p, struct token *t)
{
    const char *end = strchr(t->at + 1, t->at[0]);
    if (end == NULL) {
        complain(p, t->at, "the quotes are not closed", "");
        t->kind = TOKEN_BAD;
        return;
    }
    t->kind = TOKEN_TEXT;
    t->size = (size_t)(end - t->at) + 1;
    t->text = arena_strndup(p->arena, t->at + 1, t->size - 2);
}

static void read_sign(struct parser *p, struct token *t)
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

static void advance(struct parser *p)
{
    const char *at = p->token.at + p->token.size;
    at += strspn(at, " \t\r\n");
    struct token t = {.at = at};
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
            complain(p, at, "a name that is too long", "");
    } else
        read_sign(p, &t);
    if ((t.kind == TOKEN_TEXT || t.kind == TOKEN_NAME) && t.text == NULL)
        p->failed = true;
    p->token = t;
}

static bool is(const struct parser *p, enum token_kind kind, const char *text)
{
    return !p->failed && p->token.kind == kind && p->token.size == strlen(text) &&
           memcmp(p->token.at, text, p->token.size) == 0;
}

static bool take(struct parser *p, enum token_kind kind, const char *text)
{
    if (!is(p, kind, text))
        return false;
    advance(p);
    return true;
}

/* --- the tree ------------------------------------------------------------------------------ */

static struct expression *node(struct parser *p, enum expression_kind kind, const struct expression *left,
                               const struct expression *right)
{
    struct expression *e = p->failed ? NULL : arena_alloc(p->arena, sizeof *e);
    if (e == NULL) {
        p->failed = true;
        return NULL;
    }
    *e = (struct expression){.kind = kind, .left = left, .right = right};
    return e;
}

static struct expression *read_or(struct parser *);
static struct expression *read_sum(struct parser *);

static bool enter(struct parser *p)
{
    if (p->depth >= EXPRESSION_DEPTH)
        complain(p, p->token.at, "brackets in one another too deeply; set a variable first", "");
    else
        p->depth++;
    return !p->failed;
}

static void close_with(struct parser *p, const char *sign)
{
    if (!take(p, TOKEN_SIGN, sign))
        complain(p, p->token.at, "expected here: ", sign);
}

static struct expression *read_brackets(struct parser *p)
{
    if (!enter(p))
        return NULL;
    struct expression *e = read_or(p);
    p->depth--;
    close_with(p, ")");
    return e;
}

static struct expression *read_function(struct parser *p, enum expression_kind kind)
{
    if (!take(p, TOKEN_SIGN, "("))
        complain(p, p->token.at, "this is a function: write its name with brackets, such as length(x)", "");
    struct expression *e = node(p, kind, NULL, NULL);
    if (kind == NODE_COUNT && p->token.kind != TOKEN_NAME)
        complain(p, p->token.at, "count() takes the name of a list, such as count(o.lines)", "");
    struct expression *inner = p->failed ? NULL : read_brackets(p);
    if (kind == NODE_COUNT && inner != NULL && inner->kind != NODE_NAME)
        complain(p, p->token.at, "count() takes the name of a list, such as count(o.lines)", "");
    if (e == NULL || inner == NULL || p->failed)
        return NULL;
    e->left = inner;
    e->text = inner->text;
    return e;
}

static struct expression *read_name(struct parser *p, struct token t)
{
    static const struct {
        const char *name;
        enum expression_kind kind;
    } functions[] = {{"length", NODE_LENGTH}, {"count", NODE_COUNT}, {"empty", NODE_EMPTY}};
    for (size_t i = 0; i < sizeof functions / sizeof *functions; i++)
        if (strcmp(functions[i].name, t.text) == 0)
            return read_function(p, functions[i].kind);
    bool yes = strcmp(t.text, "true") == 0, truth = yes || strcmp(t.text, "false") == 0;
    if (!truth && expression_is_word(t.text))
        complain(p, t.at, "a value must stand here, before ", t.text);
    if (is(p, TOKEN_SIGN, "("))
        complain(p, t.at, "there is no such function; there are length, count and empty", "");
    struct expression *e = node(p, truth ? NODE_TRUTH : NODE_NAME, NULL, NULL);
    if (e != NULL) {
        e->text = t.text;
        e->number = yes;
    }
    return e;
}

static struct expression *read_list(struct parser *p)
{
    struct expression *list = node(p, NODE_LIST, NULL, NULL);
    const struct expression **tail = list != NULL ? &list->left : NULL;
    while (!p->failed && !is(p, TOKEN_SIGN, "]")) {
        struct expression *e = read_sum(p);
        if (e == NULL)
            return NULL;
        *tail = e;
        tail = &e->next;
        if (!take(p, TOKEN_SIGN, ","))
            break;
    }
    close_with(p, "]");
    return p->failed ? NULL : list;
}

static struct expression *read_value(struct parser *p)
{
    struct token t = p->token;
    if (t.kind == TOKEN_END || t.kind == TOKEN_BAD) {
        complain(p, t.at, "it breaks off here: a name, a number or a text in quotes must follow", "");
        return NULL;
    }
    advance(p);
    if (t.kind == TOKEN_NAME)
        return read_name(p, t);
    if (t.kind == TOKEN_SIGN && *t.at == '(')
        return read_brackets(p);
    if (t.kind == TOKEN_SIGN && *t.at == '-') {
        struct expression *value = enter(p) ? read_value(p) : NULL;
        p->depth--;
        return node(p, NODE_NEGATIVE, value, NULL);
    }
    if (t.kind == TOKEN_SIGN)
        complain(p, t.at, "a name, a number or a text in quotes must stand here", "");
    struct expression *e = node(p, t.kind == TOKEN_TEXT ? NODE_TEXT : NODE_NUMBER, NULL, NULL);
    if (e != NULL) {
        e->text = t.text;
        e->number = t.number;
    }
    return e;
}

struct operation {
    const char *sign;
    enum expression_kind kind;
};

/* `read` values joined by the operations, from left to right. */
static struct expression *read_chain(struct parser *p, enum token_kind kind, const struct operation *operations,
                                     size_t count, struct expression *(*read)(struct parser *))
{
    struct expression *left = read(p);
    for (size_t i = 0; i < count && !p->failed; i++) {
        if (!take(p, kind, operations[i].sign))
            continue;
        left = node(p, operations[i].kind, left, read(p));
        i = (size_t)-1; /* from the first again */
    }
    return p->failed ? NULL : left;
}

static struct expression *read_product(struct parser *p)
{
    static const struct operation operations[] = {{"*", NODE_TIMES}, {"/", NODE_BY}};
    return read_chain(p, TOKEN_SIGN, operations, 2, read_value);
}

static struct expression *read_sum(struct parser *p)
{
    static const struct operation operations[] = {{"+", NODE_PLUS}, {"-", NODE_MINUS}};
    return read_chain(p, TOKEN_SIGN, operations, 2, read_product);
}

static struct expression *read_comparison(struct parser *p)
{
    static const struct operation operations[] = {{"==", NODE_EQUAL},      {"!=", NODE_UNEQUAL},
                                                  {"<=", NODE_LESS_EQUAL}, {">=", NODE_MORE_EQUAL},
                                                  {"<", NODE_LESS},        {">", NODE_MORE}};
    struct expression *left = read_sum(p);
    for (size_t i = 0; i < sizeof operations / sizeof *operations; i++)
        if (take(p, TOKEN_SIGN, operations[i].sign))
            return node(p, operations[i].kind, left, read_sum(p));
    if (take(p, TOKEN_NAME, "contains"))
        return node(p, NODE_CONTAINS, left, read_sum(p));
    if (!take(p, TOKEN_NAME, "in"))
        return left;
    if (!take(p, TOKEN_SIGN, "["))
        complain(p, p->token.at, "behind “in” stands a list in square brackets: [\"a\", \"b\"]", "");
    return node(p, NODE_IN, left, read_list(p));
}

static struct expression *read_not(struct parser *p)
{
    if (!take(p, TOKEN_NAME, "not"))
        return read_comparison(p);
    struct expression *e = enter(p) ? read_not(p) : NULL;
    p->depth--;
    return node(p, NODE_NOT, e, NULL);
}

static struct expression *read_and(struct parser *p)
{
    static const struct operation operations[] = {{"and", NODE_AND}};
    return read_chain(p, TOKEN_NAME, operations, 1, read_not);
}

static struct expression *read_or(struct parser *p)
{
    static const struct operation operations[] = {{"or", NODE_OR}};
    return read_chain(p, TOKEN_NAME, operations, 1, read_and);
}

const struct expression *expression_read(struct arena *arena, const char *file, int line, int column, const char *text,
                                         struct problems *problems)
{
    struct parser p = {
        .arena = arena, .problems = problems, .file = file, .text = text, .line = line, .column = column};
    if (strlen(text) > EXPRESSION_BYTES) {
        complain(&p, text, "a condition that is too long; set variables first", "");
        return NULL;
    }
    p.token.at = text;
    advance(&p);
    struct expression *e = read_or(&p);
    if (!p.failed && p.token.kind != TOKEN_END) {
        bool word = p.token.kind == TOKEN_NAME && !expression_is_word(p.token.text);
        complain(&p, p.token.at,
                 word ? "not expected here; texts stand in quotes, and conditions are joined by “and” or “or”"
                      : "not expected here; conditions are joined by “and” or “or”",
                 "");
    }
    return p.failed ? NULL : e;
}

static void visit_names(const struct expression *e, void (*each)(void *context, const char *name), void *context)
{
    for (; e != NULL; e = e->next) {
        if (e->kind == NODE_NAME)
            each(context, e->text);
        visit_names(e->left, each, context);
        visit_names(e->right, each, context);
    }
}

void expression_names(const struct expression *e, void (*each)(void *context, const char *name), void *context)
{
    visit_names(e, each, context);
}
