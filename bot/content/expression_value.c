/* What conditions come to: see expression.h. */
#include "content/blind.h"
#include "content/expression.h"
#include "content/expression_node.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum value_kind { VALUE_EMPTY, VALUE_TRUTH, VALUE_NUMBER, VALUE_DAY, VALUE_MOMENT, VALUE_TIME, VALUE_TEXT };

struct value {
    enum value_kind kind;
    double number;    /* also of dates (yyyymmdd), times (minutes) and moments (both) */
    char currency[4]; /* VALUE_NUMBER: of a sum, else "" */
    const char *text; /* as it was given; NULL for what was computed */
};

struct evaluation {
    expression_lookup *lookup;
    void *context;
    int steps;
};

/* --- values from texts --------------------------------------------------------------------- */

/* Digits only, `count` of them. */
static bool digits(const char *text, size_t count, int *ret)
{
    int n = 0;
    for (size_t i = 0; i < count; i++) {
        if (text[i] < '0' || text[i] > '9')
            return false;
        n = n * 10 + (text[i] - '0');
    }
    *ret = n;
    return true;
}

/* "15:00" or "9:30". */
static bool read_time(const char *text, int *ret)
{
    const char *colon = strchr(text, ':');
    size_t size = colon != NULL ? (size_t)(colon - text) : 0;
    int hour, minute;
    if (size < 1 || size > 2 || strlen(colon) != 3 || !digits(text, size, &hour) || !digits(colon + 1, 2, &minute) ||
        hour > 23 || minute > 59)
        return false;
    *ret = hour * 60 + minute;
    return true;
}

/* "2026-12-24", "2026-12-24T15:00". */
static bool read_day(const char *text, struct value *v)
{
    int year, month, day, minutes = 0;
    size_t size = strlen(text);
    if (size < 10 || text[4] != '-' || text[7] != '-' || !digits(text, 4, &year) || !digits(text + 5, 2, &month) ||
        !digits(text + 8, 2, &day))
        return false;
    bool moment = size == 16 && text[10] == 'T' && read_time(text + 11, &minutes);
    if (size != 10 && !moment)
        return false;
    v->kind = moment ? VALUE_MOMENT : VALUE_DAY;
    v->number = (double)(year * 10000 + month * 100 + day) * 1440 + minutes;
    return true;
}

/* "12.5", "-3", "12.50 EUR". */
static bool read_number(const char *text, struct value *v)
{
    bool negative = *text == '-', point = false;
    const char *p = text + negative;
    double number = 0, scale = 1;
    size_t count = 0;
    for (; (*p >= '0' && *p <= '9') || (*p == '.' && !point && count > 0); p++) {
        if (*p == '.') {
            point = true;
            continue;
        }
        number = number * 10 + (*p - '0');
        scale *= point ? 10 : 1;
        count++;
    }
    if (count == 0 || count > 30 || p[-1] == '.')
        return false;
    bool sum = strlen(p) == 4 && p[0] == ' ' && strspn(p + 1, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == 3;
    if (*p != '\0' && !sum)
        return false;
    v->kind = VALUE_NUMBER;
    v->number = (negative ? -number : number) / scale;
    memcpy(v->currency, sum ? p + 1 : "\0\0\0", 4);
    return true;
}

static struct value of_text(const char *text)
{
    struct value v = {.kind = VALUE_EMPTY, .text = text != NULL ? text : ""};
    int minutes;
    if (*v.text == '\0' || read_number(v.text, &v) || read_day(v.text, &v))
        return v;
    v.kind = VALUE_TEXT;
    if (read_time(v.text, &minutes)) {
        v.kind = VALUE_TIME;
        v.number = minutes;
    } else if (strcmp(v.text, "true") == 0 || strcmp(v.text, "false") == 0) {
        v.kind = VALUE_TRUTH;
        v.number = v.text[0] == 't';
    }
    return v;
}

static struct value of_number(double number)
{
    return isfinite(number) ? (struct value){.kind = VALUE_NUMBER, .number = number} : (struct value){0};
}

static struct value of_truth(bool truth)
{
    return (struct value){.kind = VALUE_TRUTH, .number = truth};
}

/* As one would write it: at most six decimals, none that are 0. */
static void write_number(double number, char *out, size_t room)
{
    int size = snprintf(out, room, "%.6f", number);
    if (size < 0 || (size_t)size >= room)
        return;
    char *point = strpbrk(out, ".,");
    while (point != NULL && size > 0 && out[size - 1] == '0')
        out[--size] = '\0';
    if (point == NULL)
        return;
    *point = point[1] != '\0' ? '.' : '\0';
    if (strcmp(out, "-0") == 0)
        strcpy(out, "0");
}

/* The value as text; `room` holds what was computed. */
static const char *text_of(const struct value *v, char room[400])
{
    if (v->text != NULL)
        return v->text;
    room[0] = '\0';
    if (v->kind == VALUE_TRUTH)
        strcpy(room, v->number != 0 ? "true" : "false");
    else if (v->kind == VALUE_NUMBER)
        write_number(v->number, room, 400);
    return room;
}

static bool holds(const struct value *v)
{
    switch (v->kind) {
    case VALUE_EMPTY:
        return false;
    case VALUE_TRUTH:
    case VALUE_NUMBER:
        return v->number != 0;
    case VALUE_TEXT:
        return blind_compare(v->text, "no") != 0 && blind_compare(v->text, "false") != 0;
    default:
        return true;
    }
}

/* --- comparing ------------------------------------------------------------------------------ */

static int sign_of(double difference)
{
    return difference < 0 ? -1 : difference > 0;
}

/* *ret_known false where the two have no order: sums of different currencies. */
static int compare(const struct value *a, const struct value *b, bool *ret_known)
{
    char x[400], y[400];
    bool days = (a->kind == VALUE_DAY || a->kind == VALUE_MOMENT) && (b->kind == VALUE_DAY || b->kind == VALUE_MOMENT);
    *ret_known = true;
    if (days && a->kind != b->kind)
        return sign_of(floor(a->number / 1440) - floor(b->number / 1440));
    if (a->kind != b->kind || a->kind == VALUE_TEXT || a->kind == VALUE_EMPTY)
        return blind_compare(text_of(a, x), text_of(b, y));
    if (a->kind == VALUE_NUMBER && a->currency[0] != '\0' && b->currency[0] != '\0')
        *ret_known = strcmp(a->currency, b->currency) == 0;
    return sign_of(a->number - b->number);
}

static bool equal(const struct value *a, const struct value *b)
{
    bool known;
    return compare(a, b, &known) == 0 && known;
}

static bool compares(enum expression_kind kind, const struct value *a, const struct value *b)
{
    bool known, either = a->kind == VALUE_EMPTY || b->kind == VALUE_EMPTY;
    int order = compare(a, b, &known);
    if (kind == NODE_EQUAL)
        return order == 0 && known;
    if (kind == NODE_UNEQUAL)
        /* Of a name that nobody set nothing holds; `x != ""` asks whether it was. */
        return b->kind == VALUE_EMPTY ? a->kind != VALUE_EMPTY : a->kind != VALUE_EMPTY && (order != 0 || !known);
    if (either || !known || (a->kind != b->kind && (a->kind < VALUE_DAY || b->kind < VALUE_DAY)))
        return false;
    switch (kind) {
    case NODE_LESS:
        return order < 0;
    case NODE_LESS_EQUAL:
        return order <= 0;
    case NODE_MORE:
        return order > 0;
    default:
        return order >= 0;
    }
}

/* --- the tree ------------------------------------------------------------------------------ */

static struct value evaluate(struct evaluation *, const struct expression *);

static struct value compute(enum expression_kind kind, const struct value *a, const struct value *b)
{
    if (a->kind != VALUE_NUMBER || b->kind != VALUE_NUMBER)
        return (struct value){0};
    switch (kind) {
    case NODE_PLUS:
        return of_number(a->number + b->number);
    case NODE_MINUS:
        return of_number(a->number - b->number);
    case NODE_TIMES:
        return of_number(a->number * b->number);
    default:
        return b->number != 0 ? of_number(a->number / b->number) : (struct value){0};
    }
}

static bool is_in(struct evaluation *v, const struct value *wanted, const struct expression *list)
{
    for (const struct expression *e = list->left; e != NULL && v->steps < EXPRESSION_STEPS; e = e->next) {
        struct value one = evaluate(v, e);
        if (equal(wanted, &one))
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
        return of_text(given);
    for (int count = 0;; count++) {
        snprintf(path, sizeof path, "%s.%d", name, count + 1);
        given = v->lookup(v->context, path);
        if (given == NULL || *given == '\0' || ++v->steps >= EXPRESSION_STEPS)
            return of_number(count);
    }
}

static struct value contains(const struct value *a, const struct value *b)
{
    char x[400], y[400];
    return of_truth(a->kind != VALUE_EMPTY && b->kind != VALUE_EMPTY && blind_contains(text_of(a, x), text_of(b, y)));
}

static struct value evaluate_two(struct evaluation *v, const struct expression *e)
{
    struct value a = evaluate(v, e->left);
    if (e->kind == NODE_AND || e->kind == NODE_OR) {
        if (holds(&a) == (e->kind == NODE_OR))
            return of_truth(e->kind == NODE_OR);
        struct value b = evaluate(v, e->right);
        return of_truth(holds(&b));
    }
    if (e->kind == NODE_IN)
        return of_truth(is_in(v, &a, e->right));
    struct value b = evaluate(v, e->right);
    if (e->kind == NODE_CONTAINS)
        return contains(&a, &b);
    if (e->kind >= NODE_EQUAL && e->kind <= NODE_MORE_EQUAL)
        return of_truth(compares(e->kind, &a, &b));
    return compute(e->kind, &a, &b);
}

static struct value evaluate_one(struct evaluation *v, const struct expression *e)
{
    char room[400];
    struct value a = evaluate(v, e->left);
    switch (e->kind) {
    case NODE_NOT:
        return of_truth(!holds(&a));
    case NODE_NEGATIVE:
        return a.kind == VALUE_NUMBER ? of_number(-a.number) : (struct value){0};
    case NODE_EMPTY:
        return of_truth(a.kind == VALUE_EMPTY);
    default:
        return of_number((double)blind_length(text_of(&a, room)));
    }
}

static struct value evaluate(struct evaluation *v, const struct expression *e)
{
    if (++v->steps > EXPRESSION_STEPS)
        return (struct value){0};
    switch (e->kind) {
    case NODE_NUMBER:
        return of_number(e->number);
    case NODE_TEXT:
        return of_text(e->text);
    case NODE_TRUTH:
        return of_truth(e->number != 0);
    case NODE_NAME:
        return of_text(v->lookup(v->context, e->text));
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
    return v.steps <= EXPRESSION_STEPS && holds(&value);
}

const char *expression_value(const struct expression *e, expression_lookup *lookup, void *context, struct arena *arena)
{
    struct evaluation v = {lookup, context, 0};
    struct value value = evaluate(&v, e);
    char room[400];
    return arena_strdup(arena, v.steps <= EXPRESSION_STEPS ? text_of(&value, room) : "");
}
