/* Expression_token: the words and signs of a condition. Private to expression*.c. */
#ifndef CONTENT_EXPRESSION_TOKEN_H
#define CONTENT_EXPRESSION_TOKEN_H

#include "content/expression.h"

enum expression_token_kind { TOKEN_END, TOKEN_NUMBER, TOKEN_TEXT, TOKEN_NAME, TOKEN_SIGN, TOKEN_BAD };

struct expression_token {
    enum expression_token_kind kind;
    const char *at; /* in the text */
    size_t size;
    const char *text; /* TOKEN_TEXT, TOKEN_NAME: in the arena */
    double number;
};

/* The reader of one expression. */
struct expression_parser {
    struct arena *arena;
    struct problems *problems;
    const char *file, *text;
    int line, column, depth;
    struct expression_token token; /* the one to be read next */
    bool failed;
};

/* One complaint an expression: what follows the first would be about its consequences. */
void expression_complain(struct expression_parser *, const char *at, const char *message, const char *more);
/* Reads the next token. */
void expression_advance(struct expression_parser *);

#endif
