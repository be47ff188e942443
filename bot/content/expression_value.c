/* What conditions come to: see expression.h. */
#include "content/blind.h"
#include "content/value.h"

#include <stdio.h>

struct evaluation {
    expression_lookup *lookup;
    void *context;
    int steps;
};

/* --- the tree ------------------------------------------------------------------------------ */

static struct value evaluate(struct evaluation *, const struct expression *);

static struct value compute(enum expression_kind kind, const struct value *a, const struct value *b)
{
    if (a->kind != VALUE_NUMBER || b->kind != VALUE_NUMBER)
        return (struct value){0};
    switch (kind) {
    case NODE_PLUS:
        return value_of_number(a->number + b->number);
    case NODE_MINUS:
        return value_of_number(a->number - b->number);
    case NODE_TIMES:
        return value_of_number(a->number * b->number);
    default:
        return b->number != 0 ? value_of_number(a->number / b->number) : (struct value){0};
    }
}

static bool is_in(struct evaluation *v, const struct value *wanted, const struct expression *list)
{
    for (const struct expression *e = list->left; e != NULL && v->steps < EXPRESSION_STEPS; e = e->next) {
        struct value one = evaluate(v, e);
        if (value_equal(wanted, &one))
            return wanted->kind != VALUE_EMPTY || one.kind == VALUE_EMPTY;
    }
    return false;
}

static struct value count_of(struct evaluation *v, const char *name)
{
    char path[EXPRESSION_NAME_BYTES + 24];
    snprintf(path, sizeof path, "%s.count", name);
    const char *given = v->lookup(v->context, path);
    if (given != NULL && *given != '\0')
        return value_of_text(given);
    for (int count = 0;; count++) {
        snprintf(path, sizeof path, "%s.%d", name, count + 1);
        given = v->lookup(v->context, path);
        if (given == NULL || *given == '\0' || ++v->steps >= EXPRESSION_STEPS)
            return value_of_number(count);
    }
}

static struct value contains(const struct value *a, const struct value *b)
{
    char x[VALUE_ROOM], y[VALUE_ROOM];
    return value_of_truth(a->kind != VALUE_EMPTY && b->kind != VALUE_EMPTY &&
                          blind_contains(value_text(a, x), value_text(b, y)));
}

static struct value evaluate_two(struct evaluation *v, const struct expression *e)
{
    struct value a = evaluate(v, e->left);
    if (e->kind == NODE_AND || e->kind == NODE_OR) {
        if (value_holds(&a) == (e->kind == NODE_OR))
            return value_of_truth(e->kind == NODE_OR);
        struct value b = evaluate(v, e->right);
        return value_of_truth(value_holds(&b));
    }
    if (e->kind == NODE_IN)
        return value_of_truth(is_in(v, &a, e->right));
    struct value b = evaluate(v, e->right);
    if (e->kind == NODE_CONTAINS)
        return contains(&a, &b);
    if (e->kind >= NODE_EQUAL && e->kind <= NODE_MORE_EQUAL)
        return value_of_truth(value_compares(e->kind, &a, &b));
    return compute(e->kind, &a, &b);
}

static struct value evaluate_one(struct evaluation *v, const struct expression *e)
{
    char room[VALUE_ROOM];
    struct value a = evaluate(v, e->left);
    switch (e->kind) {
    case NODE_NOT:
        return value_of_truth(!value_holds(&a));
    case NODE_NEGATIVE:
        return a.kind == VALUE_NUMBER ? value_of_number(-a.number) : (struct value){0};
    case NODE_EMPTY:
        return value_of_truth(a.kind == VALUE_EMPTY);
    default:
        return value_of_number((double)blind_length(value_text(&a, room)));
    }
}

static struct value evaluate(struct evaluation *v, const struct expression *e)
{
    if (++v->steps > EXPRESSION_STEPS)
        return (struct value){0};
    switch (e->kind) {
    case NODE_NUMBER:
        return value_of_number(e->number);
    case NODE_TEXT:
        return value_of_text(e->text);
    case NODE_TRUTH:
        return value_of_truth(e->number != 0);
    case NODE_NAME:
        return value_of_text(v->lookup(v->context, e->text));
    case NODE_COUNT:
        return count_of(v, e->text);
    case NODE_NOT:
    case NODE_NEGATIVE:
    case NODE_LENGTH:
    case NODE_EMPTY:
        return evaluate_one(v, e);
    case NODE_LIST:
        return (struct value){0};
    default:
        return evaluate_two(v, e);
    }
}

bool expression_holds(const struct expression *e, expression_lookup *lookup, void *context)
{
    struct evaluation v = {lookup, context, 0};
    struct value value = evaluate(&v, e);
    return v.steps <= EXPRESSION_STEPS && value_holds(&value);
}

const char *expression_value(const struct expression *e, expression_lookup *lookup, void *context, struct arena *arena)
{
    struct evaluation v = {lookup, context, 0};
    struct value value = evaluate(&v, e);
    char room[VALUE_ROOM];
    return arena_strdup(arena, v.steps <= EXPRESSION_STEPS ? value_text(&value, room) : "");
}
