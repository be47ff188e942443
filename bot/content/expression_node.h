/* The tree of an expression: shared by its reader and its evaluation. Private to expression*.c. */
#ifndef CONTENT_EXPRESSION_NODE_H
#define CONTENT_EXPRESSION_NODE_H

#include "content/expression.h"

enum expression_kind {
    NODE_NUMBER, /* number */
    NODE_TEXT,   /* text */
    NODE_TRUTH,  /* number: 0 or 1 */
    NODE_NAME,   /* text */
    NODE_LIST,   /* left: its first element, each with the next in `next` */
    NODE_OR,
    NODE_AND,
    NODE_NOT,
    NODE_EQUAL,
    NODE_UNEQUAL,
    NODE_LESS,
    NODE_LESS_EQUAL,
    NODE_MORE,
    NODE_MORE_EQUAL,
    NODE_IN,
    NODE_CONTAINS,
    NODE_PLUS,
    NODE_MINUS,
    NODE_TIMES,
    NODE_BY,
    NODE_NEGATIVE,
    NODE_LENGTH,
    NODE_COUNT, /* text: the list's name */
    NODE_EMPTY
};

struct expression {
    enum expression_kind kind;
    double number;
    const char *text;
    const struct expression *left, *right, *next;
};

#endif
