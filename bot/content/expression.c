/* The reader of conditions: see expression.h. Their words are in expression_token.c, their evaluation in
 * expression_value.c. */
#include "content/expression.h"

#include "content/expression_node.h"
#include "content/expression_token.h"

#include <string.h>

static bool is(const struct expression_parser *p, enum expression_token_kind kind, const char *text)
{
    return !p->failed && p->token.kind == kind && p->token.size == strlen(text) &&
           memcmp(p->token.at, text, p->token.size) == 0;
}

static bool take(struct expression_parser *p, enum expression_token_kind kind, const char *text)
{
    if (!is(p, kind, text))
        return false;
    expression_advance(p);
    return true;
}

/* --- the tree ------------------------------------------------------------------------------ */

static struct expression *node(struct expression_parser *p, enum expression_kind kind, const struct expression *left,
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

static struct expression *read_or(struct expression_parser *);
static struct expression *read_sum(struct expression_parser *);

static bool enter(struct expression_parser *p)
{
    if (p->depth >= EXPRESSION_DEPTH)
        expression_complain(p, p->token.at, "brackets in one another too deeply; set a variable first", "");
    else
        p->depth++;
    return !p->failed;
}

static void close_with(struct expression_parser *p, const char *sign)
{
    if (!take(p, TOKEN_SIGN, sign))
        expression_complain(p, p->token.at, "expected here: ", sign);
}

static struct expression *read_brackets(struct expression_parser *p)
{
    if (!enter(p))
        return NULL;
    struct expression *e = read_or(p);
    p->depth--;
    close_with(p, ")");
    return e;
}

static struct expression *read_function(struct expression_parser *p, enum expression_kind kind)
{
    if (!take(p, TOKEN_SIGN, "("))
        expression_complain(p, p->token.at, "this is a function: write its name with brackets, such as length(x)", "");
    struct expression *e = node(p, kind, NULL, NULL);
    if (kind == NODE_COUNT && p->token.kind != TOKEN_NAME)
        expression_complain(p, p->token.at, "count() takes the name of a list, such as count(o.lines)", "");
    struct expression *inner = p->failed ? NULL : read_brackets(p);
    if (kind == NODE_COUNT && inner != NULL && inner->kind != NODE_NAME)
        expression_complain(p, p->token.at, "count() takes the name of a list, such as count(o.lines)", "");
    if (e == NULL || inner == NULL || p->failed)
        return NULL;
    e->left = inner;
    e->text = inner->text;
    return e;
}

static struct expression *read_name(struct expression_parser *p, struct expression_token t)
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
        expression_complain(p, t.at, "a value must stand here, before ", t.text);
    if (is(p, TOKEN_SIGN, "("))
        expression_complain(p, t.at, "there is no such function; there are length, count and empty", "");
    struct expression *e = node(p, truth ? NODE_TRUTH : NODE_NAME, NULL, NULL);
    if (e != NULL) {
        e->text = t.text;
        e->number = yes;
    }
    return e;
}

static struct expression *read_list(struct expression_parser *p)
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

static struct expression *read_value(struct expression_parser *p)
{
    struct expression_token t = p->token;
    if (t.kind == TOKEN_END || t.kind == TOKEN_BAD) {
        expression_complain(p, t.at, "it breaks off here: a name, a number or a text in quotes must follow", "");
        return NULL;
    }
    expression_advance(p);
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
        expression_complain(p, t.at, "a name, a number or a text in quotes must stand here", "");
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
static struct expression *read_chain(struct expression_parser *p, enum expression_token_kind kind,
                                     const struct operation *operations, size_t count,
                                     struct expression *(*read)(struct expression_parser *))
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

static struct expression *read_product(struct expression_parser *p)
{
    static const struct operation operations[] = {{"*", NODE_TIMES}, {"/", NODE_BY}};
    return read_chain(p, TOKEN_SIGN, operations, 2, read_value);
}

static struct expression *read_sum(struct expression_parser *p)
{
    static const struct operation operations[] = {{"+", NODE_PLUS}, {"-", NODE_MINUS}};
    return read_chain(p, TOKEN_SIGN, operations, 2, read_product);
}

static struct expression *read_comparison(struct expression_parser *p)
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
        expression_complain(p, p->token.at, "behind “in” stands a list in square brackets: [\"a\", \"b\"]", "");
    return node(p, NODE_IN, left, read_list(p));
}

static struct expression *read_not(struct expression_parser *p)
{
    if (!take(p, TOKEN_NAME, "not"))
        return read_comparison(p);
    struct expression *e = enter(p) ? read_not(p) : NULL;
    p->depth--;
    return node(p, NODE_NOT, e, NULL);
}

static struct expression *read_and(struct expression_parser *p)
{
    static const struct operation operations[] = {{"and", NODE_AND}};
    return read_chain(p, TOKEN_NAME, operations, 1, read_not);
}

static struct expression *read_or(struct expression_parser *p)
{
    static const struct operation operations[] = {{"or", NODE_OR}};
    return read_chain(p, TOKEN_NAME, operations, 1, read_and);
}

const struct expression *expression_read(struct arena *arena, const char *file, int line, int column, const char *text,
                                         struct problems *problems)
{
    struct expression_parser p = {
        .arena = arena, .problems = problems, .file = file, .text = text, .line = line, .column = column};
    if (strlen(text) > EXPRESSION_BYTES) {
        expression_complain(&p, text, "a condition that is too long; set variables first", "");
        return NULL;
    }
    p.token.at = text;
    expression_advance(&p);
    struct expression *e = read_or(&p);
    if (!p.failed && p.token.kind != TOKEN_END) {
        bool word = p.token.kind == TOKEN_NAME && !expression_is_word(p.token.text);
        expression_complain(&p, p.token.at,
                            word
                                ? "not expected here; texts stand in quotes, and conditions are joined by “and” or “or”"
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
